"""The one number that explains every failing sum is named; nothing is named without need."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import tally
from elections.rules.suspects import Suspect, is_slip, suspects
from elections.rules.tally import EntryCount, SheetTotals

GOOD = SheetTotals(
    printed=60, issued=57, unused=2, spoiled=1, returned=55, not_returned=2, valid=54, invalid=1
)
ROWS = [
    EntryCount("c01", "A", {"high": 40, "confidence": 12, "low": 2}),
    EntryCount("c02", "B", {"high": 30, "confidence": 20, "low": 1}),
]


def found(totals: SheetTotals, rows: list[EntryCount] = ROWS) -> tuple[Suspect, ...]:
    return suspects(totals, rows, total_delegates=60, present=57)


def test_nothing_is_suspected_where_every_sum_holds() -> None:
    assert found(GOOD) == ()


@pytest.mark.parametrize(
    ("name", "typed", "mended"), [("issued", 75, 57), ("returned", 56, 55), ("returned", 45, 55)]
)
def test_a_number_in_two_sums_is_named_alone(name: str, typed: int, mended: int) -> None:
    (only,) = found(dataclasses.replace(GOOD, **{name: typed}))
    assert only == Suspect("", name, typed, mended)


def test_a_number_in_one_sum_shares_the_suspicion_with_its_neighbour() -> None:
    pair = found(dataclasses.replace(GOOD, invalid=7))
    assert [(each.field, each.mended) for each in pair] == [("invalid", 1)], "valid would be 48"
    pair = found(dataclasses.replace(GOOD, invalid=0))
    assert {(each.field, each.mended) for each in pair} == {("invalid", 1), ("valid", 55)}


def test_a_cell_that_alone_is_large_enough_is_named() -> None:
    rows = [ROWS[0], EntryCount("c02", "B", {"high": 30, "confidence": 20, "low": 11})]
    assert {each.field for each in found(GOOD, rows)} == {"high", "confidence", "low"}
    rows = [ROWS[0], EntryCount("c02", "B", {"high": 300, "confidence": 20, "low": 1})]
    assert found(GOOD, rows) == (Suspect("c02", "high", 300, 33, is_limit=True),)


def test_two_wrong_numbers_are_no_single_one() -> None:
    assert found(dataclasses.replace(GOOD, printed=61, invalid=5)) == ()


def test_what_is_not_typed_yet_is_not_suspected() -> None:
    assert found(dataclasses.replace(GOOD, invalid=None, not_returned=None)) == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [(75, 57), (56, 55), (5, 55), (555, 55), (105, 15), (57, 67)]
)
def test_slips_of_the_hand(typed: int, meant: int) -> None:
    assert is_slip(typed, meant)
    assert is_slip(meant, typed)


@pytest.mark.parametrize(("typed", "meant"), [(12, 57), (123, 321), (7, 700)])
def test_what_is_no_slip(typed: int, meant: int) -> None:
    assert not is_slip(typed, meant)


@given(
    st.integers(0, 300), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20),
    st.sampled_from(tally.TOTAL_FIELDS), st.integers(0, 600),
)  # fmt: skip
def test_the_number_that_was_changed_is_always_among_the_suspects(
    valid: int, invalid: int, missing: int, unused: int, name: str, typed: int
) -> None:
    returned = valid + invalid
    true = SheetTotals(
        printed=returned + missing + unused, issued=returned + missing, unused=unused, spoiled=0,
        returned=returned, not_returned=missing, valid=valid, invalid=invalid,
    )  # fmt: skip
    wrong = dataclasses.replace(true, **{name: typed})
    named = suspects(wrong, [], total_delegates=None, present=None)
    if typed == getattr(true, name):
        assert named == ()
    else:
        assert Suspect("", name, typed, getattr(true, name)) in named
    for each in named:
        mended = dataclasses.replace(wrong, **{each.field: each.mended})
        assert not tally.errors(tally.check_counts(mended, [], total_delegates=None, present=None))
