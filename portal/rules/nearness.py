"""How far two words are apart, counted in slips of the finger."""

from typing import Final

_SHORT: Final = 4


def allowed(word: str) -> int:
    """How many slips a word may hold and still be guessed: one in a short one, else two."""
    return 1 if len(word) <= _SHORT else 2


def edits(one: str, other: str) -> int:
    """The least number of letters added, dropped, changed, or swapped with a neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        this = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(
                last[column] + 1, this[column - 1] + 1, last[column - 1] + (letter != wanted)
            )  # fmt: skip
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        before, last = last, this
    return last[-1]
