"""Appointments during the mergers, and the approval of dismissals by the level above."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.people import AppointmentForm, EndDecisionForm, SentForm
from council.models import EndApproval
from council.services import appointments, departures
from council.views.offices import form_page
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def tenure_appoint(request: StaffRequest) -> HttpResponse:
    """Somebody was appointed to an office instead of elected."""
    form = AppointmentForm(request.POST or None, council=request.council)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            appointments.appoint(values.pop("office"), by=request.user, **values)
            messages.success(request, _("Đã ghi người được chỉ định; không cần phê chuẩn."))
            return redirect("council:office-list", request.council.slug)
    return form_page(request, form, _("Ghi người được chỉ định khi hợp nhất"))


@require_http_methods(["GET", "POST"])
@gate("office.approval")
def end_approval(request: StaffRequest, pk: int) -> HttpResponse:
    """Sending a dismissal for approval, then what was decided."""
    asked = get_object_or_404(
        EndApproval.objects.select_related("tenure__person", "tenure__office__council"),
        pk=pk,
        tenure__office__council=request.council,
    )
    form_class = SentForm if asked.state == EndApproval.State.TO_SEND else EndDecisionForm
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            verbs: dict[str, Callable[..., object]] = {
                "sent": departures.record_sent,
                "approved": departures.record_approved,
                "refused": departures.record_refused,
            }
            verbs[values.pop("verdict", "sent")](asked, by=request.user, **values)
            messages.success(request, _("Đã ghi."))
            return redirect("council:office-list", request.council.slug)
    context = {"council": request.council, "nav_section": "people", "form": form, "asked": asked}
    return render(request, "council/end_approval.html", context)
