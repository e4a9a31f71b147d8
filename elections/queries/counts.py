"""Counts: each counter's own sheet, the comparison for the committee, nothing for anybody else."""

from typing import Any

from django.db.models import QuerySet

from council.models import Role, RoleKind, User
from elections.models import (
    BallotCommittee,
    BallotCommitteeMember,
    Count,
    CountLine,
    Poll,
    PollEntry,
    PollState,
    Recount,
)

TYPED = (Count.Kind.FIRST, Count.Kind.SECOND)


def membership_of(poll: Poll, user: User) -> BallotCommitteeMember | None:
    """The account holder's seat on the poll's ballot committee, or None.

    None also for a member who stands in this very poll: nobody counts papers with his or her name.
    Once the list is approved, the committee that the session elected last is the one that will
    count; until the voting opens it may only test its scanner.
    """
    if poll.committee_id is None and poll.state != PollState.LIST_APPROVED:
        return None
    person_ids = Role.objects.filter(
        user=user,
        council=poll.council_session.term.council,
        kind=RoleKind.BALLOT_COMMITTEE,
        revoked_at=None,
        person__isnull=False,
    ).values("person")
    standing = PollEntry.objects.filter(poll=poll, withdrawn_at=None).values("person")
    return (
        BallotCommitteeMember.objects.filter(
            committee__in=committee_of(poll), mandate__person__in=person_ids
        )
        .exclude(mandate__person__in=standing)
        .select_related("mandate__person")
        .first()
    )


def committee_of(poll: Poll) -> list[int] | QuerySet[BallotCommittee, Any]:
    """The key of the poll's committee; before the opening, of the one elected last."""
    if poll.committee_id is not None:
        return [poll.committee_id]
    elected = BallotCommittee.objects.filter(
        council_session=poll.council_session_id, state=BallotCommittee.State.ELECTED
    )
    return elected.order_by("-ordinal").values("pk")[:1]


def own_count(poll: Poll, user: User) -> Count | None:
    """The count that this account types, first or second; never another's."""
    return Count.objects.filter(poll=poll, counter=user, kind__in=TYPED).first()


def states_of_counts(poll: Poll) -> dict[str, str]:
    """Kind → state of the counts, empty where not begun: how far each is, without a figure."""
    begun = Count.objects.filter(poll=poll).values_list("kind", "state")
    return {**dict.fromkeys(Count.Kind.values, ""), **dict(begun)}


def submitted_counts(poll: Poll) -> list[Count]:
    """First and second count when both are submitted, else an empty list."""
    counts = list(
        Count.objects.filter(poll=poll, kind__in=TYPED, state=Count.State.SUBMITTED)
        .select_related("counter")
        .order_by("kind")
    )
    return counts if len(counts) == len(TYPED) else []


def agreed_count(poll: Poll) -> Count | None:
    """The agreed count, waiting for its confirmation or confirmed."""
    return Count.objects.filter(poll=poll, kind=Count.Kind.AGREED).select_related("counter").first()


def figures_of(count: Count) -> dict[tuple[str, str], int | None]:
    """(entry code, option) → votes as typed."""
    rows = CountLine.objects.filter(count=count).order_by("entry__position")
    return {
        (code, option): votes
        for code, option, votes in rows.values_list("entry__code", "option", "votes")
    }


def recounts_of(poll: Poll) -> QuerySet[Recount]:
    """How differing cells were settled, in that order; the ones that count now."""
    found = Recount.objects.filter(poll=poll, replaced_at=None)
    return found.select_related("recorded_by").order_by("pk")
