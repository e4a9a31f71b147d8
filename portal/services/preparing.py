"""Entries of the search taken apart for the index, where that is much by several processes."""

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

import django
from django.db.models import Max, Min

from council.models import Council
from portal.models import SearchEntry
from portal.rules import asking

if TYPE_CHECKING:
    from portal.fulltext.schema import IndexedDocument, Prepared

ROWS_AT_ONCE: Final = 2000
"""Keys of one piece: read by one statement, so that no transaction stays open for minutes."""

WAITING: Final = 2
"""Pieces that may lie ready for each process; more would fill the memory."""

COLUMNS: Final = (
    "kind", "object_id", "council_id", "title", "symbol", "body", "dated_on", "year",
    "published_at", "status",
)  # fmt: skip


def pieces(*, processes: int = 1) -> Iterator[list["Prepared"]]:
    """All entries, a piece at a time, in the order of their keys."""
    ends = SearchEntry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    starts = range(ends["first"], ends["last"] + 1, ROWS_AT_ONCE)
    if processes <= 1:
        yield from map(piece, starts)
        return
    # Started anew, not forked: a connection or a thread must not be shared by two processes.
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=method, initializer=django.setup) as pool:
        waiting: deque[Future[list[Prepared]]] = deque()
        for start in starts:
            waiting.append(pool.submit(piece, start))
            if len(waiting) > WAITING * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def piece(start: int) -> list["Prepared"]:
    """The entries with the keys from `start` on, taken apart."""
    from portal.fulltext import schema  # noqa: PLC0415 - needs tantivy, which may be missing

    known = councils()
    rows = SearchEntry.objects.filter(pk__gte=start, pk__lt=start + ROWS_AT_ONCE)
    found = rows.order_by("pk").only(*COLUMNS)
    return [schema.prepared(document_of(entry, known[entry.council_id])) for entry in found]


def councils() -> dict[int, tuple[str, str]]:
    """Slug and name of each council."""
    return {council.pk: (council.slug, str(council)) for council in Council.objects.all()}


def document_of(entry: SearchEntry, council: tuple[str, str]) -> "IndexedDocument":
    """The entry as the index takes it.

    Args:
        council: slug and name of its council.
    """
    from portal.fulltext.schema import IndexedDocument  # noqa: PLC0415 - needs tantivy

    slug, name = council
    return IndexedDocument(
        key=entry.key,
        entry=entry.pk,
        title=entry.title,
        text="\n".join((entry.title, name, entry.body)),
        symbols=asking.symbols_of(entry.symbol, entry.year) if entry.symbol else (),
        council=slug,
        kind=entry.kind,
        status=entry.status,
        year=entry.year or 0,
        moment=int(_moment_of(entry.published_at, entry.dated_on).timestamp()),
    )


def _moment_of(published_at: datetime | None, dated_on: date | None) -> datetime:
    if published_at is not None:
        return published_at
    return datetime.combine(dated_on or date.min.replace(year=1970), time(12), tzinfo=UTC)
