"""Intervals with both days included, working days, terms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import periods
from council.rules.periods import Interval
from council.rules.refusals import Refusal

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2031, 12, 31))


@st.composite
def intervals(draw):
    start = draw(DAYS)
    length = draw(st.none() | st.integers(0, 400))
    return Interval(start, None if length is None else start + timedelta(days=length))


def test_the_last_day_belongs_to_the_interval():
    district = Interval(date(2021, 7, 1), date(2025, 6, 30))
    assert district.contains(date(2025, 6, 30))
    assert not district.contains(date(2025, 7, 1))
    assert Interval(date(2025, 1, 1), date(2025, 1, 1)).days == 1
    assert Interval(date(2025, 1, 1)).days is None


def test_an_interval_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refusal) as refusal:
        Interval(date(2025, 7, 1), date(2025, 6, 30))
    assert refusal.value.code == "period.end_before_start"


def test_two_tenures_that_meet_on_one_day_overlap_and_neighbours_do_not():
    first = Interval(date(2021, 7, 1), date(2023, 12, 12))
    assert first.overlaps(Interval(date(2023, 12, 12)))
    assert not first.overlaps(Interval(date(2023, 12, 13)))
    assert periods.overlapping([Interval(date(2023, 12, 12)), first]) is not None
    assert periods.overlapping([Interval(date(2023, 12, 13)), first]) is None


@given(intervals(), intervals(), DAYS)
def test_overlap_is_mutual_and_means_a_shared_day(one, other, day):
    assert one.overlaps(other) == other.overlaps(one)
    if one.contains(day) and other.contains(day):
        assert one.overlaps(other)
    if one.covers(other):
        assert one.overlaps(other)
        assert not other.contains(day) or one.contains(day)


@given(st.lists(intervals(), max_size=6))
def test_an_overlap_is_found_exactly_where_one_is(several):
    some = any(a.overlaps(b) for place, a in enumerate(several) for b in several[place + 1 :])
    assert (periods.overlapping(several) is not None) == some


def test_twenty_days_before_the_opening():
    assert periods.days_before(date(2023, 12, 12), 20) == date(2023, 11, 22)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1945, 1, 1), date(9999, 12, 31)])
def test_dates_that_nobody_means_are_refused(day):
    for verb in (periods.check_plausible, periods.is_working_day):
        with pytest.raises(Refusal) as refusal:
            verb(day)
        assert refusal.value.code == "date.implausible"


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2023, 12, 12), 5, date(2023, 12, 19)),  # over one weekend
        (date(2023, 12, 27), 5, date(2024, 1, 4)),  # over New Year
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2025, 8, 29), 1, date(2025, 9, 3)),  # over National Day
        (date(2024, 4, 26), 1, date(2024, 5, 2)),  # a day off in lieu
        (date(2023, 12, 12), 0, date(2023, 12, 12)),
    ],
)
def test_working_days_leave_out_weekends_and_public_holidays(day, days, due):
    assert periods.add_working_days(day, days) == due


def test_a_saturday_worked_in_exchange_counts_over_new_year_too():
    assert periods.is_working_day(date(2025, 4, 26))
    assert periods.is_working_day(date(2019, 1, 5))
    assert not periods.is_working_day(date(2018, 12, 31))


@given(DAYS, st.integers(0, 30))
def test_adding_and_counting_working_days_agree(day, days):
    due = periods.add_working_days(day, days)
    assert periods.working_days_between(day, due) == days
    assert days == 0 or periods.is_working_day(due)


def test_working_days_backwards_are_none_and_negative_periods_an_error():
    assert periods.working_days_between(date(2024, 1, 5), date(2024, 1, 2)) == 0
    with pytest.raises(ValueError, match="-1"):
        periods.add_working_days(date(2024, 1, 5), -1)


def test_a_date_outside_the_term_is_refused_with_both_ends():
    term = Interval(date(2021, 7, 1), date(2026, 3, 31))
    periods.check_within_term(date(2023, 12, 12), term)
    with pytest.raises(Refusal) as refusal:
        periods.check_within_term(date(2026, 4, 1), term, field="opens_on")
    assert refusal.value.code == "date.outside_term"
    assert "31/03/2026" in str(refusal.value)


@pytest.mark.parametrize(
    ("start", "day", "year"),
    [
        (date(2021, 7, 1), date(2021, 7, 1), 1),
        (date(2021, 7, 1), date(2023, 6, 30), 2),
        (date(2021, 7, 1), date(2023, 12, 12), 3),
        (date(2026, 4, 1), date(2028, 12, 5), 3),
    ],
)
def test_december_of_the_third_year_is_in_the_third_year_of_the_term(start, day, year):
    assert periods.year_of_term(start, day) == year


def test_a_day_before_the_term_has_no_year_in_it():
    with pytest.raises(ValueError, match="2021"):
        periods.year_of_term(date(2021, 7, 1), date(2021, 6, 30))
