"""Petitions, requests and ended offices: what the pages about grounds of a vote show."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from council.models import Council, EndApproval, Mandate, Person, Tenure
from council.queries import delegates_on, term_on
from elections.models import (
    FollowUp,
    Motion,
    Petitioner,
    Poll,
    PollState,
    Resignation,
    Trigger,
    TriggerKind,
)
from sessions.models import Session, SessionState


def triggers_of(council: Council) -> QuerySet[Trigger]:
    """Petitions and results, newest first, with who signed."""
    signed = Petitioner.objects.select_related("mandate__person").order_by(
        "mandate__person__sort_key"
    )
    return (
        Trigger.objects.filter(council=council)
        .select_related("council", "person", "entry__poll")
        .prefetch_related(Prefetch("petitioners", queryset=signed))
        .order_by("-received_on", "-pk")
    )


def usable_triggers(council: Council) -> QuerySet[Trigger]:
    """Petitions that oblige and on which no ballot paper rests."""
    return triggers_of(council).filter(entry=None, is_met=True).exclude(kind=TriggerKind.LOW_RESULT)


def votes_due(council: Council) -> QuerySet[FollowUp]:
    """Open steps that ask for a no-confidence vote."""
    return (
        FollowUp.objects.filter(
            council=council,
            state=FollowUp.State.OPEN,
            kind__in=[FollowUp.Kind.RESIGN_OR_VOTE, FollowUp.Kind.VOTE],
        )
        .exclude(line__triggers__entry__isnull=False)
        .select_related("council", "person", "line__outcome__poll")
        .order_by("opened_on", "pk")
    )


def resignations_of(council: Council) -> QuerySet[Resignation]:
    """Written requests, newest first."""
    return (
        Resignation.objects.filter(tenure__office__council=council)
        .select_related("tenure__office__council", "tenure__person")
        .order_by("-requested_on", "-pk")
    )


def resignations_to_vote_on(council: Council) -> QuerySet[Resignation]:
    """Waiting requests that are on no ballot paper yet."""
    on_paper = Motion.objects.filter(resignation__isnull=False).exclude(
        entry__poll__state=PollState.ANNULLED
    )
    return (
        resignations_of(council)
        .filter(state=Resignation.State.PENDING)
        .exclude(pk__in=on_paper.values("resignation"))
    )


def running_tenures(council: Council) -> QuerySet[Tenure]:
    """Offices that are held now, in their order; who only acts is left out."""
    return (
        Tenure.objects.filter(office__council=council, ends_on=None)
        .exclude(basis=Tenure.Basis.ACTING)
        .select_related("office__council", "person")
        .order_by("office__position", "person__sort_key")
    )


def holders_of(council: Council) -> QuerySet[Person]:
    """Persons who hold an office now, by given name."""
    held = Tenure.objects.filter(office__council=council, ends_on=None).exclude(
        basis=Tenure.Basis.ACTING
    )
    return Person.objects.filter(pk__in=held.values("person")).order_by("sort_key", "pk")


def delegates_of(council: Council, day: date) -> QuerySet[Mandate]:
    """Delegates in office on the day, by given name."""
    term = term_on(council, day)
    if term is None:
        return Mandate.objects.none()
    return delegates_on(term, day)


def end_approvals_of(council: Council) -> QuerySet[EndApproval]:
    """Approvals from above of ended offices, newest first."""
    return (
        EndApproval.objects.filter(tenure__office__council=council)
        .select_related("tenure__office__council", "tenure__person")
        .order_by("-ended_on", "-pk")
    )


def end_approvals_waiting(council: Council) -> QuerySet[EndApproval]:
    """Those that are to be sent or decided, for the first screen."""
    waiting = (EndApproval.State.TO_SEND, EndApproval.State.SENT)
    return end_approvals_of(council).filter(state__in=waiting).order_by("ended_on", "pk")


def end_approvals_by(poll: Poll) -> QuerySet[EndApproval]:
    """Approvals of the offices that this poll's result ended."""
    tenures = Motion.objects.filter(entry__poll=poll).values("entry__tenure")
    return end_approvals_of(poll.council_session.term.council).filter(tenure__in=tenures)


def session_for_votes(council: Council, today: date) -> Session | None:
    """The session at which something can be put to the vote: the one that meets, else the next."""
    return (
        Session.objects.filter(term__council=council, closes_on__gte=today)
        .exclude(state=SessionState.CLOSED)
        .order_by("opens_on")
        .first()
    )
