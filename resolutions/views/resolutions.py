"""Reading: the list, one resolution, its text, its PDF."""

from typing import IO, cast

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.paging import page_of
from council.web.requests import StaffRequest
from resolutions.models import Resolution, ResolutionState
from resolutions.queries import pages, texts
from resolutions.services import signing_copies
from resolutions.web import detail


def found(request: StaffRequest, pk: int) -> Resolution:
    """The council's resolution, or 404."""
    return get_object_or_404(pages.resolution_for_staff(request.council), pk=pk)


@require_http_methods(["GET"])
@gate("staff.read")
def resolution_list(request: StaffRequest) -> HttpResponse:
    """The council's resolutions, newest first, by state."""
    state = request.GET.get("trang-thai", "")
    rows = pages.resolutions_for_list(request.council, state=state)
    context = {
        "council": request.council, "nav_section": "resolutions", "state": state,
        "states": ResolutionState.choices, "page": page_of(request, rows),
        "may_add": access.may(request.roles, "resolution.edit"),
    }  # fmt: skip
    return render(request, "resolutions/resolution_list.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def resolution_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One resolution: where it stands, its text, and the one next action."""
    context = detail.context(request, found(request, pk))
    return render(request, "resolutions/resolution_detail.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def resolution_progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while a worker works; the whole page once it is done."""
    resolution = found(request, pk)
    here, progress = detail.desk(request, resolution), detail.progress_of(resolution)
    context = {
        "council": request.council, "resolution": resolution, "progress": progress,
        "is_rendering": here.is_rendering, "rendering_job": here.rendering_job,
        "may_resume": False,
    }  # fmt: skip
    response = render(request, "resolutions/resolution_detail.html#progress", context)
    if not (here.is_rendering or (progress and progress.is_running)):
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET"])
@gate("staff.read")
def resolution_preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The text alone, laid out like the paper."""
    resolution = found(request, pk)
    here = detail.desk(request, resolution)
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "blocks": texts.blocks_of(resolution), "posts": texts.posts_of(resolution),
        "closing": texts.dated_closing(resolution),
        "rendering": here.rendering, "is_rendering": here.is_rendering,
    }  # fmt: skip
    return render(request, "resolutions/resolution_preview.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def resolution_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The published PDF, the signing copy, or the PDF of the draft as it stands; else 404."""
    resolution = found(request, pk)
    published = getattr(resolution, "publication", None)
    if published and published.pdf:
        return _pdf(published.pdf.open("rb"), f"{resolution.slug}.pdf")
    copy = signing_copies.current(resolution)
    if copy is not None:
        return _pdf(copy.file.open("rb"), f"{resolution.slug}.pdf")
    rendering = pages.rendering_of(resolution, texts.digest_of(resolution))
    if rendering is None:
        raise Http404
    return _pdf(rendering.file.open("rb"), f"du-thao-{resolution.pk}.pdf")


def _pdf(stream: IO[bytes], filename: str) -> HttpResponse:
    """A file is a streaming response, which the gates' type does not know."""
    response = FileResponse(stream, content_type="application/pdf", filename=filename)
    return cast("HttpResponse", response)
