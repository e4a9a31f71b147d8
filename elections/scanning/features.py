"""What lies in each box, in mm² and mm: how much, how long, how dark, and whose stroke it is."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.crossings import level_line
from elections.scanning.dirt import without_grit
from elections.scanning.geometry import CANONICAL
from elections.scanning.ink import OUTLINE_MARGIN, ZONE_X, ZONE_Y, Table
from elections.scanning.shapes import blot, broadest, is_cross
from elections.scanning.streaks import LEVEL
from elections.typesetting import ballot_layout as layout

Labels = NDArray[np.int32]
Mask = NDArray[np.uint8]

INSET: Final = 0.7
"""The inside of a box begins so many mm from its outer edge."""

SPECK: Final = 0.12
"""Smaller spots (mm²) are dust."""

BRIDGE: Final = 1.1
"""Pieces of one stroke that an outline cut lie this near to each other, in mm."""

HOME_SHARE, HOME_AREA = 0.25, 1.6
"""A stroke is at home in the box that holds most of it: at least this share, or so many mm²."""

LINE_RUN, LINE_GAP, LINE_LENGTH = 4.0, 7.0, 25.0
"""Straight runs that follow each other over such lengths (mm) come from folds and scanners."""

HEAVY: Final = 0.55
"""A spot is covered if it is darker than this share of the box's darkest ink."""

STRAY: Final = 0.25
"""Smaller spots (mm²) near a box are dust."""

RULED_WIDTH, RULED_ASPECT = 0.5, 3
"""A trace so thin (mm), so many times longer and exactly upright or level was not drawn."""

BROAD, BROAD_LINE = 0.4, 2.2
"""Boxes that are covered more, or with a broader line (mm), are looked at for their shape."""

DRAWN_REACH: Final = 3.0
"""Arms of a cross reach so many mm beyond the box."""

HAIR: Final = 1.0
"""Smaller traces (mm²) that are nowhere as broad as a pen's line are remains of outlines."""

STAINED: Final = 0.08
"""A stain reaches a box if it covers more of its inside than this share."""

FREE: Final = layout.BOX_HEIGHT / 2

_MM2: Final = CANONICAL * CANONICAL
_WIDE: Final = round(layout.BOX_WIDTH * CANONICAL)
_HIGH: Final = round(layout.BOX_HEIGHT * CANONICAL)
_INSET: Final = round(INSET * CANONICAL)
TRACE_INSET: Final = _INSET + 2


@dataclass(frozen=True)
class BoxInk:
    """Measures of one box, as in `readings.BoxReading`, and what only decides.

    Args:
        around_length, around_depth: extent in mm of the longest stroke near the box that is at
            home nowhere, and the mean darkness of all of them.
        around_blot: width in mm of the narrowest of them if all are round spots; else 0.
        whole: area in mm² of the strokes that are this box's alone, inside and outside.
        width: of the pen's line in mm, as far as this box's ink shows it.
        trace: extent in mm of the longest stroke inside that may be a very pale one.
        gap: radius in mm of the largest white spot inside.
        near: ink in or near the box that belongs to strokes of other boxes, in mm².
        is_crossed: a trace of the scanner or a fold runs through the box or near it.
        outlined: share of the outline that is dark.
        is_stained: a stain reaches the box.
        radius: in mm of the largest disc within the strokes of a broad pen; else 0.
        is_cross: a broad pen drew two strokes across each other and nothing else.
        struck: share of the way through the box that a level line is inked which goes on at
            both sides of it; 0 for none.
        is_streaked: a streak was taken out of the box.
        shared: share of the ink that belongs to strokes which are as much another box's.
    """

    area: float
    length: float
    depth: float
    cover: float
    foreign: float
    around: float
    around_length: float
    around_depth: float
    around_blot: float
    whole: float
    width: float
    trace: float
    gap: float
    near: float
    is_crossed: bool
    outlined: float
    is_stained: bool
    radius: float
    is_cross: bool
    struck: float
    is_streaked: bool
    shared: float


@dataclass(frozen=True)
class _Strokes:
    """All strokes of the table.

    Args:
        marks: ink that was not printed, without specks and lines.
        large: the same without smaller spots and without what a ruler might have drawn.
        inked: all ink, printed or not.
        owners: the stroke of each spot.
        home: the box each stroke is at home in; -1 for none.
        own: box × stroke: whether the box has about as much of it as any other.
        area, extent: of each stroke in mm² and mm.
        lines: traces of the scanner and of folds.
    """

    marks: Mask
    large: Mask
    inked: Mask
    owners: Labels
    home: NDArray[np.int64]
    own: NDArray[np.bool_]
    area: NDArray[np.float64]
    extent: NDArray[np.float64]
    lines: Mask


def measured(table: Table) -> list[BoxInk]:
    """The boxes' measures in their order."""
    strokes = _strokes(table)
    return [_box(table, strokes, number) for number in range(len(table.places))]


