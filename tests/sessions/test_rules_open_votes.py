"""Open votes: sums that must hold, majorities of all delegates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import Level
from council.rules.refusals import Refusal
from sessions.rules import open_votes
from sessions.rules.open_votes import Matter, OpenCount, VoteOption

DECEMBER = date(2023, 12, 12)


def majority(matter=Matter.RESOLUTION, day=DECEMBER, level=Level.DISTRICT, **more):
    return open_votes.rule_for(matter, day, level, **more).needed_threshold


@pytest.mark.parametrize(
    ("in_favour", "total", "carried"),
    [(18, 35, True), (17, 35, False), (15, 30, False), (16, 30, True)],
)
def test_a_resolution_needs_more_than_half_of_all_delegates(in_favour, total, carried):
    count = OpenCount(in_favour, total - in_favour, 0, total, total)
    assert open_votes.result(count, majority()).passed is carried


def test_those_present_are_not_the_base():
    count = OpenCount(15, 0, 0, 15, 30)
    result = open_votes.result(count, majority())
    assert (result.passed, result.needed, result.total) == (False, 16, 30)


def test_hanoi_2023_carried_87_of_94():
    assert open_votes.result(OpenCount(87, 0, 0, 87, 94), majority(level=Level.PROVINCE)).passed


@pytest.mark.parametrize("matter", Matter)
def test_only_removing_a_delegate_needs_two_thirds(matter):
    needed = majority(matter).votes_needed(30)
    assert needed == (20 if matter is Matter.REMOVE_DELEGATE else 16)


def test_a_short_council_needs_more_than_two_thirds_of_those_in_office():
    bar = majority(day=date(2026, 12, 1), level=Level.COMMUNE, is_short_council=True)
    assert bar.votes_needed(15) == 11


@pytest.mark.parametrize(
    ("day", "article"),
    [(DECEMBER, "Điều 91 khoản 3 Luật 77/2015/QH13"), (date(2026, 7, 1), "Luật 72/2025/QH15")],
)
def test_the_rule_is_that_of_the_day(day, article):
    assert article in open_votes.rule_for(Matter.RESOLUTION, day, Level.PROVINCE).article


@pytest.mark.parametrize(
    ("count", "codes"),
    [
        (OpenCount(20, 3, 2, 25, 30), []),
        (OpenCount(20, 3, 3, 25, 30), ["open_vote.exceeds_present"]),
        (OpenCount(20, 3, 0, 25, 30), ["open_vote.below_present"]),
        (OpenCount(31, 0, 0, 31, 30), ["open_vote.present_exceeds_total"]),
        (OpenCount(-1, 26, 0, 25, 30), ["open_vote.negative"]),
        (
            OpenCount(20, 3, 2, 31, 30),
            ["open_vote.present_exceeds_total", "open_vote.below_present"],
        ),
    ],
)
def test_each_sum_that_fails_is_named(count, codes):
    assert [problem.code for problem in open_votes.check(count)] == codes


def test_the_sentence_shows_the_sum():
    (problem,) = open_votes.check(OpenCount(20, 3, 3, 25, 30))
    assert "20 tán thành + 3 không tán thành + 3 không biểu quyết = 26" in str(problem)
    assert "thừa 1" in str(problem)


def test_a_count_that_does_not_add_up_has_no_result():
    with pytest.raises(Refusal) as refusal:
        open_votes.result(OpenCount(20, 3, 3, 25, 30), majority())
    assert refusal.value.code == "open_vote.exceeds_present"


def test_who_is_present_and_chose_nothing_did_not_vote():
    choices = {
        1: VoteOption.FOR,
        2: VoteOption.AGAINST,
        3: VoteOption.NOT_VOTING,
        4: VoteOption.FOR,
    }
    assert open_votes.tally(choices, frozenset({1, 2, 3, 4, 5})) == (2, 1, 2)


def test_someone_who_was_not_there_cannot_have_voted():
    with pytest.raises(Refusal) as refusal:
        open_votes.tally({1: VoteOption.FOR, 9: VoteOption.FOR}, frozenset({1, 2}))
    assert refusal.value.code == "open_vote.absent_voter"


@given(st.integers(1, 150), st.data())
def test_one_more_vote_in_favour_never_loses_and_half_never_wins(total, data):
    in_favour = data.draw(st.integers(0, total - 1))
    carried = [open_votes.passed(votes, total, majority()) for votes in (in_favour, in_favour + 1)]
    assert carried[0] <= carried[1]
    assert carried[0] == (2 * in_favour > total)
    two_thirds = majority(Matter.REMOVE_DELEGATE)
    assert open_votes.passed(in_favour, total, two_thirds) == (3 * in_favour >= 2 * total)


@given(st.integers(-2, 20), st.integers(-2, 20), st.integers(-2, 20), st.integers(0, 40))
def test_only_a_sum_of_those_present_has_no_problem(in_favour, against, not_voting, present):
    count = OpenCount(in_favour, against, not_voting, present, 40)
    adds_up = in_favour + against + not_voting == present
    is_possible = adds_up and min(in_favour, against, not_voting) >= 0
    assert (not open_votes.check(count)) == is_possible
