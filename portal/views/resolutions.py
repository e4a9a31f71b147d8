"""Resolutions: the list, one as a page, and its files."""

import re

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.paging import page_of
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.services.page_store import stored
from portal.views.caching import publicly_cached
from resolutions.queries import texts

YEAR = re.compile("[0-9]{4}")


@require_safe
@public
@publicly_cached
def resolution_list(request: PublicRequest, slug: str) -> HttpResponse:
    """A council's resolutions, newest first, by year."""
    council = get_object_or_404(Council, slug=slug)
    asked = request.GET.get("year", "")
    year = int(asked) if YEAR.fullmatch(asked) else None
    context = {
        "council": council,
        "nav_section": "resolutions",
        "year": year,
        "years": queries.years_of(council),
        "page": page_of(request, queries.resolutions_of(council, year=year)),
    }
    return render(request, "portal/resolution_list.html", context)


@require_safe
@public
@publicly_cached
def resolution(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponse:
    """One resolution set for reading."""

    def fresh() -> HttpResponse:
        shown = queries.resolution(slug, year, number).first()
        if shown is None:
            raise Http404
        context = {
            "council": shown.council,
            "nav_section": "resolutions",
            "resolution": shown,
            "blocks": texts.blocks_of(shown),
            "papers": list(queries.resolution_papers(shown)),
        }
        return render(request, "portal/resolution.html", context)

    return stored(request, slug, fresh)


@require_safe
@public
def resolution_pdf(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponseBase:
    """The published PDF: exactly the bytes that were hashed."""
    shown = queries.resolution(slug, year, number).first()
    if shown is None or not shown.publication.pdf:
        raise Http404
    response = FileResponse(shown.publication.pdf.open("rb"), content_type="application/pdf")
    name = f"{shown.slug}-{shown.year}-{shown.council.slug}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or ""
    )
    response["Cache-Control"] = "public, max-age=86400"
    response["ETag"] = f'"{shown.publication.pdf_sha256}"'
    return response
