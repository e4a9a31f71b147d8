"""Outcomes and the law: decided by what is approved at the moment, and never again by other law."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command

from council.models import User
from council.rules.law import RULEBOOK
from council.rules.majorities import Base, Threshold
from council.services import rulebook
from elections.models import Outcome
from elections.queries import results
from tests.cast import PASSWORD
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db
SUBJECT = "confidence.low_half_to_two_thirds"
LOW = {("c01", "high"): 10, ("c01", "confidence"): 5, ("c01", "low"): 17}


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def make_law(stage: Stage, rule: str, **changes: object) -> None:
    """Two administrators change a rule, back to the first day of the resolution that it is in."""
    like = RULEBOOK.by_id(rule)
    root = User.objects.create_superuser(f"root-{rule}", "", PASSWORD)
    row = replace(like, article="Điều 1 Nghị quyết mới", **changes)  # type: ignore[arg-type]
    version = rulebook.propose(row, like=like, by=stage.user("admin"))
    rulebook.approve(version, by=root)


def verdict(outcome: Outcome) -> str:
    return outcome.lines.get(entry__code="c01").verdict


def test_a_stored_outcome_holds_though_the_law_is_changed_back_to_an_earlier_day(stage: Stage):
    outcome = staging.agreed(stage, staging.confidence(stage), changes=LOW)
    assert verdict(outcome) == "may_resign_or_no_confidence_vote"
    assert outcome.rules[f"{SUBJECT}@province"] == SUBJECT
    assert outcome.rules["confidence.base@province"] == "confidence.denominator"
    share = Threshold(Fraction(3, 5), Base.RETURNED, strict=True)
    make_law(stage, SUBJECT, threshold=share, effective_from=date(2028, 12, 1))
    make_law(stage, "confidence.denominator", base=Base.TOTAL, effective_from=date(2028, 12, 1))
    rulebook.refresh()
    assert RULEBOOK.editions == (1, 2)
    assert results.wrong_outcomes() == []
    again = results.recompute(outcome.poll, outcome)
    assert again.rule.id == "confidence.denominator"
    by_now = results.decide(outcome.poll, outcome.count)
    assert by_now.rule.id == "confidence.base.v1"
    assert by_now.base_value == 35
    call_command("verify", stdout=StringIO())


def test_an_outcome_is_decided_by_what_another_process_approved_a_moment_ago(stage: Stage):
    poll = staging.confidence(stage)
    share = Threshold(Fraction(3, 5), Base.RETURNED, strict=True)
    make_law(
        stage, SUBJECT, threshold=share, effective_from=date(2028, 12, 1),
        text_vi="Quá ba phần năm: có thể xin từ chức.",
    )  # fmt: skip
    RULEBOOK.take(())
    assert RULEBOOK.editions == (), "this process has not heard of it"
    outcome = staging.agreed(stage, poll, changes=LOW)
    assert verdict(outcome) == "kept", "17 of 33 is not more than three fifths"
    told = outcome.lines.get(entry__code="c01").consequence
    assert told == "Quá ba phần năm: có thể xin từ chức.", "no sentence about one half"
    assert outcome.rules[f"{SUBJECT}@province"] == f"{SUBJECT}.v1"
    assert results.wrong_outcomes() == []


def test_a_process_that_has_not_heard_of_a_rule_reads_it_for_a_result_that_names_it(stage: Stage):
    make_law(stage, "confidence.denominator", base=Base.TOTAL, effective_from=date(2028, 12, 1))
    outcome = staging.agreed(stage, staging.confidence(stage))
    RULEBOOK.take(())
    assert results.recompute(outcome.poll, outcome).rule.id == "confidence.base.v1"
    assert results.wrong_outcomes() == []


def test_an_outcome_whose_rule_is_gone_does_not_verify(stage: Stage):
    outcome = staging.agreed(stage, staging.confidence(stage))
    Outcome.objects.update(rules={**outcome.rules, "confidence.base@province": "gone.v1"})
    assert results.wrong_outcomes() == [outcome]


def test_an_older_outcome_without_its_rules_is_recomputed_by_the_day(stage: Stage):
    outcome = staging.agreed(stage, staging.confidence(stage))
    Outcome.objects.update(rules={})
    assert results.wrong_outcomes() == []
    outcome.refresh_from_db()
    assert results.recompute(outcome.poll, outcome).rule.id == "confidence.denominator"
