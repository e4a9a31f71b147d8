"""What lies in each box, in mm² and mm: how much, how long, how dark, and whose stroke it is."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL
from elections.scanning.ink import Table
from elections.typesetting import ballot_layout as layout

Labels = NDArray[np.int32]
Mask = NDArray[np.uint8]

INSET: Final = 0.7
"""The inside of a box begins so many mm from its outer edge."""

SPECK: Final = 0.12
"""Smaller spots (mm²) are dust."""

BRIDGE: Final = 1.4
"""Pieces of one stroke that an outline cut lie this near to each other, in mm."""

AROUND_X, AROUND_Y = 6.5, 1.4
"""So far around a box ink is looked for that no box accounts for, in mm."""

HOME: Final = 0.25
"""A stroke is at home in the box that holds most of it, if that is at least this share."""

LINE_LENGTH, LINE_WIDTH = 14.0, 1.3
"""A longer and thinner straight trace comes from the scanner or a fold, not from a hand."""

HEAVY: Final = 0.55
"""A spot is covered if it is darker than this share of the box's darkest ink."""

_MM2: Final = CANONICAL * CANONICAL
_WIDE: Final = round(layout.BOX_WIDTH * CANONICAL)
_HIGH: Final = round(layout.BOX_HEIGHT * CANONICAL)
_INSET: Final = round(INSET * CANONICAL)


@dataclass(frozen=True)
class BoxInk:
    """Measures of one box, as in `readings.BoxReading`, and what only decides.

    Args:
        around_length: extent in mm of the longest stroke near the box that is at home nowhere.
        is_crossed: a long thin trace runs through the box.
        outlined: share of the outline that is dark.
    """

    area: float
    length: float
    depth: float
    cover: float
    foreign: float
    around: float
    around_length: float
    is_crossed: bool
    outlined: float


@dataclass(frozen=True)
class _Strokes:
    """All strokes of the table: label of each spot, the box each is at home in (-1: none)."""

    marks: Mask
    owners: Labels
    home: NDArray[np.int64]
    extent: NDArray[np.float64]
    is_line: NDArray[np.bool_]


def measured(table: Table) -> list[BoxInk]:
    """The boxes' measures in their order."""
    strokes = _strokes(table)
    return [_box(table, strokes, number) for number in range(len(table.places))]


def _strokes(table: Table) -> _Strokes:
    marks = _without_specks(table.marks)
    size = round(BRIDGE * CANONICAL) | 1
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, owners, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    totals = np.bincount(owners[marks > 0], minlength=count)
    inside = np.zeros((len(table.places), count), dtype=np.int64)
    for number in range(len(table.places)):
        rows, columns = _core(table, number)
        found = owners[rows, columns][marks[rows, columns] > 0]
        inside[number] = np.bincount(found, minlength=count)
    home = inside.argmax(axis=0)
    home[inside.max(axis=0) < HOME * totals] = -1
    extent = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) / CANONICAL
    is_line = np.zeros(count, dtype=np.bool_)
    for label in np.nonzero(extent >= LINE_LENGTH)[0]:
        is_line[label] = label > 0 and _is_straight(owners, stats[label], int(label))
    return _Strokes(marks, owners, home, extent, is_line)


def _without_specks(marks: Mask) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= SPECK * _MM2
    large[0] = False
    kept: Mask = large[labels].astype(np.uint8)
    return kept


def _is_straight(owners: Labels, stats: NDArray[np.int32], label: int) -> bool:
    """Whether a stroke is as thin across as a scratch: by its second moments."""
    x, y, wide, high = (int(value) for value in stats[:4])
    rows, columns = np.nonzero(owners[y : y + high, x : x + wide] == label)
    count = len(rows)
    row, column = rows - int(rows.sum()) // count, columns - int(columns.sum()) // count
    down, across = int((row * row).sum()) / count, int((column * column).sum()) / count
    both = int((row * column).sum()) / count
    spread = math.sqrt((down - across) ** 2 + 4 * both * both)
    smaller = max(0.0, (down + across - spread) / 2)
    return math.sqrt(12 * smaller) <= LINE_WIDTH * CANONICAL


def _core(table: Table, number: int) -> tuple[slice, slice]:
    x, y = (int(value) for value in table.places[number])
    return slice(y + _INSET, y + _HIGH - _INSET), slice(x + _INSET, x + _WIDE - _INSET)


def _around(table: Table, number: int) -> tuple[slice, slice]:
    x, y = (int(value) for value in table.places[number])
    wide, high = round(AROUND_X * CANONICAL), round(AROUND_Y * CANONICAL)
    rows = slice(max(0, y - high), y + _HIGH + high)
    return rows, slice(max(0, x - wide), x + _WIDE + wide)


def _box(table: Table, strokes: _Strokes, number: int) -> BoxInk:
    core, zone = _core(table, number), _around(table, number)
    ink, marks, owners = table.ink[core], strokes.marks[core], strokes.owners[core]
    inked = marks > 0
    area = int(inked.sum())
    around, around_length, passes = _stray(strokes, zone)
    depth, cover, foreign, crossed = 0.0, 0.0, 0.0, passes
    if area:
        depth = int(ink[inked].sum()) / area / 255
        darkest = int(np.partition(ink[inked], area * 9 // 10)[area * 9 // 10])
        cover = int((ink >= HEAVY * darkest).sum()) / ink.size if area > _MM2 else 0.0
        theirs = strokes.home[owners[inked]]
        foreign = int((theirs != number).sum()) / area
        crossed = crossed or bool(strokes.is_line[owners[inked]].any())
    return BoxInk(
        area=area / _MM2,
        length=_longest(marks),
        depth=depth,
        cover=cover,
        foreign=foreign,
        around=around,
        around_length=around_length,
        is_crossed=crossed,
        outlined=float(table.outlined[number]),
    )


def _longest(marks: Mask) -> float:
    """Extent of the longest piece inside the box."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    if count < 2:
        return 0.0
    wide = stats[1:, cv2.CC_STAT_WIDTH].astype(np.int64)
    high = stats[1:, cv2.CC_STAT_HEIGHT].astype(np.int64)
    return math.sqrt(int((wide * wide + high * high).max())) / CANONICAL


def _stray(strokes: _Strokes, zone: tuple[slice, slice]) -> tuple[float, float, bool]:
    """Area and extent of the ink in a zone that is at home in no box; whether a line is in it."""
    owners = strokes.owners[zone][strokes.marks[zone] > 0]
    homeless = owners[strokes.home[owners] < 0]
    if not homeless.size:
        return 0.0, 0.0, False
    labels = np.unique(homeless)
    lines = strokes.is_line[labels]
    hand = labels[~lines]
    area = int(np.isin(homeless, hand).sum()) / _MM2
    longest = float(strokes.extent[hand].max()) if hand.size else 0.0
    return area, longest, bool(lines.any())
