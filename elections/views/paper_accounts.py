"""The account of the papers, for the ways in which papers are read one by one or scanned."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.papers import PaperAccountForm
from elections.models import CountingWay, PaperAccount, Poll
from elections.queries import counts, records
from elections.services import paper_accounts as service
from elections.views.counts import counted_poll
from elections.web import account_sheet
from elections.web.base_rule import base_rule


@require_http_methods(["GET", "POST"])
@gate("count.enter")
def paper_account(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the account down, or mend it before the agreement."""
    poll = counted_poll(request, pk)
    if poll.counting == CountingWay.TOTALS:
        return redirect("elections:count-enter", request.council.slug, pk)
    account = records.account_of(poll)
    if request.method == "GET":
        return show(request, poll, account, account_sheet.form_for(poll, account))
    form = account_sheet.form_for(poll, account, request.POST)
    if form.is_valid():
        with shown_on(form):
            service.record(
                poll,
                numbers=form.numbers(),
                remarks=form.cleaned_data["remarks"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
            messages.success(request, _("Đã ghi số phiếu in, phát ra, thu về."))
            return redirect("elections:count-enter", request.council.slug, pk)
    return show(request, poll, account, form, status=422)


@require_http_methods(["POST"])
@gate("count.enter")
def paper_account_check(request: StaffRequest, pk: int) -> HttpResponse:
    """After each number: what the sums say. Keeps nothing; the page works without."""
    poll = counted_poll(request, pk)
    form = account_sheet.form_for(poll, None, request.POST)
    context = context_of(request, poll, None, form)
    return render(request, "elections/paper_account.html#sums", context)


def show(
    request: StaffRequest,
    poll: Poll,
    account: PaperAccount | None,
    form: PaperAccountForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page."""
    context = context_of(request, poll, account, form)
    return render(request, "elections/paper_account.html", context, status=status)


def context_of(
    request: StaffRequest, poll: Poll, account: PaperAccount | None, form: PaperAccountForm
) -> dict[str, Any]:
    """The form with a sentence for every sum."""
    sums, suspicion, bad_fields = account_sheet.sums_of(poll, form)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "account": account,
        "form": form,
        "sums": sums,
        "suspicion": suspicion,
        "bad_fields": bad_fields,
        "states": counts.states_of_counts(poll),
        "rule": base_rule(poll),
    }
