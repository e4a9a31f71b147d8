"""Both counts cell by cell: recount what differs, agree, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.counts import RecountForm
from elections.forms.polls import ReasonForm
from elections.models import CountingWay, Poll, PollState
from elections.queries import counts as queries
from elections.queries import figures
from elections.services import counts as service
from elections.views.counts import counted_poll
from elections.web import records_page
from elections.web.base_rule import base_rule


@require_http_methods(["GET"])
@gate("count.reconcile")
def count_compare(request: StaffRequest, pk: int) -> HttpResponse:
    """The comparison, for members of the committee once both counts are handed in."""
    poll = counted_poll(request, pk)
    if poll.state in (PollState.AGREED, PollState.PUBLISHED):
        return redirect("elections:poll-result", request.council.slug, pk)
    if poll.counting == CountingWay.SCANS:
        return redirect("elections:scan", request.council.slug, pk)
    return show(request, poll)


def show(request: StaffRequest, poll: Poll, **forms: Any) -> HttpResponse:
    """The page, with a form that was refused in place of the fresh one.

    Where papers were read one by one or scanned, there is no second column: the figures follow
    from the papers.
    """
    is_typed = poll.counting == CountingWay.TOTALS
    agreed = queries.agreed_count(poll)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        **({"comparison": figures.comparison(poll)} if is_typed else records_page.context_of(poll)),
        "agreed": agreed,
        "is_own_agreement": agreed is not None and agreed.counter_id == request.user.pk,
        "states": queries.states_of_counts(poll),
        "is_counting": poll.state == PollState.COUNTING,
        "rule": base_rule(poll),
        "recount_form": None,
        "disagree_form": ReasonForm(),
        **forms,
    }
    name = "count_compare" if is_typed else "count_records"
    return render(request, f"elections/{name}.html", context)


@require_http_methods(["POST"])
@gate("count.reconcile")
def count_resolve(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down the recount of one cell."""
    poll = counted_poll(request, pk)
    form = RecountForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            service.resolve(poll, by=request.user, **form.values())
            messages.success(request, _("Đã ghi kết quả đếm lại."))
            return redirect("elections:count-compare", request.council.slug, pk)
    return show(request, poll, recount_form=form)


@require_http_methods(["POST"])
@gate("count.reconcile")
def count_agree(request: StaffRequest, pk: int) -> HttpResponse:
    """State the agreed count."""
    poll = counted_poll(request, pk)
    with told_in_message(request) as told:
        service.agree(poll, by=request.user)
    if told.done:
        messages.success(
            request, _("Đã thống nhất. Một thành viên khác của Ban kiểm phiếu xác nhận.")
        )
    return redirect("elections:count-compare", request.council.slug, pk)


@require_http_methods(["POST"])
@gate("count.confirm")
def count_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm the agreed count of another member: the result stands."""
    poll = counted_poll(request, pk)
    with told_in_message(request) as told:
        service.confirm(poll, by=request.user)
    if told.done:
        messages.success(request, _("Đã xác nhận. Kết quả đã được ghi nhận và không sửa được nữa."))
        return redirect("elections:poll-result", request.council.slug, pk)
    return redirect("elections:count-compare", request.council.slug, pk)


@require_http_methods(["POST"])
@gate("count.confirm")
def count_disagree(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the agreed count back to the comparison, with the reason."""
    poll = counted_poll(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            service.disagree(poll, by=request.user, **form.values())
            messages.success(request, _("Đã trả về đối chiếu; hai lần đếm vẫn giữ nguyên."))
            return redirect("elections:count-compare", request.council.slug, pk)
    return show(request, poll, disagree_form=form)
