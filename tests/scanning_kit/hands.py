"""Imagined hands: pens, strokes, and what a voter does in a row of boxes."""

import itertools
import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

Rng = np.random.Generator
Point = tuple[float, float]
Line = list[Point]

FINE: Final = 24.0
"""Pixels a millimetre of the patch on which a mark is drawn."""

PATCH_X, PATCH_Y = 30.0, 22.0

BLANK, OVER, REVIEW = "@blank", "@over", "@review"


@dataclass(frozen=True)
class Pen:
    """Line width in mm, grey of its ink, roughness of the line (0 smooth … 1 pencil)."""

    width: float
    grey: float
    grain: float


@dataclass(frozen=True)
class Plan:
    """What a voter does in one row.

    Args:
        name: kind of behaviour, for the table of results.
        strokes: (box, kind of mark, strength) in their order; strength lightens erased ink.
        right: answers that are not wrong.
        is_clear: whether a person would read it at once, so that a review is a loss.
    """

    name: str
    strokes: tuple[tuple[int, str, float], ...]
    right: frozenset[str]
    is_clear: bool = False


def pen(rng: np.random.Generator, level: str) -> Pen:
    """A ballpoint mostly, sometimes a felt pen or a pencil."""
    kinds = {"normal": (0.8, 0.1, 0.1), "hard": (0.45, 0.25, 0.3)}[level]
    match int(rng.choice(3, p=kinds)):
        case 0:
            return Pen(rng.uniform(0.3, 0.6), rng.uniform(20, 100), 0.15)
        case 1:
            return Pen(rng.uniform(0.8, 1.8), rng.uniform(5, 70), 0.0)
        case _:
            palest = 130 if level == "normal" else 165
            return Pen(rng.uniform(0.4, 0.8), rng.uniform(80, palest), 0.6)


def plan(rng: np.random.Generator, options: list[str], level: str) -> Plan:
    """What happens in one row."""
    box = int(rng.integers(len(options)))
    other = int((box + 1 + rng.integers(len(options) - 1)) % len(options))
    shares = SHARES[level]
    name = str(rng.choice(list(shares), p=np.array(list(shares.values())) / sum(shares.values())))
    kind, pale = clear_kind(rng), float(rng.uniform(0.06, 0.3))
    voted, nothing = frozenset({options[box], REVIEW}), frozenset({BLANK, REVIEW})
    here = {mark: ((box, mark, 1.0),) for mark in ("small", "circle", "straddle", "outside", "dot")}
    plans = {
        # Whether a blackened box was filled or struck out, nobody can tell.
        "vote": Plan("vote " + kind, ((box, kind, 1),), voted, is_clear=kind != "fill"),
        "blank": Plan(name, (), nothing, is_clear=True),
        "over": Plan(
            name,
            ((box, kind, 1), (other, kind, 1)),
            frozenset({OVER, REVIEW}),
            is_clear=kind != "fill",
        ),
        "small": Plan(name, here["small"], voted),
        "circle": Plan(name, here["circle"], voted),
        "straddle": Plan(name, here["straddle"], voted),
        "erased": Plan(name, ((other, kind, pale), (box, kind, 1)), voted),
        "only erased": Plan(name, ((box, kind, pale),), nothing),
        "corrected": Plan(
            name, ((other, "cross", 1), (other, "scribble", 1), (box, kind, 1)), voted
        ),
        "struck out": Plan(name, ((box, "cross", 1), (box, "scribble", 1)), nothing),
        "outside": Plan(name, here["outside"], nothing),
        "vote and outside": Plan(name, ((box, kind, 1), (other, "outside", 1)), voted | {OVER}),
        "dot": Plan(name, here["dot"], nothing),
        "vote and dot": Plan(name, ((other, "dot", 1), (box, kind, 1)), voted),
    }
    return plans[name]


