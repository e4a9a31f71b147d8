"""Sittings of a session: planned, opened, suspended, resumed, closed; quorum always in sight."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.models import User
from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.sittings import SittingForm
from sessions.models import PUBLIC_STATES, Session, SessionState, Sitting
from sessions.queries import sittings as queries
from sessions.services import sittings

RUNNING = (Sitting.State.OPEN, Sitting.State.SUSPENDED)


@require_http_methods(["GET"])
@gate("staff.read")
def sitting_list(request: StaffRequest, pk: int) -> HttpResponse:
    """The session's sittings; the running or next one with its quorum and its buttons."""
    council_session = get_object_or_404(queries.sessions_for_staff(request.council), pk=pk)
    form = SittingForm(council_session=council_session, initial=next_slot(council_session))
    return render(
        request, "sessions/sitting_list.html", list_context(request, council_session, form)
    )


def list_context(
    request: StaffRequest, council_session: Session, form: SittingForm
) -> dict[str, object]:
    """What the list shows."""
    rows = list(queries.attended(council_session))
    current = current_of(rows)
    if current is not None:
        current.council_session = council_session
    return {
        "council": request.council, "nav_section": "sessions", "council_session": council_session,
        "rows": rows, "current": current, "form": form,
        "quorum": queries.quorum_of(current) if current else None,
        "is_convened": council_session.state in PUBLIC_STATES,
        "is_closed": council_session.state == SessionState.CLOSED,
        "may_plan": access.may(request.roles, "session.edit"),
        "may_run": access.may(request.roles, "sitting.run"),
        "may_tick": access.may(request.roles, "attendance.edit"),
    }  # fmt: skip


def current_of(rows: list[Sitting]) -> Sitting | None:
    """The sitting that runs, else the next one to come."""
    running = next((row for row in rows if row.state in RUNNING), None)
    return running or next((row for row in rows if row.state == Sitting.State.PLANNED), None)


def next_slot(council_session: Session) -> dict[str, object]:
    """Day of the last sitting and the half day after it, as a first guess for the form."""
    last = queries.sittings_of(council_session).last()
    if last is None:
        return {"held_on": council_session.opens_on, "part": "morning", "starts_at": "08:00"}
    return {"held_on": last.held_on, "part": "afternoon", "starts_at": "14:00"}


@require_http_methods(["POST"])
@gate("session.edit")
def sitting_plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a sitting to come."""
    council_session = get_object_or_404(queries.sessions_for_staff(request.council), pk=pk)
    form = SittingForm(request.POST, council_session=council_session)
    if form.is_valid():
        with shown_on(form):
            sitting = sittings.plan(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã thêm phiên họp %(sitting)s.") % {"sitting": sitting})
            return redirect("sessions:sitting-list", request.council.slug, pk)
    return render(
        request, "sessions/sitting_list.html", list_context(request, council_session, form)
    )


@require_http_methods(["POST"])
@gate("sitting.run")
def sitting_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the sitting; the first one begins the session."""
    return run(request, pk, sittings.open_sitting, _("Phiên họp đã mở."))


@require_http_methods(["POST"])
@gate("sitting.run")
def sitting_suspend(request: StaffRequest, pk: int) -> HttpResponse:
    """Break the sitting off for a while."""
    return run(request, pk, sittings.suspend, _("Phiên họp tạm nghỉ."))


@require_http_methods(["POST"])
@gate("sitting.run")
def sitting_resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on after a break."""
    return run(request, pk, sittings.resume, _("Phiên họp tiếp tục."))


@require_http_methods(["POST"])
@gate("sitting.run")
def sitting_close(request: StaffRequest, pk: int) -> HttpResponse:
    """End the sitting."""
    return run(request, pk, sittings.close_sitting, _("Phiên họp đã kết thúc."))


def run(request: StaffRequest, pk: int, verb: Callable[..., Sitting], done: str) -> HttpResponse:
    """Do the verb of a button, say how it went, and go back to the list."""
    sitting = get_object_or_404(queries.for_staff(request.council), pk=pk)
    by: User = request.user
    with told_in_message(request) as told:
        verb(sitting, by=by)
    if told.done:
        messages.success(request, done)
    return redirect("sessions:sitting-list", request.council.slug, sitting.council_session_id)
