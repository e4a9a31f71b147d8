"""Counting: each member's own sheet; nobody else sees it before both are handed in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.rules.refusals import Refusal
from council.web.gates import gate
from council.web.refusals import sentence_of, shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.counts import CountEnterForm
from elections.models import Count, CountingWay, Poll, PollState
from elections.queries import batches
from elections.queries import counts as queries
from elections.queries import polls as poll_queries
from elections.services import counts as service
from elections.web import count_sheet, ways
from elections.web.base_rule import base_rule

FIRST_PAGE: dict[str, str] = {
    CountingWay.BALLOTS: "elections:batch-list",
    CountingWay.SCANS: "elections:scan",
}
"""Ways that have a first page of their own."""


@require_http_methods(["GET", "POST"])
@gate("count.enter")
def count_enter(request: StaffRequest, pk: int) -> HttpResponse:
    """The counter's own sheet: begin, keep, hand in."""
    poll = counted_poll(request, pk)
    if poll.counting in FIRST_PAGE and poll.state == PollState.COUNTING:
        return redirect(FIRST_PAGE[poll.counting], request.council.slug, pk)
    count = queries.own_count(poll, request.user)
    if request.method == "POST" and "start" in request.POST:
        with told_in_message(request):
            service.start(poll, by=request.user)
        return redirect("elections:count-enter", request.council.slug, pk)
    if count is None:
        offered = [] if batches.has_records(poll) else ways.ways_of(poll)
        context = context_of(request, poll, None, ways=offered)
        return render(request, "elections/count_start.html", context)
    if request.method == "GET" or count.state == Count.State.SUBMITTED:
        return show(request, poll, count, count_sheet.form_for(poll, count))
    form = count_sheet.form_for(poll, count, request.POST)
    if form.is_valid():
        with shown_on(form):
            return keep(request, poll, count, form)
    return show(request, poll, count, form, status=422)


def keep(request: StaffRequest, poll: Poll, count: Count, form: CountEnterForm) -> HttpResponse:
    """Keep what was typed; hand it in where that was asked. What was kept stays kept."""
    count = service.save_figures(
        count,
        totals=form.totals(),
        lines=form.lines(),
        remarks=form.cleaned_data["remarks"],
        version=form.cleaned_data["version"],
        by=request.user,
    )
    if request.POST.get("action") != "submit":
        messages.success(request, _("Đã lưu. Bạn có thể nhập tiếp lúc khác."))
        return redirect("elections:count-enter", request.council.slug, poll.pk)
    try:
        service.submit(count, by=request.user)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("elections:count-enter", request.council.slug, poll.pk)
    messages.success(request, _("Đã nộp lần đếm của bạn."))
    return redirect("elections:count-enter", request.council.slug, poll.pk)


@require_http_methods(["POST"])
@gate("count.enter")
def count_check(request: StaffRequest, pk: int) -> HttpResponse:
    """After each cell: keep it, and say what the sums say. For htmx; the page works without."""
    poll = counted_poll(request, pk)
    count = get_object_or_404(
        Count, poll=poll, counter=request.user, kind__in=queries.TYPED, state=Count.State.DRAFT
    )
    form = count_sheet.form_for(poll, count, request.POST)
    kept = False
    if form.is_valid():
        with shown_on(form):
            count = service.keep_figures(
                count,
                totals=form.totals(),
                lines=form.lines(),
                remarks=form.cleaned_data["remarks"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
            kept = True
    context = context_of(request, poll, count, form=form, kept=kept, is_live=True)
    # The button is replaced only when it changes: it may be waiting for its question's answer.
    was_ready = bool(request.POST.get("was_ready"))
    context["is_submit_changed"] = context["sheet"].may_submit != was_ready
    return render(request, "elections/count_enter.html#feedback", context)


def counted_poll(request: StaffRequest, pk: int) -> Poll:
    """The poll, for a member of its committee; everybody else is told why not."""
    poll = get_object_or_404(poll_queries.polls_of(request.council), pk=pk)
    if queries.membership_of(poll, request.user) is None:
        raise PermissionDenied(
            _("Chỉ thành viên Ban kiểm phiếu của cuộc bỏ phiếu này mới vào được trang kiểm phiếu.")
        )
    return poll


def show(
    request: StaffRequest, poll: Poll, count: Count, form: CountEnterForm, *, status: int = 200
) -> HttpResponse:
    """The sheet."""
    context = context_of(request, poll, count, form=form)
    return render(request, "elections/count_enter.html", context, status=status)


def context_of(
    request: StaffRequest, poll: Poll, count: Count | None, **more: Any
) -> dict[str, Any]:
    """What the sheet shows; never anything of the other count but how far it is."""
    form = more.get("form")
    return {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "count": count,
        "sheet": count_sheet.sheet_of(poll, form) if form is not None else None,
        "states": queries.states_of_counts(poll),
        "is_counting": poll.state == PollState.COUNTING,
        "rule": base_rule(poll),
        **more,
    }
