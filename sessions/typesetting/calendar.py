"""The calendar file of a session (iCalendar, RFC 5545): one event a sitting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

PRODUCT: Final = "-//Nghi Truong//VI"
REFRESH: Final = timedelta(hours=1)
"""How often a calendar that follows the file should look again."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One sitting.

    Args:
        uid: stable for ever, so that a calendar replaces what it has.
        sequence: grows with each change.
        starts_at: with the time zone in which it is to be shown.
        minutes: its length.
        changed_at: when this state of it was written, as far as is known; never later than now.
        address: of the page that tells more; empty for none.
        is_cancelled: it was called and did not take place; calendars strike it out.
    """

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    changed_at: datetime
    summary: str
    place: str
    description: str = ""
    address: str = ""
    is_cancelled: bool = False


def typeset(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """The calendar as bytes, its time zone described inside, to be published (not answered)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(_event(event))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(event: CalendarEvent) -> Event:
    shown = Event()
    shown.add("uid", event.uid)
    shown.add("sequence", event.sequence)
    shown.add("dtstamp", event.changed_at)
    shown.add("last-modified", event.changed_at)
    shown.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    shown.add("dtstart", event.starts_at)
    shown.add("dtend", event.starts_at + timedelta(minutes=event.minutes))
    shown.add("summary", event.summary)
    shown.add("location", event.place)
    if event.description:
        shown.add("description", event.description)
    if event.address:
        shown.add("url", event.address)
    return shown
