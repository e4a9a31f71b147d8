"""The ballot committee of a session: proposed, then elected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.queries import delegates_on
from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.committee import CommitteeForm, initial_of
from elections.forms.polls import VoteChoiceForm, VoteTotalsForm
from elections.models import BallotCommittee
from elections.queries import polls as queries
from elections.queries.committees import minimum_size
from elections.services import committee as service
from sessions.models import Matter, Session
from sessions.queries import sittings as session_queries


@require_http_methods(["GET", "POST"])
@gate("work.read")
def committee(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is proposed and elected; staff may write the proposal down."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    if request.method == "POST" and access.may(request.roles, "committee.edit"):
        form = committee_form(request, council_session)
        if form.is_valid():
            with shown_on(form):
                service.propose(council_session, members=form.chosen(), by=request.user)
                messages.success(request, _("Đã ghi Ban kiểm phiếu dự kiến."))
                return redirect("elections:committee", request.council.slug, pk)
        return show(request, council_session, form=form)
    return show(request, council_session)


def committee_form(request: StaffRequest, council_session: Session) -> CommitteeForm:
    """The proposal, over what was proposed before or over the elected committee."""
    newest = queries.committees_of(council_session).first()
    return CommitteeForm(
        request.POST if request.method == "POST" and "head" in request.POST else None,
        mandates=list(delegates_on(council_session.term, council_session.opens_on)),
        standing=queries.standing_in_session(council_session),
        initial=initial_of(newest),
    )


def show(request: StaffRequest, council_session: Session, **forms: object) -> HttpResponse:
    """The page, with a form that was refused in place of the fresh one."""
    committees = list(queries.committees_of(council_session))
    newest = {row.state: row for row in reversed(committees)}
    standing = queries.standing_in_session(council_session)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "proposed": newest.get(BallotCommittee.State.PROPOSED),
        "elected": newest.get(BallotCommittee.State.ELECTED),
        "conflicts": conflicts(newest.get(BallotCommittee.State.ELECTED), standing),
        "minimum": minimum_size(council_session),
        "polls_left": queries.polls_of_session(council_session).exclude(state__in=queries.SETTLED),
        "may_edit": access.may(request.roles, "committee.edit"),
        "form": committee_form(request, council_session),
        "totals_form": VoteTotalsForm(initial=vote_initial(council_session)),
        "choice_form": choice_form(council_session),
        **forms,
    }
    return render(request, "elections/committee.html", context)


def conflicts(elected: BallotCommittee | None, standing: dict[int, str]) -> list[tuple[str, str]]:
    """Members of the elected committee who stand since, each with the poll's title."""
    members = elected.members.all() if elected else []
    return [
        (member.mandate.person.full_name, standing[member.mandate.person_id])
        for member in members
        if member.mandate.person_id in standing
    ]


def vote_initial(council_session: Session) -> dict[str, int]:
    """Everybody present in favour, the usual case."""
    sitting = session_queries.open_sitting_of(council_session)
    return {"for_count": session_queries.present_count(sitting)} if sitting else {}


def choice_form(council_session: Session) -> VoteChoiceForm | None:
    """Votes on a ballot committee that were recorded already and not used."""
    form = VoteChoiceForm(council_session=council_session, matter=Matter.COMMITTEE)
    return form if form.fields["vote"].queryset.exists() else None  # type: ignore[attr-defined]


@require_http_methods(["POST"])
@gate("committee.edit")
def committee_elect(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the council's vote on the proposed committee; where it passed, it is elected."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    proposed = get_object_or_404(
        BallotCommittee, council_session=council_session, state=BallotCommittee.State.PROPOSED
    )
    form = VoteTotalsForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            done = service.elect_by_totals(proposed, by=request.user, **form.values())
            if done.state == BallotCommittee.State.PROPOSED:
                messages.warning(
                    request, _("Đã ghi biểu quyết; Ban kiểm phiếu không được thông qua.")
                )
            else:
                messages.success(request, _("Hội đồng đã bầu Ban kiểm phiếu."))
            return redirect("elections:committee", request.council.slug, pk)
    return show(request, council_session, totals_form=form)


@require_http_methods(["POST"])
@gate("committee.edit")
def committee_elect_by_vote(request: StaffRequest, pk: int) -> HttpResponse:
    """The proposed committee was elected by a vote that was recorded already."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    proposed = get_object_or_404(
        BallotCommittee, council_session=council_session, state=BallotCommittee.State.PROPOSED
    )
    form = VoteChoiceForm(request.POST, council_session=council_session, matter=Matter.COMMITTEE)
    if form.is_valid():
        with shown_on(form):
            service.elect(proposed, by=request.user, **form.values())
            messages.success(request, _("Hội đồng đã bầu Ban kiểm phiếu."))
            return redirect("elections:committee", request.council.slug, pk)
    return show(request, council_session, choice_form=form)
