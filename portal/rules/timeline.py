"""Who held what from when to when, as places on a strip of years.

Pure geometry: fractions of the width between the first and the last day, lanes from the top. The
drawing is made of it by `portal.templatetags.charts`, the table beside it by the template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LABELS_MAX: Final = 8
"""Most years written under the strip, so that they stay apart on a phone."""
STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
FIRST_LABEL: Final = 0.18
"""How far off the first year must lie for the strip's own beginning to be written too."""
HALF: Final = 0.5
DRAWN_MIN: Final = 0.006
"""The narrowest bar, as a fraction of the width: a week in thirty years is still seen."""


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of days, both included; `ends_on` None: it still runs."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a span lies: left edge and width as fractions of the whole, together at most 1."""

    left: float
    width: float
    is_open: bool

    @property
    def reads_leftwards(self) -> bool:
        """Whether its label ends at the bar's right edge: it begins too far right for one."""
        return self.left > HALF

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on the strip with what is written under it."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that the strip shows, first and last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it shows, ≥ 1."""
        return (self.last - self.first).days + 1

    def place(self, day: date) -> float:
        """The morning of the day as a fraction, held between 0 and 1."""
        return min(max((day - self.first).days / self.days, 0.0), 1.0)

    def bar(self, span: Span) -> Bar:
        """Where the span is drawn; what still runs reaches the end of the strip."""
        left = min(self.place(span.starts_on), 1 - DRAWN_MIN)
        is_open = span.ends_on is None or span.ends_on > self.last
        end = self.last if span.ends_on is None else min(span.ends_on, self.last)
        right = min(((end - self.first).days + 1) / self.days, 1.0)
        return Bar(left, max(right - left, DRAWN_MIN), is_open)

    def marks(self) -> tuple[Mark, ...]:
        """Years that begin on the strip (all, or every second, fifth…), and where it begins."""
        years = range(self.first.year, self.last.year + 1)
        starts = [year for year in years if date(year, 1, 1) >= self.first]
        step = next(step for step in STEPS if len(starts) <= LABELS_MAX * step)
        marks = [
            Mark(self.place(date(year, 1, 1)), str(year)) for year in starts if year % step == 0
        ]
        if not marks or marks[0].place > FIRST_LABEL:
            marks.insert(0, Mark(0.0, f"{self.first.month}/{self.first.year}"))
        return tuple(marks)


def axis_of(spans: Sequence[Span], last: date) -> Axis:
    """From the first of the month in which the first span begins to the day of reading.

    Args:
        last: today, or the last day of a council that ended.
    """
    first = min((span.starts_on for span in spans), default=last)
    return Axis(min(first, last).replace(day=1), last)
