"""Atom feed of resolutions and results, and the calendar of sessions."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from council.models import Council
from council.web.visitors import public
from elections.models import Poll
from portal import queries
from resolutions.models import Resolution
from sessions.models import Session, Sitting

if TYPE_CHECKING:
    _Feed = Feed[Resolution | Poll, Council]
else:
    _Feed = Feed
FEED_LENGTH = 40
PART_HOURS = {"morning": 4, "afternoon": 4, "day": 9, "evening": 3}


class CouncilFeed(_Feed):
    """Published resolutions and poll results of one council, newest first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Council:
        return get_object_or_404(Council, slug=kwargs["slug"])

    def title(self, council: Council) -> str:
        return _("%(council)s: nghị quyết và kết quả bỏ phiếu") % {"council": council}

    def link(self, council: Council) -> str:
        return absolute(council.get_absolute_url())

    def feed_url(self, council: Council) -> str:
        return absolute(f"{council.get_absolute_url()}feed.atom")

    def author_name(self, council: Council) -> str:
        return str(council)

    def feed_guid(self, council: Council) -> str:
        return absolute(f"{council.get_absolute_url()}feed.atom")

    def items(self, council: Council) -> list[Resolution | Poll]:
        polls = (
            Poll.objects.published()
            .filter(council_session__term__council=council)
            .select_related("council_session__term__council")
            .order_by("-published_at")[:FEED_LENGTH]
        )
        found: list[Resolution | Poll] = [
            *queries.newest_resolutions(council)[:FEED_LENGTH],
            *polls,
        ]
        return sorted(found, key=moment_of, reverse=True)[:FEED_LENGTH]

    def item_title(self, item: Resolution | Poll) -> str:
        return f"{item.symbol} {item.title}" if isinstance(item, Resolution) else item.title

    def item_description(self, item: Resolution | Poll) -> str:
        return item.title

    def item_link(self, item: Resolution | Poll) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Resolution | Poll) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Resolution | Poll) -> datetime | None:
        return item.published_at


@require_safe
@public
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The Atom feed."""
    response = CouncilFeed()(request, slug=slug)
    response["Cache-Control"] = "public, no-cache"
    return response


@require_safe
@public
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The council's public sessions as an iCalendar file, one event a sitting."""
    council = get_object_or_404(Council, slug=slug)
    sessions = queries.sessions_in_view(council).prefetch_related("sittings")
    response = HttpResponse(
        calendar_of(council, list(sessions)), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "public, no-cache"
    return response


def calendar_of(council: Council, sessions: list[Session]) -> bytes:
    """The iCalendar text (RFC 5545); UIDs are stable, SEQUENCE follows the session's version."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nghi Truong//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", council.short_name)
    for council_session in sessions:
        for sitting in council_session.sittings.all():
            calendar.add_component(event_of(council, council_session, sitting))
    return bytes(calendar.to_ical())


def event_of(council: Council, council_session: Session, sitting: Sitting) -> Event:
    """One sitting as an event."""
    begins = timezone.make_aware(datetime.combine(sitting.held_on, sitting.starts_at))
    event = Event()
    event.add("uid", f"sitting-{sitting.pk}@{council.slug}.nghitruong")
    event.add("dtstamp", council_session.convened_at or begins)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(hours=PART_HOURS[sitting.part]))
    event.add("summary", f"{council_session}, {council.short_name}: {sitting.get_part_display()}")
    event.add("location", council_session.place)
    event.add("sequence", council_session.version)
    event.add("url", absolute(council_session.get_absolute_url()))
    return event


def moment_of(item: Resolution | Poll) -> float:
    """When it was published, as a number to sort by."""
    return item.published_at.timestamp() if item.published_at else 0.0


def absolute(path: str) -> str:
    """The address with the configured host, never with one that a request names."""
    return f"{settings.BASE_URL}{path}"
