"""Indicators over the years: a series for each name and unit, with a chart and a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.rules import series as rules
from sessions.models import Indicator
from sessions.queries import indicators as figures
from sessions.rules import indicators as indicator_rules


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of a series: what its last report says, the whole year before a part of it.

    Attributes:
        row: the report's row; None: nobody published one.
        ratio: percentage of the plan reached; None for rates and where nobody says it.
        points: difference from the plan in percentage points, of rates; Vietnamese figures.
        others: further reports of the same year, the newest first.
    """

    year: int
    row: Indicator | None
    ratio: Decimal | None = None
    points: str = ""
    others: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator over the years, the first known year first."""

    key: str
    name: str
    unit: str
    group: str
    years: tuple[YearRow, ...]

    @property
    def is_of_ratios(self) -> bool:
        """Whether the chart shows percentages of the plan: reports state them, but no plan."""
        has_plan = any(
            year.row and year.row.result is not None and figures.as_rule(year.row).plan is not None
            for year in self.years
        )
        return not has_plan and any(year.ratio is not None for year in self.years)

    @property
    def is_drawn(self) -> bool:
        """Whether a chart tells anything: there is a plan, or more than one year with a figure."""
        drawn = [figure for figure in self.results if figure is not None]
        return bool(drawn) and (len(drawn) > 1 or any(plan is not None for plan in self.plans))

    @property
    def results(self) -> list[Decimal | None]:
        """What the bars show, a year each."""
        if self.is_of_ratios:
            return [year.ratio for year in self.years]
        return [year.row.result if year.row else None for year in self.years]

    @property
    def plans(self) -> list[Decimal | None]:
        """What the marks across the bars show, a year each."""
        if self.is_of_ratios:
            return [Decimal(100) if year.ratio is not None else None for year in self.years]
        return [figures.as_rule(year.row).plan if year.row else None for year in self.years]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """All series by group, the years without any figure, and notes about made-up figures."""

    groups: tuple[tuple[str, tuple[Series, ...]], ...]
    first: int | None
    last: int | None
    missing: tuple[int, ...]
    notes: tuple[str, ...]


def page_of(rows: Iterable[Indicator], session_years: Iterable[int]) -> IndicatorPage:
    """The page.

    Args:
        rows: of public sessions, the newest session first.
        session_years: years in which a public session opened; those without a figure are told.
    """
    found = list(rows)
    by_key: dict[tuple[str, str], list[Indicator]] = {}
    for row in found:
        by_key.setdefault(rules.key_of(row.name, row.unit), []).append(row)
    known = {year(row) for row in found}
    all_series = [
        series_of(f"{place}", group) for place, group in enumerate(by_key.values(), start=1)
    ]
    return IndicatorPage(
        groups=tuple(
            (str(label), tuple(one for one in all_series if one.group == value))
            for value, label in Indicator.Group.choices
            if any(one.group == value for one in all_series)
        ),
        first=min(known, default=None),
        last=max(known, default=None),
        missing=rules.gaps(session_years, known),
        notes=tuple(
            dict.fromkeys(
                row.council_session.illustrative_note
                for row in found
                if row.council_session.illustrative_note
            )
        ),
    )


def year(row: Indicator) -> int:
    """The year that a row is of."""
    return rules.year_of(row.period, row.council_session.opens_on.year)


def series_of(key: str, rows: list[Indicator]) -> Series:
    """One series; its name and group are those of the newest report."""
    by_year: dict[int, list[Indicator]] = {}
    for row in rows:
        by_year.setdefault(year(row), []).append(row)
    span = range(min(by_year), max(by_year) + 1)
    newest = rows[0]
    return Series(
        key=key,
        name=newest.name,
        unit=newest.unit,
        group=newest.group,
        years=tuple(year_row(one, by_year.get(one, [])) for one in span),
    )


def year_row(of: int, rows: list[Indicator]) -> YearRow:
    """A year's row: the newest report of the whole year, else the newest of a part of it."""
    if not rows:
        return YearRow(of, None)
    ordered = sorted(rows, key=lambda row: not row.is_whole_year)
    shown, others = ordered[0], tuple(ordered[1:])
    exact = indicator_rules.against_plan(figures.as_rule(shown))
    points = exact.shown() if exact and exact.form is indicator_rules.Form.POINTS else ""
    return YearRow(of, shown, figures.ratio_of(shown, exact), points, others)
