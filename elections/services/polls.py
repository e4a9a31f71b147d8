"""A poll from its preparation to the closed ballot box; `counts` has the rest."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from council.models import Office, Person, Tenure, User
from council.queries import strength_on, total_delegates
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Poll, PollEntry, PollKind, PollPost
from elections.queries import nominations, preflight, subjects
from elections.queries import polls as queries
from elections.queries import split_papers as parts
from elections.services import decisions, entries, locks, posts, printing, split_papers
from elections.services.states import next_state, store
from sessions.models import AgendaItem, Document, Matter, OpenVote, Session
from sessions.queries import sittings as session_queries

LIST_MATTERS = {
    PollKind.CONFIDENCE: Matter.SUBJECT_LIST,
    PollKind.NO_CONFIDENCE: Matter.SUBJECT_LIST,
    PollKind.ELECTION: Matter.PERSONNEL_LIST,
    PollKind.DISMISSAL: Matter.PERSONNEL_LIST,
    PollKind.REMOVAL: Matter.PERSONNEL_LIST,
}


def prepare_confidence(
    council_session: Session, *, item: AgendaItem | None, title: str, held_on: date, by: User
) -> Poll:
    """A confidence vote with the list that the law gives on that day, exemptions with reasons.

    More people than one sheet holds are split by block (`elections.services.split_papers`).

    Raises:
        Refusal: ``access.denied``, ``date.outside_session``, ``poll.confidence_twice``,
            ``poll.nobody_subject`` (with the rule: a commune, or everybody exempt).
    """
    council = council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        council_session = entries.lock_session(council_session, held_on)
        entries.check_only_confidence(council_session)
        found = subjects.confidence_subjects(council, held_on)
        if not found.subjects:
            raise Refusal(
                "poll.nobody_subject",
                gettext_noop("Không có ai thuộc diện lấy phiếu tín nhiệm vào ngày này. %(why)s"),
                params={"why": found.explanation},
                cites=found.article,
            )
        if len(found.subjects) > split_papers.ROWS_MAX:
            return split_papers.write(
                council_session, found, item=item, title=title, held_on=held_on, by=by
            )
        poll = entries.new_poll(
            council_session,
            kind=PollKind.CONFIDENCE,
            item=item,
            title=title,
            held_on=held_on,
            by=by,
        )
        entries.write_subjects(poll, found)
        audit.record(
            "poll.prepare",
            poll,
            by=by,
            council=council,
            after={"kind": poll.kind, "held_on": str(held_on), "entries": len(found.subjects)},
        )
    return poll


def prepare_election(
    council_session: Session,
    *,
    item: AgendaItem | None,
    office: Office,
    seats: int,
    title: str,
    held_on: date,
    by: User,
) -> Poll:
    """An election to an office; more posts (`elections.services.posts`) and candidates follow.

    Raises:
        Refusal: ``access.denied``, ``date.outside_session``, ``office.of_another_council``,
            ``office.no_free_seat``.
    """
    council = council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        council_session = entries.lock_session(council_session, held_on)
        entries.check_seats(office, council=council, seats=seats, day=held_on)
        poll = entries.new_poll(
            council_session,
            kind=PollKind.ELECTION,
            item=item,
            title=title,
            held_on=held_on,
            office=office,
            seats=seats,
            by=by,
        )
        audit.record(
            "poll.prepare",
            poll,
            by=by,
            council=council,
            after={
                "kind": poll.kind,
                "held_on": str(held_on),
                "office": office.title,
                "seats": seats,
            },
        )
    return poll


def nominate(
    poll: Poll,
    *,
    person: Person,
    nominator: Tenure,
    nominated_on: date,
    post: str,
    submission: Document | None,
    summary: Document | None,
    poll_post: PollPost | None = None,
    by: User,
) -> PollEntry:
    """Put a candidate on the list, introduced by somebody with the authority that day.

    Raises:
        Refusal: ``access.denied``, ``poll.list_is_closed``, ``nomination.not_an_election``,
            ``entry.person_twice``, ``nomination.counts_the_votes``,
            ``nomination.paper_of_another_session``, ``nomination.which_post`` (several posts on
            the paper), and those of `elections.rules.nomination`:
            who may nominate (an election was annulled in 2024 because the nominator could not).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        entries.check_list_open(poll)
        entries.check_may_stand(poll, person)
        entries.check_papers(poll, submission, summary)
        chosen = posts.post_for(poll, poll_post)
        article = nominations.check_nomination(
            poll,
            chosen.office if chosen else queries.office_of(poll),
            person=person,
            nominator=nominator,
            nominated_on=nominated_on,
        )
        entry = entries.add_candidate(
            poll,
            poll_post=chosen,
            person=person,
            nominator=nominator,
            nominated_on=nominated_on,
            post=post,
            submission=submission,
            summary=summary,
            article=article,
        )
        audit.record(
            "poll.nominate",
            entry,
            by=by,
            council=council,
            after={
                "poll": poll.pk,
                "person": str(person),
                "nominator": nominator.pk,
                "nominated_on": str(nominated_on),
            },
        )
    return entry


