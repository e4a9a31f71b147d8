"""Attendance: the whole council on one screen, and one delegate's comings and goings."""

from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council import queries as council_queries
from council.models import Mandate
from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.sittings import ExcuseForm, MomentForm
from sessions.models import Sitting
from sessions.queries import sittings as queries
from sessions.services import attendance

KEY_DIGITS = 12
KEYS_MAX = 400


@require_http_methods(["GET", "POST"])
@gate("staff.read")
def attendance_roll(request: StaffRequest, pk: int) -> HttpResponse:
    """Tick who is in the hall; one button saves all. What was ticked survives a refusal."""
    sitting = get_object_or_404(queries.for_staff(request.council), pk=pk)
    if request.method == "GET":
        return render(request, "sessions/attendance_roll.html", roll_context(request, sitting))
    ticked = keys(request.POST, "present") | group_keys(sitting, request.POST.get("group", ""))
    shown = keys(request.POST, "shown")
    with told_in_message(request) as told:
        attendance.set_roll(sitting, present=ticked, shown=shown, by=request.user)
    if told.done:
        messages.success(request, _("Đã lưu điểm danh."))
        return redirect("sessions:attendance-roll", request.council.slug, pk)
    context = roll_context(request, sitting, ticked=ticked, shown=shown)
    return render(request, "sessions/attendance_roll.html", context)


def keys(data: QueryDict, name: str) -> set[int]:
    """The keys of mandates among the values; anything else is left out."""
    typed = data.getlist(name)[:KEYS_MAX]
    return {int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < KEY_DIGITS}


def group_keys(sitting: Sitting, number: str) -> set[int]:
    """The delegates of the group whose "whole group" button was pressed; none without a number."""
    if not (number.isascii() and number.isdigit() and len(number) < KEY_DIGITS):
        return set()
    delegates = council_queries.delegates_on(sitting.council_session.term, sitting.held_on)
    return set(delegates.filter(group__number=int(number)).values_list("pk", flat=True))


def roll_context(
    request: StaffRequest,
    sitting: Sitting,
    *,
    ticked: set[int] | None = None,
    shown: set[int] | None = None,
) -> dict[str, object]:
    """What the screen shows; after a refusal the boxes stand as they were ticked."""
    groups = queries.roll_of(sitting)
    here = {row.mandate.pk for group in groups for row in group.rows if row.is_present}
    return {
        "council": request.council, "nav_section": "sessions", "sitting": sitting,
        "council_session": sitting.council_session, "groups": groups,
        "quorum": queries.quorum_of(sitting), "ticked": here if ticked is None else ticked,
        "shown": sorted(here if shown is None else shown),
        "may_tick": may_tick(request, sitting),
    }  # fmt: skip


def may_tick(request: StaffRequest, sitting: Sitting) -> bool:
    """Whether this account can still write attendance down."""
    is_over = sitting.state == Sitting.State.CLOSED
    return not is_over and access.may(request.roles, "attendance.edit")


