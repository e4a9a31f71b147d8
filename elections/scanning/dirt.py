"""Specks of toner and dust: where a side is full of them, they are told from small strokes."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL
from elections.typesetting import ballot_layout as layout

Mask = NDArray[np.uint8]
Sizes = NDArray[np.int64]

SMALL: Final = 0.8
"""No speck is larger, in mm²."""

KEPT_OFF: Final = 0.6
"""What comes so near to a box, in mm, is never taken for a speck."""

FULL_ROWS, FULL_PIECES = 0.6, 3
"""A side is full of specks if this share of its rows has so many and more beside the boxes."""

SOME_ROWS, SOME_PIECES = 4, 6
"""So many specks in so many rows are some: stray spots of their size say nothing."""

LARGEST_STRAY, LARGEST_GRIT = 0.42, 1.0
"""Larger spots (mm²) say something where there are some specks, and where all is full of them."""

SPREAD: Final = 1.5
"""Specks are up to so many times as large as nine tenths of them."""

HEAPED: Final = 4
"""Where specks lie so many times denser than in the usual row, a pale stroke may have left them."""

_MM2: Final = CANONICAL * CANONICAL


def without_grit(marks: Mask, places: NDArray[np.int64]) -> tuple[Mask, float]:
    """The marks without the specks of a side that is full of them, and the size of stray ones.

    Args:
        marks: 1 where there is ink that was not printed.
        places: outer top left corners of the boxes in canonical pixels.

    Returns:
        The marks, and how large in mm² spots beside the boxes may be without saying anything.
    """
    _, labels, stats, centres = cv2.connectedComponentsWithStats(marks, connectivity=8)
    sizes = stats[:, cv2.CC_STAT_AREA].astype(np.int64)
    loose = sizes <= SMALL * _MM2
    loose[0] = False
    loose[np.unique(labels[_near_boxes(marks.shape, places)])] = False
    heights = np.unique(places[:, 1])
    rows = np.abs(centres[:, 1][:, None] - heights[None, :] - layout.BOX_HEIGHT * CANONICAL / 2)
    row = rows.argmin(axis=1)
    in_row = np.bincount(row[loose], minlength=len(heights))
    if loose.sum() < SOME_PIECES or (in_row > 0).sum() < min(SOME_ROWS, len(heights)):
        return marks, 0.0
    nine_tenths = int(np.partition(sizes[loose], int(loose.sum()) * 9 // 10)[loose.sum() * 9 // 10])
    largest = SPREAD * nine_tenths
    stray = min(LARGEST_STRAY, largest / _MM2)
    if (in_row >= FULL_PIECES).sum() < FULL_ROWS * len(heights):
        return marks, stray
    stray = min(LARGEST_GRIT, largest / _MM2)
    usual = int(np.partition(in_row, len(in_row) // 2)[len(in_row) // 2])
    grit = loose & (sizes <= largest) & (in_row[row] <= HEAPED * usual)
    kept = (labels > 0) & ~grit[labels]
    return kept.astype(np.uint8), stray


def _near_boxes(shape: tuple[int, ...], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    near = np.zeros(shape, dtype=np.bool_)
    off = round(KEPT_OFF * CANONICAL)
    wide, high = round(layout.BOX_WIDTH * CANONICAL), round(layout.BOX_HEIGHT * CANONICAL)
    for x, y in places:
        near[max(0, y - off) : y + high + off, max(0, x - off) : x + wide + off] = True
    return near
