"""Other hands than those of `hands`, drawn apart from them: pressure, skips, habits.

The reader was not tuned with these.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from tests.scanning_kit.hands import BLANK, OVER, REVIEW, Plan

Rng = np.random.Generator
Curve = np.ndarray
"""Points in mm around a box's centre, one a row."""

Point = tuple[float, float]

FINE: Final = 16
"""Pixels a millimetre of the patch."""

REACH: Final = (36.0, 34.0)
"""Size of the patch in mm: a row's strike-out is drawn in pieces."""

HABITS: Final = {
    "cross": 0.34, "tick": 0.2, "long tick": 0.1, "falling tick": 0.04, "slash": 0.07,
    "vee": 0.06, "loose cross": 0.08, "ring": 0.05, "round dot": 0.06,
}  # fmt: skip
"""How a voter usually marks."""

CLEAR: Final = frozenset({"cross", "tick", "slash", "vee", "loose cross"})


@dataclass(frozen=True)
class Nib:
    """A pen: line width in mm, share of light it swallows, and its faults (0 to 1).

    Args:
        pressure: how much its line swells and thins.
        skips: share of the line where no ink came.
        grain: roughness of a pencil.
    """

    width: float
    swallows: float
    pressure: float
    skips: float
    grain: float


def nib(rng: Rng) -> Nib:
    """Ballpoint, gel pen, marker or pencil."""
    match int(rng.choice(4, p=(0.45, 0.25, 0.15, 0.15))):
        case 0:
            return Nib(rng.uniform(0.3, 0.6), rng.uniform(0.5, 0.85), 0.3, 0.04, 0.05)
        case 1:
            return Nib(rng.uniform(0.4, 0.8), rng.uniform(0.8, 0.97), 0.15, 0.0, 0.0)
        case 2:
            return Nib(rng.uniform(1.0, 2.2), rng.uniform(0.75, 0.97), 0.1, 0.0, 0.0)
        case _:
            return Nib(rng.uniform(0.4, 0.9), rng.uniform(0.3, 0.6), 0.4, 0.02, 0.45)


def habit(rng: Rng) -> str:
    """One voter's usual mark."""
    return str(rng.choice(list(HABITS), p=np.array(list(HABITS.values())) / sum(HABITS.values())))


def row(rng: Rng, usual: str, options: list[str]) -> tuple[Plan, list[tuple[int, str]]]:
    """What a voter does in a row: the truth, and (box, stroke) in their order."""
    box = int(rng.integers(len(options)))
    other = int((box + 1 + rng.integers(len(options) - 1)) % len(options))
    kind = usual if rng.random() < 0.85 else habit(rng)
    voted, nothing = frozenset({options[box], REVIEW}), frozenset({BLANK, REVIEW})
    strike = str(rng.choice(("line", "two lines", "wave", "zigzag", "hatching")))
    events: dict[str, tuple[float, frozenset[str], list[tuple[int, str]], bool]] = {
        "vote": (0.7, voted, [(box, kind)], kind in CLEAR),
        "blank": (0.08, nothing, [], True),
        "over": (0.04, frozenset({OVER, REVIEW}), [(box, kind), (other, kind)], kind in CLEAR),
        "changed by " + strike: (0.07, voted, [(other, kind), (other, strike), (box, kind)], False),
        "taken back by " + strike: (0.03, nothing, [(box, kind), (box, strike)], False),
        "row struck": (0.01, nothing, [(n, "through") for n in range(len(options))], False),
        "vote, row struck": (
            0.01, frozenset({REVIEW}),
            [(box, kind), *((n, "through") for n in range(len(options)))], False,
        ),
        "rested": (0.03, nothing, [(box, "rest")], False),
        "vote and rested": (0.03, voted, [(other, "rest"), (box, kind)], False),
    }  # fmt: skip
    weights = np.array([event[0] for event in events.values()])
    name = str(rng.choice(list(events), p=weights / weights.sum()))
    _, right, strokes, is_clear = events[name]
    label = f"{name} {kind}" if name in {"vote", "over"} else name
    return Plan(label, (), right, is_clear), strokes


