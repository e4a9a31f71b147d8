"""The straightened table of one side: how much ink lies where, and which of it was printed."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import (
    BAR_LEFT,
    BAR_RIGHT,
    CANONICAL,
    MARGIN_X,
    MARGIN_Y,
    Box,
    PrintedSide,
)
from elections.scanning.levels import levelled
from elections.scanning.registration import Registration, sampled
from elections.scanning.streaks import STREAK, suspicious
from elections.typesetting import ballot_layout as layout

Gray = NDArray[np.uint8]
Mask = NDArray[np.uint8]

FAINTEST: Final = 0.16
NOISES: Final = 4.5
"""Ink is what is darker than both: this share of the printed black, so many times the noise."""

NOISY: Final = 0.045
"""Where the paper's noise is more, the image is looked at less sharply."""

OUTLINE_SEARCH: Final = 0.75
OUTLINE_MARGIN: Final = 0.3
"""So far around an outline its own ink is not told from a stroke's, in mm."""

CLEAR: Final = layout.CLEAR - 0.3
ZONE_X, ZONE_Y = 7.2, 1.4
"""Nowhere so far around a box, or above and below it, is anything printed but its outline."""

TRACE_REACH: Final = 5
TRACE_FAINTEST, TRACE_NOISES = 0.07, 4.0
"""The same for traces, which only keep a row from being called blank."""

RULE_RUN: Final = 3.5
"""A level run of so many mm beside the boxes is a rule of the table."""


@dataclass(frozen=True)
class Table:
    """The table in canonical pixels (`CANONICAL` a millimetre).

    Args:
        left, top: the page's place of its corner in mm.
        ink: 0 paper … 255 the black of the squares.
        threshold: from here on it is ink.
        marks: 1 where there is ink that was not printed.
        places: outer top left corner of each box as found, in canonical pixels.
        outlined: share of each box's outline that was found dark.
        traces: 1 where the ink, looked at less sharply, may be a very pale stroke.
        stained: 1 where a stain was taken for paper.
        streaked: where a streak was taken out that a person may have drawn (`streaks`).
    """

    left: float
    top: float
    ink: Gray
    threshold: int
    marks: Mask
    places: NDArray[np.int64]
    outlined: NDArray[np.float64]
    traces: Mask
    stained: Mask
    streaked: Mask


def table_of(gray: Gray, raw: Gray, side: PrintedSide, place: Registration) -> Table:
    """Straighten, level and find the boxes.

    Args:
        gray: the image without streaks.
        raw: the image as it was given.
        side: what was printed.
        place: where it lies.
    """
    left, top, width, height = extent(side)
    straight = _straightened(gray, place, (left, top, width, height))
    printed = _printed(side.boxes, (left, top))
    levels = levelled(cv2.GaussianBlur(straight, (3, 3), 0), place.black, printed)
    if levels.noise > NOISY * 255:
        levels = levelled(cv2.GaussianBlur(straight, (7, 7), 0), place.black, printed)
    ink, noise = levels.ink, levels.noise
    threshold = max(round(FAINTEST * 255), round(NOISES * noise))
    places, outlined = _outlines(ink, printed)
    marks = (ink >= threshold).astype(np.uint8)
    _erase_rules(marks, places)
    _erase_outlines(marks, places)
    streaked = np.zeros_like(marks)
    if raw is not gray and _was_changed(gray, raw, side, place):
        streaked = suspicious(straight, _straightened(raw, place, (left, top, width, height)))
    return Table(
        left, top, ink, threshold, marks, places, outlined, _traces(ink), levels.stained, streaked
    )  # fmt: skip


def _was_changed(clean: Gray, raw: Gray, side: PrintedSide, place: Registration) -> bool:
    """Whether a streak was taken out of a box: along its middle, across and down."""
    across = layout.BOX_WIDTH * (np.arange(1, 56) / 56)
    down = layout.BOX_HEIGHT * (np.arange(5, 36) / 40)
    x = np.concatenate([across, np.full(len(down), layout.BOX_WIDTH / 2)])
    y = np.concatenate([np.full(len(across), layout.BOX_HEIGHT / 2), down])
    corners = np.array([(box.x, box.y) for box in side.boxes])
    u, v = place.plane.spread(corners[:, :1] + x[None, :], corners[:, 1:] + y[None, :])
    height, width = raw.shape
    columns = np.clip(np.rint(u), 0, width - 1).astype(np.int64)
    rows = np.clip(np.rint(v), 0, height - 1).astype(np.int64)
    lightened = clean[rows, columns].astype(np.int16) - raw[rows, columns]
    return bool((lightened >= STREAK).any())


def extent(side: PrintedSide) -> tuple[float, float, int, int]:
    """Corner in mm and size in canonical pixels of what is cut out around the boxes."""
    left = min(box.x for box in side.boxes) - MARGIN_X
    top = min(box.y for box in side.boxes) - MARGIN_Y
    right = max(box.x for box in side.boxes) + layout.BOX_WIDTH + MARGIN_X
    bottom = max(box.y for box in side.boxes) + layout.BOX_HEIGHT + MARGIN_Y
    return left, top, math.ceil(right - left) * CANONICAL, math.ceil(bottom - top) * CANONICAL


