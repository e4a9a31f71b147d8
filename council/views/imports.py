"""Import of people from a table: upload, look, confirm."""

import csv
import io

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.imports import SALT, RosterConfirmForm, RosterUploadForm
from council.rules import roster
from council.services import rosters
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest


@require_http_methods(["GET", "POST"])
@gate("people.import")
def import_upload(request: StaffRequest) -> HttpResponse:
    """Choose the file; then see each row and each bad cell. Nothing is written."""
    form = RosterUploadForm(request.POST or None, request.FILES or None, council=request.council)
    context = {"council": request.council, "nav_section": "people", "form": form}
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            table = rosters.read_table(form.cleaned_data["file"])
            context["preview"] = rosters.preview(request.council, table)
            plain = [[roster.plain(cell) for cell in row] for row in table]
            context["confirm"] = RosterConfirmForm(
                council=request.council,
                initial={
                    "signed_table": signing.dumps(plain, salt=SALT, compress=True),
                    "term": form.cleaned_data["term"],
                    "starts_on": form.cleaned_data["starts_on"],
                },
            )
    return render(request, "council/people_import.html", context)


@require_http_methods(["POST"])
@gate("people.import")
def import_confirm(request: StaffRequest) -> HttpResponse:
    """Write what was shown, all or nothing."""
    form = RosterConfirmForm(request.POST, council=request.council)
    upload = RosterUploadForm(council=request.council)
    if form.is_valid():
        with shown_on(form):
            count = rosters.import_roster(
                request.council,
                table=form.cleaned_data["signed_table"],
                term=form.cleaned_data["term"],
                starts_on=form.cleaned_data["starts_on"],
                by=request.user,
            )
            messages.success(request, _("Đã ghi %(count)d người.") % {"count": count})
            return redirect("council:people-list", request.council.slug)
    context = {
        "council": request.council,
        "nav_section": "people",
        "form": upload,
        "refused": form,
    }
    return render(request, "council/people_import.html", context)


@require_http_methods(["GET"])
@gate("people.import")
def import_sample(request: StaffRequest) -> HttpResponse:
    """An empty table with the right headings and one made-up row, as CSV that Excel opens."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(roster.HEADINGS)
    writer.writerow(
        [
            "Nguyễn Văn Mẫu",
            "ông",
            "12/03/1975",
            "Giám đốc Sở Mẫu",
            "mau@example.org",
            "1",
            "x",
            "",
            "",
            "",
            "x",
        ]
    )
    response = HttpResponse("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mau-danh-sach-dai-bieu.csv"'
    return response
