"""The register of numbers as a book: every number once, in order, with nothing left out.

Numbers up to the one at which the register was opened stand in the paper register; a past
resolution that was imported has its own entry among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class NumberState(StrEnum):
    """What became of a number; `PAPER` and `MISSING` are numbers without an entry here."""

    USED = "used"
    RESERVED = "reserved"
    VOID = "void"
    PAPER = "paper"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers `first` to `last` in one state; longer than one only where there is no entry."""

    first: int
    last: int
    state: NumberState

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


def spans(given: Mapping[int, NumberState], *, opened_after: int, last: int) -> list[Span]:
    """All numbers of a series from 1 on, each in exactly one span, in ascending order.

    Args:
        given: numbers ≥ 1 with an entry, and their state.
        opened_after: last number of the paper register, ≥ 0.
        last: last number taken, ≥ 0; an entry above it still gets its span.
    """
    found: list[Span] = []
    expected = 1
    for number in sorted(given):
        found += _without_entry(expected, number - 1, opened_after)
        found.append(Span(number, number, given[number]))
        expected = number + 1
    return [*found, *_without_entry(expected, last, opened_after)]


def _without_entry(first: int, last: int, opened_after: int) -> Iterator[Span]:
    on_paper = min(last, opened_after)
    if first <= on_paper:
        yield Span(first, on_paper, NumberState.PAPER)
    missing_from = max(first, opened_after + 1)
    if missing_from <= last:
        yield Span(missing_from, last, NumberState.MISSING)


def tally(found: Iterable[Span]) -> dict[NumberState, int]:
    """How many numbers are in each state; every state is there."""
    sums = dict.fromkeys(NumberState, 0)
    for span in found:
        sums[span.state] += span.count
    return sums


_ABOUT: Final = "Về "


def named(title: str) -> str:
    """Kind and abstract as a register writes them: ``Nghị quyết về dự toán ngân sách``."""
    if title.startswith(_ABOUT):
        return f"Nghị quyết {title[0].lower()}{title[1:]}"
    return f"Nghị quyết: {title}"


_KEPT: Final = "lưu"


def recipients(lines: Iterable[str]) -> tuple[str, str]:
    """Who received the document, and who keeps the file copy ("Lưu: …"); each in one line."""
    received, kept = [], []
    for line in lines:
        bare = line.strip().lstrip("-").strip().rstrip(".;,").strip()
        if bare.lower().startswith(_KEPT):
            kept.append(bare[len(_KEPT) :].lstrip(" :"))
        elif bare:
            received.append(bare)
    return "; ".join(received), "; ".join(one for one in kept if one)
