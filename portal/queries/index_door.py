"""The way to this node's index, or to nothing where there is none that fits the database."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils import timezone

from portal import fulltext
from portal.models import SearchChange, SearchFeed

if TYPE_CHECKING:
    from portal.fulltext.reading import Reader
    from portal.fulltext.shelves import Shelf

LATE: Final = timedelta(seconds=10)
"""A change that is not in the index after so long is worth a sentence on the page."""


@dataclass(frozen=True)
class OpenIndex:
    """An index that may be asked, and whether everything published is in it."""

    reader: "Reader"
    is_complete: bool


def shelf() -> "Shelf | None":
    """Where this node keeps its index; None where tantivy is not installed."""
    if not fulltext.is_installed():
        return None
    from portal.fulltext import shelves  # noqa: PLC0415 - needs tantivy, which may be missing

    return shelves.shelf_at(settings.SEARCH_DIR)


def opened() -> OpenIndex | None:
    """The index of this very database; None where it is missing, foreign or of another layout."""
    here = shelf()
    state = here.state() if here else None
    if here is None or state is None:
        return None
    feed = SearchFeed.objects.filter(pk=1).first()
    if feed is None or str(feed.epoch) != state.epoch or feed.head < state.cursor:
        return None
    reader = here.reader()
    if reader is None:
        return None
    return OpenIndex(reader, feed.head == state.cursor or not _is_late(state.cursor))


def _is_late(cursor: int) -> bool:
    waiting = SearchChange.objects.filter(position__gt=cursor)
    return waiting.filter(made_at__lt=timezone.now() - LATE).exists()
