"""Votes as committees draw them: a square of four strokes and its diagonal is five."""

from dataclasses import dataclass
from typing import Final

from elections.rules.papers import fives

SIDE: Final = 14
STROKES: Final = ("M{l} 13V1", "M{l} 1H{r}", "M{r} 1V13", "M{r} 13H{l}", "M{l} 13L{r} 1")
"""Up, across, down, back, and the diagonal; `static/js/keying.js` draws the same."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """An SVG path in a box 14 high."""

    votes: int
    width: int
    path: str


def strokes_of(votes: int) -> Strokes:
    """The drawing of so many votes."""
    full, rest = fives(votes)
    squares = [len(STROKES)] * full + ([rest] if rest else [])
    path = "".join(
        stroke.format(l=place * (SIDE + 2) + 1, r=place * (SIDE + 2) + SIDE - 1)
        for place, number in enumerate(squares)
        for stroke in STROKES[:number]
    )
    return Strokes(votes, len(squares) * (SIDE + 2), path)
