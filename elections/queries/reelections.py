"""Elections that must begin anew, and the link between the old poll and the new one."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count as CountOf
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from council.models import Council, Tenure
from elections.models import OutcomeLine, Poll, PollState
from sessions.models import Session, SessionState


def next_session(council: Council, day: date) -> Session | None:
    """The council's first session that is not over on the day."""
    return (
        Session.objects.filter(term__council=council, closes_on__gte=day)
        .exclude(state=SessionState.CLOSED)
        .select_related("term__council")
        .order_by("opens_on", "pk")
        .first()
    )


def poll_of(tenure: Tenure) -> Poll | None:
    """The election from which the tenure began."""
    line = OutcomeLine.objects.filter(tenure=tenure).select_related("outcome__poll").first()
    return line.outcome.poll if line else None


def live_polls() -> QuerySet[Poll]:
    """Polls that were not annulled."""
    return Poll.objects.exclude(state=PollState.ANNULLED)


def poll_after(tenure: Tenure) -> Poll | None:
    """The new election that a refused approval led to."""
    return live_polls().filter(refused_tenure=tenure).first()


def poll_replacing(poll: Poll) -> Poll | None:
    """The new election that began where this one's rounds ended or it was annulled."""
    return live_polls().filter(repeats=poll, refused_tenure=None).first()


def refused_of(poll: Poll) -> QuerySet[Tenure]:
    """Tenures that began from the poll and were not approved."""
    return (
        Tenure.objects.filter(outcome_line__outcome__poll=poll, approval=Tenure.Approval.REFUSED)
        .select_related("office", "person")
        .order_by("pk")
    )


def refused_with_new(poll: Poll) -> Iterator[tuple[Tenure, Poll | None]]:
    """Each refused result of the poll with the new election that repeats it, or None."""
    refused = list(refused_of(poll))
    made = {row.refused_tenure_id: row for row in live_polls().filter(refused_tenure__in=refused)}
    for tenure in refused:
        yield tenure, made.get(tenure.pk)


def refused_without_new(council: Council) -> QuerySet[Tenure]:
    """Refused results for which no new election was prepared and whose seat is still empty.

    An office with several seats counts as filled when all of them are; one with a single seat also
    when somebody else held it since.
    """
    prepared = live_polls().filter(refused_tenure=OuterRef("pk"))
    since = Tenure.objects.filter(
        office=OuterRef("office"), office__seats=1, starts_on__gte=OuterRef("decided_on")
    ).exclude(approval=Tenure.Approval.REFUSED)
    return (
        Tenure.objects.filter(office__council=council, approval=Tenure.Approval.REFUSED)
        .annotate(holders=CountOf("office__tenures", filter=Q(office__tenures__ends_on=None)))
        .filter(holders__lt=F("office__seats"))
        .exclude(Exists(prepared))
        .exclude(Exists(since.exclude(basis=Tenure.Basis.ACTING)))
        .select_related("office", "person")
        .order_by("decided_on", "pk")
    )
