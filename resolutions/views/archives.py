"""Past resolutions: hand in, look at every row, have it approved, watch it, read the report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.archives import ArchiveHandInForm, ArchiveRowForm
from resolutions.models import ArchiveImport
from resolutions.queries import archives as queries
from resolutions.services import archives
from resolutions.typesetting import table_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET"])
@gate("staff.read")
def archive_list(request: StaffRequest) -> HttpResponse:
    """All imports of the council."""
    context = {
        "council": request.council, "nav_section": "resolutions",
        "imports": queries.for_staff(request.council),
        "may_edit": access.may(request.roles, "archive.edit"),
    }  # fmt: skip
    return render(request, "resolutions/archive_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("archive.edit")
def archive_add(request: StaffRequest) -> HttpResponse:
    """Hand in a list and its files."""
    is_sent = request.method == "POST"
    form = ArchiveHandInForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        with shown_on(form):
            archive = archives.hand_in(request.council, by=request.user, **form.values())
            messages.success(request, _("Đã nhận hồ sơ. Máy đang đọc từng tệp."))
            return redirect("resolutions:archive-detail", request.council.slug, archive.pk)
    context = {"council": request.council, "nav_section": "resolutions", "form": form}
    return render(request, "resolutions/archive_add.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def archive_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One import: how far it is, its rows by tab, the one next thing to do."""
    archive = get_object_or_404(queries.for_staff(request.council), pk=pk)
    shown = request.GET.get("xem", "")
    context = {
        "council": request.council, "nav_section": "resolutions", "archive": archive,
        "tally": queries.tally(archive), "shown": shown, "job": queries.job_of(archive),
        "page": page_of(request, queries.rows(archive, shown)),
        "unused": queries.unused_files(archive)[:200],
        "past_sessions": queries.past_sessions(archive)[:300],
        "may_edit": access.may(request.roles, "archive.edit"),
        "may_approve": access.may(request.roles, "archive.approve"),
        "is_own": archive.submitted_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "resolutions/archive_detail.html", context)


@require_http_methods(["POST"])
@gate("staff.read")
def archive_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Submit, send back, approve, pause or resume: the service says who may."""
    archive = get_object_or_404(ArchiveImport, pk=pk, council=request.council)
    verbs = {
        "submit": archives.submit, "send_back": archives.send_back, "approve": archives.approve,
        "pause": archives.pause, "resume": archives.resume,
    }  # fmt: skip
    verb = verbs.get(request.POST.get("verb", ""))
    if verb is None:
        return redirect("resolutions:archive-detail", request.council.slug, pk)
    with told_in_message(request) as told:
        verb(archive, by=request.user)
    if told.done:
        messages.success(request, _("Đã ghi."))
    return redirect("resolutions:archive-detail", request.council.slug, pk)


@require_http_methods(["GET", "POST"])
@gate("archive.edit")
def archive_row(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide about one row."""
    row = get_object_or_404(queries.rows_for_staff(request.council), pk=pk)
    initial = {
        "keep": "0" if row.state == "skipped" else "1",
        "path": row.file.path if row.file else "", "council_session": row.council_session_id,
    }  # fmt: skip
    form = ArchiveRowForm(request.POST or None, initial=initial, council=request.council)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            archives.decide(row, by=request.user, **form.values())
            messages.success(request, _("Đã ghi dòng %(line)d.") % {"line": row.line})
            return redirect("resolutions:archive-detail", request.council.slug, row.archive_id)
    context = {
        "council": request.council, "nav_section": "resolutions", "archive": row.archive,
        "row": row, "form": form, "unused": queries.unused_files(row.archive)[:200],
    }  # fmt: skip
    return render(request, "resolutions/archive_row.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def archive_report(request: StaffRequest, pk: int, suffix: str) -> HttpResponse:
    """The report of an import as a spreadsheet: `xlsx`, else `csv`."""
    archive = get_object_or_404(ArchiveImport, pk=pk, council=request.council)
    table = queries.report(archive)
    if suffix == "xlsx":
        content, media_type = table_file.xlsx(table, title=_("Báo cáo")), XLSX
    else:
        content, media_type = table_file.csv(table), "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=media_type)
    name = f"bao-cao-nhap-{archive.pk}.{'xlsx' if suffix == 'xlsx' else 'csv'}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
