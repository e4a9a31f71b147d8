"""Candidates beyond the list, withdrawals, and the council's vote on each."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.models import SettingKey
from council.queries import setting_on
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.lists import ListProposeForm, WithdrawForm
from elections.forms.polls import VoteTotalsForm
from elections.models import ListChange, PollEntry, PollKind
from elections.queries import polls as queries
from elections.queries.checklist_lines import cited
from elections.services import list_changes
from elections.web import poll_page


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def list_propose(request: StaffRequest, pk: int) -> HttpResponse:
    """A delegate stands, or introduces another, beyond the list."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk, kind=PollKind.ELECTION)
    form = ListProposeForm(request.POST or None, poll=poll)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            change = list_changes.propose(poll, by=request.user, **form.values())
            messages.success(
                request,
                _("Đã ghi đề nghị về %(name)s. Việc tiếp theo: Hội đồng biểu quyết.")
                % {"name": str(change.person)},
            )
            return redirect("elections:poll", request.council.slug, poll.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "form": form,
        "article": cited("election.extra_candidates", poll),
    }
    return render(request, "elections/list_propose.html", context)


@require_http_methods(["POST"])
@gate("poll.open")
def list_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the council's vote on a proposal and carry it out."""
    change = get_object_or_404(changes_of_council(request), pk=pk)
    form = VoteTotalsForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            done = list_changes.decide_by_totals(change, by=request.user, **form.values())
            if done.state == ListChange.State.ACCEPTED:
                messages.success(request, _("Hội đồng đã chấp nhận; danh sách đã được sửa."))
            else:
                messages.warning(request, _("Hội đồng không chấp nhận; danh sách giữ nguyên."))
            return redirect("elections:poll", request.council.slug, change.poll_id)
    poll = get_object_or_404(queries.polls_of(request.council), pk=change.poll_id)
    return poll_page.show(request, poll, change_form=form, wrong_change=change.pk)


@require_http_methods(["POST"])
@gate("poll.edit")
def list_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Whoever proposed the change gives it up."""
    change = get_object_or_404(changes_of_council(request), pk=pk)
    with told_in_message(request) as told:
        list_changes.drop(change, by=request.user)
    if told.done:
        messages.success(request, _("Đã ghi việc thôi đề nghị."))
    return redirect("elections:poll", request.council.slug, change.poll_id)


def changes_of_council(request: StaffRequest) -> QuerySet[ListChange]:
    """Proposals about lists of the council's polls."""
    return ListChange.objects.filter(
        poll__council_session__term__council=request.council
    ).select_related("person", "poll__council_session__term__council")


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def entry_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """A candidate steps back, or asks the council to vote on it."""
    found = PollEntry.objects.filter(poll__council_session__term__council=request.council)
    entry = get_object_or_404(
        found.select_related("person", "poll__council_session__term__council"), pk=pk
    )
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asks = request.POST.get("action") == "ask"
        verb = list_changes.ask_to_withdraw if asks else list_changes.withdraw
        with shown_on(form):
            verb(entry, by=request.user, **form.values())
            messages.success(
                request,
                _("Đã ghi đề nghị rút. Việc tiếp theo: Hội đồng biểu quyết.")
                if asks
                else _("Đã ghi việc rút khỏi danh sách."),
            )
            return redirect("elections:poll", request.council.slug, entry.poll_id)
    return render(request, "elections/entry_withdraw.html", withdraw_context(request, entry, form))


def withdraw_context(
    request: StaffRequest, entry: PollEntry, form: WithdrawForm
) -> dict[str, object]:
    """The page's context: whether the council's regulation asks for a vote, and where it says."""
    value, source = setting_on(request.council, SettingKey.WITHDRAWAL_VOTE, entry.poll.held_on)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "poll": entry.poll,
        "council_session": entry.poll.council_session,
        "entry": entry,
        "form": form,
        "needs_vote": value == "1",
        "source": source,
        "article": cited("election.extra_candidates", entry.poll),
    }
