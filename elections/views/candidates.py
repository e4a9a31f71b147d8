"""The list of a poll: candidates, and the council's vote that closes it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.polls import NominateForm, VoteChoiceForm, VoteTotalsForm
from elections.models import PollState
from elections.queries import polls as queries
from elections.services import polls as service
from elections.web import poll_page


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def nominate(request: StaffRequest, pk: int) -> HttpResponse:
    """A candidate with who introduced him or her, checked for the very day."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk, office__isnull=False)
    initial = {"nominated_on": poll.held_on, "poll_post": request.GET.get("chuc-vu")}
    form = NominateForm(request.POST or None, poll=poll, day=poll.held_on, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            entry = service.nominate(poll, by=request.user, **form.values())
            messages.success(
                request, _("Đã ghi %(name)s vào danh sách.") % {"name": str(entry.person)}
            )
            return redirect("elections:poll", request.council.slug, poll.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "form": form,
        "authorities": poll_page.authorities_of(poll),
    }
    return render(request, "elections/nominate.html", context)


@require_http_methods(["POST"])
@gate("poll.open")
def list_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the council's vote on the list; where it passed, the list is closed."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    form = VoteTotalsForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            done = service.approve_list_by_totals(poll, by=request.user, **form.values())
            if done.state == PollState.DRAFT:
                messages.warning(
                    request, _("Đã ghi biểu quyết; danh sách không được thông qua nên vẫn để mở.")
                )
            else:
                messages.success(request, _("Hội đồng đã chốt danh sách."))
            return redirect("elections:poll", request.council.slug, poll.pk)
    return poll_page.show(request, poll, totals_form=form)


@require_http_methods(["POST"])
@gate("poll.open")
def list_approve_by_vote(request: StaffRequest, pk: int) -> HttpResponse:
    """Close the list by a vote that was recorded already."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    form = VoteChoiceForm(
        request.POST, council_session=poll.council_session, matter=service.list_matter(poll)
    )
    if form.is_valid():
        with shown_on(form):
            service.approve_list(poll, by=request.user, **form.values())
            messages.success(request, _("Hội đồng đã chốt danh sách."))
            return redirect("elections:poll", request.council.slug, poll.pk)
    return poll_page.show(request, poll, choice_form=form)
