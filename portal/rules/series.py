"""Indicators of many sessions as series over the years: what belongs together, what is missing.

Only what is written decides: the same name and unit make a series, whatever their capitals, marks,
punctuation and the year that is part of the name. Nothing is converted from one unit to another.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from council.rules import text

YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
PERIOD: Final = re.compile(
    r"\b(?:uoc )?(?:thuc hien )?(?:(?:\d{1,2} )?thang (?:dau )?|ca |quy [ivx\d]+ )?"
    r"nam (?:19|20)\d{2}\b"
)
"""The reporting period where it was written into the name: "… 11 tháng năm 2023"."""
COLUMNS_MIN: Final = 5
"""Columns that the drawing has room for, so that few years do not become wide blocks."""
SIGNS: Final = re.compile(r"[^\w%/]+")


def key_of(name: str, unit: str) -> tuple[str, str]:
    """What rows of one series share: the folded name without its period, and the folded unit."""
    bare = PERIOD.sub(" ", SIGNS.sub(" ", text.fold(name)))
    measure = SIGNS.sub(" ", text.fold(unit))
    return " ".join(bare.split()) or text.fold(name), " ".join(measure.split())


def year_of(period: str, opened: int) -> int:
    """The year that the period names last; without one the year in which the session opened."""
    named = YEAR.findall(period)
    return int(named[-1]) if named else opened


def gaps(years: Iterable[int], known: Iterable[int]) -> tuple[int, ...]:
    """Years of which nothing is known, rising."""
    return tuple(sorted(set(years) - set(known)))


@dataclass(frozen=True, slots=True)
class Column:
    """One year of a chart, as fractions of the drawing: 0 left and top, 1 right and bottom.

    Attributes:
        top, height: of the bar; both None where the year has no figure.
        plan: how high the plan lies; None where none is known.
    """

    left: float
    width: float
    top: float | None
    height: float | None
    plan: float | None


def columns(
    results: Sequence[Decimal | None], plans: Sequence[Decimal | None]
) -> tuple[Column, ...]:
    """Bars on a common scale that begins at nought (or at the lowest figure below it).

    Args:
        results, plans: one a year, in order, equally many.
    """
    known = [float(figure) for figure in (*results, *plans) if figure is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0

    def level(value: float) -> float:
        return (high - value) / span

    found, step = [], 1 / max(len(results), COLUMNS_MIN)
    for place, (result, plan) in enumerate(zip(results, plans, strict=True)):
        edges = None if result is None else sorted((level(float(result)), level(0.0)))
        found.append(
            Column(
                left=place * step,
                width=step,
                top=edges[0] if edges else None,
                height=edges[1] - edges[0] if edges else None,
                plan=None if plan is None else level(float(plan)),
            )
        )
    return tuple(found)
