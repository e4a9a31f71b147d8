"""Batches of papers: lay them out, settle what two members read differently, read anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.papers import BatchOpenForm, BatchSettleForm
from elections.forms.polls import ReasonForm
from elections.models import CountingWay, PaperBatch, Poll, PollState
from elections.queries import batches as queries
from elections.queries import counts, records
from elections.services import batches as service
from elections.views.counts import counted_poll
from elections.web import batch_page, settle_page
from elections.web.base_rule import base_rule


def counted_batch(request: StaffRequest, pk: int) -> PaperBatch:
    """The batch, for a member of its poll's committee."""
    batch = get_object_or_404(queries.batches_of_council(request.council), pk=pk)
    batch.poll = counted_poll(request, batch.poll_id)
    return batch


def list_url(poll: Poll, source: str) -> str:
    """The page of the poll's batches from one source."""
    url = reverse("elections:batch-list", args=[poll.council_session.term.council.slug, poll.pk])
    return url if source == PaperBatch.Source.BOX else f"{url}?nguon={source}"


@require_http_methods(["GET"])
@gate("count.enter")
def batch_list(request: StaffRequest, pk: int) -> HttpResponse:
    """All batches of one source, how far each is, and this member's next step."""
    poll = counted_poll(request, pk)
    if poll.counting == CountingWay.TOTALS:
        return redirect("elections:count-enter", request.council.slug, pk)
    source = request.GET.get("nguon", PaperBatch.Source.BOX)
    if source not in PaperBatch.Source.values:
        source = PaperBatch.Source.BOX
    return show(request, poll, source)


def show(
    request: StaffRequest, poll: Poll, source: str, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page; a form that was refused replaces the fresh one."""
    account = records.account_of(poll)
    returned = batch_page.papers_of(poll, source=source, account=account)
    page = batch_page.page_of(poll, request.user, source=source, returned=returned)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "account": account,
        "page": page,
        "is_counting": poll.state == PollState.COUNTING,
        "agreed": counts.agreed_count(poll),
        "may_change_way": not page.rows,
        "open_form": BatchOpenForm(initial={"source": source, "size": page.next_size or None}),
        "rule": base_rule(poll),
        **forms,
    }
    return render(request, "elections/batch_list.html", context, status=status)


@require_http_methods(["POST"])
@gate("count.enter")
def batch_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Lay out the next batch."""
    poll = counted_poll(request, pk)
    form = BatchOpenForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            batch = service.open_batch(poll, by=request.user, **form.values())
            messages.success(request, _("Đã lập tập %(number)d.") % {"number": batch.number})
            return redirect(list_url(poll, batch.source))
    source = form.cleaned_data.get("source") or PaperBatch.Source.BOX
    return show(request, poll, source, status=422, open_form=form)


@never_cache
@require_http_methods(["GET", "POST"])
@gate("count.reconcile")
def batch_settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Both readings where they differ; what both saw on the paper then."""
    batch = counted_batch(request, pk)
    differing = queries.open_differences(batch)
    if differing is None:
        messages.info(request, _("Tập này chưa đối chiếu được, hoặc đã xong."))
        return redirect(list_url(batch.poll, batch.source))
    form = settle_page.form_for(batch, differing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            service.settle(batch, decisions=form.decisions(), by=request.user)
            messages.success(request, _("Tập %(n)d đã khớp.") % {"n": batch.number})
            return redirect(list_url(batch.poll, batch.source))
    return show_settle(request, batch, form)


def show_settle(
    request: StaffRequest, batch: PaperBatch, form: BatchSettleForm, **forms: Any
) -> HttpResponse:
    """The differences paper by paper, with both readers' names."""
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": batch.poll,
        "council_session": batch.poll.council_session,
        "batch": batch,
        "readers": [reading.reader for reading in queries.submitted_readings(batch)],
        "papers": settle_page.papers_of(batch, form),
        "form": form,
        "void_form": ReasonForm(),
        "list_url": list_url(batch.poll, batch.source),
        **forms,
    }
    return render(
        request, "elections/batch_settle.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["POST"])
@gate("count.reconcile")
def batch_void(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the batch aside, with the reason; its papers go into another."""
    batch = counted_batch(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ghi lý do bỏ tập phiếu để đọc lại."))
        return redirect(list_url(batch.poll, batch.source))
    with told_in_message(request) as told:
        service.void(batch, by=request.user, **form.values())
    if told.done:
        messages.success(
            request, _("Đã bỏ tập %(n)d. Lập tập mới để đọc lại.") % {"n": batch.number}
        )
    return redirect(list_url(batch.poll, batch.source))
