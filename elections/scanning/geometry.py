"""Where the printed signs of one side stand, in millimetres: from the box map and the layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from elections.scanning.readings import Style
from elections.typesetting import ballot_layout as layout
from elections.typesetting.ballot_code import DIGEST_LETTERS
from elections.typesetting.box_map import digest_of

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A box's outer top left corner, entry and option."""

    x: float
    y: float
    entry: str
    option: str


@dataclass(frozen=True)
class PrintedSide:
    """What the reader looks for on one side.

    Args:
        page: 1 or 2.
        boxes: row by row, from left to right.
        squares: centres of the four squares: top left, top right, bottom left, bottom right.
        bars: heights of the rows' bars, top down; one stands at `BAR_LEFT`, one at `BAR_RIGHT`.
    """

    page: int
    boxes: tuple[Box, ...]
    squares: tuple[Point, Point, Point, Point]
    bars: tuple[float, ...]

    @property
    def columns(self) -> int:
        """Boxes in a row."""
        return len({box.option for box in self.boxes})


def printed_side(box_map: Mapping[str, Any], page: int) -> PrintedSide | None:
    """One side of the paper; None if the map has no such page."""
    rows = [row for row in box_map["boxes"] if row["page"] == page]
    if not rows:
        return None
    boxes = sorted(
        (Box(float(row["x"]), float(row["y"]), row["entry"], row["option"]) for row in rows),
        key=lambda box: (box.y, box.x),
    )
    left, top, right, bottom = layout.SQUARE_CENTRES
    heights = sorted({box.y for box in boxes})
    return PrintedSide(
        page=page,
        boxes=tuple(boxes),
        squares=((left, top), (right, top), (left, bottom), (right, bottom)),
        bars=tuple(y + layout.BOX_HEIGHT / 2 for y in heights),
    )


BAR_LEFT: Final = layout.SQUARE_CENTRES[0]
BAR_RIGHT: Final = layout.SQUARE_CENTRES[2]
"""Centres of the bars at the ends of a row."""

CANONICAL: Final = 8
"""Pixels a millimetre of the straightened table."""

MARGIN_X: Final = 7.5
MARGIN_Y: Final = 4.0
"""The table is cut out this far around the boxes: no rule of the table stands nearer."""


def code_corners(corner: str, side: PrintedSide) -> list[Point]:
    """Corners of a printed code on the page, from its own top left clockwise."""
    x, y = layout.CODE_CENTRES[corner]
    half = layout.CODE_SIZES[corner] / 2
    return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]


def style_of(poll: int, box_map: Mapping[str, Any]) -> Style:
    """What the codes of the poll's paper must say."""
    return Style(poll=poll, digest=digest_of(box_map)[:DIGEST_LETTERS].upper())
