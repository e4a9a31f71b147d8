"""A cross of a broad pen is told from a blackened box, and both from a spot."""

import cv2
import numpy as np
import pytest

from elections.scanning.geometry import CANONICAL
from elections.scanning.shapes import blot, broadest, is_cross

WIDE, HIGH = 13, 11


def drawn(*lines, width: float):
    """Lines between points in mm, drawn with a pen so broad."""
    canvas = np.zeros((HIGH * CANONICAL, WIDE * CANONICAL), np.uint8)
    for line in lines:
        points = np.round(np.array(line, dtype=float) * CANONICAL).astype(np.int32)
        cv2.polylines(canvas, [points], False, 1, round(width * CANONICAL))
    return canvas


CROSS = [[(4, 3.6), (9, 7.4)], [(9, 3.6), (4, 7.4)]]


@pytest.mark.parametrize("width", [0.4, 0.8, 1.2, 1.8])
def test_a_cross_is_one_however_broad_the_pen(width):
    assert is_cross(drawn(*CROSS, width=width))


@pytest.mark.parametrize(
    "lines",
    [
        [[(4, 7.4), (9, 3.6)]],
        [[(4, 5.5), (6, 7.6), (9.5, 3)]],
        [*CROSS, [(3.5, 5.5), (9.5, 5.5)]],
        [[(3.2 + n * 0.6, 3.2 + 4.6 * (n % 2)) for n in range(12)]],
        [*CROSS, [(3.2 + n * 0.6, 3.2 + 4.6 * (n % 2)) for n in range(12)]],
    ],
    ids=["slash", "tick", "struck with a line", "filled", "struck out"],
)
@pytest.mark.parametrize("width", [0.8, 1.2, 1.8])
def test_nothing_else_is_a_cross(lines, width):
    assert not is_cross(drawn(*lines, width=width))


def test_nothing_is_no_cross_and_no_spot():
    nothing = np.zeros((40, 40), np.uint8)
    assert not is_cross(nothing)
    assert broadest(nothing) == blot(nothing) == 0


def test_a_round_spot_is_a_blot_and_a_cross_is_none():
    spot = np.zeros((40, 40), np.uint8)
    cv2.circle(spot, (20, 20), 12, 1, -1)
    assert blot(spot) == pytest.approx(2 * 12 / CANONICAL, abs=0.3)
    assert blot(drawn(*CROSS, width=1.0)) == 0
