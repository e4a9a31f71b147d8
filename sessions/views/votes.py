"""Open votes: recorded by totals, or opened and written down by name; final once closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.rules.short_council import Standing
from council.services import access
from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from sessions.forms.votes import NamesForm, VoteForm
from sessions.models import AgendaItem, OpenVote, Sitting
from sessions.queries import sittings as sitting_queries
from sessions.queries import votes as queries
from sessions.services import votes


@require_http_methods(["GET"])
@gate("staff.read")
def vote_list(request: StaffRequest, pk: int) -> HttpResponse:
    """The session's open votes, newest first."""
    council_session = get_object_or_404(sitting_queries.sessions_for_staff(request.council), pk=pk)
    context = {
        "council": request.council, "nav_section": "sessions", "council_session": council_session,
        "page": page_of(request, sitting_queries.votes_of(council_session)),
        "running": sitting_queries.open_sitting_of(council_session),
        "may_vote": access.may(request.roles, "open_vote.edit"),
    }  # fmt: skip
    return render(request, "sessions/vote_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("open_vote.edit")
def vote_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Record a vote by its totals, or open one by name."""
    sitting = get_object_or_404(sitting_queries.for_staff(request.council), pk=pk)
    newest = queries.newest_pk(sitting)
    initial = {"newest_seen": newest, "item": current_item(sitting)}
    form = VoteForm(request.POST or None, council_session=sitting.council_session, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            return recorded(request, sitting, form)
        # The next click is meant: it has been told of the vote that came between.
        typed = request.POST.copy()
        typed["newest_seen"] = str(newest)
        form.data = typed
    return render(request, "sessions/vote_take.html", take_context(request, sitting, form))


def recorded(request: StaffRequest, sitting: Sitting, form: VoteForm) -> HttpResponse:
    """Hand the valid form to the service, and go where the vote is seen."""
    slug = request.council.slug
    if form.is_by_name:
        vote = votes.open_by_name(sitting, by=request.user, **form.what())
        return redirect("sessions:vote-close", slug, vote.pk)
    seen = form.cleaned_data["newest_seen"]
    values = {**form.what(), **form.counts()}
    vote = votes.take(sitting, newest_seen=seen, by=request.user, **values)
    messages.success(request, _("Đã ghi kết quả biểu quyết."))
    return redirect("sessions:vote-detail", slug, vote.pk)


def current_item(sitting: Sitting) -> AgendaItem | None:
    """The item that is being dealt with, as a first guess for the form."""
    return sitting.council_session.items.filter(state=AgendaItem.State.CURRENT).first()


def strength_of(sitting: Sitting) -> dict[str, str] | None:
    """What few delegates mean for every decision (Law 72/2025 Art. 49); None for a full council."""
    found = queries.strength(sitting.council_session, sitting.held_on)
    if not found.sentence:
        return None
    return {
        "words": _(found.sentence) % found.params,
        "article": found.article,
        "shade": "bad" if found.standing is Standing.TOO_FEW else "warn",
    }


def take_context(request: StaffRequest, sitting: Sitting, form: VoteForm) -> dict[str, object]:
    """What the form's page shows beside the form: who is there, what is needed, and why not now."""
    quorum = sitting_queries.quorum_of(sitting)
    return {
        "council": request.council, "nav_section": "sessions", "sitting": sitting,
        "council_session": sitting.council_session, "form": form, "quorum": quorum,
        "majorities": queries.majorities_for(sitting, quorum.total),
        "strength": strength_of(sitting),
        "waiting": sitting.open_votes.filter(state=OpenVote.State.OPEN).first(),
        "is_open": sitting.state == Sitting.State.OPEN,
    }  # fmt: skip


@require_http_methods(["GET"])
@gate("staff.read")
def vote_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One vote: passed or not, with base, majority and article."""
    vote = get_object_or_404(queries.for_staff(request.council), pk=pk)
    context = {
        "council": request.council, "nav_section": "sessions", "vote": vote,
        "council_session": vote.council_session, "choices": queries.choices_of(vote),
        "may_vote": access.may(request.roles, "open_vote.edit"),
    }  # fmt: skip
    return render(request, "sessions/vote_detail.html", context)


@require_http_methods(["GET", "POST"])
@gate("open_vote.edit")
def vote_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down how each delegate voted, and close the vote."""
    vote = get_object_or_404(queries.for_staff(request.council), pk=pk)
    if vote.state == OpenVote.State.CLOSED:
        return redirect("sessions:vote-detail", request.council.slug, pk)
    voters = queries.voters_of(vote, {})
    form = NamesForm(request.POST or None, voters=[voter.mandate.pk for voter in voters])
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            votes.close_by_name(vote, choices=form.choices(), by=request.user)
            messages.success(request, _("Đã ghi kết quả biểu quyết."))
            return redirect("sessions:vote-detail", request.council.slug, pk)
    ticked = form.ticked()
    context = {
        "council": request.council, "nav_section": "sessions", "vote": vote,
        "council_session": vote.council_session, "form": form,
        "voters": [
            queries.Choice(voter.mandate, ticked.get(voter.mandate.pk, "")) for voter in voters
        ],
        "missing": len(voters) - len(ticked),
    }  # fmt: skip
    return render(request, "sessions/vote_close.html", context)
