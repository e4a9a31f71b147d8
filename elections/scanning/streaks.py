"""Dirt on the scanner's glass draws lines along the feed: they are found before straightening.

In the raw image such a line is exactly upright (or level, if the paper lay across); nothing that
a person draws is, over four centimetres.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL

Gray = NDArray[np.uint8]

WIDEST: Final = 1.4
"""A streak is thinner, in mm."""

WINDOW: Final = 40
"""Millimetres along which a streak must show."""

DENSITY: Final = 0.8
"""Share of the window; the upright edges of boxes below each other reach 0.6."""

FAINTEST: Final = 14
"""Grey by which it is darker than what lies beside it."""

NOISES: Final = 3
"""And how many times darker than three quarters of the image are."""

STREAK: Final = 25
"""Grey by which a streak in the table was darker than what was put in its place."""

GAP: Final = 8 * CANONICAL + 1
"""What was printed may hide so much of it, in canonical pixels."""

RUN: Final = 2 * CANONICAL
"""Shorter runs are no part of an upright or a level line, in canonical pixels."""

ENDING: Final = 20
"""Shorter pieces, in mm, are remains of streaks that go on."""

UPRIGHT, LEVEL = 1, 2


def without_streaks(gray: Gray) -> Gray:
    """The image with thin upright and level lines filled from both sides; itself without them."""
    upright = _cleaned(gray)
    across = cv2.transpose(upright)
    turned = _cleaned(across)
    if turned is across:
        return upright
    cleaned: Gray = cv2.transpose(turned)
    return cleaned


def suspicious(clean: Gray, raw: Gray) -> NDArray[np.uint8]:
    """Where streaks were taken out of the table that a person with a ruler may have drawn.

    Such a line ends within the table (`UPRIGHT`), or goes along a row as people strike out
    (`LEVEL`); dirt on the glass draws along the feed, from edge to edge.

    Args:
        clean: the straightened table without streaks.
        raw: the same as it was scanned.
    """
    streaked = (clean.astype(np.int16) - raw >= STREAK).astype(np.uint8)
    found = np.zeros_like(streaked)
    if not streaked.any():
        return found
    upright = cv2.morphologyEx(streaked, cv2.MORPH_CLOSE, np.ones((GAP, 5), np.uint8))
    upright = cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((RUN, 1), np.uint8))
    level = cv2.morphologyEx(streaked, cv2.MORPH_CLOSE, np.ones((5, GAP), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, RUN), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    top, high = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_HEIGHT]
    ends_inside = (top >= CANONICAL) & (top + high <= len(streaked) - CANONICAL)
    ends_inside &= high >= ENDING * CANONICAL
    ends_inside[0] = False
    found[ends_inside[labels]] = UPRIGHT
    _, labels, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    is_level = stats[:, cv2.CC_STAT_WIDTH] >= ENDING * CANONICAL
    is_level[0] = False
    found[is_level[labels]] = LEVEL
    return found


def _cleaned(gray: Gray) -> Gray:
    """Without upright streaks."""
    cell = max(2, round(max(gray.shape) / 297))
    rows = gray.shape[0] // cell
    if rows < 2 * WINDOW:
        return gray
    coarse = cv2.resize(gray[: rows * cell], (gray.shape[1], rows), interpolation=cv2.INTER_AREA)
    width = round(WIDEST * cell) | 1
    darker = cv2.morphologyEx(coarse, cv2.MORPH_BLACKHAT, np.ones((1, width), np.uint8))
    # On a noisy image everything is darker than something: a streak stands out from that.
    counts = np.bincount(darker.ravel(), minlength=256).cumsum()
    usual = int(np.searchsorted(counts, int(counts[-1]) * 3 // 4))
    dark = (darker >= max(FAINTEST, NOISES * usual)).astype(np.uint8)
    # A trace may change its pixel column where the paper's edge pushes the dirt.
    dark = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    sums = cv2.boxFilter(
        dark, cv2.CV_32S, (1, WINDOW), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    dense = (sums >= DENSITY * WINDOW).astype(np.uint8)
    if not dense.any():
        return gray
    streaks = cv2.dilate(dense, np.ones((WINDOW - 1, 1), np.uint8))
    return _filled(gray, streaks, cell, width)


def _filled(gray: Gray, streaks: NDArray[np.uint8], cell: int, widest: int) -> Gray:
    """Each streak replaced by what lies left and right of it."""
    cleaned = gray.copy()
    count, _, stats, _ = cv2.connectedComponentsWithStats(streaks, connectivity=8)
    for label in range(1, count):
        x, y, wide, high = (int(value) for value in stats[label][:4])
        left, right = x - 2, x + wide + 1
        if wide > widest or left < 0 or right >= gray.shape[1]:
            continue
        band = slice(y * cell, gray.shape[0] if y + high >= len(streaks) else (y + high) * cell)
        before = gray[band, left].astype(np.int32)[:, None]
        after = gray[band, right].astype(np.int32)[:, None]
        steps = np.arange(1, right - left)[None, :]
        mixed = (before * (right - left - steps) + after * steps) // (right - left)
        # Lighter only: beside an outline the mean of both sides would be a smear of its own.
        part = cleaned[band, left + 1 : right]
        np.maximum(part, mixed.astype(np.uint8), out=part)
    return cleaned
