"""Papers as keys, and two readings of one batch side by side."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import keying, papers, readings
from elections.rules.papers import BLANK, OVER, Paper
from elections.rules.readings import Decision

CODES = ("c01", "c02", "c03", "c04")
OPTIONS = ("high", "confidence", "low")
INVALID = Paper({}, is_valid=False)

any_paper = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(CODES, st.sampled_from([*OPTIONS, BLANK, OVER]))).map(
        Paper
    ),
    st.just(INVALID),
)
piles = st.lists(any_paper, max_size=25)


@given(any_paper)
def test_a_paper_and_its_keys_say_the_same(paper: Paper) -> None:
    keys = keying.keys_of(paper, CODES, OPTIONS)
    assert keying.paper_of(keys, CODES, OPTIONS) == paper
    assert len(keys) == (len(CODES) if paper.is_valid else 1)


def test_one_key_is_one_mark_in_the_order_of_the_paper() -> None:
    assert keying.paper_of("13x0", CODES, OPTIONS).marks == {
        "c01": "high", "c02": "low", "c03": OVER, "c04": BLANK,
    }  # fmt: skip


@pytest.mark.parametrize(
    "keys", ["", "1", "123", "12345", "1234", "!!!!", "12 3", "１２３０", "12!1"]
)
def test_keys_that_are_no_paper_are_refused(keys: str) -> None:
    with pytest.raises(ValueError, match="no paper"):
        keying.paper_of(keys, CODES, OPTIONS)


@given(piles, st.randoms())
def test_two_equal_heaps_differ_nowhere_however_they_lie(
    pile: list[Paper], chance: random.Random
) -> None:
    turned = chance.sample(pile, len(pile))
    assert readings.differences(pile, turned) == ()
    assert papers.same_heap(readings.settled(pile, turned, {}), pile)


@given(piles, st.data())
def test_slips_are_all_found_and_what_both_then_saw_stands(
    pile: list[Paper], data: st.DataObject
) -> None:
    """Whatever the second reader misread, the truth decided row by row gives the true heap."""
    misread = [data.draw(st.one_of(st.just(paper), any_paper)) for paper in pile]
    found = readings.differences(pile, misread)
    truth = {
        (row.place, row.code): Decision(readings.seen(pile[row.place - 1], row.code), "xem lại")
        for row in found
    }
    for first, second in ((pile, misread), (misread, pile)):
        assert readings.settled(first, second, truth) == papers.in_no_order(pile)
    for row in found:
        assert row.first != row.second
        assert row.code in {*CODES, readings.WHOLE}


def test_a_paper_that_only_one_held_valid_is_one_difference() -> None:
    valid = Paper(dict.fromkeys(CODES, "high"))
    (row,) = readings.differences([valid], [INVALID])
    assert (row.code, row.first, row.second) == (readings.WHOLE, "valid", "invalid")
    for agreed, stands in (("valid", valid), ("invalid", INVALID)):
        decision = {(1, readings.WHOLE): Decision(agreed, "phiếu rách góc")}
        assert readings.settled([valid], [INVALID], decision) == [stands]


def test_readings_of_different_length_are_a_fault() -> None:
    with pytest.raises(ValueError, match="zip"):
        readings.differences([INVALID], [])


def test_a_difference_without_decision_is_a_fault() -> None:
    with pytest.raises(KeyError):
        readings.settled([INVALID], [Paper(dict.fromkeys(CODES, "low"))], {})
