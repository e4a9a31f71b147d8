"""Numbers of resolutions: as printed, as addressed, one after another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import numbering
from resolutions.rules.numbering import ResolutionKind, Series


@pytest.mark.parametrize(
    ("number", "year", "kind", "printed", "slug"),
    [
        (12, 2023, "individual", "12/NQ-HĐND", "12-nq-hdnd"),
        (5, 2025, "normative", "05/2025/NQ-HĐND", "05-2025-nq-hdnd"),  # Đắk Lắk
        (12, 2025, "normative", "12/2025/NQ-HĐND", "12-2025-nq-hdnd"),
        (5, 2023, "individual", "05/NQ-HĐND", "05-nq-hdnd"),
        (123, 2023, "individual", "123/NQ-HĐND", "123-nq-hdnd"),
    ],
)
def test_symbols_as_printed_and_as_addressed(number, year, kind, printed, slug):
    symbol = numbering.symbol(number, year, kind)
    assert (str(symbol), symbol.slug) == (printed, slug)


@pytest.mark.parametrize("written", ["52/NQ-HĐND", " 52 / nq-hđnd "])
def test_a_symbol_is_read_whatever_its_case_and_blanks(written):
    assert str(numbering.parse(written)) == "52/NQ-HĐND"


@pytest.mark.parametrize(
    "written", ["", "52", "52/QĐ-UBND", "52/23/NQ-HĐND", "x/NQ-HĐND", "1e9/NQ-HĐND"]
)
def test_what_is_no_symbol_is_refused_with_an_example(written):
    with pytest.raises(Refusal) as refusal:
        numbering.parse(written)
    assert refusal.value.code == "number.unreadable"
    assert "12/2025/NQ-HĐND" in str(refusal.value)


@pytest.mark.parametrize(("number", "year"), [(0, 2023), (-1, 2023), (100_000, 2023), (1, 10000)])
def test_impossible_numbers_and_years_are_refused(number, year):
    with pytest.raises(Refusal) as refusal:
        numbering.symbol(number, year, ResolutionKind.NORMATIVE)
    assert refusal.value.code == "number.out_of_range"


@given(st.integers(1, 99_999), st.integers(1945, 2100), st.sampled_from(ResolutionKind))
def test_reading_back_gives_the_symbol_and_addresses_are_ascii(number, year, kind):
    symbol = numbering.symbol(number, year, kind)
    assert numbering.parse(str(symbol)) == symbol
    assert symbol.kind is kind
    assert symbol.slug.isascii()


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(ResolutionKind))
def test_two_numbers_of_one_year_never_share_an_address(one, other, kind):
    slugs = {numbering.symbol(number, 2025, kind).slug for number in (one, other)}
    assert len(slugs) == (1 if one == other else 2)


@given(st.integers(0, 40))
def test_numbers_given_one_after_another_leave_no_gap(count):
    used = []
    for _ in range(count):
        used.append(numbering.next_number(used))
    assert used == list(range(1, count + 1))
    assert numbering.gaps(used) == ()


def test_a_gap_in_old_records_is_found_and_not_filled():
    assert numbering.gaps([1, 2, 5]) == (3, 4)
    assert numbering.next_number([1, 2, 5]) == 6


def test_a_new_year_and_another_kind_are_series_of_their_own():
    keys = {Series("ha-dong", year, kind).key for year in (2023, 2024) for kind in ResolutionKind}
    assert len(keys) == 4
