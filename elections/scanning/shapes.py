"""The shape of what was drawn in and over a box: a cross of a broad pen is no blackened box."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL

Mask = NDArray[np.uint8]

NOTCH: Final = 0.2
"""A white corner between two arms has at least so many mm²."""

NOTCH_RATIO: Final = 0.12
"""And at least this share of the largest."""

CREASE: Final = 0.12
"""Smaller white spots (mm²) are the line's raggedness."""

CREASE_RATIO: Final = 0.16
"""And those below this share of the smallest corner."""

BLOT: Final = 0.85
"""A round spot covers this share of the line around it."""

ARMS: Final = 4

_MM2: Final = CANONICAL * CANONICAL


def is_cross(drawn: Mask) -> bool:
    """Whether two strokes cross and nothing else was drawn, however broad the pen.

    Between the strokes of a cross and the line around it lie four white corners, one to each
    side. A blackened box has none; one struck out has more, or others.

    Args:
        drawn: 1 where the strokes are; nothing of them is cut off.
    """
    if not drawn.any():
        return False
    padded = np.pad(drawn, 2)
    hull = _hull(padded)
    white = cv2.morphologyEx(hull * (1 - padded), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(white, connectivity=4)
    if count <= ARMS:
        return False
    areas = stats[1:, cv2.CC_STAT_AREA].astype(np.int64)
    largest = np.argsort(-areas, kind="stable") + 1
    corners, others = largest[:ARMS], stats[largest[ARMS:], cv2.CC_STAT_AREA]
    sizes = stats[corners, cv2.CC_STAT_AREA]
    # An arm's round end or a mended outline leaves a crease; a fifth corner is another stroke's.
    if others.max(initial=0) >= max(CREASE * _MM2, CREASE_RATIO * sizes.min()):
        return False
    if sizes.min() < max(NOTCH * _MM2, NOTCH_RATIO * sizes.max()):
        return False
    edge = hull - cv2.erode(hull, np.ones((5, 5), np.uint8))
    is_open = all(bool((edge[labels == corner] > 0).any()) for corner in corners)
    return is_open and _to_all_sides(centres[corners], hull)


def broadest(drawn: Mask) -> float:
    """Radius in mm of the largest disc that the strokes cover."""
    if not drawn.any():
        return 0.0
    away = cv2.distanceTransform(np.pad(drawn, 1), cv2.DIST_L2, 3)
    return float(away.max()) / CANONICAL


def blot(drawn: Mask) -> float:
    """Width in mm of a round spot, which no pen's stroke is; 0 if it is none.

    Args:
        drawn: 1 where the spot is, without others.
    """
    padded = np.pad(drawn, 8)
    whole = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    hull = _hull(whole)
    if not hull.any() or int(whole.sum()) < BLOT * int(hull.sum()):
        return 0.0
    return 2 * broadest(whole)


def _hull(drawn: Mask) -> Mask:
    hull = np.zeros_like(drawn)
    rows, columns = np.nonzero(drawn)
    if len(rows):
        points = np.stack((columns, rows), axis=1).astype(np.int32)
        cv2.fillConvexPoly(hull, cv2.convexHull(points), 1)
    return hull


def _to_all_sides(centres: NDArray[np.float64], hull: Mask) -> bool:
    """Whether one corner lies above, one below, one left and one right of the middle."""
    rows, columns = np.nonzero(hull)
    x, y = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
    wide, high = columns.max() - columns.min() + 1, rows.max() - rows.min() + 1
    sides = set()
    for cx, cy in centres:
        across, down = (cx - x) / wide, (cy - y) / high
        if abs(across) > abs(down):
            sides.add("right" if across > 0 else "left")
        else:
            sides.add("below" if down > 0 else "above")
    return len(sides) == ARMS
