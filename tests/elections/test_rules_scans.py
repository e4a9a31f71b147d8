"""Sides make papers only where their place is certain; a row is decided by machine or by two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import scans
from elections.rules.scans import Side

FRONT, BACK, LOST = Side(1, is_read=True), Side(2, is_read=True), Side(0, is_read=False)


def codes(*sides: Side, of: int = 2) -> list[str]:
    return [group.code for group in scans.grouped(sides, of)]


def test_papers_of_one_side_stand_for_themselves():
    assert scans.grouped([FRONT, LOST, FRONT], 1) == [
        scans.Grouped((0,)), scans.Grouped((1,)), scans.Grouped((2,))
    ]  # fmt: skip


def test_front_and_back_in_turn_make_papers():
    assert scans.grouped([FRONT, BACK, FRONT, BACK], 2) == [
        scans.Grouped((0, 1)), scans.Grouped((2, 3))
    ]  # fmt: skip


def test_an_odd_number_of_pages_makes_no_paper_at_all():
    assert codes(FRONT, BACK, FRONT) == ["scan.odd_pages"] * 3


def test_back_before_front_is_no_paper():
    """A lost first side would join the back of each paper to the front of the next."""
    assert codes(BACK, FRONT, BACK, FRONT) == ["scan.not_a_pair"] * 2
    assert codes(FRONT, FRONT, BACK, BACK) == ["scan.not_a_pair"] * 2


def test_a_side_whose_partner_is_unreadable_is_counted_by_hand():
    assert codes(FRONT, LOST, LOST, BACK) == ["scan.other_side"] * 2


@given(st.lists(st.sampled_from([FRONT, BACK, LOST]), max_size=12))
def test_every_side_is_in_one_group_and_no_wrong_pair_is_read(sides):
    groups = scans.grouped(sides, 2)
    assert sorted(place for group in groups for place in group.places) == list(range(len(sides)))
    for group in groups:
        if not group.code and all(sides[place].is_read for place in group.places):
            assert [sides[place].page for place in group.places] == [1, 2]


@pytest.mark.parametrize(
    ("mark", "has_ink", "is_strict", "asked"),
    [
        ("@review", False, False, True), ("high", True, True, False), ("@over", True, False, False),
        ("@over", True, True, True), ("@blank", False, True, False), ("@blank", True, True, True),
        ("@blank", True, False, False),
    ],
)  # fmt: skip
def test_which_rows_people_look_at(mark, has_ink, is_strict, asked):
    assert scans.needs_people(mark, has_ink=has_ink, is_strict=is_strict) is asked


@pytest.mark.parametrize(
    ("answers", "said", "disputed"),
    [
        ({}, None, False), ({"first": "high"}, None, False),
        ({"first": "high", "second": "high"}, "high", False),
        ({"first": "high", "second": "low"}, None, True),
        ({"first": "high", "second": "low", "head": "@over"}, "@over", False),
    ],
)  # fmt: skip
def test_two_who_agree_decide_and_the_head_where_they_do_not(answers, said, disputed):
    assert scans.settled(answers) == said
    assert scans.is_disputed(answers) is disputed


def test_a_paper_is_decided_when_no_row_is_open():
    marks = {"c01": "high", "c02": "@review"}
    assert scans.decided(marks, {}) is None
    assert scans.decided(marks, {"c02": None}) is None
    assert scans.decided(marks, {"c02": "low"}) == {"c01": "high", "c02": "low"}
    assert scans.decided({"c01": "@over"}, {"c01": "high"}) == {"c01": "high"}


def test_two_people_see_the_rows_in_orders_of_their_own():
    keys = [f"{n:032x}" for n in range(30)]
    first, second = scans.in_turn(keys, 1), scans.in_turn(keys, 2)
    assert sorted(first) == sorted(second) == keys
    assert first != second
    assert keys not in (first, second)
    assert scans.in_turn(reversed(keys), 1) == first
