"""Petitions and open steps: what obliges the council, until when, and what settled it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.grounds import FollowUpForm, FrontForm, JoinForm, PetitionForm
from elections.models import Trigger, TriggerKind
from elections.queries import follow_ups, seat_releases
from elections.queries import grounds as queries
from elections.services import follow_ups as steps
from elections.services import triggers as service


@require_http_methods(["GET"])
@gate("staff.read")
def grounds(request: StaffRequest) -> HttpResponse:
    """Open steps, petitions, requests and approvals of ended offices, on one page."""
    today = timezone.localdate()
    council = request.council
    context = {
        "council": council,
        "nav_section": "people",
        "open_steps": follow_ups.open_rows(council, today),
        "closed_steps": follow_ups.closed_rows(council, today),
        "triggers": queries.triggers_of(council)[:30],
        "resignations": queries.resignations_of(council)[:30],
        "releases": seat_releases.releases_of(council)[:30],
        "end_approvals": queries.end_approvals_of(council)[:30],
        "next_session": queries.session_for_votes(council, today),
        "may_edit": access.may(request.roles, "poll.edit"),
        "may_approve": access.may(request.roles, "office.approval"),
    }
    return render(request, "elections/grounds.html", context)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def petition_add(request: StaffRequest) -> HttpResponse:
    """A petition of delegates; the number is computed and checked."""
    today = timezone.localdate()
    form = PetitionForm(
        request.POST or None,
        council=request.council,
        day=today,
        initial={"received_on": today},
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = service.record_petition(request.council, by=request.user, **form.values())
            tell_standing(request, made)
            return redirect("elections:grounds", request.council.slug)
    return form_page(request, form, _("Kiến nghị của đại biểu"), PETITION_HELP)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def petition_join(request: StaffRequest, pk: int) -> HttpResponse:
    """More delegates sign."""
    found = get_object_or_404(
        queries.triggers_of(request.council), pk=pk, kind=TriggerKind.DELEGATES, entry=None
    )
    today = timezone.localdate()
    form = JoinForm(
        request.POST or None,
        council=request.council,
        day=today,
        initial={"received_on": today},
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            tell_standing(request, service.join_petition(found, by=request.user, **form.values()))
            return redirect("elections:grounds", request.council.slug)
    title = _("Thêm đại biểu kiến nghị đối với %(name)s") % {"name": str(found.person)}
    return form_page(request, form, title, PETITION_HELP)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def front_add(request: StaffRequest) -> HttpResponse:
    """The Fatherland Front's petition."""
    form = FrontForm(
        request.POST or None,
        council=request.council,
        initial={"received_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            service.record_front(request.council, by=request.user, **form.values())
            messages.success(
                request, _("Đã ghi kiến nghị. Lập cuộc bỏ phiếu tín nhiệm ở trang kỳ họp.")
            )
            return redirect("elections:grounds", request.council.slug)
    return form_page(request, form, _("Kiến nghị của Ủy ban Mặt trận Tổ quốc"), "")


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def follow_up_close(request: StaffRequest, pk: int) -> HttpResponse:
    """A step was done outside the system, or need not be done any more."""
    found = get_object_or_404(follow_ups.of_council(request.council), pk=pk)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            steps.close_by_hand(found, by=request.user, **form.values())
            messages.success(request, _("Đã ghi."))
            return redirect("elections:grounds", request.council.slug)
    (row,) = follow_ups.rows([found], request.council, timezone.localdate())
    return form_page(request, form, _("Ghi việc phát sinh"), f"{row.sentence} ({row.due})")


def tell_standing(request: StaffRequest, trigger: Trigger) -> None:
    """Whether the petition obliges, with its numbers."""
    said = {
        "n": trigger.petitioner_count,
        "total": trigger.total_delegates,
        "needed": trigger.needed,
    }
    if trigger.is_met:
        words = _(
            "%(n)d/%(total)d đại biểu kiến nghị, đủ một phần ba: Thường trực Hội đồng nhân dân "
            "trình bỏ phiếu tín nhiệm."
        )
        messages.success(request, words % said)
        return
    words = _(
        "%(n)d/%(total)d đại biểu kiến nghị, cần ít nhất %(needed)d. Đã ghi là kiến nghị, chưa "
        "buộc phải trình bỏ phiếu tín nhiệm."
    )
    messages.warning(request, words % said)


PETITION_HELP = gettext_lazy(
    "Số đại biểu được đếm và so với tổng số đại biểu của ngày nhận kiến nghị."
)


def form_page(request: StaffRequest, form: object, title: str, lead: object) -> HttpResponse:
    """A page with one form, back to the grounds."""
    context = {
        "council": request.council,
        "nav_section": "people",
        "form": form,
        "title": title,
        "lead": lead,
    }
    return render(request, "elections/ground_form.html", context)