def _strokes(table: Table) -> _Strokes:
    marks = _without_specks(table.marks, SPECK)
    lines = _lines(marks)
    marks = _without_specks(marks * (1 - lines), SPECK)
    marks, stray = without_grit(marks, table.places)
    size = round(BRIDGE * CANONICAL) | 1
    joined = cv2.dilate(marks, np.ones((size, size), np.uint8))
    count, owners, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    totals = np.bincount(owners[marks > 0], minlength=count)
    inside = np.zeros((len(table.places), count), dtype=np.int64)
    for number in range(len(table.places)):
        rows, columns = _core(table, number)
        found = owners[rows, columns][marks[rows, columns] > 0]
        inside[number] = np.bincount(found, minlength=count)
    home = inside.argmax(axis=0)
    most = inside.max(axis=0)
    home[(most < HOME_SHARE * totals) & (most < HOME_AREA * _MM2)] = -1
    own = (inside > 0) & (inside * 2 >= most[None, :])
    extent = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) / CANONICAL
    large = _without_ruled(_without_specks(marks, max(STRAY, stray)))
    inked = (table.ink >= table.threshold).astype(np.uint8)
    return _Strokes(marks, large, inked, owners, home, own, totals / _MM2, extent, lines)


def _without_specks(marks: Mask, least: float) -> Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= least * _MM2
    large[0] = False
    kept: Mask = large[labels].astype(np.uint8)
    return kept


def _without_ruled(marks: Mask) -> Mask:
    """Remains of outlines, rules and streaks are as straight as these."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    short, long = np.minimum(wide, high), np.maximum(wide, high)
    kept = (short > RULED_WIDTH * CANONICAL) | (long < RULED_ASPECT * short)
    thick = np.zeros(len(stats), dtype=np.bool_)
    thick[np.unique(labels[cv2.erode(marks, np.ones((3, 3), np.uint8)) > 0])] = True
    kept &= thick | (stats[:, cv2.CC_STAT_AREA] > HAIR * _MM2)
    kept[0] = False
    without: Mask = kept[labels].astype(np.uint8)
    return without


def _lines(marks: Mask) -> Mask:
    """Upright or level traces too long and too straight for a hand."""
    run, gap = round(LINE_RUN * CANONICAL), round(LINE_GAP * CANONICAL)
    lines = np.zeros_like(marks)
    for upright in (True, False):
        short, long = ((run, 1), (gap, 1)) if upright else ((1, run), (1, gap))
        # A thin trace that is not quite upright has steps; broadened it has none.
        broad = cv2.dilate(marks, np.ones((1, 5) if upright else (5, 1), np.uint8))
        runs = cv2.morphologyEx(broad, cv2.MORPH_OPEN, np.ones(short, np.uint8))
        if not runs.any():
            continue
        joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones(long, np.uint8))
        _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        side = cv2.CC_STAT_HEIGHT if upright else cv2.CC_STAT_WIDTH
        is_long = stats[:, side] >= LINE_LENGTH * CANONICAL
        is_long[0] = False
        lines |= runs & is_long[labels].astype(np.uint8)
    if lines.any():
        lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    return lines


def _core(table: Table, number: int, inset: int = _INSET) -> tuple[slice, slice]:
    x, y = (int(value) for value in table.places[number])
    return slice(y + inset, y + _HIGH - inset), slice(x + inset, x + _WIDE - inset)


def _around(table: Table, number: int) -> tuple[slice, slice]:
    x, y = (int(value) for value in table.places[number])
    wide, high = round(ZONE_X * CANONICAL), round(ZONE_Y * CANONICAL)
    rows = slice(max(0, y - high), y + _HIGH + high)
    return rows, slice(max(0, x - wide), x + _WIDE + wide)


def _box(table: Table, strokes: _Strokes, number: int) -> BoxInk:
    core, zone = _core(table, number), _around(table, number)
    ink, marks, owners = table.ink[core], strokes.marks[core], strokes.owners[core]
    inked = marks > 0
    area = int(inked.sum())
    around, around_length, around_depth, around_blot = _stray(table, strokes, zone)
    depth, cover, foreign, shared = 0.0, 0.0, 0.0, 0.0
    solid = inked
    if area:
        depth = int(ink[inked].sum()) / area / 255
        darkest = int(np.partition(ink[inked], area * 9 // 10)[area * 9 // 10])
        solid = (ink >= HEAVY * darkest) & inked
        cover = int(solid.sum()) / ink.size if area > _MM2 else 0.0
        foreign = int((~strokes.own[number][owners[inked]]).sum()) / area
        shared = int((strokes.own.sum(axis=0)[owners[inked]] > 1).sum()) / area
    width = _width(marks)
    is_broad = cover > BROAD or width > BROAD_LINE
    drawn = _drawn(table, strokes, number) if is_broad else np.zeros((0, 0), np.uint8)
    return BoxInk(
        area=area / _MM2,
        length=_longest(marks),
        depth=depth,
        cover=cover,
        foreign=foreign,
        around=around,
        around_length=around_length,
        around_depth=around_depth,
        around_blot=around_blot,
        whole=_whole(strokes, number),
        width=width,
        trace=_longest(table.traces[_core(table, number, TRACE_INSET)]),
        gap=_gap(solid) if cover > 0.4 else FREE,
        near=_near(strokes, zone, number),
        is_crossed=bool(strokes.lines[zone].any()),
        outlined=float(table.outlined[number]),
        radius=broadest(drawn),
        is_cross=is_cross(drawn),
        is_stained=bool(table.stained[core].mean() > STAINED),
        struck=_struck(table, strokes, number),
        is_streaked=bool(table.streaked[core].any()),
        shared=shared,
    )


def _struck(table: Table, strokes: _Strokes, number: int) -> float:
    if (table.streaked[_core(table, number)] == LEVEL).any():
        return 1.0
    x, y = (int(value) for value in table.places[number])
    return level_line(strokes.inked, x, y)


def _drawn(table: Table, strokes: _Strokes, number: int) -> Mask:
    """The dark part of what belongs to a box, in and around it, mended where the outline was."""
    x, y = (int(value) for value in table.places[number])
    reach = round(DRAWN_REACH * CANONICAL)
    top, left = max(0, y - reach), max(0, x - reach)
    window = slice(top, y + _HIGH + reach), slice(left, x + _WIDE + reach)
    marks, ink = strokes.marks[window], table.ink[window]
    mine = (marks > 0) & strokes.own[number][strokes.owners[window]]
    count = int(mine.sum())
    if not count:
        return np.zeros_like(marks)
    darkest = int(np.partition(ink[mine], count * 9 // 10)[count * 9 // 10])
    drawn = (mine & (ink >= HEAVY * darkest)).astype(np.uint8)
    size = round(BRIDGE * CANONICAL) | 1
    closed = cv2.morphologyEx(np.pad(drawn, size), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    closed = closed[size:-size, size:-size]
    outline = np.zeros_like(drawn)
    y, x = y - top, x - left
    margin = round(OUTLINE_MARGIN * CANONICAL)
    line = round(layout.OUTLINE * CANONICAL) + margin
    outline[y - margin : y + _HIGH + margin, x - margin : x + _WIDE + margin] = 1
    outline[y + line : y + _HIGH - line, x + line : x + _WIDE - line] = 0
    return _without_specks(np.maximum(drawn, closed * outline), STRAY)


def _gap(solid: NDArray[np.bool_]) -> float:
    white = np.pad((~solid).astype(np.uint8), 1)
    away = cv2.distanceTransform(white, cv2.DIST_L1, 3)
    return float(away.max()) / CANONICAL


def _longest(marks: Mask) -> float:
    """Extent of the longest piece inside the box."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    if count < 2:
        return 0.0
    wide = stats[1:, cv2.CC_STAT_WIDTH].astype(np.int64)
    high = stats[1:, cv2.CC_STAT_HEIGHT].astype(np.int64)
    return math.sqrt(int((wide * wide + high * high).max())) / CANONICAL


