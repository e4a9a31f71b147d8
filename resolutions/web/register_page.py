"""What the page of the register shows: which book, its numbers by tab, what may be done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from council.services import access
from council.web.paging import page_of
from council.web.requests import StaffRequest
from resolutions.models import NumberSeries, Resolution
from resolutions.queries import register as queries
from resolutions.rules import register
from resolutions.rules.register import Span
from resolutions.services import register_prints

YEAR_DIGITS = 4


@dataclass(frozen=True)
class Book:
    """The register that the address names; `series` is None while nothing was numbered in it."""

    year: int
    kind: str
    series: NumberSeries | None

    @property
    def is_begun(self) -> bool:
        """Whether a number was taken here, so that the paper register is no longer joined on."""
        return self.series is not None and self.series.last != self.series.opened_after


def book_of(request: StaffRequest) -> Book:
    """Year and kind of the address; nonsense shows this year's individual resolutions."""
    year, kind = _year(request), request.GET.get("loai", "")
    if kind not in Resolution.Kind.values:
        kind = Resolution.Kind.INDIVIDUAL.value
    return Book(year, kind, queries.series_of(request.council, year, kind))


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("nam", "")
    if asked.isascii() and asked.isdigit() and len(asked) == YEAR_DIGITS:
        return int(asked)
    return timezone.localdate().year


def context(request: StaffRequest) -> dict[str, object]:
    """The page's context: newest numbers first."""
    book, asked = book_of(request), request.GET.get("xem", "")
    shown = asked if asked in queries.SHOWN else ""
    spans = queries.spans_of(book.series) if book.series else []
    page: Any = page_of(request, [span for span in reversed(spans) if _is_shown(span, shown)])
    if book.series:
        page.object_list = queries.lines_of(book.series, page.object_list)
    return {
        "council": request.council, "nav_section": "resolutions", "book": book, "shown": shown,
        "years": sorted({*queries.years_of(request.council), book.year}, reverse=True),
        "kinds": Resolution.Kind.choices, "title": queries.kind_title(book.kind),
        "page": page, "tally": tally_of(spans),
        "may_keep": access.may(request.roles, "register.keep"),
        "may_print": access.may(request.roles, "print.make"), **print_of(book),
    }  # fmt: skip


def _is_shown(span: Span, shown: str) -> bool:
    return span.state in queries.SHOWN[shown]


def tally_of(spans: list[Span]) -> dict[str, int]:
    """How many numbers are in each state, by the state's name, and all together."""
    sums = {state.value: count for state, count in register.tally(spans).items()}
    return {**sums, "total": sum(sums.values())}


def print_of(book: Book) -> dict[str, object]:
    """The PDF of the book: the one of today's content, an older one, the work under way."""
    if book.series is None:
        return {}
    current = register_prints.current(book.series)
    return {
        "print": current,
        "outdated": None if current else queries.newest_print(book.series),
        "job": queries.job_of(book.series),
    }
