"""Guests of a session: the list, one guest, a table looked at before it is written."""

import csv
import io

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.rules import roster
from council.services import access, rosters
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.print_room import SALT, GuestConfirmForm, GuestForm, GuestImportForm
from sessions.models import Guest, Session
from sessions.queries import sessions as session_queries
from sessions.rules import guests as rules
from sessions.services import guests


@require_http_methods(["GET"])
@gate("staff.read")
def guest_list(request: StaffRequest, pk: int) -> HttpResponse:
    """Everybody who is invited, in the order of protocol."""
    held = session_of(request, pk)
    more = {
        "guests": held.guests.order_by("position", "pk"),
        "may_edit": access.may(request.roles, "session.edit"),
    }
    return render(request, "sessions/guest_list.html", context(request, held, **more))


def session_of(request: StaffRequest, pk: int) -> Session:
    """The session, or 404."""
    return get_object_or_404(session_queries.for_staff(request.council), pk=pk)


def context(request: StaffRequest, held: Session, **more: object) -> dict[str, object]:
    """What every page about guests shows."""
    return {
        "council": request.council, "nav_section": "sessions", "council_session": held, **more,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate("session.edit")
def guest_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Invite somebody."""
    return edited(request, session_of(request, pk), None)


@require_http_methods(["GET", "POST"])
@gate("session.edit")
def guest_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a guest's line, or move it."""
    guest = guest_of(request, pk)
    return edited(request, guest.council_session, guest)


def guest_of(request: StaffRequest, pk: int) -> Guest:
    """The guest of a session of this council, or 404."""
    known = Guest.objects.select_related("council_session__term__council")
    return get_object_or_404(known, pk=pk, council_session__term__council=request.council)


def edited(request: StaffRequest, held: Session, guest: Guest | None) -> HttpResponse:
    """Save a valid form and go back to the list; else show it."""
    names = (*guests.FIELDS, "position")
    initial = {name: getattr(guest, name) for name in names} if guest else None
    form = GuestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            saved = guests.save(held, guest=guest, by=request.user, **form.values())
            messages.success(request, _("Đã lưu khách mời: %(guest)s.") % {"guest": saved})
            return redirect("sessions:guest-list", request.council.slug, held.pk)
    shown = context(request, held, form=form, guest=guest)
    return render(request, "sessions/guest_form.html", shown)


@require_http_methods(["POST"])
@gate("session.edit")
def guest_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Strike a guest from the list."""
    guest = guest_of(request, pk)
    with told_in_message(request) as told:
        guests.remove(guest, by=request.user)
    if told.done:
        messages.success(request, _("Đã xóa %(guest)s khỏi danh sách.") % {"guest": guest})
    return redirect("sessions:guest-list", request.council.slug, guest.council_session_id)


@require_http_methods(["GET", "POST"])
@gate("session.edit")
def guest_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose a file or paste a table; then see each row and each bad cell. Nothing is written."""
    held = session_of(request, pk)
    is_sent = request.method == "POST"
    form = GuestImportForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    more: dict[str, object] = {"form": form}
    if form.is_valid():
        with shown_on(form):
            table = table_of(form)
            more["preview"] = guests.preview(held, table)
            plain = [[roster.plain(cell) for cell in row] for row in table]
            signed = signing.dumps(plain, salt=SALT, compress=True)
            more["confirm"] = GuestConfirmForm(initial={"signed_table": signed})
    return render(request, "sessions/guest_import.html", context(request, held, **more))


def table_of(form: GuestImportForm) -> list[list[object]]:
    """The rows of the file, or of what was pasted."""
    file = form.cleaned_data["file"]
    if file:
        return rosters.read_table(file)
    pasted = form.cleaned_data["pasted"]
    rows = csv.reader(io.StringIO(pasted, newline=""), delimiter=rosters.delimiter_of(pasted))
    return [list(row[: rosters.MAX_COLUMNS]) for row in rows]


@require_http_methods(["POST"])
@gate("session.edit")
def guest_import_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what was shown, all or nothing."""
    held = session_of(request, pk)
    form = GuestConfirmForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            table = form.cleaned_data["signed_table"]
            count = guests.import_list(held, table=table, by=request.user)
            messages.success(request, _("Đã ghi %(count)d khách mời.") % {"count": count})
            return redirect("sessions:guest-list", request.council.slug, pk)
    shown = context(request, held, form=GuestImportForm(), refused=form)
    return render(request, "sessions/guest_import.html", shown)


@require_http_methods(["GET"])
@gate("session.edit")
def guest_sample(request: StaffRequest, pk: int) -> HttpResponse:
    """An empty table with the right headings and two made-up rows, as CSV that Excel opens."""
    session_of(request, pk)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(rules.HEADINGS)
    writer.writerow(["ông", "Nguyễn Văn Mẫu", "Giám đốc", "Sở Mẫu", "Số 1, đường Mẫu"])
    writer.writerow(["", "", "", "Ban Mẫu Tỉnh ủy", "Số 2, đường Mẫu"])
    response = HttpResponse("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mau-danh-sach-khach-moi.csv"'
    return response
