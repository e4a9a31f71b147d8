"""The page in the place of a withdrawn text: HTTP 410, which notice took it back, and why."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from council.web.requests import PublicRequest
from portal.queries import notices
from resolutions.models import Resolution


def instead_of(request: PublicRequest, resolution: Resolution) -> HttpResponse | None:
    """The page, where a notice hides the words of the resolution; None where they can be read."""
    hiding = notices.hiding(resolution)
    if hiding is None:
        return None
    context = {
        "council": resolution.council, "nav_section": "resolutions", "resolution": resolution,
        "notice": hiding,
    }  # fmt: skip
    response = render(request, "portal/gone.html", context, status=HTTPStatus.GONE)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
