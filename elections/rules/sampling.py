"""The random sample that is looked at by people before a scanned count is agreed, and its risk.

The papers of a run have random keys. After they are all read, the committee throws a number in
front of everybody; key, row and number together say which rows are in the sample, so nobody could
choose them, and anybody can draw them again. Rows are drawn, not papers: whatever misreads come
in heaps, a sheet that lies badly or a hand that writes oddly, says nothing about the other rows of
the same paper twice, so the same time of people bounds the misread rows far more closely.

Source: practice, no article (risk-limiting audits; drawing without putting back).
"""

import hashlib
from collections.abc import Collection, Sequence
from fractions import Fraction
from math import comb
from typing import Final

USUAL_SIZE: Final = 200
"""Rows in the sample where the committee does not want more; all rows where there are fewer."""

RISK: Final = Fraction(1, 20)
"""The chance of not seeing an error, at most: one in twenty."""


def smallest(rows: int, *, usual: int = USUAL_SIZE) -> int:
    """How many of so many rows must be drawn at least; a council may set more than usual."""
    return min(rows, max(usual, USUAL_SIZE))


def unit(paper: str, entry: str) -> str:
    """The key of one row: the paper's random key and the row's code."""
    return f"{paper}:{entry}"


def drawn(keys: Collection[str], seed: str, size: int) -> list[str]:
    """The keys in the sample: the `size` smallest of SHA-256(seed, key); any order in, same out.

    Args:
        keys: the keys of all rows that the machine decided on papers that count.
        seed: the number thrown in public, as it was written down.
        size: ≥ 1 and not more than there are keys.

    Raises:
        ValueError: `size` is out of bounds.
    """
    if not 1 <= size <= len(keys):
        message = "the sample must have between one and all rows"
        raise ValueError(message)
    return sorted(sorted(keys, key=lambda key: _lot(seed, key))[:size])


def _lot(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def most_wrong(rows: int, sampled: int, *, risk: Fraction = RISK) -> int:
    """The most rows that may be misread although a sample without one error was drawn.

    If more were misread, such a sample would have shown at least one of them with a chance of at
    least 1 − `risk`. Exact (hypergeometric, drawn without putting back), no approximation.

    Args:
        rows: all rows that the machine decided, ≥ 1.
        sampled: rows drawn, between 1 and `rows`.
    """
    if not 1 <= sampled <= rows:
        message = "the sample must have between one and all rows"
        raise ValueError(message)
    ways = comb(rows, sampled)
    wrong = 0
    while comb(rows - wrong - 1, sampled) > risk * ways:
        wrong += 1
    return wrong


def differs(machine: Sequence[str], people: Sequence[str]) -> int:
    """In how many rows the machine and the people differ."""
    return sum(seen != said for seen, said in zip(machine, people, strict=True))
