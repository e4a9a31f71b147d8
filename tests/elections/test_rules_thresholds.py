"""Every majority of the rulebook at exactly one half and exactly two thirds, totals 1 to 150."""

from fractions import Fraction

import pytest

from council.rules.law import RULEBOOK, Provision

MAJORITIES = [rule for rule in RULEBOOK.all() if rule.threshold is not None]
SHARES = (Fraction(1, 2), Fraction(2, 3), Fraction(1, 3))


def test_the_rulebook_has_the_majorities_that_polls_are_decided_by() -> None:
    subjects = {rule.subject for rule in MAJORITIES}
    assert subjects >= {
        "election.majority", "resolution.majority", "resolution.remove_delegate",
        "confidence.low_half_to_two_thirds", "confidence.low_two_thirds", "no_confidence.result",
    }  # fmt: skip


@pytest.mark.parametrize("rule", MAJORITIES, ids=lambda rule: rule.id)
def test_a_majority_is_met_from_its_least_number_on(rule: Provision) -> None:
    threshold = rule.needed_threshold
    for total in range(1, 151):
        met = [votes for votes in range(total + 1) if threshold.met(votes, total)]
        needed = threshold.votes_needed(total)
        assert met == list(range(needed, total + 1)), (rule.id, total)
        exact = threshold.share * total
        assert (needed > exact) if threshold.strict else (needed >= exact)
        assert needed - 1 <= exact if threshold.strict else needed - 1 < exact


@pytest.mark.parametrize("rule", MAJORITIES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("share", SHARES)
def test_exactly_the_share_is_enough_only_where_the_rule_says_so(
    rule: Provision, share: Fraction
) -> None:
    threshold = rule.needed_threshold
    for total in range(1, 151):
        exact = share * total
        if exact.denominator != 1:
            continue
        expected = share > threshold.share or (share == threshold.share and not threshold.strict)
        assert threshold.met(int(exact), total) is expected, (rule.id, total)
