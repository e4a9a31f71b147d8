"""A delegate asks to leave the council: the request, and what was decided about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.base import ClerkForm
from council.models import User
from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.grounds import WithdrawForm
from elections.forms.seat_releases import SeatDecisionForm, SeatReleaseForm
from elections.models import SeatRelease
from elections.queries import seat_releases as queries
from elections.services import seat_releases as service
from elections.views.grounds import form_page

VERDICTS = {
    SeatRelease.State.GRANTED: service.grant,
    SeatRelease.State.REFUSED: service.refuse,
}


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def seat_release_add(request: StaffRequest) -> HttpResponse:
    """A request comes in, or the delegate moved away."""
    today = timezone.localdate()
    initial = {"requested_on": today, "mandate": request.GET.get("dai-bieu", "")[:12]}
    form = SeatReleaseForm(
        request.POST or None, council=request.council, day=today, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            made = service.record(values.pop("mandate"), by=request.user, **values)
            messages.success(request, _("Đã ghi đề nghị."))
            return redirect("elections:seat-release", request.council.slug, made.pk)
    lead = _(
        "Hội đồng nhân dân, giữa hai kỳ họp là Thường trực Hội đồng nhân dân, xem xét, chấp thuận "
        "(Điều 38 khoản 3 Luật 72/2025/QH15)."
    )
    return form_page(request, form, _("Đại biểu xin thôi làm nhiệm vụ"), lead)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def seat_release(request: StaffRequest, pk: int) -> HttpResponse:
    """What was asked and what became of it: consent, refusal, or withdrawal."""
    found = get_object_or_404(queries.releases_of(request.council), pk=pk)
    asked = request.POST.get("do", "")
    forms = forms_of(request, asked)
    if asked in forms and forms[asked].is_valid():
        with shown_on(forms[asked]):
            carry_out(found, asked, forms[asked], by=request.user)
            messages.success(request, _("Đã ghi."))
            return redirect("elections:grounds", request.council.slug)
    context = {
        "council": request.council,
        "nav_section": "people",
        "release": found,
        "forms": forms,
        "may_decide": access.may(request.roles, "office.approval"),
    }
    return render(request, "elections/seat_release.html", context)


def forms_of(request: StaffRequest, asked: str) -> dict[str, ClerkForm]:
    """Both forms; only the one that was sent is bound."""
    initial = {"decided_on": timezone.localdate()}
    kinds: dict[str, type[ClerkForm]] = {"decide": SeatDecisionForm, "withdraw": WithdrawForm}
    return {
        name: kind(request.POST if name == asked else None, initial=initial, prefix=name)
        for name, kind in kinds.items()
    }


def carry_out(found: SeatRelease, asked: str, form: ClerkForm, *, by: User) -> None:
    """The verb that the form asks for."""
    values = form.values()
    if asked == "withdraw":
        service.withdraw(found, by=by, **values)
        return
    VERDICTS[SeatRelease.State(values.pop("verdict"))](found, by=by, **values)
