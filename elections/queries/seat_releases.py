"""Requests of delegates to leave the council, as pages show them."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from council.models import Council, Mandate
from elections.models import SeatRelease
from elections.queries import grounds


def releases_of(council: Council) -> QuerySet[SeatRelease]:
    """Requests, newest first."""
    return (
        SeatRelease.objects.filter(mandate__term__council=council)
        .select_related("mandate__term__council", "mandate__person", "mandate__group")
        .order_by("-requested_on", "-pk")
    )


def delegates_who_may_ask(council: Council, day: date) -> QuerySet[Mandate]:
    """Delegates in office who have no request waiting."""
    waiting = SeatRelease.objects.filter(mandate=OuterRef("pk"), state=SeatRelease.State.PENDING)
    return grounds.delegates_of(council, day).filter(ends_on=None).exclude(Exists(waiting))
