"""The random sample that is looked at by people before a scanned count is agreed, and its risk.

The papers of a run have random keys. After they are all read, the committee throws a number in
front of everybody; key and number together say which papers are in the sample, so nobody could
choose them, and anybody can draw them again.

Source: practice, no article (risk-limiting audits; the exact forms of the rule of three).
"""

import hashlib
from collections.abc import Collection, Sequence
from fractions import Fraction
from math import comb
from typing import Final

USUAL_SIZE: Final = 10
"""Papers in the sample where the committee does not want more; all papers where there are fewer."""

RISK: Final = Fraction(1, 20)
"""The chance of not seeing an error, at most: one in twenty."""


def smallest(papers: int, *, usual: int = USUAL_SIZE) -> int:
    """How many of so many papers must be drawn at least; a council may set more than usual."""
    return min(papers, max(usual, USUAL_SIZE))


def drawn(keys: Collection[str], seed: str, size: int) -> list[str]:
    """The keys in the sample: the `size` smallest of SHA-256(seed, key); any order in, same out.

    Args:
        keys: the keys of all papers that count.
        seed: the number thrown in public, as it was written down.
        size: ≥ 1 and not more than there are keys.

    Raises:
        ValueError: `size` is out of bounds.
    """
    if not 1 <= size <= len(keys):
        message = "the sample must have between one and all papers"
        raise ValueError(message)
    return sorted(sorted(keys, key=lambda key: _lot(seed, key))[:size])


def _lot(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def most_wrong_papers(papers: int, sampled: int, *, risk: Fraction = RISK) -> int:
    """The most papers that may be misread although a sample without one error was drawn.

    If more were misread, such a sample would have shown at least one of them with a chance of at
    least 1 − `risk`. Exact (hypergeometric, drawn without putting back), no approximation.

    Args:
        papers: all papers, ≥ 1.
        sampled: papers drawn, between 1 and `papers`.
    """
    if not 1 <= sampled <= papers:
        message = "the sample must have between one and all papers"
        raise ValueError(message)
    ways = comb(papers, sampled)
    wrong = 0
    while comb(papers - wrong - 1, sampled) > risk * ways:
        wrong += 1
    return wrong


def rate_below(decisions: int, *, risk: float = 0.05) -> float:
    """The rate of errors below which the reader is, with 95 %, after so many decisions without one.

    Exact for independent decisions: 1 − risk^(1/n); the rule of three, 3/n, is close to it.
    """
    if decisions < 1:
        message = "no decision says nothing"
        raise ValueError(message)
    return float(1 - risk ** (1 / decisions))


def per_ten_thousand(decisions: int) -> int:
    """`rate_below` in rows of ten thousand, rounded up: what the page says."""
    rate = rate_below(decisions) * 10_000
    return int(rate) + (rate > int(rate))


def differs(machine: Sequence[str], people: Sequence[str]) -> int:
    """In how many rows the machine and the people differ."""
    return sum(seen != said for seen, said in zip(machine, people, strict=True))
