"""Words that may have been meant: from the index' own words, so from what is public only."""

from collections.abc import Sequence
from typing import Final

import tantivy

from portal.rules import nearness
from portal.rules.asking import Question

_CANDIDATES_MAX: Final = 400


def corrected(searcher: tantivy.Searcher, question: Question) -> tuple[str, ...] | None:
    """The question's words with those replaced that no text knows; None where none is better.

    A word that exists is replaced too where it never stands beside its neighbours and another
    one, a letter away, does: ``nghi quet`` becomes ``nghi quyet``.
    """
    words = [word.folded for word in question.words]
    better = list(words)
    for at, word in enumerate(words):
        if word.isdigit() or _fits(searcher, better, at):
            continue
        found = _best(searcher, better, at)
        if found is not None:
            better[at] = found
    return tuple(better) if better != words else None


def _fits(searcher: tantivy.Searcher, words: Sequence[str], at: int) -> bool:
    """Whether texts know the word, and beside one of its neighbours if it has any."""
    if searcher.doc_freq("words", words[at]) == 0:
        return False
    return len(words) == 1 or _beside(searcher, words, at, words[at]) > 0


def _best(searcher: tantivy.Searcher, words: Sequence[str], at: int) -> str | None:
    word = words[at]
    known = searcher.doc_freq("words", word) > 0
    ranked = []
    for candidate, count in _candidates(searcher, word):
        away = nearness.edits(word, candidate)
        if candidate == word or away > nearness.allowed(word):
            continue
        beside = _beside(searcher, words, at, candidate)
        if known and not beside:
            continue
        ranked.append((away + (not beside), -beside, -count, -len(candidate), candidate))
    return min(ranked)[-1] if ranked else None


def _candidates(searcher: tantivy.Searcher, word: str) -> list[tuple[str, int]]:
    """Known words that begin with the first or the second letter: all that are one slip away."""
    starts = dict.fromkeys((word[:1], word[1:2]))
    found = [
        pair
        for start in starts
        if start
        for pair in searcher.terms_with_prefix("words", start)
        if abs(len(pair[0]) - len(word)) <= nearness.allowed(word) and pair[0].isalpha()
    ]
    found.sort(key=_by_count)
    return found[:_CANDIDATES_MAX]


def _by_count(pair: tuple[str, int]) -> int:
    return -pair[1]


def _beside(searcher: tantivy.Searcher, words: Sequence[str], at: int, candidate: str) -> int:
    """In how many texts the candidate stands beside the word's neighbours."""
    before = f"{words[at - 1]}_{candidate}" if at else ""
    after = f"{candidate}_{words[at + 1]}" if at + 1 < len(words) else ""
    return sum(searcher.doc_freq("pairs", pair) for pair in (before, after) if pair)
