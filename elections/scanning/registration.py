"""Lay the printed page over the image: codes, then the four squares, then every row's bars.

Nothing is guessed: a side on which too few of its printed signs are found is refused.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from council.rules.refusals import Refusal, gettext_noop
from elections.scanning import planes
from elections.scanning.codes import Code
from elections.scanning.geometry import BAR_LEFT, BAR_RIGHT, PrintedSide, code_corners
from elections.scanning.planes import Plane, Point
from elections.typesetting import ballot_layout as layout

Gray = NDArray[np.uint8]

SCALE: Final = (4.6, 30.0)
"""Pixels a millimetre that can be read: 118 dpi and more."""

STRETCH: Final = 0.06
SQUARE_SIZE: Final = (0.72, 1.3)
SQUARE_AREA: Final = (0.75, 1.25)
WINDOW_TWO, WINDOW_ONE = 6.0, 11.0
"""How far a square may lie from where the codes say, in mm: with two codes, with one."""

STRIP: Final = 6
"""Pixels a millimetre of the strips in which the bars are looked for."""

BAR_X, BAR_Y = 2.0, 2.4
BARS_NEEDED: Final = 0.7
JUMP: Final = 0.45
"""A bar that is off by more than its neighbours by so many mm is not believed."""

TOO_COARSE: Final = gettext_noop(
    "Ảnh quá thô để đọc (khoảng %(dpi)d dpi). Hãy quét lại ở 200 hoặc 300 dpi, hoặc kiểm tay phiếu."
)
NO_SQUARES: Final = gettext_noop(
    "Không thấy đủ các ô vuông đen ở góc phiếu: phiếu rách, gấp góc hoặc quét lệch. "
    "Kiểm tay phiếu này."
)
NO_BARS: Final = gettext_noop(
    "Không thấy đủ các vạch đen ở đầu và cuối dòng: phiếu rách, bẩn hoặc quét lệch. "
    "Kiểm tay phiếu này."
)
DISTORTED: Final = gettext_noop(
    "Ảnh phiếu bị méo quá mức nên không chắc ô nào ở đâu. Kiểm tay phiếu này."
)


@dataclass(frozen=True)
class Registration:
    """The page over the image, with the shift that was measured at the ends of every row.

    Args:
        plane: the fit through the squares.
        rows: heights of the bars on the page in mm.
        left, right: shift (x, y) in mm of each row's ends against the plane.
        black: grey of the printed squares.
        squares: how many were found.
        bars: share of the bars that were found.
    """

    plane: Plane
    rows: tuple[float, ...]
    left: tuple[Point, ...]
    right: tuple[Point, ...]
    black: int
    squares: int
    bars: float

    def at(self, x: float, y: float) -> Point:
        """Where a point of the page lies in the image."""
        share = (x - BAR_LEFT) / (BAR_RIGHT - BAR_LEFT)
        left, right = self._shift(self.left, y), self._shift(self.right, y)
        across = left[0] + (right[0] - left[0]) * share
        return self.plane.at(x + across, y + left[1] + (right[1] - left[1]) * share)

    def _shift(self, shifts: Sequence[Point], y: float) -> Point:
        rows = self.rows
        if y <= rows[0]:
            return shifts[0]
        for number in range(1, len(rows)):
            if y <= rows[number]:
                share = (y - rows[number - 1]) / (rows[number] - rows[number - 1])
                above, below = shifts[number - 1], shifts[number]
                return (
                    above[0] + (below[0] - above[0]) * share,
                    above[1] + (below[1] - above[1]) * share,
                )
        return shifts[-1]


def register(gray: Gray, codes: Sequence[Code], side: PrintedSide) -> Registration:
    """Find squares and bars.

    Raises:
        Refusal: ``scan.too_coarse``, ``scan.no_squares``, ``scan.no_bars``, ``scan.distorted``.
    """
    rough = _from_codes(codes, side)
    scale = rough.scale_at(layout.PAGE_WIDTH / 2, layout.PAGE_HEIGHT / 2)[0]
    if not SCALE[0] <= scale <= SCALE[1]:
        raise Refusal("scan.too_coarse", TOO_COARSE, params={"dpi": round(scale * 25.4)})
    plane, black, count = _by_squares(gray, rough, scale, side, len(codes))
    _check_shape(plane)
    left, right, share = _by_bars(gray, plane, side, black, count)
    return Registration(plane, side.bars, left, right, black, count, share)


def _from_codes(codes: Sequence[Code], side: PrintedSide) -> Plane:
    page = [point for code in codes for point in code_corners(code.corner, side)]
    image = [point for code in codes for point in code.corners]
    return planes.similar(page, image)


def _check_shape(plane: Plane) -> None:
    """Sides in proportion and corners at right angles, everywhere on the page."""
    places = [(x, y) for x in (13.0, 197.0) for y in (13.0, 284.0)]
    scales = [scale for x, y in places for scale in plane.scale_at(x, y)]
    if min(scales) <= 0 or max(scales) / min(scales) > 1 + STRETCH:
        raise Refusal("scan.distorted", DISTORTED)
    centre, right = plane.at(100, 150), plane.at(110, 150)
    below = plane.at(100, 160)
    u = (right[0] - centre[0], right[1] - centre[1])
    v = (below[0] - centre[0], below[1] - centre[1])
    slant = (u[0] * v[0] + u[1] * v[1]) / (math.hypot(*u) * math.hypot(*v))
    turns_right = u[0] * v[1] - u[1] * v[0] > 0
    if abs(slant) > STRETCH / 2 or not turns_right:
        raise Refusal("scan.distorted", DISTORTED)


def _by_squares(
    gray: Gray, rough: Plane, scale: float, side: PrintedSide, codes: int
) -> tuple[Plane, int, int]:
    """The plane through the squares that were found, their black, and how many they are."""
    reach = WINDOW_TWO if codes > 1 else WINDOW_ONE
    found = [_square(gray, rough.at(*place), scale, reach) for place in side.squares]
    seen = [number for number, square in enumerate(found) if square is not None]
    if len(seen) < 3:
        raise Refusal("scan.no_squares", NO_SQUARES)
    squares = [square for square in found if square is not None]
    black = round(median(square[2] for square in squares))
    page = [side.squares[number] for number in seen]
    image = [(square[0], square[1]) for square in squares]
    fit = planes.projective if len(seen) == 4 else planes.affine
    return fit(page, image), black, len(seen)


def _square(
    gray: Gray, place: Point, scale: float, reach: float
) -> tuple[float, float, int] | None:
    """Centre and grey of the solid square near a place of the image."""
    half = round((reach + layout.SQUARE / 2 + 1.5) * scale)
    left, top = max(0, round(place[0]) - half), max(0, round(place[1]) - half)
    window = gray[top : round(place[1]) + half, left : round(place[0]) + half]
    if min(window.shape) < layout.SQUARE * scale:
        return None
    window = cv2.blur(window, (3, 3))
    dark, light = _percentile(window, 2), _percentile(window, 80)
    if light - dark < 40:
        return None
    ink = (window < (dark + light) // 2).astype(np.uint8)
    kernel = max(3, round(0.45 * layout.SQUARE * scale))
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((kernel, kernel), np.uint8))
    number, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=4)
    best: tuple[float, int] | None = None
    for label in range(1, number):
        if not _looks_square(stats[label], scale):
            continue
        away = math.dist((left + centres[label][0], top + centres[label][1]), place)
        if away <= reach * scale and (best is None or away < best[0]):
            best = (away, label)
    if best is None:
        return None
    label = best[1]
    rows, columns = np.nonzero(labels == label)
    x = left + int(columns.sum()) / len(columns)
    y = top + int(rows.sum()) / len(rows)
    return x, y, _percentile(window[labels == label], 50)


def _looks_square(stats: NDArray[np.int32], scale: float) -> bool:
    width, height = float(stats[cv2.CC_STAT_WIDTH]), float(stats[cv2.CC_STAT_HEIGHT])
    area = float(stats[cv2.CC_STAT_AREA])
    side = layout.SQUARE * scale
    low, high = SQUARE_SIZE
    return (
        low * side <= min(width, height)
        and max(width, height) <= high * side
        and SQUARE_AREA[0] * side**2 <= area <= SQUARE_AREA[1] * side**2
    )


def _percentile(values: NDArray[np.uint8], share: int) -> int:
    """The grey below which so many percent lie; whole numbers only."""
    counts = np.bincount(values.ravel(), minlength=256).cumsum()
    return int(np.searchsorted(counts, int(counts[-1]) * share // 100, side="right"))


def _by_bars(
    gray: Gray, plane: Plane, side: PrintedSide, black: int, squares: int
) -> tuple[tuple[Point, ...], tuple[Point, ...], float]:
    """Shifts at both ends of all rows, those of missing bars from their neighbours."""
    ends = [_bars_at(gray, plane, x, side.bars, black) for x in (BAR_LEFT, BAR_RIGHT)]
    believed = [_believed(shifts) for shifts in ends]
    count = len(side.bars)
    found = sum(shift is not None for shifts in believed for shift in shifts)
    missing = 2 * count - found
    allowed = max(1, math.floor((1 - BARS_NEEDED) * 2 * count)) if squares == 4 else count // 4
    one_sided = any(all(shift is None for shift in shifts) for shifts in believed)
    if missing > allowed or (one_sided and count > 1):
        raise Refusal("scan.no_bars", NO_BARS)
    filled = [_filled(side.bars, shifts) for shifts in believed]
    return filled[0], filled[1], found / (2 * count)


def _bars_at(
    gray: Gray, plane: Plane, x: float, heights: Sequence[float], black: int
) -> list[Point | None]:
    """Shift of each bar of one column against the plane; None where no bar is seen."""
    half_x = layout.BAR_WIDTH / 2 + BAR_X + 0.5
    half_y = layout.BAR_HEIGHT / 2 + BAR_Y
    columns, rows = round(2 * half_x * STRIP), round(2 * half_y * STRIP)
    across = (x - half_x + (np.arange(columns) + 0.5) / STRIP)[None, :]
    starts = np.array([y - half_y for y in heights])
    down = (starts[:, None] + (np.arange(rows) + 0.5)[None, :] / STRIP).reshape(-1, 1)
    u, v = plane.spread(across, down)
    strip = sampled(gray, u, v).reshape(len(heights), rows, columns)
    return [_bar(patch, black) for patch in strip]


def sampled(gray: Gray, u: NDArray[np.float64], v: NDArray[np.float64]) -> Gray:
    """The image at places given in pixels, whose fractions are cut to 1/32.

    With such fractions the interpolation is exact in single precision, so that every processor
    gives the same grey.
    """
    across = (np.rint(u * 32) / 32).astype(np.float32)
    down = (np.rint(v * 32) / 32).astype(np.float32)
    taken: Gray = cv2.remap(
        gray, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return taken


def _bar(patch: Gray, black: int) -> Point | None:
    light = _percentile(patch, 85)
    dark = max(black, _percentile(patch, 4))
    if light - dark < 40:
        return None
    ink = (patch < (light + dark) // 2).astype(np.uint8)
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((5, 9), np.uint8))
    number, _labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=4)
    wide, high = layout.BAR_WIDTH * STRIP, layout.BAR_HEIGHT * STRIP
    fitting = [
        label
        for label in range(1, number)
        if abs(stats[label][cv2.CC_STAT_WIDTH] - wide) <= 0.22 * wide + 1
        and abs(stats[label][cv2.CC_STAT_HEIGHT] - high) <= 0.4 * high + 1
        and 0.65 * wide * high <= stats[label][cv2.CC_STAT_AREA] <= 1.4 * wide * high
    ]
    if len(fitting) != 1:
        return None
    height, width = patch.shape
    x, y = centres[fitting[0]]
    return (float(x) + 0.5 - width / 2) / STRIP, (float(y) + 0.5 - height / 2) / STRIP


def _believed(shifts: list[Point | None]) -> list[Point | None]:
    """Without those that jump against the bars around them."""
    kept: list[Point | None] = []
    for number, shift in enumerate(shifts):
        near = [other for other in shifts[max(0, number - 3) : number + 4] if other is not None]
        if shift is None or not near:
            kept.append(None)
            continue
        middle = (median(x for x, _ in near), median(y for _, y in near))
        kept.append(shift if math.dist(shift, middle) <= JUMP else None)
    return kept


def _filled(heights: Sequence[float], shifts: Sequence[Point | None]) -> tuple[Point, ...]:
    """A shift for each row, by the nearest rows that have one, smoothed 1-2-1."""
    known = [number for number, shift in enumerate(shifts) if shift is not None]
    if not known:
        return tuple((0.0, 0.0) for _ in heights)
    full = [_between(heights, shifts, known, number) for number in range(len(heights))]
    smooth = []
    for number, (x, y) in enumerate(full):
        before, after = full[max(0, number - 1)], full[min(len(full) - 1, number + 1)]
        smooth.append(((before[0] + 2 * x + after[0]) / 4, (before[1] + 2 * y + after[1]) / 4))
    return tuple(smooth)


def _between(
    heights: Sequence[float], shifts: Sequence[Point | None], known: Sequence[int], number: int
) -> Point:
    above = max((place for place in known if place <= number), default=known[0])
    below = min((place for place in known if place >= number), default=known[-1])
    first, second = shifts[above], shifts[below]
    if first is None or second is None or above == below:
        return first or second or (0.0, 0.0)
    share = (heights[number] - heights[above]) / (heights[below] - heights[above])
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share