def _width(marks: Mask) -> float:
    """Over a straight line the mean distance from its edges is a quarter of its width."""
    area = int(marks.sum())
    if not area or area == marks.size:
        return layout.BOX_HEIGHT if area else 0.0
    away = cv2.distanceTransform(marks, cv2.DIST_L2, 3)
    return 4 * int((away * 64).astype(np.int64).sum()) / 64 / area / CANONICAL


def _whole(strokes: _Strokes, number: int) -> float:
    alone = strokes.own[number] & (strokes.own.sum(axis=0) == 1)
    return float(strokes.area[alone].sum())


def _near(strokes: _Strokes, zone: tuple[slice, slice], number: int) -> float:
    """Ink in a zone that is at home in some box, but not in this one."""
    owners = strokes.owners[zone][strokes.marks[zone] > 0]
    theirs = (strokes.home[owners] >= 0) & ~strokes.own[number][owners]
    return int(theirs.sum()) / _MM2


def _stray(
    table: Table, strokes: _Strokes, zone: tuple[slice, slice]
) -> tuple[float, float, float, float]:
    """Area, extent, darkness and `around_blot` of a zone's ink that is at home in no box."""
    inked = strokes.large[zone] > 0
    owners = strokes.owners[zone][inked]
    homeless = strokes.home[owners] < 0
    area = int(homeless.sum())
    if not area:
        return 0.0, 0.0, 0.0, 0.0
    found = np.unique(owners[homeless])
    depth = int(table.ink[zone][inked][homeless].sum()) / area / 255
    blots = [_blot(strokes, int(stroke)) for stroke in found if strokes.area[stroke] >= STRAY]
    return area / _MM2, float(strokes.extent[found].max()), depth, min(blots, default=0.0)


def _blot(strokes: _Strokes, stroke: int) -> float:
    rows, columns = np.nonzero(strokes.owners == stroke)
    place = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
    mine = (strokes.owners[place] == stroke) & (strokes.large[place] > 0)
    return blot(mine.astype(np.uint8))