def clear_kind(rng: np.random.Generator) -> str:
    """The mark of a voter who does as the paper asks, more or less."""
    kinds = ("cross", "tick", "slash", "fill", "wide cross", "tail", "star")
    return str(rng.choice(kinds, p=(0.56, 0.24, 0.04, 0.03, 0.08, 0.04, 0.01)))


SHARES: Final = {
    "normal": {
        "vote": 0.93, "blank": 0.02, "over": 0.008, "small": 0.004, "circle": 0.003,
        "straddle": 0.003, "erased": 0.004, "only erased": 0.002, "corrected": 0.004,
        "struck out": 0.003, "outside": 0.003, "vote and outside": 0.002, "dot": 0.003,
        "vote and dot": 0.005,
    },
    "hard": {
        "vote": 0.62, "blank": 0.08, "over": 0.04, "small": 0.03, "circle": 0.02,
        "straddle": 0.02, "erased": 0.04, "only erased": 0.02, "corrected": 0.03,
        "struck out": 0.02, "outside": 0.02, "vote and outside": 0.01, "dot": 0.02,
        "vote and dot": 0.03,
    },
}  # fmt: skip


def drawn(rng: np.random.Generator, kind: str, ink: Pen, size: tuple[float, float]) -> Any:
    """How much ink (0-1) lies on a patch whose centre is the box's centre."""
    canvas = np.zeros((round(PATCH_Y * FINE), round(PATCH_X * FINE)), np.uint8)
    width = ink.width * (1.5 if kind in {"fill", "scribble"} else 1.0)
    for line in strokes(rng, kind, size):
        points = wobbled(rng, np.array(line, dtype=float))
        pixels = np.round((points + np.array((PATCH_X / 2, PATCH_Y / 2))) * FINE * 16).astype(
            np.int32
        )
        thick = max(
            1, round((0.5 if kind == "dot" else 1) * width * rng.uniform(0.85, 1.15) * FINE)
        )
        cv2.polylines(canvas, [pixels], False, 255, thick, cv2.LINE_AA, shift=4)
    layer = canvas.astype(np.float32) / 255
    if ink.grain:
        grain = rng.normal(0, 1, (canvas.shape[0] // 4 + 1, canvas.shape[1] // 4 + 1))
        grain = cv2.resize(grain.astype(np.float32), canvas.shape[::-1])
        layer *= np.clip(1 - ink.grain * (0.25 + 0.35 * grain), 0.1, 1)
    return layer


def strokes(rng: np.random.Generator, kind: str, size: tuple[float, float]) -> list[Line]:
    """The lines of a mark in mm around the box's centre."""
    centre = (float(rng.normal(0, 0.5)), float(rng.normal(0, 0.4)))
    grown = float(rng.uniform(0.75, 1.15))
    return SHAPES[kind](rng, centre, size, grown)


def crossed(centre: Point, a: float, b: float) -> list[Line]:
    """Two strokes across each other."""
    x, y = centre
    return [[(x - a, y - b), (x + a, y + b)], [(x + a, y - b), (x - a, y + b)]]


def cross(_rng: Rng, centre: Point, size: Point, grown: float) -> list[Line]:
    return crossed(centre, 0.38 * size[0] * grown * 0.9, 0.42 * size[1] * grown * 0.9)


def wide_cross(_rng: Rng, centre: Point, size: Point, grown: float) -> list[Line]:
    return crossed(centre, 0.51 * size[0] * grown, 0.57 * size[1] * grown)


def star(rng: Rng, centre: Point, size: Point, grown: float) -> list[Line]:
    (x, y), b = centre, 0.38 * size[1] * grown
    return [*cross(rng, centre, size, grown), [(x, y - b), (x, y + b)]]


def small(rng: Rng, centre: Point, size: Point, _grown: float) -> list[Line]:
    share = rng.uniform(0.35, 0.6)
    return crossed(centre, 0.38 * size[0] * share, 0.42 * size[1] * share)


def ticked(centre: Point, size: Point, grown: float, up: float) -> list[Line]:
    """A short stroke down, a longer one up."""
    (x, y), (w, h) = centre, (size[0] * grown, size[1] * grown)
    return [
        [(x - 0.32 * w, y), (x - 0.1 * size[0], y + 0.38 * h), (x + 0.4 * w * up, y - 0.5 * h * up)]
    ]


def tick(_rng: Rng, centre: Point, size: Point, grown: float) -> list[Line]:
    return ticked(centre, size, grown, 0.9)


def tail(rng: Rng, centre: Point, size: Point, grown: float) -> list[Line]:
    return ticked(centre, size, grown, rng.uniform(1.4, 2.6))


def slash(_rng: Rng, centre: Point, size: Point, grown: float) -> list[Line]:
    (x, y), a, b = centre, 0.4 * size[0] * grown, 0.4 * size[1] * grown
    return [[(x - a, y + b), (x + a, y - b)]]


def fill(rng: Rng, _centre: Point, size: Point, _grown: float) -> list[Line]:
    return [zigzag(rng, (0, 0), 0.94 * size[0], 0.92 * size[1], 0.35)]


def scribble(rng: Rng, centre: Point, size: Point, _grown: float) -> list[Line]:
    w, h = size
    over = rng.uniform(0.95, 1.35)
    lines = [zigzag(rng, centre, over * w, over * h, rng.uniform(0.5, 0.9))]
    return [*lines, zigzag(rng, centre, over * w, h, 0.9)] if rng.random() < 0.5 else lines


def circle(rng: Rng, centre: Point, size: Point, _grown: float) -> list[Line]:
    a, b = (0.5 * side * rng.uniform(0.7, 1.3) for side in size)
    turn = np.linspace(0, 2 * math.pi * rng.uniform(0.95, 1.1), 40) + rng.uniform(0, 6)
    return [[(centre[0] + a * math.cos(t), centre[1] + b * math.sin(t)) for t in turn]]


def straddle(rng: Rng, centre: Point, size: Point, _grown: float) -> list[Line]:
    away = float(rng.choice((-1, 1))) * size[0] * rng.uniform(0.3, 0.5)
    return crossed((away, centre[1]), 0.3 * size[0], 0.38 * size[1])


def outside(rng: Rng, centre: Point, size: Point, _grown: float) -> list[Line]:
    away = float(rng.choice((-1, 1))) * (size[0] * rng.uniform(0.75, 1.0) + 1.2)
    return crossed((away, centre[1]), 0.3 * size[0], 0.38 * size[1])


def dot(rng: Rng, centre: Point, _size: Point, _grown: float) -> list[Line]:
    (x, y), r = (2 * centre[0], 2 * centre[1]), rng.uniform(0.05, 0.3)
    return [[(x, y), (x + r, y + r / 2)]]


SHAPES: Final = {
    "cross": cross, "wide cross": wide_cross, "star": star, "small": small, "tick": tick,
    "tail": tail, "slash": slash, "fill": fill, "scribble": scribble, "circle": circle,
    "straddle": straddle, "outside": outside, "dot": dot,
}  # fmt: skip


def zigzag(rng: Rng, centre: Point, w: float, h: float, step: float) -> Line:
    """Strokes to and fro over an area."""
    count = max(3, round(w / step))
    return [
        (
            centre[0] - w / 2 + w * n / count,
            centre[1] + (h / 2 if n % 2 else -h / 2) * rng.uniform(0.85, 1.0),
        )
        for n in range(count + 1)
    ]


def wobbled(rng: np.random.Generator, points: np.ndarray) -> Any:
    """A hand is no ruler."""
    fine = []
    for start, end in itertools.pairwise(points):
        count = max(2, round(float(np.hypot(*(end - start))) / 0.4))
        fine += [start + (end - start) * n / count for n in range(count)]
    line = np.array([*fine, points[-1]])
    drift = np.cumsum(rng.normal(0, 0.03, line.shape), axis=0)
    return line + drift - drift.mean(axis=0) + rng.normal(0, 0.08, 2)
