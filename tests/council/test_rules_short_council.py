"""Councils with too few delegates: Law 72/2025 Art. 49(2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import short_council
from council.rules.refusals import Refusal
from council.rules.short_council import Standing, months_after, strength
from tests import rule_tables

TERM_ENDS = date(2031, 3, 19)
LATE, EARLY = date(2030, 10, 1), date(2027, 10, 1)


@pytest.mark.parametrize("row", rule_tables.table("short-council.md", "strength"))
def test_the_councils_of_the_page(row):
    found = strength(
        int(row["in office"]),
        int(row["statutory"]),
        on=date.fromisoformat(row["on"]),
        term_ends=date.fromisoformat(row["term ends"]),
        level=row["level"],
    )
    assert found.standing == row["answer"]
    assert bool(found.sentence) == (row["answer"] != "full")
    assert bool(found.article) == (row["answer"] != "full")


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_two_shares_in_integers(in_office, statutory):
    found = strength(in_office, statutory, on=LATE, term_ends=TERM_ENDS, level="province").standing
    assert (found is Standing.FULL) == (3 * in_office >= 2 * statutory and in_office > 0)
    assert (found is Standing.TOO_FEW) == (3 * in_office < statutory)


@given(st.integers(1, 60), st.integers(1, 60))
def test_more_delegates_never_make_a_council_weaker(fewer, more):
    order = list(reversed(Standing))
    fewer, more = sorted((fewer, more))
    for day in (LATE, EARLY):
        low, high = (
            strength(n, 60, on=day, term_ends=TERM_ENDS, level="commune").standing
            for n in (fewer, more)
        )
        assert order.index(low) <= order.index(high)


def test_the_sentence_names_both_numbers_and_the_refusal_cites_the_law():
    short_council.check_may_decide(strength(25, 60, on=LATE, term_ends=TERM_ENDS, level="province"))
    found = strength(19, 60, on=LATE, term_ends=TERM_ENDS, level="province")
    with pytest.raises(Refusal) as refused:
        short_council.check_may_decide(found)
    assert refused.value.code == "council.too_few_delegates"
    assert "19/60" in str(refused.value)
    assert "Điều 49" in refused.value.cites


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2029, 8, 31), 18, date(2031, 2, 28)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_months_later_ends_with_the_month(day, months, later):
    assert months_after(day, months) == later
