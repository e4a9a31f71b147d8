"""One poll's page: steps, list, checklist, and the one thing to do next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from council.models import Job
from council.queries import total_delegates
from council.rules.refusals import Refusal
from council.services import access
from council.web.requests import StaffRequest
from elections.forms.polls import PrintForm, VoteChoiceForm, VoteTotalsForm
from elections.models import Poll, PollFile, PollKind, PollPost, PollState
from elections.queries import counts, posts, preflight, reelections, rounds, split_papers
from elections.queries import polls as queries
from elections.rules import nomination
from elections.services.polls import list_matter
from elections.web import motion_page, poll_list, steps
from sessions.models import SessionState

SPARE_PAPERS = 5
PRINTING = (PollState.LIST_APPROVED, PollState.OPEN, PollState.COUNTING)
VERBS = ("poll.edit", "poll.open", "poll.close", "poll.annul", "outcome.read", "count.enter")


def show(request: StaffRequest, poll: Poll, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page; a form that was refused replaces the fresh one."""
    return render(request, "elections/poll.html", context_of(request, poll, **forms), status=status)


def context_of(request: StaffRequest, poll: Poll, **forms: Any) -> dict[str, object]:
    """Everything that the page shows."""
    entries = list(queries.entries_of(poll))
    states = counts.states_of_counts(poll)
    committee = (
        queries.elected_committee(poll.council_session)
        if poll.committee_id is None
        else queries.committees_of(poll.council_session).filter(pk=poll.committee_id).first()
    )
    standing = sum(entry.withdrawn_at is None for entry in entries)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "entries": entries,
        **poll_list.context_of(poll, entries),
        "standing": standing,
        "exemptions": poll.exemptions.select_related("person").order_by("pk"),
        "committee": committee,
        "annulment": queries.annulment_of(poll) if poll.annulled_at else None,
        "steps": steps.steps_of(poll, entry_count=standing, committee=committee, states=states),
        "states": states,
        "may": {verb.replace(".", "_"): access.may(request.roles, verb) for verb in VERBS},
        "is_counter": counts.membership_of(poll, request.user) is not None,
        "ballot": queries.newest_file(poll, PollFile.Kind.BALLOT),
        "ballot_job": newest_job(poll, "ballot"),
        "other_part": split_papers.other_part(poll),
        "print_runs": list(queries.print_runs_of(poll)),
        **reelection_of(poll),
        **repetition_of(poll),
        **motion_page.context_of(poll, entries),
        **before_opening(poll),
        **forms_of(poll),
        **forms,
    }


def reelection_of(poll: Poll) -> dict[str, object]:
    """What the election repeats, what repeats it, and what must begin anew."""
    if poll.kind != PollKind.ELECTION or poll.state not in queries.SETTLED:
        return {}
    return {
        "refused": list(reelections.refused_with_new(poll)),
        "replaced_by": reelections.poll_replacing(poll),
        "offices_left": rounds.offices_left(poll),
    }


def repetition_of(poll: Poll) -> dict[str, object]:
    """What took the place of an annulled paper of a split vote, or whether it may be repeated."""
    if not poll.block or poll.state != PollState.ANNULLED:
        return {}
    standing = split_papers.standing_of_block(poll)
    may_repeat = split_papers.may_be_repeated(poll)
    is_over = poll.council_session.state == SessionState.CLOSED
    return {"voted_again": standing, "may_repeat": may_repeat and not is_over}


def before_opening(poll: Poll) -> dict[str, object]:
    """The checklist, while the voting is not yet open."""
    if poll.state not in (PollState.DRAFT, PollState.LIST_APPROVED):
        return {"checklist": [], "is_ready": False}
    lines = preflight.checklist(poll)
    return {"checklist": lines, "is_ready": all(line.is_met for line in lines)}


def forms_of(poll: Poll) -> dict[str, object]:
    """Fresh forms of the step that the poll is in."""
    if poll.state == PollState.DRAFT:
        return {
            "totals_form": VoteTotalsForm(initial=poll_list.vote_initial(poll)),
            "choice_form": choice_form(poll),
        }
    if poll.state in PRINTING:
        delegates = total_delegates(poll.council_session.term, poll.held_on)
        printed = SPARE_PAPERS if poll.printed else delegates + SPARE_PAPERS
        return {"print_form": PrintForm(initial={"printed": printed})}
    return {}


def choice_form(poll: Poll) -> VoteChoiceForm | None:
    """The votes already recorded on such a list, if there are any."""
    form = VoteChoiceForm(council_session=poll.council_session, matter=list_matter(poll))
    return form if form.fields["vote"].queryset.exists() else None  # type: ignore[attr-defined]


def newest_job(poll: Poll, kind: str) -> Job | None:
    """The newest work on the poll's papers of this kind."""
    return Job.objects.filter(key__startswith=f"{kind}:{poll.pk}:").order_by("-pk").first()


def authorities_of(poll: Poll) -> list[tuple[PollPost, nomination.Authority | None]]:
    """Who may nominate to each post on the poll's day; None where the rulebook is silent."""
    return [(post, authority_of(poll, post)) for post in posts.posts_of(poll)]


def authority_of(poll: Poll, post: PollPost) -> nomination.Authority | None:
    """Who may nominate to the post; None where the rulebook is silent."""
    level = poll.council_session.term.council.level
    try:
        return nomination.authority(post.office.kind, on=poll.held_on, level=level)
    except Refusal:
        return None
