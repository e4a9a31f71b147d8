"""Public papers: the file, its pages in the browser, and all of a session in one file."""

from functools import partial

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from council.web.requests import PublicRequest
from council.web.visitors import public
from portal import queries
from portal.views.caching import REVALIDATE
from portal.views.sessions import one as one_of
from sessions.models import Visibility
from sessions.queries import bundles, reading
from sessions.web import files, reader_page

SHORT = "public, max-age=300"


@require_safe
@public
def paper_list(request: PublicRequest, slug: str, term: str, number: int) -> HttpResponse:
    """The session's public papers by agenda item, and all of them in one file."""
    held = one_of(queries.session(slug, term, number))
    shelf = bundles.shelf(held, Visibility.PUBLIC)
    context = {
        "council": held.term.council,
        "nav_section": "sessions",
        "council_session": held,
        "parts": shelf.parts,
        "bundles": shelf.handed_out,
    }
    response = render(request, "portal/paper_list.html", context)
    response["Cache-Control"] = REVALIDATE
    return response


@require_safe
@public
def document(request: PublicRequest, slug: str, pk: int) -> HttpResponseBase:
    """A public paper, in the last version that was released; a newer one waits for its release."""
    return briefly_cached(files.response_of(reading.public_file(slug, pk)))


@require_safe
@public
def document_read(request: PublicRequest, slug: str, pk: int) -> HttpResponse:
    """The same, page by page in the browser."""
    shown = reader_page.context_of(
        request, reading.public_file(slug, pk), address=partial(_address, slug, pk)
    )
    held = queries.session_of_paper(pk)
    context = {
        "council": held.term.council, "council_session": held, "nav_section": "sessions", **shown,
    }  # fmt: skip
    response = render(request, "portal/document_read.html", context)
    response["Cache-Control"] = REVALIDATE
    return response


@require_safe
@public
def document_page(
    request: PublicRequest, slug: str, pk: int, page: int, width: int
) -> HttpResponseBase:
    """The picture of one page."""
    return briefly_cached(reader_page.picture(reading.public_file(slug, pk), page, width))


def _address(slug: str, pk: int, page: int, width: int) -> str:
    return reverse("portal:document-page", args=[slug, pk, page, width])


@require_safe
@public
def bundle(
    request: PublicRequest, slug: str, term: str, number: int, kind: str
) -> HttpResponseBase:
    """All public papers of a session in one file; 404 until it is made."""
    held = one_of(queries.session(slug, term, number))
    found = bundles.handed_out(held, Visibility.PUBLIC, kind)
    if found is None:
        raise Http404
    return briefly_cached(files.response_of_bundle(found, held.term.council))


def briefly_cached(response: FileResponse) -> FileResponse:
    """Five minutes: a paper that is withdrawn must not live on between us and the reader."""
    response["Cache-Control"] = SHORT
    return response
