"""The page in the place of a withdrawn text: HTTP 410, which notice took it back, and why."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from council.web.requests import PublicRequest
from resolutions.models import Notice, Resolution


def page(request: PublicRequest, resolution: Resolution, hiding: Notice) -> HttpResponse:
    """Nobody keeps it: once the page is asked for again, it is answered anew."""
    context = {
        "council": resolution.council, "nav_section": "resolutions", "resolution": resolution,
        "notice": hiding,
    }  # fmt: skip
    response = render(request, "portal/gone.html", context, status=HTTPStatus.GONE)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
