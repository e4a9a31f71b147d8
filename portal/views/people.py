"""Delegates, and office holders past and present."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.models import Council, Tenure
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.views.caching import publicly_cached


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
def office_list(request: PublicRequest, slug: str) -> HttpResponse:
    """Who held what from when to when, on what basis."""
    council = get_object_or_404(Council, slug=slug)
    day = min(timezone.localdate(), council.existed_to or timezone.localdate())
    offices = [
        {"office": office, "tenures": list(found)}
        for office, found in groupby(
            anchored(queries.tenures(council)), key=lambda tenure: tenure.office
        )
    ]
    context = {"council": council, "nav_section": "offices", "offices": offices, "day": day}
    return render(request, "portal/office_list.html", context)


def anchored(tenures: Iterable[Tenure]) -> Iterator[Tenure]:
    """The tenures, each person's first one with the anchor that the search leads to."""
    seen = set()
    for tenure in tenures:
        tenure.anchor = "" if tenure.person_id in seen else f"nguoi-{tenure.person_id}"  # type: ignore[attr-defined]
        seen.add(tenure.person_id)
        yield tenure
