"""How dark the ink is against the paper under it, stains included, and how uneven the paper is."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL
from elections.typesetting import ballot_layout as layout

Gray = NDArray[np.uint8]
Mask = NDArray[np.uint8]
Whole = NDArray[np.int32]

WHITE_CELL: Final = CANONICAL
WHITE_REACH: Final = 11
"""The paper's white is what is brightest within so many mm."""

STAIN_CELL: Final = CANONICAL // 2
STAIN_WIDTH: Final = 3.5
"""A spot that is nowhere narrower, in mm, was not drawn with a pen."""

STAIN_REACH: Final = 21.0
"""Spots as large as this, in mm, are still spots; what is larger is the paper."""

STAIN_PALEST, STAIN_DARKEST = 0.12, 0.5
"""Darkness of a stain between paper and printed black; darker may be a blackened box."""

STAIN_OUTSIDE, STAIN_AROUND = 0.4, 1.0
"""So much of a stain lies so many mm off all boxes: what keeps to a box somebody put there."""

STAIN_AREA: Final = 10.0
"""Smaller spots (mm²) are the paper's unevenness."""

STAIN_GROWN: Final = 1.0
"""So far around a stain, in mm, its soft edge is counted to it."""


@dataclass(frozen=True)
class Levels:
    """Ink of every pixel.

    Args:
        ink: 0 paper … 255 the printed black.
        noise: of the paper, on the same scale.
        stained: 1 where the paper is darker over an area than any pen makes it.
    """

    ink: Gray
    noise: float
    stained: Mask


def levelled(straight: Gray, black: int, places: NDArray[np.int64]) -> Levels:
    """Ink between the paper's own white and the printed black.

    Args:
        straight: the table as it was scanned.
        black: grey of the printed squares.
        places: outer top left corners of the boxes, in pixels, to half a millimetre.
    """
    white = _white(straight)
    white, stained = _with_stains(straight, white, black, places)
    depth = white - straight
    counts = np.bincount(np.clip(depth + 255, 0, 510).ravel(), minlength=511).cumsum()
    middle = int(np.searchsorted(counts, int(counts[-1]) // 2)) - 255
    spread = np.bincount(np.abs(depth - middle).ravel(), minlength=511).cumsum()
    deviation = 1.4826 * int(np.searchsorted(spread, int(spread[-1]) // 2))
    contrast = np.maximum(white - black, 50)
    ink = np.clip((depth - middle) * 255 // contrast, 0, 255).astype(np.uint8)
    typical = int(np.partition(contrast.ravel(), contrast.size // 2)[contrast.size // 2])
    return Levels(ink, deviation * 255 / typical, stained)


def _white(straight: Gray) -> Whole:
    coarse = _coarse(straight, WHITE_CELL)
    return _fine(cv2.blur(_closed(coarse, WHITE_REACH), (3, 3)), straight)


def _coarse(straight: Gray, cell: int) -> Gray:
    height, width = straight.shape
    cells = (max(1, width // cell), max(1, height // cell))
    coarse: Gray = cv2.resize(straight, cells, interpolation=cv2.INTER_AREA)
    return coarse


def _fine(coarse: Gray, straight: Gray) -> Whole:
    height, width = straight.shape
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR_EXACT)
    whole: Whole = fine.astype(np.int32)
    return whole


def _closed(coarse: Gray, size: int) -> Gray:
    closed: Gray = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    return closed


def _with_stains(
    straight: Gray, white: Whole, black: int, places: NDArray[np.int64]
) -> tuple[Whole, Mask]:
    """The paper's white with that of its stains, and where these are."""
    coarse = cv2.blur(_coarse(straight, STAIN_CELL), (3, 3))
    a_mm = CANONICAL / STAIN_CELL
    near = _closed(coarse, round(STAIN_WIDTH * a_mm))
    far = _closed(coarse, round(STAIN_REACH * a_mm) | 1).astype(np.int32)
    depth = far - near
    contrast = np.maximum(far - black, 50)
    dark = (depth * 100 >= round(100 * STAIN_PALEST) * contrast).astype(np.uint8)
    spots = _stains(dark, depth * 100 // contrast, places)
    if not spots.any():
        return white, np.zeros_like(straight)
    grown = round(2 * STAIN_GROWN * a_mm) | 1
    spots = cv2.dilate(spots, np.ones((grown, grown), np.uint8))
    # The darker neighbour: along its edge a stain must not look like a line.
    under = _fine(cv2.erode(near, np.ones((3, 3), np.uint8)), straight)
    height, width = straight.shape
    stained = cv2.resize(spots, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(stained > 0, np.minimum(white, under), white), stained


def _stains(dark: Mask, percent: Whole, places: NDArray[np.int64]) -> Mask:
    """Those dark spots that reach well beyond boxes and are not as dark as ink."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    sizes = stats[:, cv2.CC_STAT_AREA]
    outside = np.bincount(labels[~_boxes(dark.shape, places)], minlength=count)
    sums = np.bincount(labels.ravel(), weights=percent.ravel(), minlength=count)
    is_stain = (outside >= STAIN_OUTSIDE * sizes) & (sums < 100 * STAIN_DARKEST * sizes)
    is_stain &= sizes * (STAIN_CELL / CANONICAL) ** 2 >= STAIN_AREA
    is_stain[0] = False
    spots: Mask = is_stain[labels].astype(np.uint8)
    return spots


def _boxes(shape: tuple[int, ...], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The boxes and as far around them as people strike out."""
    boxes = np.zeros(shape, dtype=np.bool_)
    a_mm = CANONICAL // STAIN_CELL
    around = round(STAIN_AROUND * a_mm)
    wide, high = round(layout.BOX_WIDTH * a_mm) + around, round(layout.BOX_HEIGHT * a_mm) + around
    for x, y in places // STAIN_CELL:
        boxes[max(0, y - around) : y + high, max(0, x - around) : x + wide] = True
    return boxes
