"""What changed between two texts, word by word, told in passages that can be read aloud.

Lines of a page are no lines of a text: how a printer broke them changes nothing. Source: practice,
no article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

WORDS_MAX: Final = 3000
"""Words of one changed passage that are still compared one by one."""
AROUND: Final = 1
"""Unchanged paragraphs shown before and after a change."""
_LIKE_ENOUGH: Final = 0.35
_ENDS: Final = re.compile(r"[.;:!?…”\"]\s*$")
_BEGINS: Final = re.compile(
    r"^\s*(?:[-–+•*]\s|\d+[.)]\s|[a-zđ][.)]\s|Điều \d|Chương |Mục |Căn cứ )"
)


class Change(StrEnum):
    """What happened to a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row with one fate."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its pieces; `skipped` > 0 stands for so many unchanged paragraphs."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """All passages, and how many words went and came."""

    passages: tuple[Passage, ...]
    gone: int
    new: int

    @property
    def is_same(self) -> bool:
        """Whether both texts say the same in the same words."""
        return self.gone == self.new == 0


def paragraphs(text: str) -> list[str]:
    """The text's paragraphs: lines joined unless one ends a sentence or the next begins an item."""
    found: list[str] = []
    is_open = False
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            is_open = False
            continue
        if is_open and not _BEGINS.match(words):
            found[-1] += f" {words}"
        else:
            found.append(words)
        is_open = not _ENDS.search(words)
    return found


def compare(old: str, new: str) -> Comparison:
    """The passages that differ, each with its neighbours; the rest is counted."""
    before, after = paragraphs(old), paragraphs(new)
    passages: list[Passage] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            passages += [Passage((Piece(Change.SAME, words),)) for words in after[j1:j2]]
        else:
            passages += _changed(before[i1:i2], after[j1:j2])
    pieces = [piece for passage in passages for piece in passage.pieces]
    return Comparison(
        tuple(_folded(passages)),
        gone=sum(len(one.words.split()) for one in pieces if one.change == Change.GONE),
        new=sum(len(one.words.split()) for one in pieces if one.change == Change.NEW),
    )


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    """Paragraphs that became others: like ones are compared by word, the others go and come."""
    rest = list(before)
    for words in after:
        like = next((at for at, one in enumerate(rest) if _are_alike(one, words)), None)
        if like is None:
            yield Passage((Piece(Change.NEW, words),))
            continue
        for lost in rest[:like]:
            yield Passage((Piece(Change.GONE, lost),))
        yield Passage(tuple(_pieces(rest[like].split(), words.split())))
        del rest[: like + 1]
    for lost in rest:
        yield Passage((Piece(Change.GONE, lost),))


def _are_alike(one: str, other: str) -> bool:
    first, second = one.split(), other.split()
    if max(len(first), len(second)) > WORDS_MAX:
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= _LIKE_ENOUGH and matcher.ratio() >= _LIKE_ENOUGH


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(Change.SAME, " ".join(after[j1:j2]))
            continue
        if i2 > i1:
            yield Piece(Change.GONE, " ".join(before[i1:i2]))
        if j2 > j1:
            yield Piece(Change.NEW, " ".join(after[j1:j2]))


def _folded(passages: list[Passage]) -> Iterator[Passage]:
    """Long stretches without a change become one line that counts them."""
    is_shown = [False] * len(passages)
    for at, passage in enumerate(passages):
        if any(piece.change != Change.SAME for piece in passage.pieces):
            first, last = max(at - AROUND, 0), min(at + AROUND, len(passages) - 1)
            is_shown[first : last + 1] = [True] * (last - first + 1)
    skipped = 0
    for passage, shown in zip(passages, is_shown, strict=True):
        if not shown:
            skipped += 1
            continue
        if skipped:
            yield Passage(skipped=skipped)
        skipped = 0
        yield passage
    if skipped:
        yield Passage(skipped=skipped)
