"""Bars on a strip of years: inside it, in order, never too thin to see."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import timeline

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
SPANS = st.builds(
    lambda start, length: timeline.Span(
        start, None if length is None else start + timedelta(days=length)
    ),
    DAYS,
    st.none() | st.integers(0, 9000),
)


def test_a_term_of_five_years_is_drawn_from_its_first_to_its_last_day() -> None:
    term = timeline.Span(date(2021, 7, 1), date(2026, 6, 30))
    axis = timeline.axis_of([term], date(2026, 6, 30))
    assert axis.bar(term) == timeline.Bar(0.0, 1.0, is_open=False)
    half = axis.bar(timeline.Span(date(2024, 1, 1), None))
    assert half.left == pytest.approx(0.5, abs=0.01)
    assert half.right == pytest.approx(1)
    assert half.is_open
    assert [mark.label for mark in axis.marks()] == ["2022", "2023", "2024", "2025", "2026"]


def test_a_strip_within_one_year_says_where_it_begins() -> None:
    axis = timeline.axis_of([timeline.Span(date(2026, 4, 17), None)], date(2026, 11, 25))
    assert axis.first == date(2026, 4, 1)
    assert [(mark.place, mark.label) for mark in axis.marks()] == [(0.0, "4/2026")]


@given(st.lists(SPANS, max_size=6), DAYS)
def test_every_bar_lies_on_the_strip_and_can_be_seen(spans, last) -> None:
    axis = timeline.axis_of(spans, last)
    assert axis.days >= 1
    for span in spans:
        bar = axis.bar(span)
        assert 0 <= bar.left <= 1
        assert bar.width >= timeline.DRAWN_MIN
        assert bar.right <= 1 + 1e-9


@given(DAYS, DAYS)
def test_years_are_few_rising_and_on_the_strip(one, other) -> None:
    marks = timeline.Axis(min(one, other), max(one, other)).marks()
    places = [mark.place for mark in marks]
    assert 1 <= len(marks) <= timeline.LABELS_MAX + 1
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
