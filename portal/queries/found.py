"""What is found for a question: asked of the index, or of the database where there is none.

Either way every row that is shown is read from the search table, so nothing that was withdrawn is
ever shown, however old an index is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, overload

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left

from portal.models import SearchEntry
from portal.queries.index_door import OpenIndex, opened
from portal.rules import snippets
from portal.rules.asking import Question, understand
from portal.rules.snippets import Part

if TYPE_CHECKING:
    from portal.fulltext.reading import Asked, Counts

REACHED_MAX: Final = 1000
"""So many hits can be paged through; whoever wants more narrows the question."""

FEED_LENGTH: Final = 40
_LOOSE_FROM: Final = 4
"""Of fewer words each one matters."""

_SUMMARY_MAX, _BODY_READ, _SMALL_TABLE = 240, 12_000, 20_000
_FIELDS: Final = {"council": "council__slug", "year": "year", "kind": "kind", "status": "status"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked and by what it is narrowed; empty filters narrow nothing."""

    asked: str
    council: str = ""
    year: int | None = None
    kind: str = ""
    status: str = ""

    @property
    def filters(self) -> tuple[tuple[str, str | int], ...]:
        """The filters that narrow."""
        named = (("council", self.council), ("year", self.year), ("kind", self.kind))
        every = (*named, ("status", self.status))
        return tuple((name, value) for name, value in every if value)


@dataclass(frozen=True)
class Hit:
    """One row of the results, with the asked words marked."""

    entry: SearchEntry
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]


@dataclass(frozen=True)
class Found(Sequence[Hit]):
    """The results of one question; hits are read when a page of them is looked at.

    Args:
        door: the index that answers; None where the database does, which knows no facets.
        has_all_words: False where only two thirds of the words had to be there.
        corrected: the words that were probably meant, folded.
    """

    wanted: Wanted
    question: Question
    door: OpenIndex | None
    has_all_words: bool = True
    corrected: tuple[str, ...] = field(default=())

    @property
    def is_complete(self) -> bool:
        """False where something published may be missing."""
        return self.door is not None and self.door.is_complete

    @cached_property
    def total(self) -> int:
        """All hits, more perhaps than can be paged through."""
        if self.question.is_empty:
            return 0
        return self._rows.count() if self.door is None else self._counts.total

    @cached_property
    def facets(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Counts by facet; none where the database answered."""
        if self.door is None or self.question.is_empty:
            return {}
        return dict(self._counts.facets)

    @cached_property
    def suggestion(self) -> str:
        """What was probably meant, spelled as a text that holds it spells it; empty for nothing."""
        if not self.corrected:
            return ""
        better = Question(words=understand(" ".join(self.corrected)).words)
        first = Found(Wanted(" ".join(self.corrected)), better, self.door)[:1]
        if not first:
            return ""
        entry = first[0].entry
        text = f"{entry.title}\n{getattr(entry, 'excerpt', '')}"
        return " ".join(snippets.spelled(text, self.corrected))

    def __len__(self) -> int:
        return min(self.total, REACHED_MAX)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | Sequence[Hit]:
        if isinstance(place, int):
            return self._page(place, 1)[0]
        start, stop, _step = place.indices(len(self))
        return self._page(start, stop - start) if stop > start else []

    def newest(self) -> list[SearchEntry]:
        """The newest hits first, for the feed."""
        if self.question.is_empty:
            return []
        if self.door is None:
            return list(self._rows.order_by("-dated_on", "-pk")[:FEED_LENGTH])
        keys = self.door.reader.newest(self._asked, limit=FEED_LENGTH)
        return in_order(keys)

    def _page(self, start: int, length: int) -> list[Hit]:
        if self.door is None:
            entries = list(self._rows[start : start + length])
        else:
            entries = in_order(
                self.door.reader.hits(
                    self._asked, total=self._counts.total, offset=start, limit=length
                )
            )
        return [self._hit(entry) for entry in entries]

    def _hit(self, entry: SearchEntry) -> Hit:
        body = str(getattr(entry, "excerpt", "")) or entry.summary
        found = snippets.snippet(body, self.question)
        if not any(part.is_hit for part in found) and entry.summary:
            found = (Part(entry.summary[:_SUMMARY_MAX], is_hit=False),)
        return Hit(entry, snippets.marked(entry.title, self.question), found)

    @property
    def _asked(self) -> "Asked":
        from portal.fulltext.reading import Asked  # noqa: PLC0415 - needs tantivy

        return Asked(self.question, self.wanted.filters, enough=not self.has_all_words)

    @cached_property
    def _counts(self) -> "Counts":
        assert self.door is not None  # noqa: S101 - asked for only where there is one
        return self.door.reader.counts(self._asked)

    @cached_property
    def _rows(self) -> QuerySet[SearchEntry]:
        return by_database(self.wanted, self.question)


def find(wanted: Wanted) -> Found:
    """The results; of fewer words or with a suggestion where nothing holds them all."""
    question = understand(wanted.asked)
    door = None if question.is_empty else opened()
    found = Found(wanted, question, door)
    if door is None or found.total:
        return found
    corrected = door.reader.corrected(question) or ()
    fewer = Found(wanted, question, door, has_all_words=False, corrected=corrected)
    if len(question.words) >= _LOOSE_FROM and fewer.total:
        return fewer
    return Found(wanted, question, door, corrected=corrected)


def in_order(keys: Sequence[int]) -> list[SearchEntry]:
    """The rows with these keys in this order; a key whose row is gone is left out."""
    rows = shown(SearchEntry.objects.filter(pk__in=keys))
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def shown(rows: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """The rows with what a hit shows: the beginning of a long text is enough for a snippet."""
    return (
        rows.select_related("council")
        .defer("body", "title_folded", "body_folded")
        .annotate(excerpt=Left("body", _BODY_READ))
    )


def by_database(wanted: Wanted, question: Question) -> QuerySet[SearchEntry]:
    """Entries that hold every word as the beginning of a word; titles first, then newest.

    A large table is searched by title only: its texts would take seconds.
    """
    found = SearchEntry.objects.all()
    has_bodies = not SearchEntry.objects.order_by("pk")[_SMALL_TABLE:].exists()
    within = "body_folded" if has_bodies else "title_folded"
    in_title = Q()
    for word in dict.fromkeys(word.folded for word in question.words):
        found = found.filter(**{f"{within}__contains": f" {word}"})
        in_title &= Q(title_folded__contains=f" {word}")
    narrowed: dict[str, Any] = {_FIELDS[name]: value for name, value in wanted.filters}
    rank = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return shown(found.filter(**narrowed)).order_by(rank, "-dated_on", "-pk")
