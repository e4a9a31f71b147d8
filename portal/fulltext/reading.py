"""Asking the index: hits in their order, counts by facet, words that may have been meant."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import Query

from portal.fulltext import matching, spelling
from portal.fulltext.schema import FACETS
from portal.rules.asking import Question

RANKED_MAX: Final = 50_000
"""Up to so many hits are ranked by relevance. Of more, only those with the words in their title
are; the rest comes newest first, since a word that stands in everything says nothing."""

_ENDINGS_MAX, _BUCKETS_MAX, _COUNTED_MAX = 200, 2000, 256
_AFTER: Final = "hits"
Buckets = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its filters: what hits and counts are asked of.

    Args:
        filters: values of facets that hits must have.
        enough: two thirds of the words are enough.
    """

    question: Question
    filters: tuple[tuple[str, str | int], ...] = ()
    enough: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many hits there are, and how many would be with each value of each facet."""

    total: int
    facets: Mapping[str, Buckets]


class Reader:
    """One index, open for reading in this process."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        index.config_reader("manual")
        self.folder = folder
        self._index = index
        self._stamp = 0
        self._searcher = index.searcher()
        self._counted: OrderedDict[Asked, Counts] = OrderedDict()

    def refresh(self, stamp: int) -> None:
        """Read what was committed since; `stamp` changes with each commit."""
        if stamp == self._stamp:
            return
        self._index.reload()
        self._searcher = self._index.searcher()
        self._counted = OrderedDict()
        self._stamp = stamp

    @property
    def size(self) -> int:
        """The number of documents."""
        return int(self._searcher.num_docs)

    def endings(self, start: str) -> Sequence[str]:
        """Words that begin so, the most frequent first."""
        found = self._searcher.terms_with_prefix("words", start)
        found.sort(key=lambda pair: -pair[1])
        return [word for word, _count in found[:_ENDINGS_MAX]]

    def counts(self, asked: Asked) -> Counts:
        """How many hits there are, by facet; the counts of a facet forget its own filter."""
        kept = self._counted.get(asked)
        if kept is not None:
            return kept
        matched, filters = self._matched(asked), dict(asked.filters)
        free = [name for name in FACETS if name not in filters]
        found = self._aggregate(matching.narrowed(matched, filters), free)
        for name in filters:
            others = {key: value for key, value in filters.items() if key != name}
            found |= self._aggregate(matching.narrowed(matched, others), [name], total=False)
        counts = Counts(
            total=int(found[_AFTER]["value"]),
            facets={name: _buckets(found[name]) for name in FACETS},
        )
        self._counted[asked] = counts
        while len(self._counted) > _COUNTED_MAX:
            self._counted.popitem(last=False)
        return counts

    def hits(self, asked: Asked, *, total: int, offset: int, limit: int) -> list[int]:
        """Keys of the rows that the hits are shown from, best first.

        Args:
            total: all hits, as `counts` told.
        """
        narrowed = matching.narrowed(self._matched(asked), dict(asked.filters))
        if total <= RANKED_MAX:
            return self._best(narrowed, asked.question, offset=offset, limit=limit)
        first = matching.foremost(narrowed, asked.question, endings=self.endings)
        firsts = int(self._aggregate(first, [])[_AFTER]["value"])
        found: list[int] = []
        if offset < firsts <= RANKED_MAX:
            found = self._best(first, asked.question, offset=offset, limit=limit)
        elif offset < firsts:
            found = self._newest(first, offset=offset, limit=limit)
        if len(found) < limit:
            rest = matching.others(narrowed, first)
            found += self._newest(
                rest, offset=max(offset - firsts, 0), limit=limit - len(found)
            )  # fmt: skip
        return found

    def newest(self, asked: Asked, *, limit: int) -> list[int]:
        """The newest hits first: for feeds."""
        narrowed = matching.narrowed(self._matched(asked), dict(asked.filters))
        return self._newest(narrowed, offset=0, limit=limit)

    def corrected(self, question: Question) -> tuple[str, ...] | None:
        """The words that were probably meant, folded; None where nothing better is known."""
        return spelling.corrected(self._searcher, question)

    def _matched(self, asked: Asked) -> Query:
        return matching.matching(asked.question, endings=self.endings, enough=asked.enough)

    def _best(self, query: Query, question: Question, *, offset: int, limit: int) -> list[int]:
        found = self._searcher.search(
            matching.ranked(query, question),
            limit, offset=offset, count=False, weight_by_field="weight",
        )  # fmt: skip
        return self._entries(found)

    def _newest(self, query: Query, *, offset: int, limit: int) -> list[int]:
        found = self._searcher.search(
            query, limit, offset=offset, count=False, order_by_field="moment"
        )
        return self._entries(found)

    def _entries(self, found: tantivy.SearchResult) -> list[int]:
        addresses = [address for _score, address in found.hits]
        values = self._searcher.fast_field_values("entry", addresses)
        return [int(value) for value in values if value is not None]

    def _aggregate(
        self, query: Query, names: Sequence[str], *, total: bool = True
    ) -> dict[str, Any]:  # fmt: skip
        wanted: dict[str, Any] = {
            name: {"terms": {"field": name, "size": _BUCKETS_MAX}} for name in names
        }
        if total:
            wanted[_AFTER] = {"value_count": {"field": "entry"}}
        return dict(self._searcher.aggregate(query, wanted))


def _buckets(found: Mapping[str, Any]) -> Buckets:
    pairs = ((str(one["key"]), int(one["doc_count"])) for one in found["buckets"])
    return tuple(pair for pair in pairs if pair[0] not in {"", "0"})
