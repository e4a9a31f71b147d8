"""Delegates, and office holders past and present."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.queries import people
from portal.views.caching import publicly_cached
from portal.web import linked_data, office_page, person_page


@require_safe
@public
@publicly_cached
def delegate_list(request: PublicRequest, slug: str) -> HttpResponse:
    """The delegates of the running term (of the last one, for a council that ended)."""
    council = get_object_or_404(Council, slug=slug)
    day = min(timezone.localdate(), council.existed_to or timezone.localdate())
    term = queries.current_term(council, day)
    context = {
        "council": council,
        "nav_section": "delegates",
        "term": term,
        "day": day,
        "delegates": list(queries.delegates(term, day)) if term else [],
    }
    return render(request, "portal/delegate_list.html", context)


@require_safe
@public
@publicly_cached
def person(request: PublicRequest, slug: str, person_slug: str) -> HttpResponse:
    """One person of public life: seats, offices, results, attendance."""
    shown = people.person(slug, person_slug).first()
    if shown is None:
        raise Http404
    page = person_page.page_of(shown)
    context = {
        "council": shown.council,
        "nav_section": "delegates" if page.seats else "offices",
        "page": page,
        "card": linked_data.person_card(shown, f"{shown}, {shown.council}"),
    }
    return render(request, "portal/person.html", context)


@require_safe
@public
@publicly_cached
def office_list(request: PublicRequest, slug: str) -> HttpResponse:
    """Who held what from when to when, on what basis."""
    council = get_object_or_404(Council, slug=slug)
    day = min(timezone.localdate(), council.existed_to or timezone.localdate())
    context = {
        "council": council,
        "nav_section": "offices",
        "chart": office_page.chart_of(queries.tenures(council), day),
        "day": day,
    }
    return render(request, "portal/office_list.html", context)
