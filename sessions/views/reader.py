"""Papers page by page in the browser: for the staff any version, for delegates the released one."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from sessions.queries import comparisons, reading
from sessions.queries import papers as paper_queries
from sessions.queries import renditions as queries
from sessions.services import papers
from sessions.web import reader_page


@require_http_methods(["GET"])
@gate("staff.read")
def paper_read(request: StaffRequest, pk: int) -> HttpResponse:
    """One version, page by page."""
    one = reading.staff_file(request.council, pk)
    shown = reader_page.context_of(
        request, one, address=partial(_address, "sessions:paper-page", request.council.slug, pk)
    )
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": shown["document"].council_session,  # type: ignore[attr-defined]
        "job": None
        if shown["sheaf"] or one is None
        else queries.job_of(one.sha256, request.council),
        **shown,
    }
    return render(request, "sessions/paper_read.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def paper_page(request: StaffRequest, pk: int, page: int, width: int) -> HttpResponseBase:
    """The picture of one page of a version."""
    return reader_page.picture(reading.staff_file(request.council, pk), page, width)


@require_http_methods(["GET"])
@gate("staff.read")
def paper_compare(request: StaffRequest, pk: int) -> HttpResponse:
    """What changed between two versions of a paper, word by word."""
    document = get_object_or_404(paper_queries.for_staff(request.council), pk=pk)
    versions = list(document.versions.all())
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": document.council_session,
        "document": document,
        "versions": versions,
        "pair": comparisons.pair(versions, request.GET.get("cu", ""), request.GET.get("moi", "")),
    }
    return render(request, "sessions/paper_compare.html", context)


@require_http_methods(["POST"])
@gate("staff.read")
def paper_render(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the pages of a version made, where they are not."""
    version = paper_queries.version_for_staff(request.council, pk)
    document = get_object_or_404(
        paper_queries.for_staff(request.council), pk=version.document_id if version else 0
    )
    with told_in_message(request):
        papers.render_again(document, version_pk=pk, by=request.user)
        messages.success(request, _("Đang tạo bản xem trước."))
    return redirect("sessions:paper-read", request.council.slug, pk)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_paper_read(request: StaffRequest, pk: int) -> HttpResponse:
    """A paper released to delegates, page by page."""
    shown = reader_page.context_of(
        request,
        reading.delegate_file(request.council, pk),
        address=partial(_address, "sessions:delegate-paper-page", request.council.slug, pk),
    )
    context = {"council": request.council, **shown}
    return render(request, "sessions/delegate_paper_read.html", context)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_paper_page(request: StaffRequest, pk: int, page: int, width: int) -> HttpResponseBase:
    """The picture of one page of a released paper."""
    return reader_page.picture(reading.delegate_file(request.council, pk), page, width)


def _address(name: str, slug: str, pk: int, page: int, width: int) -> str:
    """Where a page's picture is."""
    return reverse(name, args=[slug, pk, page, width])