@require_http_methods(["GET"])
@gate("staff.read")
def attendance_one(request: StaffRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """One delegate's stays in the sitting, and the forms that change them."""
    sitting, mandate = found(request, pk, mandate_pk)
    return render(request, "sessions/attendance_one.html", one_context(request, sitting, mandate))


def found(request: StaffRequest, pk: int, mandate_pk: int) -> tuple[Sitting, Mandate]:
    """The sitting and the delegate of its day, or 404."""
    sitting = get_object_or_404(queries.for_staff(request.council), pk=pk)
    delegates = council_queries.delegates_on(sitting.council_session.term, sitting.held_on)
    return sitting, get_object_or_404(delegates, pk=mandate_pk)


def one_context(
    request: StaffRequest, sitting: Sitting, mandate: Mandate, **refused: forms.Form
) -> dict[str, object]:
    """What the page shows; a form that was refused replaces the empty one."""
    stays = list(sitting.presences.filter(mandate=mandate).order_by("arrived_at"))
    return {
        "council": request.council, "nav_section": "sessions", "sitting": sitting,
        "council_session": sitting.council_session, "mandate": mandate, "stays": stays,
        "is_present": any(stay.left_at is None for stay in stays),
        "excuse": sitting.excuses.filter(mandate=mandate).first(),
        "arrive_form": MomentForm(prefix="arrive"), "leave_form": MomentForm(prefix="leave"),
        "excuse_form": ExcuseForm(), "may_tick": may_tick(request, sitting), **refused,
    }  # fmt: skip


@require_http_methods(["POST"])
@gate("attendance.edit")
def attendance_arrive(request: StaffRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """Write down when the delegate came."""
    sitting, mandate = found(request, pk, mandate_pk)
    form = MomentForm(request.POST, prefix="arrive")
    if form.is_valid():
        with shown_on(form):
            at = moment(sitting, form.cleaned_data["at"])
            attendance.arrive(sitting, mandates=[mandate], at=at, by=request.user)
            return back(request, pk, _("Đã ghi %(name)s đến.") % {"name": mandate.person})
    context = one_context(request, sitting, mandate, arrive_form=form)
    return render(request, "sessions/attendance_one.html", context)


@require_http_methods(["POST"])
@gate("attendance.edit")
def attendance_leave(request: StaffRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """Write down when the delegate left."""
    sitting, mandate = found(request, pk, mandate_pk)
    form = MomentForm(request.POST, prefix="leave")
    if form.is_valid():
        with shown_on(form):
            at = moment(sitting, form.cleaned_data["at"])
            attendance.leave(sitting, mandate=mandate, at=at, by=request.user)
            return back(request, pk, _("Đã ghi %(name)s về.") % {"name": mandate.person})
    context = one_context(request, sitting, mandate, leave_form=form)
    return render(request, "sessions/attendance_one.html", context)


@require_http_methods(["POST"])
@gate("attendance.edit")
def attendance_excuse(request: StaffRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """Write down why the delegate is absent."""
    sitting, mandate = found(request, pk, mandate_pk)
    form = ExcuseForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            reason = form.cleaned_data["reason"]
            attendance.excuse(sitting, mandate=mandate, reason=reason, by=request.user)
            return back(
                request, pk, _("Đã ghi lý do vắng của %(name)s.") % {"name": mandate.person}
            )
    context = one_context(request, sitting, mandate, excuse_form=form)
    return render(request, "sessions/attendance_one.html", context)


@require_http_methods(["POST"])
@gate("attendance.edit")
def attendance_undo_arrival(request: StaffRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """The delegate was never there: strike out the running stay."""
    sitting, mandate = found(request, pk, mandate_pk)
    with told_in_message(request) as told:
        attendance.undo_arrival(sitting, mandate=mandate, by=request.user)
    if told.done:
        messages.success(
            request, _("Đã bỏ lần đến ghi nhầm của %(name)s.") % {"name": mandate.person}
        )
    return redirect("sessions:attendance-one", request.council.slug, pk, mandate_pk)


@require_http_methods(["POST"])
@gate("attendance.edit")
def attendance_undo_leave(request: StaffRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """The delegate never left: take back the last departure."""
    sitting, mandate = found(request, pk, mandate_pk)
    with told_in_message(request) as told:
        attendance.undo_leave(sitting, mandate=mandate, by=request.user)
    if told.done:
        messages.success(
            request, _("Đã bỏ lần về ghi nhầm của %(name)s.") % {"name": mandate.person}
        )
    return redirect("sessions:attendance-one", request.council.slug, pk, mandate_pk)


def moment(sitting: Sitting, typed: time | None) -> datetime | None:
    """The time of day on the sitting's day; None for now."""
    return timezone.make_aware(datetime.combine(sitting.held_on, typed)) if typed else None


def back(request: StaffRequest, pk: int, done: str) -> HttpResponse:
    """To the whole screen, with the sentence."""
    messages.success(request, done)
    return redirect("sessions:attendance-roll", request.council.slug, pk)
