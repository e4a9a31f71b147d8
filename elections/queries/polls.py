"""Polls and their entries, as the staff's pages need them.

Nothing here reads a count: figures come from `elections.queries.counts` (their own counter, the
committee once both are submitted) and, for everybody else, from the confirmed outcome.
"""

from datetime import date

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from council.models import Council, Office, Person, Tenure
from elections.models import (
    Annulment,
    BallotCommittee,
    BallotCommitteeMember,
    Outcome,
    OutcomeLine,
    Poll,
    PollEntry,
    PollFile,
    PollState,
    PrintRun,
)
from sessions.models import AgendaItem, Document, Matter, OpenVote, Session

CONFIRMED = (PollState.AGREED, PollState.PUBLISHED)
SETTLED = (PollState.AGREED, PollState.PUBLISHED, PollState.ANNULLED)


def sessions_of(council: Council) -> QuerySet[Session]:
    """Sessions of the council, for looking one up by its key."""
    return Session.objects.filter(term__council=council).select_related("term__council")


def polls_of(council: Council) -> QuerySet[Poll]:
    """Polls of the council, for looking one up by its key."""
    return Poll.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council", "office", "item", "sitting", "list_vote",
        "previous_round", "repeats", "refused_tenure__person",
    )  # fmt: skip


def polls_of_session(council_session: Session) -> QuerySet[Poll]:
    """The session's polls in the order in which they were prepared, with how many stand in each."""
    return (
        Poll.objects.filter(council_session=council_session)
        .select_related("office")
        .annotate(entry_count=CountOf("entries", filter=Q(entries__withdrawn_at=None)))
        .order_by("pk")
    )


def polls_for_command(kind: str) -> QuerySet[Poll]:
    """All polls, or those of one kind, for `manage.py polls`."""
    polls = Poll.objects.select_related("council_session__term__council").order_by("pk")
    return polls.filter(kind=kind) if kind else polls


def entries_of(poll: Poll) -> QuerySet[PollEntry]:
    """All lines of the ballot paper in order, withdrawn ones included, with their nominations."""
    return (
        PollEntry.objects.filter(poll=poll)
        .select_related(
            "person",
            "tenure",
            "poll_post__office",
            "nomination__nominator__person",
            "nomination__nominator__office",
            "nomination__submission",
            "nomination__summary",
            "tenure__office",
            "motion__proposer__person",
            "motion__proposer__office",
            "motion__submission",
            "motion__resignation",
            "motion__mandate",
        )
        .order_by("position")
    )


def standing_entries(poll: Poll) -> QuerySet[PollEntry]:
    """The lines that are voted on: withdrawn candidates left out."""
    return entries_of(poll).filter(withdrawn_at=None)


def standing_in_session(council_session: Session) -> dict[int, str]:
    """Person → title of the poll in which he or she stands, over the session's unsettled polls."""
    rows = (
        PollEntry.objects.filter(poll__council_session=council_session, withdrawn_at=None)
        .exclude(poll__state__in=SETTLED)
        .order_by("poll_id")
        .values_list("person_id", "poll__title")
    )
    return dict(reversed(list(rows)))


def committees_of(council_session: Session) -> QuerySet[BallotCommittee]:
    """The session's ballot committees, newest first, with their members in order of duty."""
    members = BallotCommitteeMember.objects.select_related("mandate__person", "mandate__group")
    return (
        BallotCommittee.objects.filter(council_session=council_session)
        .select_related("open_vote")
        .prefetch_related(Prefetch("members", queryset=members.order_by("pk")))
        .order_by("-ordinal")
    )


def elected_committee(council_session: Session) -> BallotCommittee | None:
    """The committee that counts now: the one elected last."""
    return committees_of(council_session).filter(state=BallotCommittee.State.ELECTED).first()


def passed_votes(council_session: Session, matter: str) -> QuerySet[OpenVote]:
    """Recorded votes on such a matter that passed and decided nothing else yet."""
    used_for_list = Poll.objects.filter(list_vote=OuterRef("pk"))
    return (
        OpenVote.objects.filter(
            council_session=council_session,
            matter=matter,
            state=OpenVote.State.CLOSED,
            passed=True,
            ballot_committee=None,
            list_change=None,
        )
        .exclude(Exists(used_for_list))
        .order_by("-closed_at")
    )


