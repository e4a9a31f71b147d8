"""To which item of the agenda a file belongs, guessed from its name, its number and its title.

A guess is a choice already made in a form that a person reads and saves; where two items are about
as likely there is none. Words that stand in few items say more than words that stand in many.

Source: practice, no article.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from council.rules import text

ENOUGH: Final = Fraction(1, 2)
"""Share of the words, weighed, that file and item must have in common."""

MARGIN: Final = Fraction(1, 10)
"""By so much the best item must be ahead of the next one."""

ORDINAL_HELPS: Final = Fraction(3, 20)
"""What a file's leading "5." adds to item 5: files are often numbered by themselves."""

_PHRASES: Final = re.compile(
    r"(?<![a-z0-9])(?:hoi dong nhan dan|uy ban nhan dan|du thao|nghi quyet|to trinh|trinh bay|"
    r"thong qua|ve viec)(?![a-z0-9])"
)
_COMMON: Final = frozenset(
    {"ve", "viec", "cua", "va", "cac", "cho", "tai", "so", "ngay", "thang", "nam", "hdnd", "ubnd",
     "ttr", "nq", "bc"}
)  # fmt: skip
"""What stands in most titles and tells none of them."""

_WORD: Final = re.compile(r"[a-z0-9]+")
_NAMED: Final = re.compile(r"(?<![a-z0-9])(?:muc|noi dung|nd)[\s._]*(\d{1,2}(?:\.\d{1,2})*)(?!\d)")
_DOTTED: Final = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})+)(?![.\-/]?\d)")
_ORDINAL: Final = re.compile(r"^\s*0?(\d{1,2})(?=[\s._)\-])(?![.\-/]\d)")

Pairs = frozenset[tuple[str, ...]]


class By(StrEnum):
    """What the guess rests on."""

    LABEL = "label"
    NUMBER = "number"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of the agenda: its key, its number in the agenda ("5.1"), its title."""

    item: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class ItemGuess:
    """The item, and what says so."""

    item: int
    by: By


def guess(
    candidates: Sequence[Candidate], *, filename: str, title: str, number: str
) -> ItemGuess | None:
    """The item that a file most likely belongs to; None where none is clearly ahead.

    Args:
        candidates: the live items, in any order; labels differ.
        filename: as it was sent.
        title: guessed from the first page or the name (`sessions.rules.paper_guess`).
        number: of the paper, e.g. "197/TTr-UBND"; empty where it has none.
    """
    folded = text.fold(filename)
    if (label := _label(folded, candidates)) is not None:
        return ItemGuess(label, By.LABEL)
    if (named := _numbered(number, candidates)) is not None:
        return ItemGuess(named, By.NUMBER)
    found = _alike([folded.rpartition(".")[0] or folded, text.fold(title)], folded, candidates)
    return None if found is None else ItemGuess(found, By.TITLE)


def _label(folded: str, candidates: Sequence[Candidate]) -> int | None:
    """The item whose number the name gives: "mục 5", "ND 5.1", "5.1. Tờ trình"."""
    by_label = {one.label: one.item for one in candidates if one.label}
    for pattern in (_NAMED, _DOTTED):
        match = pattern.search(folded)
        if match and match[1] in by_label:
            return by_label[match[1]]
    return None


def _numbered(number: str, candidates: Sequence[Candidate]) -> int | None:
    """The only item whose title names the paper's number."""
    wanted = _tight(number)
    if not wanted:
        return None
    whole = re.compile(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])")
    found = [one.item for one in candidates if whole.search(_tight(one.title))]
    return found[0] if len(found) == 1 else None


def _tight(words: str) -> str:
    """Folded, with no blanks around the signs of a number: "25 / TTr - UBND"."""
    return re.sub(r"\s*([/-])\s*", r"\1", text.fold(words))


def _alike(said: Iterable[str], folded: str, candidates: Sequence[Candidate]) -> int | None:
    pairs = {one.item: _pairs(text.fold(one.title)) for one in candidates}
    seen = Counter(pair for found in pairs.values() for pair in found)
    files = [_pairs(words) for words in said]
    ordinal = _ORDINAL.match(folded)
    scores = []
    for one in candidates:
        score = max(_share(file, pairs[one.item], seen) for file in files)
        if score and ordinal and one.label == ordinal[1]:
            score += ORDINAL_HELPS
        scores.append((score, one.item))
    scores.sort(key=lambda pair: pair[0], reverse=True)
    if not scores or scores[0][0] < ENOUGH:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1]


def _pairs(folded: str) -> Pairs:
    """Neighbouring syllables, since one syllable says little; one word alone stands for itself."""
    plain = _PHRASES.sub(" ", folded.replace("_", " "))
    words = [word for word in _WORD.findall(plain) if word not in _COMMON]
    return frozenset(itertools.pairwise(words)) or frozenset((word,) for word in words)


def _share(file: Pairs, item: Pairs, seen: Mapping[tuple[str, ...], int]) -> Fraction:
    """How much file and item agree, rare words first; 0 to 1. Words of no item do not count."""
    shared = file & item
    both = _weight(file, seen) + _weight(item, seen)
    return 2 * _weight(shared, seen) / both if len(shared) >= min(2, len(item)) > 0 else Fraction(0)


def _weight(pairs: Pairs, seen: Mapping[tuple[str, ...], int]) -> Fraction:
    return sum((Fraction(1, seen[pair]) for pair in pairs if pair in seen), Fraction(0))
