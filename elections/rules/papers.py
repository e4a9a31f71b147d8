"""Ballot papers as they were read, and the count that follows from them.

Papers have no order: the same papers give the same count and the same digest, however they were
turned, sorted, keyed or scanned.

Source: practice, no article (the counting minutes); NQ 96/2023 Art. 18 as far as it is known: a
row without a mark, or with two, counts for nobody in that row, and the paper stays valid.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

BLANK: Final = "@blank"
"""No option is marked in the row."""

OVER: Final = "@over"
"""More than one option is marked in the row."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot paper.

    Attributes:
        marks: entry code → option, `BLANK` or `OVER`; every entry of the paper.
        is_valid: False where the whole paper does not count (not the committee's form, torn …).
            Its marks are empty then.
    """

    marks: Mapping[str, str]
    is_valid: bool = True


@dataclass(frozen=True, slots=True)
class PaperCount:
    """What a heap of papers says.

    Attributes:
        valid, invalid: numbers of papers.
        lines: (entry code, option) → marks; every pair, zeros included.
    """

    valid: int
    invalid: int
    lines: Mapping[tuple[str, str], int]

    @property
    def returned(self) -> int:
        """All papers of the heap."""
        return self.valid + self.invalid


def count(papers: Iterable[Paper], codes: Sequence[str], options: Sequence[str]) -> PaperCount:
    """Count a heap of papers.

    Args:
        papers: in any order.
        codes: the entries voted on, in the order of the paper.
        options: the options of the poll's kind.

    Raises:
        ValueError: a valid paper lacks an entry, names one that is not voted on, or bears a mark
            that is neither an option nor `BLANK` nor `OVER`; callers check what people typed.
    """
    lines = {(code, option): 0 for code in codes for option in options}
    known = {*options, BLANK, OVER}
    valid = invalid = 0
    for paper in papers:
        if not paper.is_valid:
            invalid += 1
            continue
        if set(paper.marks) != set(codes) or not known.issuperset(paper.marks.values()):
            raise ValueError("a paper does not fit the poll")
        valid += 1
        for code, mark in paper.marks.items():
            if mark in options:
                lines[code, mark] += 1
    return PaperCount(valid, invalid, lines)


def line_of(paper: Paper) -> str:
    """The paper as one line of text: entries in order of their codes, or the word invalid."""
    if not paper.is_valid:
        return "invalid"
    return " ".join(f"{code}={mark}" for code, mark in sorted(paper.marks.items()))


def digest(papers: Iterable[Paper]) -> str:
    """SHA-256 over the heap: the same for the same papers in any order."""
    lines = sorted(line_of(paper) for paper in papers)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def in_no_order(papers: Iterable[Paper]) -> list[Paper]:
    """The heap in the order of its own text, in which no order of reading survives."""
    return sorted(papers, key=line_of)


def differences(first: Paper, second: Paper) -> tuple[str, ...]:
    """Where two readings of one paper differ: entry codes, or ``@valid`` for the whole paper."""
    if first.is_valid != second.is_valid:
        return ("@valid",)
    codes: Collection[str] = sorted({*first.marks, *second.marks})
    return tuple(code for code in codes if first.marks.get(code) != second.marks.get(code))


def fives(votes: int) -> tuple[int, int]:
    """Full squares of five strokes and the strokes left over, as committees draw them.

    Source: practice.md 1.5 (Thông tư 01/2021/TT-BNV shows the square with its diagonal).
    """
    return divmod(votes, 5)


def same_heap(first: Iterable[Paper], second: Iterable[Paper]) -> bool:
    """Whether two heaps hold the same papers, in any order."""
    return Counter(map(line_of, first)) == Counter(map(line_of, second))