def inked(rng: Rng, kind: str, pen: Nib, size: tuple[float, float]) -> Any:
    """How much of the paper a mark covers (0-1), on a patch around the box's centre."""
    shape = (round(REACH[1] * FINE), round(REACH[0] * FINE))
    layer = np.zeros(shape, np.uint8)
    for curve in curves(rng, kind, size):
        _drag(rng, layer, curve, pen, dot=kind in {"round dot", "rest"})
    covered = layer.astype(np.float32) / 255
    if pen.grain:
        rough = rng.normal(0, 1, (shape[0] // 3 + 1, shape[1] // 3 + 1)).astype(np.float32)
        covered *= np.clip(1 - pen.grain * (0.3 + 0.5 * cv2.resize(rough, shape[::-1])), 0, 1)
    return covered * pen.swallows


def _drag(rng: Rng, layer: np.ndarray, curve: Curve, pen: Nib, *, dot: bool) -> None:
    """Small discs along a curve; where the pen skips there are none."""
    steps = np.hypot(*np.diff(curve, axis=0).T)
    length = float(steps.sum())
    count = max(2, round(length * 12))
    along = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, length, count)
    xs, ys = (np.interp(at, along, curve[:, axis]) for axis in (0, 1))
    swell = 1 + pen.pressure * np.sin(rng.uniform(0, 6) + at * rng.uniform(0.3, 1.2)) / 2
    shake = rng.normal(0, 0.05, (2, max(2, count // 8)))
    xs += np.interp(at, np.linspace(0, length, shape_of(shake)), shake[0])
    ys += np.interp(at, np.linspace(0, length, shape_of(shake)), shake[1])
    skips = rng.random(count) < pen.skips
    width = max(pen.width, 0.45) if dot else pen.width
    for x, y, grown, skip in zip(xs, ys, swell, skips, strict=True):
        if not skip or dot:
            place = (round((x + REACH[0] / 2) * FINE * 16), round((y + REACH[1] / 2) * FINE * 16))
            radius = round(max(0.1, width / 2 * grown) * FINE * 16)
            cv2.circle(layer, place, radius, 255, -1, cv2.LINE_AA, shift=4)


def shape_of(values: np.ndarray) -> int:
    """Columns of an array."""
    return int(values.shape[1])


def curves(rng: Rng, kind: str, size: tuple[float, float]) -> list[Curve]:
    """The strokes of a mark."""
    wide, high = size
    centre = (rng.normal(0, 0.4), rng.normal(0, 0.35))
    big = rng.uniform(0.8, 1.15)
    half = (0.36 * wide * big, 0.38 * high * big)
    if kind in {"cross", "loose cross", "slash"}:
        return crossed(rng, kind, centre, half)
    if "tick" in kind or kind == "vee":
        return [ticked(rng, kind, centre, half)]
    if kind in {"ring", "round dot", "rest"}:
        return round_ones(rng, kind, centre, size)
    return struck(rng, kind, centre, size)


def crossed(rng: Rng, kind: str, centre: Point, half: Point) -> list[Curve]:
    """One stroke up, or two across each other."""
    (x, y), (a, b) = centre, half
    if kind == "slash":
        return [bent(rng, (x - a, y + b), (x + a, y - b))]
    far = 1.3 if kind == "loose cross" else 1.0
    return [
        bent(rng, (x - far * a, y - b), (x + far * a, y + far * b)),
        bent(rng, (x + far * a, y - far * b), (x - far * a, y + b)),
    ]


def ticked(rng: Rng, kind: str, centre: Point, half: Point) -> Curve:
    """Down and up, or down and on into the row below."""
    (x, y), (a, b) = centre, half
    ways = {
        "tick": ((x - a, y), (x - 0.2 * a, y + b), (x + a, y - 1.1 * b)),
        "vee": ((x - a, y - b), (x, y + b), (x + a, y - b)),
        "long tick": (
            (x - a, y), (x - 0.3 * a, y + b),
            (x + rng.uniform(3, 9), y - rng.uniform(5, 12)),
        ),
        "falling tick": (
            (x - a, y - b), (x, y), (x + rng.uniform(-1, 4), y + rng.uniform(5, 12)),
        ),
    }  # fmt: skip
    start, turn, end = ways[kind]
    return np.concatenate([bent(rng, start, turn), bent(rng, turn, end)])


def round_ones(rng: Rng, kind: str, centre: Point, size: Point) -> list[Curve]:
    """A ring, a thick dot, or where a pen rested."""
    (x, y), (wide, high) = centre, size
    if kind == "ring":
        a, b = 0.5 * wide * rng.uniform(0.6, 1.4), 0.5 * high * rng.uniform(0.7, 1.5)
        return [ring(rng, centre, a, b)]
    if kind == "round dot":
        return [ring(rng, centre, r, r) for r in np.arange(0.1, rng.uniform(0.55, 1.1), 0.2)]
    return [np.array([(2 * x, 2 * y), (2 * x + 0.05, 2 * y + rng.uniform(0.0, 0.15))])]


def struck(
    rng: Rng, kind: str, centre: tuple[float, float], size: tuple[float, float]
) -> list[Curve]:
    """What people draw over a mark that shall not count."""
    (x, y), (wide, high) = centre, size
    half = wide * rng.uniform(0.6, 0.9)
    match kind:
        case "line":
            return [
                bent(rng, (x - half, y + rng.normal(0, 0.5)), (x + half, y + rng.normal(0, 0.5)))
            ]
        case "two lines":
            return [bent(rng, (x - half, y + d), (x + half, y + d - 0.3)) for d in (-0.7, 0.7)]
        case "wave":
            t = np.linspace(-half, half, 60)
            return [np.stack([x + t, y + 0.3 * high * np.sin(t * rng.uniform(2, 4))], axis=1)]
        case "hatching":
            return [
                bent(rng, (x + d, y + 0.55 * high), (x + d + 2, y - 0.55 * high))
                for d in np.arange(-half, half - 1, rng.uniform(0.7, 1.2))
            ]
        case "through":
            return [bent(rng, (-12.5, y / 4), (12.5, y / 4))]
        case _:
            ends = np.arange(-half, half, rng.uniform(0.4, 0.9))
            return [
                np.array([(x + d, y + (0.5 if n % 2 else -0.5) * high) for n, d in enumerate(ends)])
            ]


def bent(rng: Rng, start: tuple[float, float], end: tuple[float, float]) -> Curve:
    """A stroke that is a little curved."""
    first, last = np.array(start), np.array(end)
    across = np.array([last[1] - first[1], first[0] - last[0]])
    middle = (first + last) / 2 + across * rng.normal(0, 0.06)
    t = np.linspace(0, 1, 20)[:, None]
    curve: Curve = (1 - t) ** 2 * first + 2 * t * (1 - t) * middle + t**2 * last
    return curve


def ring(rng: Rng, centre: tuple[float, float], a: float, b: float) -> Curve:
    """Around a place, not quite closed or more than closed."""
    t = np.linspace(0, 2 * math.pi * rng.uniform(0.92, 1.15), 48) + rng.uniform(0, 6)
    return np.stack([centre[0] + a * np.cos(t), centre[1] + b * np.sin(t)], axis=1)
