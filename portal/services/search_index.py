"""This node's index: changes of the feed go into it, and it is made anew where it was lost."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from django.db.models import Min, Q
from django.utils import timezone

from portal.models import SearchChange, SearchEntry
from portal.queries import index_door
from portal.services import preparing, search

if TYPE_CHECKING:
    from portal.fulltext.schema import IndexedDocument
    from portal.fulltext.shelves import Shelf, State, Writer

AT_ONCE = 1000
REBUILD_MAX: Final = 100_000
"""So many entries a task indexes on its own; more need `manage.py reindex`, which has time."""

KEPT_CHANGES: Final = 100_000
WAIT_SECONDS: Final = 5.0
Progress = Callable[[int, int], None]
logger = logging.getLogger(__name__)


def follow() -> None:
    """What the clock asks for: days that passed, then changes that this node does not know yet."""
    search.follow_days(timezone.localdate())
    catch_up(wait=0)
    forget_old_changes()


def catch_up(*, wait: float = WAIT_SECONDS) -> int:
    """Bring this node's index up to the head of the feed; returns the number of changes.

    A lost or foreign index is made anew. While another process writes, this one waits so many
    seconds and then leaves the work to it. A broken index never stops a publication: it is said
    in the log, and the database answers meanwhile.
    """
    shelf = index_door.shelf()
    if shelf is None:
        return 0
    try:
        return _catch_up(shelf, wait=wait)
    except (OSError, ValueError):
        logger.exception("the search index in %s could not be written", shelf.root)
        return 0


def rebuild(progress: Progress | None = None, *, processes: int = 1) -> int:
    """Make the index anew in a new folder, then read that one; returns the number of documents.

    Args:
        processes: how many take texts apart beside this one, which writes; 1: it does both. They
            see what is committed, and a worker of Celery may not have any.

    Raises:
        portal.fulltext.shelves.Busy: another process is at it.
    """
    shelf = index_door.shelf()
    return 0 if shelf is None else _rebuild(shelf, progress, processes)


def forget_old_changes() -> None:
    """Drop changes that any node has long applied; one that has not makes its index anew."""
    head = search.feed_now().head
    SearchChange.objects.filter(position__lte=head - KEPT_CHANGES).delete()


def _catch_up(shelf: "Shelf", *, wait: float) -> int:
    from portal.fulltext import shelves  # noqa: PLC0415 - needs tantivy, which may be missing

    feed, state = search.feed_now(), shelf.state()
    try:
        if state is None or not _continues(state, str(feed.epoch), feed.head):
            return _rebuild_if_small(shelf)
        if shelf.reader() is None:
            return _rebuild_if_small(shelf)
        if state.cursor == feed.head:
            return 0
        with shelf.changing(wait=wait) as writer:
            state = shelf.state()  # another may have been quicker
            return 0 if state is None else _apply(writer, state)[1]
    except shelves.Busy:
        return 0


def _continues(state: "State", epoch: str, head: int) -> bool:
    """Whether the feed still holds everything that came after the state."""
    if state.epoch != epoch or state.cursor > head:
        return False
    oldest = SearchChange.objects.aggregate(first=Min("position"))["first"]
    return state.cursor == head or (oldest is not None and oldest <= state.cursor + 1)


def _rebuild_if_small(shelf: "Shelf") -> int:
    entries = SearchEntry.objects.count()
    if entries > REBUILD_MAX:
        logger.warning("no search index of %s entries; run manage.py reindex", entries)
        return 0
    return _rebuild(shelf, None, 1)


def _rebuild(shelf: "Shelf", progress: Progress | None, processes: int) -> int:
    from portal.fulltext import schema, shelves  # noqa: PLC0415 - needs tantivy

    with shelf.building() as (folder, writer):
        feed = search.feed_now()
        state = shelves.State(schema.version(), str(feed.epoch), feed.head)
        total, done = SearchEntry.objects.count(), 0
        for piece in preparing.pieces(processes=processes):
            for document in piece:
                writer.put_prepared(document)
            done += len(piece)
            if progress is not None:
                progress(done, total)
        writer.commit(state)
        _apply(writer, state)  # what changed meanwhile
        shelf.swap(folder)
    return done


def _apply(writer: "Writer", state: "State") -> tuple["State", int]:
    """Write the changes after the state; returns the new state and how many changes there were."""
    from portal.fulltext import shelves  # noqa: PLC0415 - needs tantivy

    count = 0
    while True:
        found = SearchChange.objects.filter(position__gt=state.cursor).order_by("position")
        changes = list(found[:AT_ONCE])
        if not changes:
            return state, count
        entries = {one.key: one for one in _documents_of(changes)}
        for key in dict.fromkeys(change.key for change in changes):
            writer.remove(key)
            if key in entries:
                writer.put(entries[key])
        state = shelves.State(state.version, state.epoch, changes[-1].position)
        writer.commit(state)
        count += len(changes)


def _documents_of(changes: Sequence[SearchChange]) -> Iterator["IndexedDocument"]:
    wanted = Q(pk=None)
    for kind in {change.kind for change in changes}:
        keys = {change.object_id for change in changes if change.kind == kind}
        wanted |= Q(kind=kind, object_id__in=keys)
    councils = preparing.councils()
    for entry in SearchEntry.objects.filter(wanted):
        yield preparing.document_of(entry, councils[entry.council_id])
