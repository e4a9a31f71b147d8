"""The office page: the holders of each office as rows of a table and as bars of a chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from council.models import Office, Tenure
from portal.rules import timeline

LANE_HEIGHT = 38
"""Height of one holder's lane in pixels: the name, the bar below it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One holder: the tenure, its last day as the public knows it, and its place in the chart.

    Attributes:
        y: top of the lane in pixels.
        anchor: at the person's first row, where old addresses lead.
    """

    tenure: Tenure
    ends_on: date | None
    bar: timeline.Bar
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class OfficeGroup:
    """An office with its holders, newest first."""

    office: Office
    holdings: tuple[Holding, ...]

    @property
    def height(self) -> int:
        """Height of its drawing in pixels."""
        return LANE_HEIGHT * len(self.holdings)


@dataclass(frozen=True, slots=True)
class OfficeChart:
    """All offices that anybody held, on one strip of years."""

    groups: tuple[OfficeGroup, ...]
    axis: timeline.Axis


def chart_of(tenures: Iterable[Tenure], day: date) -> OfficeChart:
    """The chart up to the day.

    Args:
        tenures: of one council, by office; what begins after the day is told in the table only.
    """
    rows = list(tenures)
    axis = timeline.axis_of([span_of(row) for row in rows], day)
    groups, seen = [], set[int]()
    for office, found in groupby(rows, key=lambda row: row.office):
        holdings: list[Holding] = []
        for tenure in found:
            anchor = "" if tenure.person_id in seen else f"nguoi-{tenure.person_id}"
            seen.add(tenure.person_id)
            span = span_of(tenure)
            y = LANE_HEIGHT * len(holdings)
            holdings.append(Holding(tenure, span.ends_on, axis.bar(span), y, anchor))
        groups.append(OfficeGroup(office, tuple(holdings)))
    return OfficeChart(tuple(groups), axis)


def span_of(tenure: Tenure) -> timeline.Span:
    """From when to when as the public knows it: an end that is not published is none."""
    hidden = getattr(tenure, "hides_end", False)
    return timeline.Span(tenure.starts_on, None if hidden else tenure.ends_on)
