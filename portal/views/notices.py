"""A notice on a resolution: what it corrects, or that it takes it back; and its file."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from council.web.requests import PublicRequest
from council.web.visitors import public
from portal.queries import notices as queries
from portal.services.page_store import stored
from portal.views.caching import publicly_cached
from portal.web import gone, served
from portal.web.linked_data import Card
from resolutions.models import Notice
from resolutions.queries import notices as notice_queries
from resolutions.typesetting import notice as typesetting


def found(slug: str, year: int, number: str, notice_slug: str) -> Notice:
    """The published notice, or 404."""
    shown = queries.notice(slug, year, number, notice_slug).first()
    if shown is None:
        raise Http404
    return shown


def _hidden(request: PublicRequest, shown: Notice) -> HttpResponse | None:
    """What is answered where the words that a correction quotes are hidden; None: readable."""
    if shown.kind == Notice.Kind.WITHDRAWAL:
        return None
    return gone.instead_of(request, shown.target)


@require_safe
@public
@publicly_cached
def notice(
    request: PublicRequest, slug: str, year: int, number: str, notice_slug: str
) -> HttpResponse:
    """The notice as it was signed."""

    def fresh() -> HttpResponse:
        shown = found(slug, year, number, notice_slug)
        hidden = _hidden(request, shown)
        if hidden is not None:
            return hidden
        context = {
            "council": shown.council, "nav_section": "resolutions", "notice": shown,
            "resolution": shown.target,
            "card": Card(f"{shown.symbol}: {shown.get_kind_display()} {shown.target.symbol}",
                         str(shown.council)),
            "paper": typesetting.content(notice_queries.sheet_of(shown)),
        }  # fmt: skip
        return render(request, "portal/notice.html", context)

    return stored(request, slug, fresh)


@require_safe
@public
def notice_pdf(
    request: PublicRequest, slug: str, year: int, number: str, notice_slug: str
) -> HttpResponseBase:
    """The file that was signed: exactly the bytes that were hashed."""
    shown = found(slug, year, number, notice_slug)
    hidden = _hidden(request, shown)
    if hidden is not None:
        return hidden
    name = f"{shown.slug}-{shown.target.slug}-{shown.council.slug}.pdf"
    return served.file(shown.file, shown.sha256, name, "application/pdf")
