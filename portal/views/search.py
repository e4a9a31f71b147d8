"""Search over everything published, with or without diacritics."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from council.rules import text
from council.rules.refusals import Refusal
from council.web.paging import page_of
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.models import SearchEntry
from portal.views.caching import publicly_cached

YEAR = re.compile("[0-9]{4}")
MAX_WORDS, MAX_LENGTH, PER_PAGE = 12, 200, 20


@require_safe
@public
@publicly_cached
def search(request: PublicRequest) -> HttpResponse:
    """What was asked, as pages of results."""
    asked = request.GET.get("q", "")[:MAX_LENGTH].strip()
    year = request.GET.get("year", "")
    kind = request.GET.get("type", "")
    found = queries.search(
        folded_words(asked),
        council=request.GET.get("council", "")[:60],
        year=int(year) if YEAR.fullmatch(year) else None,
        kind=kind if kind in SearchEntry.Kind.values else "",
    )
    context = {
        "asked": asked,
        "page": page_of(request, found, per_page=PER_PAGE),
        "kinds": SearchEntry.Kind,
        "kind": kind,
        "year": year,
        "council_slug": request.GET.get("council", ""),
        "councils": list(queries.councils()),
        "nav_section": "search",
    }
    return render(request, "portal/search.html", context)


def folded_words(asked: str) -> list[str]:
    """The words to look for; text that nobody can have typed finds nothing."""
    try:
        return text.fold(asked).split()[:MAX_WORDS]
    except Refusal:
        return []
