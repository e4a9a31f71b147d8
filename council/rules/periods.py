"""Dates: intervals with both days included, days before an event, working days, terms.

Vietnamese usage counts "từ ngày … đến hết ngày …": the last day of an interval belongs to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final, Self

import holidays

from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop

EARLIEST: Final = date(1945, 9, 2)
LATEST: Final = date(2100, 12, 31)
"""No date of a council's work lies outside; what does is a slip of the keyboard."""

WORKING_DAYS_MAX: Final = 1000


def check_plausible(day: date, *, field: str = "") -> None:
    """Refuse a date that no council can mean.

    Raises:
        Refusal: ``date.implausible``.
    """
    if not EARLIEST <= day <= LATEST:
        raise Refusal(
            "date.implausible",
            gettext_noop(
                "Ngày %(day)s không hợp lý. Hãy nhập ngày từ %(earliest)s đến %(latest)s."
            ),
            params={
                "day": figures.date_short(day),
                "earliest": figures.date_short(EARLIEST),
                "latest": figures.date_short(LATEST),
            },
            field=field,
        )


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``start`` to ``end``, both included; without ``end`` it still runs.

    Raises:
        Refusal: ``period.end_before_start``.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise Refusal(
                "period.end_before_start",
                gettext_noop("Ngày kết thúc %(end)s trước ngày bắt đầu %(start)s."),
                params={
                    "start": figures.date_short(self.start),
                    "end": figures.date_short(self.end),
                },
                field="ends_on",
            )

    def contains(self, day: date) -> bool:
        """Whether the day lies within, first and last day included."""
        return self.start <= day and (self.end is None or day <= self.end)

    def covers(self, other: Self) -> bool:
        """Whether every day of ``other`` lies within."""
        ends_within = self.end is None or (other.end is not None and other.end <= self.end)
        return self.start <= other.start and ends_within

    def overlaps(self, other: Self) -> bool:
        """Whether the two share at least one day."""
        return self.contains(other.start) or other.contains(self.start)

    @property
    def days(self) -> int | None:
        """How many days, both ends counted; None while it runs."""
        return None if self.end is None else (self.end - self.start).days + 1


def overlapping(intervals: Iterable[Interval]) -> tuple[Interval, Interval] | None:
    """The first two intervals that share a day; None where none do."""
    in_order = sorted(intervals, key=lambda interval: interval.start)
    return next((pair for pair in pairwise(in_order) if pair[0].overlaps(pair[1])), None)


def days_before(opening: date, days: int) -> date:
    """The last day on which something due "chậm nhất là N ngày trước" an opening is in time."""
    check_plausible(opening)
    return opening - timedelta(days=days)


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    """Public holidays around a year, the worked Saturdays of swapped days included.

    Filled at once and never extended: a calendar that fills itself while it is asked would give
    a second thread half a year. Days are swapped over New Year, hence the neighbouring years.
    """
    return holidays.country_holidays("VN", years=(year - 1, year, year + 1), expand=False)


@cache
def is_working_day(day: date) -> bool:
    """Whether offices work: not a weekend and not a public holiday (days off in lieu count).

    Source: the calendar of the `holidays` package, which follows the Government's yearly notices;
    years not yet announced follow the general rule.
    """
    check_plausible(day)
    return _calendar(day.year).is_working_day(day)


def add_working_days(day: date, days: int) -> date:
    """The last day of a period of ``days`` working days that begins the day after ``day``.

    The day of the event itself is not counted; ``days`` 0 is the day itself.

    Raises:
        ValueError: ``days`` is negative or above 1000.
    """
    if not 0 <= days <= WORKING_DAYS_MAX:
        raise ValueError(days)
    reached = day
    for _ in range(days):
        reached += timedelta(days=1)
        while not is_working_day(reached):
            reached += timedelta(days=1)
    return reached


def working_days_between(first: date, last: date) -> int:
    """Working days after ``first`` up to and with ``last``; 0 where ``last`` is not later."""
    span = (last - first).days
    return sum(is_working_day(first + timedelta(days=step)) for step in range(1, span + 1))


def check_within_term(day: date, term: Interval, *, field: str = "") -> None:
    """Refuse a date outside the term.

    Raises:
        Refusal: ``date.outside_term``.
    """
    if term.contains(day):
        return
    raise Refusal(
        "date.outside_term",
        gettext_noop(
            "Ngày %(day)s nằm ngoài nhiệm kỳ (từ %(start)s đến %(end)s). Hãy chọn ngày khác "
            "hoặc đúng nhiệm kỳ."
        ),
        params={
            "day": figures.date_short(day),
            "start": figures.date_short(term.start),
            "end": figures.date_short(term.end) if term.end else "nay",
        },
        field=field,
    )


def year_of_term(term_start: date, day: date) -> int:
    """Which year of the term a day falls in, counted from its first day: 1, 2, 3.

    Raises:
        ValueError: the day lies before the term.
    """
    if day < term_start:
        raise ValueError(day)
    is_before_anniversary = (day.month, day.day) < (term_start.month, term_start.day)
    return day.year - term_start.year + (0 if is_before_anniversary else 1)
