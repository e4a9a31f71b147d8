"""The sittings of sessions as events of a calendar."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from council.models import Council
from sessions.models import PUBLIC_STATES, Session, SessionState, Sitting
from sessions.rules.parts import PART_MINUTES
from sessions.typesetting.calendar import CalendarEvent


def events(sittings: Iterable[Sitting]) -> list[CalendarEvent]:
    """Events of the sittings; each needs its session, term and council at hand.

    The UID of a sitting is the same wherever its calendar is offered. Versions only grow, so the
    sum of two does too. A sitting that its session closed without was called off.
    """
    zone, found = ZoneInfo(settings.TIME_ZONE), list(sittings)
    last: dict[int, datetime] = {}
    for sitting in found:
        known = [last.get(sitting.council_session_id), _moment_of(sitting)]
        last[sitting.council_session_id] = max(one for one in known if one)
    return [_event(sitting, zone, last[sitting.council_session_id]) for sitting in found]


def _event(sitting: Sitting, zone: ZoneInfo, last: datetime) -> CalendarEvent:
    held = sitting.council_session
    council = held.term.council
    is_cancelled = held.state == SessionState.CLOSED and sitting.state == Sitting.State.PLANNED
    return CalendarEvent(
        uid=f"sitting-{sitting.pk}@{council.slug}.nghitruong",
        sequence=held.version + sitting.version,
        starts_at=datetime.combine(sitting.held_on, sitting.starts_at, tzinfo=zone),
        minutes=PART_MINUTES[sitting.part],
        changed_at=last if is_cancelled else _moment_of(sitting),
        summary=f"{held}, {council.short_name}: {sitting.get_part_display()}",
        place=held.place,
        address=f"{settings.BASE_URL}{held.get_absolute_url()}" if held.is_public else "",
        is_cancelled=is_cancelled,
    )


def _moment_of(sitting: Sitting) -> datetime:
    """The last moment that the books know of it: convened, opened or closed."""
    moments = (sitting.council_session.convened_at, sitting.opened_at, sitting.closed_at)
    return max((one for one in moments if one), default=timezone.now())


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
