"""Search over everything published, with or without diacritics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from council.web.paging import page_of
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal.queries import facets, found
from portal.views.caching import publicly_cached
from portal.web import asked

PER_PAGE = 20


@require_safe
@public
@publicly_cached
def search(request: PublicRequest) -> HttpResponse:
    """What was asked, as pages of results, with what would narrow them."""
    wanted = asked.wanted_of(request)
    results = found.find(wanted)
    context = {
        "asked": wanted.asked,
        "results": results,
        "page": page_of(request, results, per_page=PER_PAGE),
        "facets": facets.shown(results),
        "feed_query": asked.feed_query(request),
        "nav_section": "search",
    }
    return render(request, "portal/search.html", context)


@require_safe
@public
@publicly_cached
def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers and aggregators ask this search (OpenSearch 1.1)."""
    return render(
        request, "portal/opensearch.xml", {"name": gettext("Nghị Trường: tìm kiếm")},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )  # fmt: skip
