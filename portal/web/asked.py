"""What an address asks of the search: the question, its filters, the same for the feed."""

import re
from typing import Final

from django.http import HttpRequest

from portal.models import SearchEntry
from portal.queries.found import Wanted
from portal.rules.asking import LENGTH_MAX
from resolutions.rules import standing

_YEAR: Final = re.compile("[0-9]{4}")
_SLUG_MAX: Final = 60


def wanted_of(request: HttpRequest) -> Wanted:
    """The question and its filters; nonsense in a filter is no filter.

    A blank at the end stays: it says that the last word is finished.
    """
    year = request.GET.get("year", "")
    kind, status = request.GET.get("type", ""), request.GET.get("status", "")
    return Wanted(
        asked=request.GET.get("q", "")[:LENGTH_MAX].lstrip(),
        council=request.GET.get("council", "")[:_SLUG_MAX],
        year=int(year) if _YEAR.fullmatch(year) else None,
        kind=kind if kind in SearchEntry.Kind.values else "",
        status=status if status in standing.NAMES else "",
    )


def feed_query(request: HttpRequest) -> str:
    """The same question for the feed: without the page and the language."""
    query = request.GET.copy()
    for name in ("page", "lang"):
        query.pop(name, None)
    return query.urlencode()