def annulment_votes(council: Council) -> QuerySet[OpenVote]:
    """Passed votes of the council on annulling a result, not yet used for one, newest first."""
    return OpenVote.objects.filter(
        council_session__term__council=council,
        matter=Matter.ANNULMENT,
        state=OpenVote.State.CLOSED,
        passed=True,
        annulments=None,
    ).order_by("-closed_at")


def annulled_together(poll: Poll) -> QuerySet[Poll]:
    """Other confirmed results of the session, which the decision that annuls this may name, too."""
    return (
        Poll.objects.filter(council_session=poll.council_session, state__in=CONFIRMED)
        .exclude(pk=poll.pk)
        .order_by("pk")
    )


def later_rounds(poll: Poll) -> list[Poll]:
    """The rounds that rest on this one and were not annulled, the next first."""
    found: list[Poll] = []
    at = Poll.objects.filter(previous_round=poll).first()
    while at is not None:
        if at.state != PollState.ANNULLED:
            found.append(at)
        at = Poll.objects.filter(previous_round=at).first()
    return found


def annulment_of(poll: Poll) -> Annulment | None:
    """The decision that annulled the poll's result."""
    return (
        Annulment.objects.filter(poll=poll)
        .select_related("open_vote__council_session", "recorded_by")
        .first()
    )


def items_for_poll(council_session: Session, kinds: tuple[str, ...]) -> QuerySet[AgendaItem]:
    """Agenda items under which such a poll may be held, the fitting kinds first."""
    return (
        AgendaItem.objects.filter(council_session=council_session)
        .exclude(state=AgendaItem.State.DROPPED)
        .annotate(fits=Exists(AgendaItem.objects.filter(pk=OuterRef("pk"), kind__in=kinds)))
        .order_by("-fits", "position", "pk")
    )


def offices_of(council: Council) -> QuerySet[Office]:
    """The council's offices in their order."""
    return Office.objects.filter(council=council).order_by("position", "pk")


def office_of(poll: Poll) -> Office:
    """The office of an election's first post."""
    assert poll.office is not None  # noqa: S101 - a constraint of the row: an election has an office
    return poll.office


def holders_on(office: Office, day: date) -> QuerySet[Tenure]:
    """Who holds the office on the day and goes on holding it after."""
    return (
        Tenure.objects.on(day).filter(office=office).exclude(ends_on=day).select_related("person")
    )


def possible_nominators(council: Council, day: date) -> QuerySet[Tenure]:
    """Tenures that run on the day, any office: whose word counts is for the rules to say."""
    return (
        Tenure.objects.on(day)
        .filter(office__council=council)
        .select_related("office", "person")
        .order_by("office__position", "person__sort_key")
    )


def people_of(council: Council) -> QuerySet[Person]:
    """Everybody in the council's books, by given name in Vietnamese order."""
    return Person.objects.filter(council=council).order_by("sort_key", "pk")


def papers_of(council_session: Session, kinds: tuple[str, ...]) -> QuerySet[Document]:
    """The session's papers of these kinds that were not withdrawn."""
    return Document.objects.filter(
        council_session=council_session, kind__in=kinds, withdrawn_at=None
    ).order_by("position", "pk")


def outcome_of(poll: Poll) -> Outcome | None:
    """The confirmed result with its lines; before confirmation there is none for anybody."""
    lines = OutcomeLine.objects.select_related(
        "entry__person", "entry__poll_post__office", "tenure__office"
    ).order_by("entry__position")
    return (
        Outcome.objects.filter(poll=poll)
        .select_related("count", "agreed_by", "confirmed_by")
        .prefetch_related(Prefetch("lines", queryset=lines))
        .first()
    )


def print_runs_of_council(council: Council) -> QuerySet[PrintRun]:
    """Print runs of the council's polls, for looking one up by its key."""
    return PrintRun.objects.filter(poll__council_session__term__council=council).select_related(
        "poll__council_session__term__council"
    )


def print_runs_of(poll: Poll) -> QuerySet[PrintRun]:
    """The poll's print runs in their order, void ones included."""
    return (
        PrintRun.objects.filter(poll=poll)
        .select_related("printed_by", "replaces")
        .order_by("ordinal")
    )


def newest_file(poll: Poll, kind: str) -> PollFile | None:
    """The newest file of this kind."""
    return PollFile.objects.filter(poll=poll, kind=kind).order_by("-made_at", "-pk").first()


def newest_files(poll: Poll) -> dict[str, PollFile]:
    """The newest file of each kind that was made."""
    rows = PollFile.objects.filter(poll=poll).order_by("made_at", "pk")
    return {row.kind: row for row in rows}
