"""Resolutions from the archives: the list, one as a page, and its original file."""

import re

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.paging import page_of
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal.models import SearchEntry
from portal.queries.status import with_status
from portal.services.page_store import stored
from portal.views.caching import publicly_cached
from portal.web import linked_data, reading
from resolutions.queries import public_archives as queries

YEAR = re.compile("[0-9]{4}")
PDF = "application/pdf"


@require_safe
@public
@publicly_cached
def archived_list(request: PublicRequest, slug: str) -> HttpResponse:
    """A council's past resolutions, newest first, by year."""
    council = get_object_or_404(Council, slug=slug)
    asked = request.GET.get("year", "")
    year = int(asked) if YEAR.fullmatch(asked) else None
    context = {
        "council": council, "nav_section": "resolutions", "year": year,
        "years": queries.archived_years(council),
        "page": page_of(
            request,
            with_status(queries.archived_of(council, year=year), SearchEntry.Kind.ARCHIVED),
        ),
    }  # fmt: skip
    return render(request, "portal/archived_list.html", context)


@require_safe
@public
@publicly_cached
def archived(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponse:
    """One past resolution: what is known of it, and its file."""

    def fresh() -> HttpResponse:
        shown = queries.archived(slug, year, number).first()
        if shown is None:
            raise Http404
        today = timezone.localdate()
        fate = reading.fate_of(shown, today)
        context = {
            "council": shown.council, "nav_section": "resolutions", "resolution": shown,
            "is_pdf": shown.media_type == PDF, "fate": fate,
            "card": linked_data.archived_card(shown, fate.actions, today),
        }  # fmt: skip
        return render(request, "portal/archived.html", context)

    return stored(request, slug, fresh)


@require_safe
@public
def archived_file(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponseBase:
    """The original file, byte for byte; whatever it holds runs nowhere."""
    shown = queries.archived(slug, year, number).first()
    if shown is None:
        raise Http404
    try:
        content = shown.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=shown.media_type)
    suffix = {PDF: ".pdf"}.get(shown.media_type, "")
    name = f"{shown.slug}-{shown.year}-{shown.council.slug}{suffix}"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=shown.media_type != PDF, filename=name) or ""
    )
    if shown.media_type != PDF:
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=86400"
    response["ETag"] = f'"{shown.sha256}"'
    return response
