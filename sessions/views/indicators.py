"""Indicators of a session: the table with its warnings, and the form of one row."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import sentence_of, shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.indicators import IndicatorForm
from sessions.models import Indicator
from sessions.queries import indicators as queries
from sessions.queries import sittings as sitting_queries
from sessions.services import indicators

POSITION_DIGITS = 6


@require_http_methods(["GET"])
@gate("staff.read")
def indicator_list(request: StaffRequest, pk: int) -> HttpResponse:
    """The usual table; a stated percentage that does not follow carries its warning."""
    council_session = get_object_or_404(sitting_queries.sessions_for_staff(request.council), pk=pk)
    lines = queries.table(sitting_queries.indicators_of(council_session))
    context = {
        "council": request.council, "nav_section": "sessions", "council_session": council_session,
        "lines": [shown(line) for line in lines],
        "warned": sum(bool(line.warnings) for line in lines),
        "has_chart": any(line.ratio is not None for line in lines),
        "may_edit": access.may(request.roles, "indicator.edit"),
    }  # fmt: skip
    return render(request, "sessions/indicator_list.html", context)


def shown(line: queries.Line) -> dict[str, object]:
    """A line with its sentences in the reader's language."""
    plan = _(line.plan_phrase) % {"value": line.plan} if line.plan_phrase else line.plan
    return {
        "row": line.row, "line": line, "plan": plan,
        "warnings": [sentence_of(warning) for warning in line.warnings],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate("indicator.edit")
def indicator_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a new indicator at the end of the table."""
    council_session = get_object_or_404(sitting_queries.sessions_for_staff(request.council), pk=pk)
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            row = indicators.save(council_session, by=request.user, **form.values())
            return saved(request, row)
    context = {
        "council": request.council, "nav_section": "sessions", "council_session": council_session,
        "form": form, "row": None,
    }  # fmt: skip
    return render(request, "sessions/indicator_edit.html", context)


@require_http_methods(["GET", "POST"])
@gate("indicator.edit")
def indicator_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Mend an indicator; who saves second is told."""
    row = get_object_or_404(queries.for_staff(request.council), pk=pk)
    warnings = {warning.field: sentence_of(warning) for warning in queries.warnings_of(row)}
    initial = {name: getattr(row, name) for name in IndicatorForm.base_fields}
    form = IndicatorForm(request.POST or None, initial=initial, warnings=warnings)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            mended = indicators.save(
                row.council_session, indicator=row, version=form.cleaned_data["version"],
                by=request.user, **form.values(),
            )  # fmt: skip
            return saved(request, mended)
    context = {
        "council": request.council, "nav_section": "sessions", "row": row, "form": form,
        "council_session": row.council_session,
    }  # fmt: skip
    return render(request, "sessions/indicator_edit.html", context)


def saved(request: StaffRequest, row: Indicator) -> HttpResponse:
    """Back to the table; warnings do not stop the saving, and stay in the table."""
    messages.success(request, _("Đã lưu chỉ tiêu “%(name)s”.") % {"name": row.name})
    for warning in queries.warnings_of(row):
        messages.warning(request, sentence_of(warning))
    return redirect("sessions:indicator-list", request.council.slug, row.council_session_id)


@require_http_methods(["POST"])
@gate("indicator.edit")
def indicator_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Put an indicator at another place."""
    row = get_object_or_404(queries.for_staff(request.council), pk=pk)
    typed = request.POST.get("position", "")
    if typed.isascii() and typed.isdigit() and len(typed) < POSITION_DIGITS:
        with told_in_message(request):
            indicators.move(row, position=int(typed), by=request.user)
    else:
        messages.error(request, _("Vị trí phải là một số từ 1 trở lên."))
    return redirect("sessions:indicator-list", request.council.slug, row.council_session_id)


@require_http_methods(["POST"])
@gate("indicator.edit")
def indicator_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an indicator out of the table."""
    row = get_object_or_404(queries.for_staff(request.council), pk=pk)
    with told_in_message(request) as told:
        indicators.remove(row, by=request.user)
    if told.done:
        messages.success(request, _("Đã xóa chỉ tiêu “%(name)s”.") % {"name": row.name})
    return redirect("sessions:indicator-list", request.council.slug, row.council_session_id)
