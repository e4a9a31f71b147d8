"""Level lines through a box: with such a line people strike out, in ink as dark as their marks."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL
from elections.typesetting import ballot_layout as layout

Mask = NDArray[np.uint8]

LEAN: Final = 2.2
"""Between the two sides of a box such a line rises or falls by no more, in mm."""

BEND: Final = 0.5
"""So far from the straight line, in mm, it may lie."""

EDGE: Final = 0.7
"""The inside of a box begins so many mm from its outer edge."""

OUT_FROM, OUT_TO = 0.35, 0.75
"""Where it must show beside the box, in mm from the outer edge."""

STEP: Final = 2

_WIDE: Final = round(layout.BOX_WIDTH * CANONICAL)
_HIGH: Final = round(layout.BOX_HEIGHT * CANONICAL)
_EDGE: Final = round(EDGE * CANONICAL)


def level_line(inked: Mask, x: int, y: int) -> float:
    """Share of the way through a box that its most complete level line is inked; 0 for none.

    A cross, however wide, has nothing between its arms; a tick turns; a slash rises too much.

    Args:
        inked: 1 where there is ink, the printed outlines included.
        x, y: outer top left corner of the box in canonical pixels.
    """
    rows = slice(y + _EDGE, y + _HIGH - _EDGE)
    near, far = round(OUT_FROM * CANONICAL), round(OUT_TO * CANONICAL)
    left = _shown(inked[rows, max(0, x - far) : x - near])
    right = _shown(inked[rows, x + _WIDE + near : x + _WIDE + far])
    if not len(left) or not len(right):
        return 0.0
    reach = 2 * round(BEND * CANONICAL) + 1
    inner = cv2.dilate(inked[rows, x + _EDGE : x + _WIDE - _EDGE], np.ones((reach, 1), np.uint8))
    columns = np.arange(inner.shape[1])
    best = 0
    for start in left[::STEP]:
        for end in right[::STEP]:
            if abs(int(start) - int(end)) <= LEAN * CANONICAL:
                way = start + (end - start) * columns // (inner.shape[1] - 1)
                best = max(best, int(inner[way, columns].sum()))
    return best / len(columns)


def _shown(strip: Mask) -> NDArray[np.int64]:
    """The pixel rows that are inked along most of a strip beside a box."""
    shown: NDArray[np.int64] = np.flatnonzero(2 * strip.sum(axis=1) >= strip.shape[1])
    return shown
