"""Ask the search of an installation questions of each kind, and print how long each took.

For `tools/benchmarks/search.py` and `tools/bench_large.py`, which run it in a process of its own
with DATA_DIR (and DATABASE_URL) set and the index made. Questions come from the texts themselves:
words are rare, middling or common by the number of texts that hold them.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.test import Client  # noqa: E402

from portal.models import SearchEntry  # noqa: E402
from portal.queries import found, index_door  # noqa: E402
from portal.rules.words import words_of  # noqa: E402

EACH = 40
RARE, MIDDLING, COMMON = 0.0005, 0.02, 0.15
"""Shares of the texts: at most so many hold a rare word, at least so many a common one."""

SEED = 20_231_208


class Sampler:
    """Questions of each kind out of texts of the installation."""

    def __init__(self, searcher: object, total: int) -> None:
        self.searcher, self.total = searcher, total
        self.random = random.Random(SEED)  # noqa: S311 - questions, not secrets
        self.texts = list(self._texts())
        self.shares: dict[str, float] = {}

    def _texts(self) -> Iterator[list[str]]:
        keys = SearchEntry.objects.order_by("pk").values_list("pk", flat=True)
        first, last = keys.first() or 0, keys.last() or 0
        wanted = [self.random.randint(first, last) for _ in range(400)]
        for body in SearchEntry.objects.filter(pk__in=wanted).values_list("body", flat=True):
            yield [word.folded for word in words_of(body)]

    def share(self, word: str) -> float:
        """The share of texts that hold the word."""
        if word not in self.shares:
            self.shares[word] = self.searcher.doc_freq("words", word) / self.total  # type: ignore[attr-defined]
        return self.shares[word]

    def words(self, low: float, high: float) -> list[str]:
        """Different words held by a share of texts between these."""
        every = sorted({word for text in self.texts for word in text if len(word) > 1})
        return self._some([word for word in every if low < self.share(word) <= high])

    def runs(self, length: int, *, rarest_at_most: float, rarest_above: float) -> list[str]:
        """Words side by side of which the rarest lies between these shares."""
        every = set()
        for text in self.texts:
            for place in range(len(text) - length):
                run = text[place : place + length]
                if rarest_above < min(map(self.share, run)) <= rarest_at_most:
                    every.add(" ".join(run))
        return self._some(sorted(every))

    def questions(self) -> dict[str, list[str]]:
        """Questions by kind."""
        common = self.words(COMMON, 1)
        middling = self.words(RARE, MIDDLING)
        in_pairs = [f"{one} {other} " for one, other in pairwise([*common, *common[:1]])]
        phrases = self.runs(3, rarest_at_most=1, rarest_above=COMMON)
        rare_phrases = self.runs(3, rarest_at_most=MIDDLING, rarest_above=0)
        return {
            "rare word": [f"{word} " for word in self.words(0, RARE)],
            "middling word": [f"{word} " for word in middling],
            "common word": [f"{word} " for word in common],
            "two common words": in_pairs,
            "phrase of common words": [f'"{phrase}"' for phrase in phrases],
            "rare phrase": [f'"{phrase}"' for phrase in rare_phrases],
            "prefix": [word[: max(2, len(word) - 1)] for word in middling],
        }

    def _some(self, found: Sequence[str]) -> list[str]:
        return self.random.sample(list(found), min(EACH, len(found)))


def main() -> None:
    """Measure; the figures go to the standard output as JSON, times in milliseconds."""
    settings.ALLOWED_HOSTS = ["testserver"]
    door = index_door.opened()
    if door is None:
        sys.exit("There is no index; run manage.py reindex.")
    reader = door.reader
    sampler = Sampler(reader._searcher, reader.size)  # noqa: SLF001 - to choose the questions
    questions = sampler.questions()
    client = Client()
    query("hội đồng nhân dân ")
    page(client, "nghị quyết")
    told: dict[str, object] = {"documents": reader.size, "classes": {}}
    for kind, asked in questions.items():
        queries = times(query, asked)
        pages = times(lambda one: page(client, one), asked)
        told["classes"][kind] = {"query": queries, "page": pages, "asked": len(asked)}  # type: ignore[index]
    print(json.dumps(told))


def query(asked: str) -> None:
    """The hits of the first page and all counts, without what pages make of them."""
    results = found.find(found.Wanted(asked))
    _ = results.facets
    if results.door is not None:
        results.door.reader.hits(results._asked, total=results.total, offset=0, limit=20)  # noqa: SLF001


def page(client: Client, asked: str) -> None:
    """The whole page of results: hits, facets, highlights, HTML."""
    answer = client.get("/tim-kiem/", {"q": asked})
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP
        sys.exit(f"{asked!r} was answered with {answer.status_code}")


def times(measured: Callable[[str], None], asked: Sequence[str]) -> dict[str, float]:
    """Median and 95th percentile over the questions, each asked once."""
    taken = []
    for one in asked:
        index_door.opened().reader._counted.clear()  # type: ignore[union-attr] # noqa: SLF001 - as if new
        started = time.perf_counter()
        measured(one)
        taken.append((time.perf_counter() - started) * 1000)
    ranked = sorted(taken)
    return {
        "p50": round(statistics.median(ranked), 2),
        "p95": round(ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))], 2),
    }


if __name__ == "__main__":
    main()
