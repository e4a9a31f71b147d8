"""Written requests to leave an office, and offices that end without a vote."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.base import ClerkForm
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.grounds import (
    ConsentForm,
    DepartureForm,
    GrantForm,
    ResignationForm,
    WithdrawForm,
)
from elections.models import Resignation
from elections.queries import grounds as queries
from elections.services import departures
from elections.services import resignations as service
from elections.views.grounds import form_page

VERBS: dict[str, tuple[type[ClerkForm], Callable[..., object]]] = {
    "consent": (ConsentForm, service.record_consent),
    "grant": (GrantForm, service.grant_between_sessions),
    "withdraw": (WithdrawForm, service.withdraw),
}


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def resignation_add(request: StaffRequest) -> HttpResponse:
    """A written request comes in."""
    form = ResignationForm(
        request.POST or None,
        council=request.council,
        initial={"requested_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            made = service.record(values.pop("tenure"), by=request.user, **values)
            messages.success(request, _("Đã ghi đơn."))
            return redirect("elections:resignation-decide", request.council.slug, made.pk)
    return form_page(request, form, _("Đơn xin thôi giữ chức vụ"), "")


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def resignation_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """What becomes of a request: consent, approval between sessions, or withdrawal."""
    found = get_object_or_404(queries.resignations_of(request.council), pk=pk)
    asked = request.POST.get("do", "")
    forms = forms_of(found, asked, request.POST if request.method == "POST" else None)
    if asked in VERBS and forms[asked].is_valid():
        with shown_on(forms[asked]):
            values: dict[str, Any] = forms[asked].values()
            if asked == "consent":
                values["version"] = forms[asked].cleaned_data["version"]
            VERBS[asked][1](found, by=request.user, **values)
            messages.success(request, _("Đã ghi."))
            return redirect("elections:grounds", request.council.slug)
    context = {
        "council": request.council,
        "nav_section": "people",
        "resignation": found,
        "forms": forms,
        "to_vote": queries.resignations_to_vote_on(request.council).filter(pk=pk).exists(),
    }
    return render(request, "elections/resignation_decide.html", context)


def forms_of(found: Resignation, asked: str, data: Any) -> dict[str, ClerkForm]:
    """The three forms; only the one that was sent is bound."""
    initial = {"version": found.version, "decided_on": timezone.localdate()}
    return {
        name: form(data if name == asked else None, initial=initial, prefix=name)
        for name, (form, _verb) in VERBS.items()
    }


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def departure_record(request: StaffRequest, pk: int) -> HttpResponse:
    """Retirement or death: no vote, and the next session is told."""
    tenure = get_object_or_404(queries.running_tenures(request.council), pk=pk)
    form = DepartureForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            departures.record(tenure, by=request.user, **form.values())
            messages.success(
                request,
                _("Đã ghi. Thường trực Hội đồng nhân dân báo cáo tại kỳ họp gần nhất."),
            )
            return redirect("council:office-list", request.council.slug)
    title = _("%(name)s nghỉ hưu, qua đời") % {"name": str(tenure.person)}
    lead = _(
        "Không phải làm thủ tục miễn nhiệm; Thường trực Hội đồng nhân dân báo cáo tại kỳ họp gần "
        "nhất (Điều 37 khoản 6 Luật 72/2025/QH15)."
    )
    return form_page(request, form, title, lead)
