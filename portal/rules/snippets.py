"""Pieces of a text around what was asked, in the spelling of the text, with the hits marked."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from portal.rules.asking import Question
from portal.rules.words import Span, Word, spans_of

WIDTH: Final = 34
"""Words of a snippet: two to three lines on a phone."""

_LEAD: Final = 6
_READ_MAX: Final = 12_000
_PAIR_COUNTS: Final = 3


class Part(NamedTuple):
    """A piece of text, plain or hit; the template escapes it and marks the hits."""

    text: str
    is_hit: bool


def marked(written: str, question: Question) -> tuple[Part, ...]:
    """The whole text with its hits."""
    text = unicodedata.normalize("NFC", written)
    spans = list(spans_of(text))
    hits = _hits(spans, question)
    return _parts(text, [span for span, hit in zip(spans, hits, strict=True) if hit])


def snippet(written: str, question: Question) -> tuple[Part, ...]:
    """The piece with the most of what was asked; the beginning where there is none.

    Line breaks become blanks; three dots stand where the text goes on.
    """
    text = " ".join(unicodedata.normalize("NFC", written[:_READ_MAX]).split())
    spans = list(spans_of(text))
    if not spans:
        return (Part(text, is_hit=False),) if text else ()
    hits = _hits(spans, question)
    first = max(_best_start(spans, hits, question) - _LEAD, 0)
    chosen = spans[first : first + WIDTH]
    begin = chosen[0].start if first else 0
    end = chosen[-1].end if first + WIDTH < len(spans) else len(text)
    cut = text[begin:end]
    kept = [
        Span(span.word, span.start - begin, span.end - begin)
        for span, hit in zip(chosen, hits[first : first + WIDTH], strict=True)
        if hit
    ]
    parts = _parts(cut, kept)
    before = (Part("… ", is_hit=False),) if first else ()
    after = (Part(" …", is_hit=False),) if end < len(text) else ()
    return (*before, *parts, *after)


def _hits(spans: Sequence[Span], question: Question) -> list[bool]:
    """Which words were asked for: with their marks where they were typed, else without."""
    words = {span.word for span in spans}  # a text repeats its words: each is looked at once
    asked = {word for word in words if _is_hit(word, question, minds_marks=True)}
    asked = asked or {word for word in words if _is_hit(word, question)}
    return [span.word in asked for span in spans]


def _is_hit(word: Word, question: Question, *, minds_marks: bool = False) -> bool:
    last = question.open_word
    if last is not None:
        minds = minds_marks and last.is_marked
        if word.exact.startswith(last.exact) if minds else word.folded.startswith(last.folded):
            return True
    return any(
        word.exact == wanted.exact
        if minds_marks and wanted.is_marked
        else word.folded == wanted.folded
        for wanted in question.words
    )


def _best_start(spans: Sequence[Span], hits: Sequence[bool], question: Question) -> int:
    """The hit from which the next words hold most of the question; neighbours count more."""
    asked = [word.folded for word in question.words]
    beside = set(pairwise(asked))
    best, best_worth = 0, 0
    for at in (place for place, hit in enumerate(hits) if hit):
        window = [
            span.word.folded if hit else ""
            for span, hit in zip(
                spans[at : at + WIDTH - _LEAD], hits[at : at + WIDTH - _LEAD], strict=True
            )
        ]
        found = set(window) - {""}
        pairs = beside & set(pairwise(window))
        worth = len(found) + _PAIR_COUNTS * len(pairs)
        if worth > best_worth:
            best, best_worth = at, worth
        if worth >= len(set(asked)) + _PAIR_COUNTS * len(beside):
            break
    return best


def _parts(text: str, hits: Sequence[Span]) -> tuple[Part, ...]:
    """The text cut at its hits; hits with only a blank between are one."""
    parts: list[Part] = []
    at = 0
    for span in hits:
        between = text[at : span.start]
        if parts and parts[-1].is_hit and between == " ":
            parts[-1] = Part(f"{parts[-1].text} {text[span.start : span.end]}", is_hit=True)
        else:
            if between:
                parts.append(Part(between, is_hit=False))
            parts.append(Part(text[span.start : span.end], is_hit=True))
        at = span.end
    if text[at:]:
        parts.append(Part(text[at:], is_hit=False))
    return tuple(parts)


def spelled(written: str, folded: Sequence[str]) -> list[str]:
    """The words as the text spells them, each beside its neighbour where it stands so there.

    Words that the text does not hold stay folded.
    """
    words = [span.word for span in spans_of(unicodedata.normalize("NFC", written))]
    alone = {word.folded: word.exact for word in reversed(words)}
    beside = {(one.folded, two.folded): (one.exact, two.exact) for one, two in pairwise(words)}
    found = [alone.get(word, word) for word in folded]
    for at in range(len(folded) - 1):
        pair = beside.get((folded[at], folded[at + 1]))
        if pair is not None:
            found[at : at + 2] = pair
    return found
