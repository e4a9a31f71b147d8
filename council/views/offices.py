"""Offices, who holds them, and the approval by the level above."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council import queries
from council.forms.base import ClerkForm
from council.forms.people import (
    DecisionForm,
    OfficeForm,
    ReceivedForm,
    RetirementForm,
    SentForm,
    TenureEndForm,
    TenureForm,
)
from council.models import Tenure
from council.rules.offices import Approval, approval
from council.rules.refusals import Refusal
from council.services import offices
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest


@require_http_methods(["GET"])
@gate("staff.read")
def office_list(request: StaffRequest) -> HttpResponse:
    """The council's offices with their present and past holders."""
    context = {
        "council": request.council,
        "nav_section": "people",
        "offices": queries.offices_for_staff(request.council),
        "today": timezone.localdate(),
    }
    return render(request, "council/office_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def office_add(request: StaffRequest) -> HttpResponse:
    """Add an office."""
    form = OfficeForm(request.POST or None, council=request.council)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            offices.add(request.council, by=request.user, **form.values())
            messages.success(request, _("Đã thêm chức vụ."))
            return redirect("council:office-list", request.council.slug)
    return form_page(request, form, _("Thêm chức vụ"))


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def tenure_add(request: StaffRequest) -> HttpResponse:
    """Somebody takes an office other than by a poll in this system."""
    form = TenureForm(request.POST or None, council=request.council)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            offices.begin(values.pop("office"), by=request.user, **values)
            messages.success(request, _("Đã ghi người giữ chức vụ."))
            return redirect("council:office-list", request.council.slug)
    return form_page(request, form, _("Ghi người giữ chức vụ"))


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def tenure_end(request: StaffRequest, pk: int) -> HttpResponse:
    """The holder leaves the office."""
    tenure = get_object_or_404(
        Tenure.objects.select_related("person", "office__council"),
        pk=pk,
        office__council=request.council,
    )
    form = TenureEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            offices.end(tenure, by=request.user, **form.values())
            messages.success(request, _("Đã ghi thôi giữ chức vụ."))
            return redirect("council:office-list", request.council.slug)
    title = _("%(name)s thôi giữ chức vụ %(office)s") % {
        "name": tenure.person.full_name,
        "office": tenure.office.title,
    }
    return form_page(request, form, title)


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def tenure_retirement(request: StaffRequest, pk: int) -> HttpResponse:
    """Leave pending retirement was announced: the holder is exempt from the confidence vote."""
    tenure = get_object_or_404(
        Tenure.objects.on(timezone.localdate()).select_related("person", "office__council"),
        pk=pk,
        office__council=request.council,
    )
    form = RetirementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            offices.announce_retirement(tenure, by=request.user, **form.values())
            messages.success(request, _("Đã ghi thông báo nghỉ chờ hưu."))
            return redirect("council:office-list", request.council.slug)
    title = _("%(name)s: thông báo nghỉ chờ hưu") % {"name": tenure.person.full_name}
    return form_page(request, form, title)


@require_http_methods(["GET", "POST"])
@gate("office.approval")
def tenure_approval(request: StaffRequest, pk: int) -> HttpResponse:
    """Sending the result for approval, its receipt, then what was decided."""
    tenure = get_object_or_404(
        Tenure.objects.select_related("person", "office__council"),
        pk=pk,
        office__council=request.council,
    )
    form_class = approval_form(request, tenure)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            verdict = values.pop("verdict", next(iter(values)))
            APPROVAL_VERBS[verdict](tenure, by=request.user, **values)
            messages.success(request, _("Đã ghi."))
            if verdict == "received_on":
                return redirect("council:tenure-approval", request.council.slug, tenure.pk)
            return redirect("council:office-list", request.council.slug)
    context = {
        "council": request.council,
        "nav_section": "people",
        "form": form,
        "receipt": form if form_class is ReceivedForm else ReceivedForm(),
        "decision": form if form_class is DecisionForm else DecisionForm(),
        "tenure": tenure,
        "clock": approval_clock(tenure),
    }
    return render(request, "council/tenure_approval.html", context)


APPROVAL_VERBS: dict[str, Callable[..., Tenure]] = {
    "sent_on": offices.record_sent,
    "received_on": offices.record_received,
    "approved": offices.record_approved,
    "refused": offices.record_refused,
}


def approval_form(request: StaffRequest, tenure: Tenure) -> type[ClerkForm]:
    """The form of the step: sending, then receipt or decision, whichever was filled in."""
    if tenure.approval == Tenure.Approval.TO_SEND:
        return SentForm
    return ReceivedForm if "received_on" in request.POST else DecisionForm


def approval_clock(tenure: Tenure) -> Approval | None:
    """The rule of the election day; None where the rulebook is silent."""
    try:
        return approval(tenure.office.kind, level=tenure.office.council.level, on=tenure.starts_on)
    except Refusal:
        return None


def form_page(request: StaffRequest, form: object, title: str) -> HttpResponse:
    """A page with one form."""
    context = {
        "council": request.council,
        "nav_section": "people",
        "form": form,
        "title": title,
        "back": "council:office-list",
    }
    return render(request, "council/form_page.html", context)
