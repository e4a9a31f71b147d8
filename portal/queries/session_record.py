"""What a public session's record tells beside its agenda: attendance by sitting, open votes.

A vote's subject is typed by the staff and may name what is not published; so votes are told by
what they decided, and those on a resolution once it is published.
"""

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from council.models import Mandate
from resolutions.models import ResolutionState
from sessions.models import OpenVote, Session, Sitting
from sessions.models.votes import Matter

PUBLIC_MATTERS = (Matter.AGENDA, Matter.AGENDA_CHANGE, Matter.COMMITTEE)


def sittings(council_session: Session) -> QuerySet[Sitting]:
    """The sittings in order, each with `attended` and `seats`: who came, of all that day."""
    seats = (
        Mandate.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")),
            term=council_session.term_id,
            starts_on__lte=OuterRef("held_on"),
        )
        .order_by()
        .values("term")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return council_session.sittings.annotate(
        attended=Count("presences__mandate", distinct=True),
        seats=Coalesce(Subquery(seats), 0, output_field=IntegerField()),
    ).order_by("ordinal")


def open_votes(council_session: Session) -> QuerySet[OpenVote]:
    """Closed votes on the agenda, the ballot committee and published resolutions, in order."""
    adopted = Q(matter=Matter.RESOLUTION, resolution__state=ResolutionState.PUBLISHED)
    return (
        council_session.open_votes.filter(
            Q(matter__in=PUBLIC_MATTERS) | adopted, state=OpenVote.State.CLOSED
        )
        .select_related("resolution__council")
        .order_by("closed_at", "pk")
    )