def _straightened(gray: Gray, place: Registration, area: tuple[float, float, int, int]) -> Gray:
    """One remap of the table, straight between the two ends of each of its pixel rows."""
    left, top, width, height = area
    heights = top + (np.arange(height) + 0.5) / CANONICAL
    ends = []
    for x in (left, left + width / CANONICAL):
        share = (x - BAR_LEFT) / (BAR_RIGHT - BAR_LEFT)
        across = _mixed([x for x, _ in place.left], [x for x, _ in place.right], share)
        down = _mixed([y for _, y in place.left], [y for _, y in place.right], share)
        across = np.interp(heights, place.rows, across)
        down = np.interp(heights, place.rows, down)
        ends.append(place.plane.spread(x + across, heights + down))
    (u0, v0), (u1, v1) = ends
    part = ((np.arange(width) + 0.5) / width)[None, :]
    u = u0[:, None] + (u1 - u0)[:, None] * part
    v = v0[:, None] + (v1 - v0)[:, None] * part
    return sampled(gray, u, v)


def _traces(ink: Gray) -> Mask:
    """Where the mean of half a millimetre is darker than the paper's own unevenness."""
    soft = cv2.blur(ink, (TRACE_REACH, TRACE_REACH))
    counts = np.bincount(soft.ravel(), minlength=256).cumsum()
    middle = int(np.searchsorted(counts, int(counts[-1]) // 2))
    spread = np.bincount(np.abs(soft.astype(np.int32) - middle).ravel(), minlength=256).cumsum()
    deviation = 1.4826 * int(np.searchsorted(spread, int(spread[-1]) // 2))
    palest = middle + max(round(TRACE_FAINTEST * 255), round(TRACE_NOISES * deviation))
    traces: Mask = (soft >= palest).astype(np.uint8)
    return traces


def _mixed(left: list[float], right: list[float], share: float) -> NDArray[np.float64]:
    """What lies between the two ends of every row."""
    mixed: NDArray[np.float64] = np.array(left) * (1 - share) + np.array(right) * share
    return mixed


def _printed(boxes: tuple[Box, ...], corner: tuple[float, float]) -> NDArray[np.int64]:
    """Where the boxes' outer top left corners should lie, in canonical pixels."""
    return np.array(
        [
            (round((box.x - corner[0]) * CANONICAL), round((box.y - corner[1]) * CANONICAL))
            for box in boxes
        ],
        dtype=np.int64,
    )


def _outlines(
    ink: Gray, printed: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Where each box's outline lies; by its outline only, never by the ink inside."""
    found, dark = [], []
    for x, y in printed.tolist():
        dx, dy, share = _outline(ink, x, y)
        found.append((x + dx, y + dy))
        dark.append(share)
    return np.array(found, dtype=np.int64), np.array(dark)


def _outline(ink: Gray, x: int, y: int) -> tuple[int, int, float]:
    """Shift of one outline and how dark it is at its darkest place."""
    wide, high = round(layout.BOX_WIDTH * CANONICAL), round(layout.BOX_HEIGHT * CANONICAL)
    reach = round(OUTLINE_SEARCH * CANONICAL)
    inner = 8
    columns = ink[y - reach : y + high + reach, x + inner : x + wide - inner]
    rows = ink[y + inner : y + high - inner, x - reach : x + wide + reach]
    dy = _edge_pair(columns.sum(axis=1, dtype=np.int64), high, reach)
    dx = _edge_pair(rows.sum(axis=0, dtype=np.int64), wide, reach)
    top, left = y + dy, x + dx
    edges = (
        ink[top : top + 3, left : left + wide].max(axis=0),
        ink[top + high - 3 : top + high, left : left + wide].max(axis=0),
        ink[top : top + high, left : left + 3].max(axis=1),
        ink[top : top + high, left + wide - 3 : left + wide].max(axis=1),
    )
    line = np.concatenate(edges)
    return dx, dy, int((line >= 50).sum()) / len(line)


def _edge_pair(profile: NDArray[np.int64], length: int, reach: int) -> int:
    """The shift at which two lines `length` apart stand out best; the least one if in doubt."""
    lines = profile[:-2] + profile[1:-1] + profile[2:]
    best, chosen = -1, 0
    for shift in sorted(range(-reach, reach + 1), key=abs):
        first, second = reach + shift, reach + shift + length - 3
        score = int(min(lines[first], lines[second])) * 2 + int(lines[first] + lines[second])
        score -= abs(shift) * score // 100
        if score > best:
            best, chosen = score, shift
    return chosen


def _erase_rules(marks: Mask, places: NDArray[np.int64]) -> None:
    """Take out the table's rules: upright ones by their place, level ones by their length."""
    wide, high = round(layout.BOX_WIDTH * CANONICAL), round(layout.BOX_HEIGHT * CANONICAL)
    near, far = round(CLEAR * CANONICAL), round(ZONE_X * CANONICAL)
    clear, columns = np.zeros_like(marks), np.zeros_like(marks[0])
    for x, y in places:
        columns[max(0, x - far) : x + wide + far] = 1
        clear[max(0, y - near) : y + high + near, max(0, x - near) : x + wide + near] = 1
    kernel = np.ones((1, round(RULE_RUN * CANONICAL)), np.uint8)
    level = cv2.morphologyEx(marks, cv2.MORPH_OPEN, kernel) * (1 - clear)
    level = cv2.dilate(level, np.ones((3, 1), np.uint8))
    marks *= columns * (1 - level * (1 - clear))


def _erase_outlines(marks: Mask, places: NDArray[np.int64]) -> None:
    wide, high = round(layout.BOX_WIDTH * CANONICAL), round(layout.BOX_HEIGHT * CANONICAL)
    margin = round(OUTLINE_MARGIN * CANONICAL)
    line = round(layout.OUTLINE * CANONICAL) + margin
    for x, y in places:
        outer = marks[y - margin : y + high + margin, x - margin : x + wide + margin]
        kept = marks[y + line : y + high - line, x + line : x + wide - line].copy()
        outer[:] = 0
        marks[y + line : y + high - line, x + line : x + wide - line] = kept
