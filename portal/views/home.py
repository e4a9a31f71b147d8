"""The installation's first page, and a council's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.queries import lineage
from portal.views.caching import publicly_cached
from portal.web import linked_data


@require_safe
@public
@publicly_cached
def home(request: PublicRequest) -> HttpResponse:
    """Councils, newest resolutions, search."""
    context = {
        "councils": list(queries.councils()),
        "resolutions": list(queries.newest_resolutions()[: queries.NEWEST]),
        "sessions": list(queries.sessions_in_view()[:5]),
    }
    return render(request, "portal/home.html", context)


@require_safe
@public
@publicly_cached
def council(request: PublicRequest, slug: str) -> HttpResponse:
    """Term, next session, newest resolutions, office holders."""
    today = timezone.localdate()
    shown, predecessors = lineage.with_predecessors(slug)
    context = {
        "council": shown,
        "predecessors": predecessors,
        "nav_section": "council",
        "card": linked_data.council_card(shown),
        "term": queries.current_term(shown, today),
        "sessions": list(queries.sessions_in_view(shown)[:3]),
        "resolutions": list(queries.newest_resolutions(shown)[: queries.NEWEST]),
        "holders": list(queries.office_holders(shown, min(today, shown.existed_to or today))),
    }
    return render(request, "portal/council.html", context)
