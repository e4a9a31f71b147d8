"""The sittings of sessions as events of a calendar."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from council.models import Council
from sessions.models import PUBLIC_STATES, Session, Sitting
from sessions.rules.parts import PART_MINUTES
from sessions.typesetting.calendar import CalendarEvent


def events(sittings: Iterable[Sitting]) -> list[CalendarEvent]:
    """Events of the sittings; each needs its session, term and council at hand.

    The UID of a sitting is the same wherever its calendar is offered.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    return [_event(sitting, zone) for sitting in sittings]


def _event(sitting: Sitting, zone: ZoneInfo) -> CalendarEvent:
    held = sitting.council_session
    council = held.term.council
    return CalendarEvent(
        uid=f"sitting-{sitting.pk}@{council.slug}.nghitruong",
        sequence=held.version + sitting.version,
        starts_at=datetime.combine(sitting.held_on, sitting.starts_at, tzinfo=zone),
        minutes=PART_MINUTES[sitting.part],
        changed_at=held.convened_at or timezone.now(),
        summary=f"{held}, {council.short_name}: {sitting.get_part_display()}",
        place=held.place,
        address=f"{settings.BASE_URL}{held.get_absolute_url()}" if held.is_public else "",
    )


def sittings_of_session(council_session: Session) -> QuerySet[Sitting]:
    """The session's sittings in order, with what an event needs."""
    return council_session.sittings.select_related("council_session__term__council").order_by(
        "held_on", "ordinal"
    )


def sittings_of_council(council: Council) -> QuerySet[Sitting]:
    """Sittings of all convened sessions of the council, newest first."""
    return (
        Sitting.objects.filter(
            council_session__term__council=council, council_session__state__in=PUBLIC_STATES
        )
        .select_related("council_session__term__council")
        .order_by("-held_on", "-ordinal")
    )