def approve_list(poll: Poll, *, vote: OpenVote, by: User) -> Poll:
    """The council approved the list by this open vote; it is closed then.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``poll.empty_list``,
            ``poll.empty_post``, ``poll.changes_undecided``, and those of
            `elections.services.decisions.check_vote`.
    """
    access.authorise(by, "poll.open", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        next_state(poll, "approve_list")
        entries.check_may_close(poll)
        decisions.check_vote(
            vote, council_session=poll.council_session, matters=(list_matter(poll),)
        )
        return split_papers.for_all(poll, lambda part: close_list_of(part, vote, by=by))


def close_list_of(poll: Poll, vote: OpenVote, *, by: User) -> Poll:
    """One paper's list is closed by the vote."""
    poll = locks.poll(poll.pk)
    state = next_state(poll, "approve_list")
    entries.check_may_close(poll)
    poll.list_vote = vote
    store(poll, state, ["list_vote"], verb="poll.approve_list", by=by, after={"vote": vote.pk})
    return poll


def approve_list_by_totals(
    poll: Poll, *, for_count: int, against_count: int, not_voting_count: int, by: User
) -> Poll:
    """Record the open vote on the list and close the list where the vote passed.

    A lost vote is recorded like any other; the list then stays open.

    Raises:
        Refusal: those of `elections.services.decisions.take` and of `approve_list`.
    """
    access.authorise(by, "poll.open", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        next_state(poll, "approve_list")
        entries.check_may_close(poll)
        vote = decisions.take(
            poll.council_session,
            item=poll.item,
            matter=list_matter(poll),
            subject=f"Danh sách: {poll.title}",
            for_count=for_count,
            against_count=against_count,
            not_voting_count=not_voting_count,
            by=by,
        )
        return approve_list(poll, vote=vote, by=by) if vote.passed else poll


def print_ballots(poll: Poll, *, printed: int, by: User) -> Poll:
    """Record a print run of so many papers and have the PDF made in the background.

    Each call is a run of its own; the stock is the sum of all that stand.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state`` (before the list is approved),
            ``ballots.too_few`` (all runs together fewer than delegates).
    """
    access.authorise(by, "poll.edit", poll.council_session.term.council)
    return split_papers.for_all(poll, lambda part: print_part(part, printed, by=by))


def print_part(poll: Poll, printed: int, *, by: User) -> Poll:
    """Record a run of one paper, in the transaction of all of them."""
    poll = locks.poll(poll.pk)
    next_state(poll, "print_ballots")
    delegates = total_delegates(poll.council_session.term, poll.held_on)
    if printing.standing_sum(poll) + printed < delegates:
        raise Refusal(
            "ballots.too_few",
            gettext_noop(
                "Có %(delegates)d đại biểu, cần in ít nhất %(delegates)d phiếu. Nên in thêm "
                "vài phiếu dự phòng để đổi phiếu hỏng."
            ),
            params={"delegates": delegates},
            field="printed",
        )
    printing.add_run(poll, printed, by=by)
    return poll


def open_poll(poll: Poll, *, by: User) -> Poll:
    """Open the voting: everything is checked once more, the base of the result is frozen.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, and the first line of the checklist that
            fails, with its code (`elections.queries.preflight`).
    """
    access.authorise(by, "poll.open", poll.council_session.term.council)
    return split_papers.for_all(poll, lambda part: open_part(part, by=by))


def open_part(poll: Poll, *, by: User) -> Poll:
    """Open one paper's voting, in the transaction of all of them."""
    poll = locks.poll(poll.pk)
    state = next_state(poll, "open")
    preflight.refuse_unless_ready(poll)
    poll.committee = queries.elected_committee(poll.council_session)
    poll.sitting = session_queries.open_sitting_of(poll.council_session)
    poll.total_delegates = total_delegates(poll.council_session.term, poll.held_on)
    poll.present = session_queries.present_count(poll.sitting) if poll.sitting else None
    poll.is_short_council = strength_on(poll.council_session.term, poll.held_on).is_short
    poll.opened_at = timezone.now()
    fields = ["committee", "sitting", "total_delegates", "present", "opened_at"]
    fields.append("is_short_council")
    store(
        poll,
        state,
        fields,
        verb="poll.open",
        by=by,
        after={"total_delegates": poll.total_delegates, "present": poll.present},
    )
    return poll


def close_poll(poll: Poll, *, by: User) -> Poll:
    """End the voting; the ballot committee may count.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``.
    """
    access.authorise(by, "poll.close", poll.council_session.term.council)
    return split_papers.for_all(poll, lambda part: close_part(part, by=by))


def close_part(poll: Poll, *, by: User) -> Poll:
    """End one paper's voting, in the transaction of all of them."""
    poll = locks.poll(poll.pk)
    state = next_state(poll, "close")
    poll.closed_at = timezone.now()
    store(poll, state, ["closed_at"], verb="poll.close", by=by)
    return poll


def discard(poll: Poll, *, by: User) -> None:
    """Throw away a draft on which the council decided nothing; the audit log keeps that it was.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state`` (its list was approved).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        for found in reversed(parts.led_together(poll)):
            part = locks.poll(found.pk)
            next_state(part, "edit_entries")
            audit.record("poll.discard", part, by=by, council=council, before={"state": part.state})
            entries.remove_draft(part)


def list_matter(poll: Poll) -> str:
    """What the open vote on the poll's list is about."""
    return LIST_MATTERS[PollKind(poll.kind)]
