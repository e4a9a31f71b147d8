"""Quorum: two thirds of all delegates unless the council set its own share."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import Level, Mark
from council.rules.majorities import Base, Threshold
from council.rules.refusals import Refusal
from sessions.rules import quorum

TWO_THIRDS = Threshold(share=Fraction(2, 3), base=Base.TOTAL, strict=False)


@pytest.mark.parametrize(
    ("total", "needed"), [(30, 20), (35, 24), (45, 30), (95, 64), (105, 70), (1, 1), (150, 100)]
)
def test_two_thirds_of_all_delegates(total, needed):
    assert quorum.quorum(needed, total, TWO_THIRDS).met
    short = quorum.quorum(needed - 1, total, TWO_THIRDS)
    assert (short.met, short.needed, short.missing) == (False, needed, 1)


@given(st.integers(1, 150), st.data())
def test_met_means_three_times_present_reach_twice_the_total(total, data):
    present = data.draw(st.integers(0, total))
    counted = quorum.quorum(present, total, TWO_THIRDS)
    assert counted.met == (3 * present >= 2 * total) == (present >= counted.needed)
    assert counted.missing == max(counted.needed - present, 0)


def test_a_council_without_delegates_has_no_quorum():
    assert not quorum.quorum(0, 0, TWO_THIRDS).met


def test_more_present_than_delegates_is_refused():
    with pytest.raises(Refusal) as refusal:
        quorum.quorum(36, 35, TWO_THIRDS)
    assert refusal.value.code == "quorum.more_present_than_delegates"


def test_the_default_says_that_it_is_the_councils_regulation():
    rule = quorum.rule_on(date(2023, 12, 12), Level.DISTRICT)
    assert rule.threshold == TWO_THIRDS
    assert rule.source == "quy chế của Hội đồng nhân dân"
    assert rule.is_setting
    assert rule.mark is not Mark.TEXT


def test_a_council_sets_its_own_share_with_its_own_source():
    rule = quorum.rule_on(
        date(2026, 12, 1), "commune", share=Fraction(3, 4), source="Điều 5 Quy chế làm việc"
    )
    assert rule.threshold.votes_needed(25) == 19
    assert rule.source == "Điều 5 Quy chế làm việc"


@pytest.mark.parametrize("share", [Fraction(0), Fraction(4, 3), Fraction(-1, 2)])
def test_a_share_that_nobody_can_reach_or_miss_is_refused(share):
    with pytest.raises(Refusal) as refusal:
        quorum.rule_on(date(2026, 12, 1), Level.COMMUNE, share=share)
    assert refusal.value.code == "quorum.share_out_of_range"


def test_a_sitting_without_quorum_is_refused_with_how_many_are_missing():
    counted = quorum.quorum(20, 35, TWO_THIRDS, source="quy chế của Hội đồng nhân dân")
    with pytest.raises(Refusal) as refusal:
        quorum.check_quorum(counted)
    assert refusal.value.code == "quorum.not_met"
    assert refusal.value.cites == "quy chế của Hội đồng nhân dân"
    assert "có mặt 20 trên 35, cần ít nhất 24" in str(refusal.value)
    quorum.check_quorum(quorum.quorum(24, 35, TWO_THIRDS))
