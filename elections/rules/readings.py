"""Two readings of one batch side by side, and the papers that stand once all is settled.

Both members read the same pile from top to bottom, so a paper's place in the pile tells which
papers belong together while the batch is open. The place is forgotten when the batch is settled.

Source: practice, no article (as the totals are counted by two, so is each batch).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from elections.rules import papers as rules
from elections.rules.papers import Paper

WHOLE: Final = "@valid"
"""The row's name where readers differ about the paper as a whole."""

VALID: Final = "valid"
INVALID: Final = "invalid"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row, or one whole paper, that two members read differently.

    Attributes:
        place: the paper's place in the pile, from 1; only until the batch is settled.
        code: the entry, or `WHOLE`.
        first, second: what each read: an option, blank, over; or `VALID` and `INVALID`.
    """

    place: int
    code: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What both saw on the paper when they looked again, and how it was settled."""

    agreed: str
    reason: str


def differences(first: Sequence[Paper], second: Sequence[Paper]) -> tuple[Difference, ...]:
    """Every row in which two readings of a batch differ; none where both read the same heap.

    Raises:
        ValueError: the readings are of different length (a fault of the caller).
    """
    if rules.same_heap(first, second):
        return ()
    pairs = enumerate(zip(first, second, strict=True), start=1)
    return tuple(
        Difference(place, code, seen(one, code), seen(two, code))
        for place, (one, two) in pairs
        for code in rules.differences(one, two)
    )


def seen(paper: Paper, code: str) -> str:
    """What a reading says of one row, or of the whole paper."""
    if code == WHOLE:
        return VALID if paper.is_valid else INVALID
    return paper.marks[code]


def settled(
    first: Sequence[Paper],
    second: Sequence[Paper],
    decisions: Mapping[tuple[int, str], Decision],
) -> list[Paper]:
    """The batch's papers with every difference decided, in the order of their own text.

    A paper that one member held invalid and both then found valid has the marks of who read them.

    Raises:
        KeyError: a difference without a decision (a fault of the caller).
    """
    open_rows = differences(first, second)
    standing = list(first)
    for row in open_rows:
        agreed = decisions[row.place, row.code].agreed
        one, two = standing[row.place - 1], second[row.place - 1]
        if row.code == WHOLE:
            is_valid = agreed == VALID
            standing[row.place - 1] = one if one.is_valid == is_valid else two
        else:
            standing[row.place - 1] = Paper({**one.marks, row.code: agreed})
    return rules.in_no_order(standing)
