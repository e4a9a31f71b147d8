"""The search table and the feed of its changes: written by the worker, made anew at will."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from council.models import Council, Job
from council.services import jobs
from portal.models import SearchChange, SearchEntry, SearchFeed
from portal.services import search_entries

COLUMNS = (
    "council_id", "path", "title", "summary", "symbol", "body", "title_folded", "body_folded",
    "dated_on", "year", "published_at", "status", "status_until",
)  # fmt: skip
AT_ONCE = 500


def index(kind: str, pk: int) -> bool:
    """Bring the entry of one object up to date; True where it can be found afterwards.

    What is not (or no longer) public is taken out. A change is appended to the feed; doing it
    twice changes nothing.
    """
    with transaction.atomic():
        feed = _locked_feed()  # before the object is read, so that the last to write knows most
        entry = search_entries.entry_of(kind, pk)
        old = SearchEntry.objects.filter(kind=kind, object_id=pk).first()
        if entry is None and old is None:
            return False
        if entry is None:
            SearchEntry.objects.filter(kind=kind, object_id=pk).delete()
        elif old is None or any(getattr(old, name) != getattr(entry, name) for name in COLUMNS):
            values = {name: getattr(entry, name) for name in COLUMNS}
            SearchEntry.objects.update_or_create(kind=kind, object_id=pk, defaults=values)
        else:
            return True
        _append(feed, kind, pk)
    return entry is not None


def reindex(council: Council | None = None) -> int:
    """Make the table anew, of one council or of all; returns the number of entries.

    Only what differs is written, so that a search meanwhile misses nothing.
    """
    scope = (
        SearchEntry.objects.all()
        if council is None
        else SearchEntry.objects.filter(council=council)
    )
    wanted = list(search_entries.everything(council))
    found = sum(index(kind, pk) for kind, pk in wanted)
    for kind, pk in set(scope.values_list("kind", "object_id")) - set(wanted):
        index(kind, pk)
    return found


def index_archive(job: Job) -> None:
    """Index everything that one import of past resolutions brought; args: the import's key."""
    keys = search_entries.of_archive(int(job.args[0]))
    for done, pk in enumerate(keys):
        if done % 50 == 0:
            jobs.progress(job, done=done, total=len(keys))
        index(SearchEntry.Kind.ARCHIVED, pk)
    jobs.progress(job, done=len(keys), total=len(keys))


def follow_days(today: date) -> int:
    """Bring up to date what came into force or ended by the mere passing of days."""
    over = SearchEntry.objects.filter(status_until__isnull=False, status_until__lt=today)
    keys = list(over.order_by("pk").values_list("kind", "object_id")[:AT_ONCE])
    for kind, pk in keys:
        index(kind, pk)
    return len(keys)


def begin_anew() -> None:
    """Tell every node to forget its index: after entries were written in bulk."""
    with transaction.atomic():
        feed = _locked_feed()
        SearchChange.objects.all().delete()
        SearchFeed.objects.filter(pk=feed.pk).update(epoch=uuid.uuid4(), head=0)


def feed_now() -> SearchFeed:
    """The feed; made where there is none yet."""
    return SearchFeed.objects.get_or_create(pk=1)[0]


def _locked_feed() -> SearchFeed:
    feed_now()
    return SearchFeed.objects.select_for_update().get(pk=1)


def _append(feed: SearchFeed, kind: str, pk: int) -> None:
    SearchFeed.objects.filter(pk=feed.pk).update(head=F("head") + 1)
    SearchChange.objects.create(
        position=feed.head + 1, kind=kind, object_id=pk, made_at=timezone.now()
    )
