"""Indicators of a council over the years, with plan and result."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal.queries import indicator_series as queries
from portal.views.caching import publicly_cached
from portal.web import indicator_page


@require_safe
@public
@publicly_cached
def indicator_list(request: PublicRequest, slug: str) -> HttpResponse:
    """A series for each name and unit, as chart and table; years without figures are told."""
    council = get_object_or_404(Council, slug=slug)
    page = indicator_page.page_of(queries.of_council(council), queries.session_years(council))
    context = {"council": council, "nav_section": "sessions", "page": page}
    return render(request, "portal/indicator_list.html", context)
