"""Resolutions: the list, one as a page, and its files."""

import re
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.paging import page_of
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.forms.days import DayForm
from portal.queries import linked
from portal.services.page_store import stored
from portal.views.caching import publicly_cached
from portal.web import gone, linked_data, reading, served
from portal.web.linked_data import Card
from portal.web.machines import for_machines
from portal.web.reading import Reading, Story
from resolutions.models import Resolution
from resolutions.queries import public_archives

YEAR = re.compile("[0-9]{4}")
FILE_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/akn+xml",
    "html": "text/html; charset=utf-8",
}


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
        "archived_count": public_archives.archived_of(council).count(),
    }
    return render(request, "portal/resolution_list.html", context)


def found(slug: str, year: int, number: str) -> Resolution:
    """The published resolution, or 404."""
    shown = queries.resolution(slug, year, number).first()
    if shown is None:
        raise Http404
    return shown


@require_safe
@public
@publicly_cached
def resolution(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponse:
    """One resolution set for reading."""

    def fresh() -> HttpResponse:
        shown = linked.with_hashes(queries.resolution(slug, year, number)).first()
        if shown is None:
            raise Http404
        hidden = gone.instead_of(request, shown)
        if hidden is not None:
            return hidden
        story = reading.story_of(shown, timezone.localdate())
        around = _around(shown, story, reading.read_as_published(shown, story))
        described = f"{around['citation']}. {around['standing'].name}."
        context = {
            **around, "card": linked_data.resolution_card(shown, story, described),
            "papers": list(queries.resolution_papers(shown)),
        }  # fmt: skip
        return render(request, "portal/resolution.html", context)

    return stored(request, slug, fresh)


def _around(shown: Resolution, story: Story, text: Reading) -> dict[str, Any]:
    """What both readings of a resolution show around its text."""
    return {
        "council": shown.council, "nav_section": "resolutions", "resolution": shown,
        "story": story, "reading": text, "notices": story.notices,
        "standing": reading.standing_tag(story.now.standing),
        "citation": reading.citation_of(shown), "reader_language": get_language(),
    }  # fmt: skip


@require_safe
@public
@publicly_cached
def consolidated(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponse:
    """The resolution as it reads on a day, today where none is asked for."""

    def fresh() -> HttpResponse:
        shown = found(slug, year, number)
        hidden = gone.instead_of(request, shown)
        if hidden is not None:
            return hidden
        form = DayForm(request.GET or None)
        asked = form.cleaned_data["ngay"] if form.is_bound and form.is_valid() else None
        day = asked or timezone.localdate()
        story = reading.story_of(shown, day)
        context = {
            **_around(shown, story, reading.read_consolidated(shown, story.now)),
            "day": day, "form": form, "is_today": day == timezone.localdate(),
            "card": Card(f"{shown.symbol} {shown.title}", reading.citation_of(shown)),
        }  # fmt: skip
        return render(request, "portal/consolidated.html", context)

    return stored(request, slug, fresh)


@for_machines
def resolution_jsonld(request: HttpRequest, slug: str, year: int, number: str) -> HttpResponse:
    """What its page says to machines, alone (JSON-LD)."""
    shown = linked.with_hashes(queries.resolution(slug, year, number)).first()
    if shown is None:
        raise Http404
    hidden = gone.instead_of(cast("PublicRequest", request), shown)
    if hidden is not None:
        return hidden
    data = linked_data.resolution_data(shown, reading.story_of(shown, timezone.localdate()))
    return JsonResponse(
        data, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json"
    )


@require_safe
@public
def resolution_file(
    request: PublicRequest, slug: str, year: int, number: str, form: str
) -> HttpResponseBase:
    """The published text as DOCX, Akoma Ntoso or HTML, or its frozen data as JSON."""
    shown = found(slug, year, number)
    hidden = gone.instead_of(request, shown)
    if hidden is not None:
        return hidden
    name = f"{shown.slug}-{shown.year}-{shown.council.slug}.{form}"
    if form == "json":
        return served.frozen(shown.publication.frozen, shown.publication.frozen_sha256, name)
    other = shown.publication.files.filter(form=form).first()
    if other is None:
        raise Http404
    return served.file(other.file, other.sha256, name, FILE_TYPES[form])


@require_safe
@public
def resolution_pdf(request: PublicRequest, slug: str, year: int, number: str) -> HttpResponseBase:
    """The published PDF: exactly the bytes that were hashed."""
    shown = found(slug, year, number)
    hidden = gone.instead_of(request, shown)
    if hidden is not None:
        return hidden
    if not shown.publication.pdf:
        raise Http404
    name = f"{shown.slug}-{shown.year}-{shown.council.slug}.pdf"
    published = shown.publication
    return served.file(published.pdf, published.pdf_sha256, name, "application/pdf")
