"""Candidates beyond the list and withdrawals from it: proposed, decided by the council, kept."""

from django.db import transaction
from django.utils import timezone

from council.models import Mandate, Person, SettingKey, User
from council.queries import setting_on
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import ListChange, Poll, PollEntry, PollKind, PollPost, PollState
from elections.queries import nominations
from elections.queries import polls as queries
from elections.rules import list_changes as rules
from elections.services import decisions, entries, locks, posts, printing
from sessions.models import Document, Matter, OpenVote, SessionKind

ADDITION, WITHDRAWAL = ListChange.Kind.ADDITION, ListChange.Kind.WITHDRAWAL
PROPOSED, ACCEPTED = ListChange.State.PROPOSED, ListChange.State.ACCEPTED
REFUSED, DROPPED = ListChange.State.REFUSED, ListChange.State.DROPPED


def propose(
    poll: Poll,
    *,
    person: Person,
    post: str,
    proposed_by: Mandate,
    submitter: str,
    reason: str = "",
    summary: Document | None = None,
    poll_post: PollPost | None = None,
    by: User,
) -> ListChange:
    """A delegate stands, or introduces another, beyond the list; the council decides later.

    Raises:
        Refusal: ``access.denied``, ``nomination.not_an_election``, ``poll.list_is_closed``,
            ``list.proposed_already``, those of `entries.check_may_stand`,
            `nominations.check_is_delegate` and `elections.rules.list_changes.check_addition`.

    Source: Law 72/2025 Art. 33(6), 36(5).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        entries.check_list_open(poll)
        entries.check_may_stand(poll, person)
        entries.check_papers(poll, summary)
        chosen = posts.post_for(poll, poll_post)
        check_not_proposed(poll, person)
        rule = rules.check_addition(
            on=poll.held_on,
            level=council.level,
            submitter=submitter,
            is_first_session=poll.council_session.kind == SessionKind.ORGANISING,
            is_delegate=sits(poll, proposed_by),
        )
        office = chosen.office if chosen else queries.office_of(poll)
        nominations.check_is_delegate(poll, office, person, rule.article)
        change = ListChange(
            poll=poll,
            kind=ADDITION,
            person=person,
            poll_post=chosen,
            post=post,
            proposed_by=proposed_by,
            submitter=submitter,
            summary=summary,
            reason=reason,
            article=rule.article,
            recorded_by=by,
            recorded_at=timezone.now(),
        )
        store(change, "list.propose", by=by)
    return change


def decide_by_totals(
    change: ListChange,
    *,
    for_count: int,
    against_count: int,
    not_voting_count: int,
    by: User,
) -> ListChange:
    """Record the council's open vote on the change and carry out what it decided.

    Raises:
        Refusal: ``access.denied``, ``list.decided``, ``poll.list_is_closed``, and those of
            `elections.services.decisions.take`.
    """
    access.authorise(by, "poll.open", change.poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(change.poll_id)
        change = lock_proposed(change)
        check_may_change(poll, change)
        vote = decisions.take(
            poll.council_session,
            item=poll.item,
            matter=Matter.PERSONNEL_LIST,
            subject=subject_of(poll, change),
            for_count=for_count,
            against_count=against_count,
            not_voting_count=not_voting_count,
            by=by,
        )
        settle(poll, change, vote, by=by)
    return change


def drop(change: ListChange, *, by: User) -> ListChange:
    """Whoever proposed the change gives it up before the council decided; the row stays.

    Raises:
        Refusal: ``access.denied``, ``list.decided``.
    """
    access.authorise(by, "poll.edit", change.poll.council_session.term.council)
    with transaction.atomic():
        locks.poll(change.poll_id)
        change = lock_proposed(change)
        change.state, change.decided_at = DROPPED, timezone.now()
        store(change, "list.drop", by=by)
    return change


def withdraw(entry: PollEntry, *, reason: str, by: User) -> PollEntry:
    """A candidate steps back, no vote being needed; papers already printed must be printed anew.

    Raises:
        Refusal: ``access.denied``, ``entry.not_a_candidate`` (nobody withdraws from a confidence
            vote), ``entry.already_withdrawn``, ``poll.already_opened``, ``withdraw.needs_vote``
            (the council's regulation asks for one), ``list.proposed_already``.

    Source: Law 72/2025 Art. 36(5).
    """
    council = entry.poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(entry.poll_id)
        value, source = setting_on(council, SettingKey.WITHDRAWAL_VOTE, poll.held_on)
        entry = lock_candidate(poll, entry)
        check_not_proposed(poll, entry.person)
        rules.check_withdrawal_vote(is_required=value == "1", has_vote=False, source=source)
        change = new_withdrawal(poll, entry, reason=reason, by=by)
        change.state, change.decided_at = ACCEPTED, change.recorded_at
        step_back(poll, entry, change, by=by)
    entry.refresh_from_db()
    return entry


def ask_to_withdraw(entry: PollEntry, *, reason: str, by: User) -> ListChange:
    """A candidate asks to step back and the council is to vote on it.

    Raises:
        Refusal: ``access.denied``, ``entry.not_a_candidate``, ``entry.already_withdrawn``,
            ``poll.already_opened``, ``list.proposed_already``.
    """
    access.authorise(by, "poll.edit", entry.poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(entry.poll_id)
        entry = lock_candidate(poll, entry)
        check_not_proposed(poll, entry.person)
        change = new_withdrawal(poll, entry, reason=reason, by=by)
        store(change, "list.propose", by=by)
    return change


# --- parts ---------------------------------------------------------------------------------------


def settle(poll: Poll, change: ListChange, vote: OpenVote, *, by: User) -> None:
    """Carry out what the vote decided on a locked proposal."""
    change.open_vote, change.decided_at = vote, timezone.now()
    change.state = ACCEPTED if vote.passed else REFUSED
    if not vote.passed:
        store(change, "list.decide", by=by)
    elif change.kind == ADDITION:
        change.entry = entries.add_line(
            poll, poll_post=change.poll_post, person=change.person, post=change.post
        )
        entries.sort_candidates(poll)
        store(change, "list.decide", by=by)
    elif change.entry is not None:
        step_back(poll, change.entry, change, by=by)


def step_back(poll: Poll, entry: PollEntry, change: ListChange, *, by: User) -> None:
    """Strike the candidate out; the papers with the name on them are void."""
    entry.withdrawn_at, entry.withdrawn_reason = change.decided_at, change.reason
    entry.full_clean()
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    printing.void_all(poll)
    poll.printed = None
    poll.version += 1
    poll.save(update_fields=["printed", "version"])
    store(change, "poll.withdraw", by=by)


def new_withdrawal(poll: Poll, entry: PollEntry, *, reason: str, by: User) -> ListChange:
    """The row of a withdrawal; before Law 72/2025 it names no article."""
    try:
        article = rules.rule_on(poll.held_on, poll.council_session.term.council.level).article
    except Refusal:
        article = ""
    return ListChange(
        poll=poll,
        kind=WITHDRAWAL,
        person=entry.person,
        entry=entry,
        poll_post=entry.poll_post,
        reason=reason,
        article=article,
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def lock_candidate(poll: Poll, entry: PollEntry) -> PollEntry:
    """The entry, locked, if it may still be struck out.

    Raises:
        Refusal: ``entry.not_a_candidate``, ``poll.already_opened``, ``entry.already_withdrawn``.
    """
    locked = (
        PollEntry.objects.select_for_update(of=("self",))
        .select_related("person", "poll_post")
        .get(pk=entry.pk)
    )
    if poll.kind != PollKind.ELECTION:
        raise Refusal(
            "entry.not_a_candidate",
            gettext_noop("Chỉ người ứng cử trong cuộc bầu mới rút khỏi danh sách."),
        )
    if poll.state not in (PollState.DRAFT, PollState.LIST_APPROVED):
        raise Refusal(
            "poll.already_opened",
            gettext_noop("Cuộc bỏ phiếu đã mở, không rút khỏi danh sách được nữa."),
        )
    if locked.withdrawn_at is not None:
        raise Refusal(
            "entry.already_withdrawn",
            gettext_noop("%(name)s đã rút khỏi danh sách."),
            params={"name": locked.person.full_name},
        )
    return locked


def lock_proposed(change: ListChange) -> ListChange:
    """The change, locked, if the council has not decided on it.

    Raises:
        Refusal: ``list.decided``.
    """
    locked = (
        ListChange.objects.select_for_update(of=("self",))
        .select_related("person", "poll_post", "entry")
        .get(pk=change.pk)
    )
    if locked.state != PROPOSED:
        raise Refusal(
            "list.decided",
            gettext_noop("Việc này đã được quyết định: %(state)s."),
            params={"state": str(locked.get_state_display())},
        )
    return locked


def check_may_change(poll: Poll, change: ListChange) -> None:
    """Additions are decided while the list is open, withdrawals until the voting opens."""
    if change.kind == ADDITION:
        entries.check_list_open(poll)
        entries.check_may_stand(poll, change.person)
    elif change.entry is not None:
        lock_candidate(poll, change.entry)


def check_not_proposed(poll: Poll, person: Person) -> None:
    """One open proposal a person.

    Raises:
        Refusal: ``list.proposed_already``.
    """
    if ListChange.objects.filter(poll=poll, person=person, state=PROPOSED).exists():
        raise Refusal(
            "list.proposed_already",
            gettext_noop("%(name)s đang có đề nghị chờ Hội đồng nhân dân quyết định."),
            params={"name": person.full_name},
            field="person",
        )


def sits(poll: Poll, mandate: Mandate) -> bool:
    """Whether the mandate is a seat in this council on the poll's day."""
    seats = Mandate.objects.on(poll.held_on).filter(term=poll.council_session.term)
    return seats.filter(pk=mandate.pk).exists()


def subject_of(poll: Poll, change: ListChange) -> str:
    """What the vote is about, in the words of the minutes."""
    what = "Bổ sung %s vào danh sách" if change.kind == ADDITION else "Cho %s rút khỏi danh sách"
    return f"{what % change.person}: {poll.title}"[:300]


def store(change: ListChange, verb: str, *, by: User) -> None:
    """Check, save and record a change of the list."""
    change.full_clean()
    change.save()
    audit.record(
        verb,
        change,
        by=by,
        council=change.poll.council_session.term.council,
        after={
            "poll": change.poll_id,
            "kind": change.kind,
            "person": str(change.person),
            "state": change.state,
            "vote": change.open_vote_id,
            "reason": change.reason,
        },
    )
