"""Atom feed of resolutions and results, and the calendar of sessions."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.visitors import public
from elections.models import Poll
from portal import queries
from portal.models import SearchEntry
from portal.queries import found, linked, notices
from portal.web import asked
from resolutions.models import ArchiveImport, Notice, Resolution
from resolutions.queries import public_archives
from sessions.queries import calendar as session_calendar
from sessions.typesetting import calendar as calendar_file

Published: TypeAlias = Resolution | Poll | ArchiveImport | Notice
if TYPE_CHECKING:
    _Feed = Feed[Published, Council]
    _FoundFeed = Feed[SearchEntry, "Kept"]
else:
    _Feed = _FoundFeed = Feed
FEED_LENGTH = 40


@dataclass(frozen=True)
class Kept:
    """A search that somebody keeps: the question, and the address in which it stands."""

    wanted: found.Wanted
    query: str


class SteadyAtom(Atom1Feed):
    """An Atom feed whose bytes change only when it has something to tell."""

    def latest_post_date(self) -> datetime:
        """When the newest entry changed; a feed without entries is as old as time itself."""
        moments = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(moments, default=datetime(1970, 1, 1, tzinfo=UTC))


class CouncilFeed(_Feed):
    """Published resolutions and poll results of one council, newest first."""

    feed_type = SteadyAtom

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

    def items(self, council: Council) -> list[Published]:
        polls = (
            Poll.objects.published()
            .filter(council_session__term__council=council)
            .select_related("council_session__term__council")
            .order_by("-published_at")[:FEED_LENGTH]
        )
        found: list[Published] = [
            *linked.with_last_act(queries.newest_resolutions(council))[:FEED_LENGTH],
            *polls,
            *public_archives.finished_archives(council)[:FEED_LENGTH],
            *notices.newest(council)[:FEED_LENGTH],
        ]
        return sorted(found, key=moment_of, reverse=True)[:FEED_LENGTH]

    def item_title(self, item: Published) -> str:
        if isinstance(item, Resolution):
            return f"{item.symbol} {item.title}"
        if isinstance(item, Notice):
            return title_of_notice(item)
        if isinstance(item, ArchiveImport):
            return _("Hồ sơ lưu mới: %(title)s") % {"title": item.title}
        return _("Đã bị hủy: %(poll)s") % {"poll": item.title} if item.annulled_at else item.title

    def item_description(self, item: Published) -> str:
        return item.reason if isinstance(item, Notice) else item.title

    def item_link(self, item: Published) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Published) -> str:
        """Its address, for ever; imports share a page, so theirs says which one it is."""
        piece = f"#dot-{item.pk}" if isinstance(item, ArchiveImport) else ""
        return f"{self.item_link(item)}{piece}"

    def item_pubdate(self, item: Published) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Published) -> datetime | None:
        """When it was published, or what happened to it since: an act, a notice, an annulment."""
        since = item.annulled_at if isinstance(item, Poll) else getattr(item, "last_act_at", None)
        return max((one for one in (item.published_at, since) if one), default=None)


def title_of_notice(notice: Notice) -> str:
    """What a letter of correction or an announcement of withdrawal is about."""
    words = {"symbol": notice.symbol, "target": notice.target.symbol}
    if notice.kind == Notice.Kind.WITHDRAWAL:
        return _("Thu hồi Nghị quyết số %(target)s (%(symbol)s)") % words
    return _("Đính chính Nghị quyết số %(target)s (%(symbol)s)") % words


class FoundFeed(_FoundFeed):
    """The newest hits of one question: a search that somebody keeps."""

    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Kept:
        return Kept(asked.wanted_of(request), asked.feed_query(request))

    def title(self, kept: Kept) -> str:
        return _("Tìm: %(asked)s") % {"asked": kept.wanted.asked}

    def link(self, kept: Kept) -> str:
        return absolute(f"{reverse('portal:search')}?{kept.query}")

    def feed_url(self, kept: Kept) -> str:
        return absolute(f"{reverse('portal:search-feed')}?{kept.query}")

    def feed_guid(self, kept: Kept) -> str:
        return self.feed_url(kept)

    def items(self, kept: Kept) -> list[SearchEntry]:
        return found.find(kept.wanted).newest()

    def item_title(self, item: SearchEntry) -> str:
        return item.title

    def item_description(self, item: SearchEntry) -> str:
        return item.summary

    def item_link(self, item: SearchEntry) -> str:
        return absolute(item.path)

    def item_author_name(self, item: SearchEntry) -> str:
        return str(item.council)

    def item_updateddate(self, item: SearchEntry) -> datetime | None:
        if item.published_at or item.dated_on is None:
            return item.published_at
        return timezone.make_aware(datetime.combine(item.dated_on, time()))


@require_safe
@public
def search_feed(request: HttpRequest) -> HttpResponse:
    """The Atom feed of a search."""
    response = FoundFeed()(request)
    response["Cache-Control"] = "public, no-cache"
    return response


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
    events = session_calendar.events(session_calendar.sittings_of_council(council))
    response = HttpResponse(
        calendar_file.typeset(council.short_name, events),
        content_type="text/calendar; charset=utf-8",
    )
    response["Cache-Control"] = "public, no-cache"
    return response


def moment_of(item: Published) -> float:
    """When it was published, as a number to sort by."""
    return item.published_at.timestamp() if item.published_at else 0.0


def absolute(path: str) -> str:
    """The address with the configured host, never with one that a request names."""
    return f"{settings.BASE_URL}{path}"
