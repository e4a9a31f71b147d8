"""Imagined printers, folds, feeders and scanners: from a marked page to the bytes of a file."""

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

DPI: Final = 300
MM: Final = DPI / 25.4
"""Pixels a millimetre of the page that is drawn."""


@dataclass(frozen=True)
class Wear:
    """One scan's bad luck; lengths in mm, angles in degrees."""

    dpi: int
    skew: float
    scale: float
    stretch: float
    perspective: float
    blur: float
    noise: float
    salt: float
    paper: float
    fade: float
    gradient: float
    through: float
    streaks: int
    stains: int
    folds: int
    torn: bool
    black_border: bool
    bilevel: int
    jpeg: int
    turns: int


def wear(rng: np.random.Generator, level: str) -> Wear:
    """Bad luck by level."""
    hard = level == "hard"
    often = 0.35 if hard else 0.04
    dpis = (150, 200, 240, 300) if hard else (200, 240, 300, 300)
    return Wear(
        dpi=int(rng.choice(dpis)) if not hard or rng.random() > 0.25 else 150,
        skew=float(rng.normal(0, 1.6 if hard else 0.7)),
        scale=float(rng.uniform(0.95, 1.02) if rng.random() < often else 1.0),
        stretch=float(rng.uniform(-1.2, 1.2) if rng.random() < 2 * often else 0.0),
        perspective=float(rng.uniform(0, 0.012) if rng.random() < often else 0.0),
        blur=float(rng.uniform(0.02, 0.12 if hard else 0.07)),
        noise=float(rng.uniform(1, 14 if hard else 5)),
        salt=float(rng.uniform(0, 0.002) if rng.random() < often else 0.0),
        paper=float(rng.uniform(0.78, 1.0) if hard else rng.uniform(0.93, 1.0)),
        fade=float(rng.uniform(0.0, 0.45) if rng.random() < often else rng.uniform(0, 0.1)),
        gradient=float(rng.uniform(0, 0.3) if rng.random() < often else 0.03),
        through=float(rng.uniform(0.03, 0.18) if rng.random() < often else 0.02),
        streaks=int(rng.integers(1, 4)) if rng.random() < often else 0,
        stains=int(rng.integers(1, 5)) if rng.random() < often else 0,
        folds=int(rng.integers(1, 3)) if rng.random() < 2 * often else 0,
        torn=bool(rng.random() < often / 5),
        black_border=bool(rng.random() < often / 2),
        bilevel=int(rng.integers(1, 4)) if rng.random() < (0.12 if hard else 0.02) else 0,
        jpeg=int(rng.integers(25, 81)) if hard else int(rng.integers(60, 93)),
        turns=int(rng.choice((0, 1, 2, 3), p=(0.7, 0.05, 0.2, 0.05))),
    )  # fmt: skip


def scanned(rng: np.random.Generator, page: np.ndarray, back: np.ndarray | None, luck: Wear) -> Any:
    """The image that a scanner makes of a page drawn at `DPI`."""
    image = sensed(rng, worn(rng, page, back, luck), luck)
    done = np.clip(image, 0, 255).astype(np.uint8)
    if luck.bilevel:
        done = two_levels(done, luck.bilevel)
    return np.ascontiguousarray(np.rot90(done, luck.turns))


def worn(rng: np.random.Generator, page: np.ndarray, back: np.ndarray | None, luck: Wear) -> Any:
    """The paper as it lies in the feeder."""
    paper = page.astype(np.float32)
    if back is not None and luck.through:
        shine = cv2.GaussianBlur(back[:, ::-1].astype(np.float32), (0, 0), 0.35 * MM)
        paper *= 1 - luck.through * (1 - shine / 255)
    for _ in range(luck.stains):
        stain(rng, paper)
    for _ in range(luck.folds):
        fold(rng, paper)
    shade(rng, paper, luck.gradient)
    paper *= luck.paper
    if luck.torn:
        tear(rng, paper)
    return paper


def sensed(rng: np.random.Generator, paper: np.ndarray, luck: Wear) -> Any:
    """What the scanner's optics and sensor make of it."""
    image, scale = warped(rng, paper, luck), luck.dpi / 25.4
    if luck.blur * scale > 0.25:
        image = cv2.GaussianBlur(image, (0, 0), luck.blur * scale)
    for _ in range(luck.streaks):
        streak(rng, image, scale)
    image += luck.noise * grain(rng, image.shape)
    if luck.salt:
        spots = rng.random(image.shape, dtype=np.float32)
        image[spots < luck.salt] = 0
        image[spots > 1 - luck.salt] = 255
    return image


def two_levels(image: np.ndarray, way: int) -> Any:
    """Black and white by a fixed, a global or a local threshold."""
    if way == 1:
        return np.where(image < 140, 0, 255).astype(np.uint8)
    if way == 2:
        return cv2.threshold(image, 0, 255, cv2.THRESH_OTSU)[1]
    return cv2.adaptiveThreshold(
        image,
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY,
        2 * (min(image.shape) // 60) + 1,
        22,
    )


def warped(rng: np.random.Generator, paper: np.ndarray, luck: Wear) -> Any:
    """Skew, scale, shift, uneven feed and slight perspective, in one step."""
    scale = luck.dpi / 25.4
    height, width = round(297 * scale), round(210 * scale)
    x = (np.arange(width) / scale - 105 - rng.uniform(-1.5, 1.5))[None, :]
    y = (np.arange(height) / scale - 148.5 - rng.uniform(-1.5, 1.5))[:, None]
    if luck.stretch:
        phase, waves = rng.uniform(0, 6), rng.uniform(0.5, 1.5)
        y = y + luck.stretch * np.sin(phase + waves * 2 * math.pi * y / 297)
    tilt = rng.uniform(-0.5, 0.5)
    angle, grown = math.radians(luck.skew), MM / luck.scale
    cos, sin = grown * math.cos(angle), grown * math.sin(angle)
    u = (cos * x).astype(np.float32) + (sin * y).astype(np.float32)
    v = (-sin * x).astype(np.float32) + (cos * y).astype(np.float32)
    if luck.perspective:
        across = (tilt * luck.perspective * x / 210).astype(np.float32)
        depth = 1 + (luck.perspective * y / 297).astype(np.float32) + across
        u *= depth
        v *= depth
    u += 105 * MM - 0.5
    v += 148.5 * MM - 0.5
    edge = 25 if luck.black_border else 250
    ratio = luck.dpi / DPI
    if ratio < 0.8:
        paper = cv2.blur(paper, (2, 2)) if ratio > 0.6 else cv2.GaussianBlur(paper, (3, 3), 0.8)
    return cv2.remap(
        paper, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=edge
    )


def grain(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Noise of the sensor, in part of neighbouring pixels."""
    tile = rng.normal(0, 1, (512, 512)).astype(np.float32)
    if rng.random() < 0.5:
        tile = cv2.GaussianBlur(tile, (0, 0), 0.7)
        tile /= tile.std()
    reps = (shape[0] // 512 + 1, shape[1] // 512 + 1)
    return np.tile(tile, reps)[: shape[0], : shape[1]]


def streak(rng: np.random.Generator, image: np.ndarray, scale: float) -> None:
    """Dirt on the glass: a line along the way of the paper."""
    at, wide = int(rng.uniform(0, image.shape[1] - 4)), max(1, round(rng.uniform(0.1, 0.5) * scale))
    full = rng.random() < 0.7
    start = 0 if full else int(rng.uniform(0, 0.5) * image.shape[0])
    end = image.shape[0] if full else start + int(rng.uniform(0.3, 0.5) * image.shape[0])
    if rng.random() < 0.75:
        image[start:end, at : at + wide] *= rng.uniform(0.15, 0.8)
    else:
        image[start:end, at : at + wide] = 250


def stain(rng: np.random.Generator, paper: np.ndarray) -> None:
    """Coffee, a thumb, dust."""
    height, width = paper.shape
    cx, cy = rng.uniform(0, width), rng.uniform(0, height)
    rx, ry = rng.uniform(0.2, 9, 2) * MM
    soft = 1.0 if rng.random() < 0.5 else 0.2
    x0, x1 = int(max(0, cx - 2 * rx)), int(min(width, cx + 2 * rx))
    y0, y1 = int(max(0, cy - 2 * ry)), int(min(height, cy + 2 * ry))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    y, x = np.mgrid[y0:y1, x0:x1]
    away = np.sqrt(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2)
    strength = rng.uniform(0.05, 0.35)
    paper[y0:y1, x0:x1] *= 1 - strength * np.clip((1 + soft / 2 - away) / soft, 0, 1)


def fold(rng: np.random.Generator, paper: np.ndarray) -> None:
    """A thin dark or light line with a soft shadow, nearly straight."""
    across = rng.random() < 0.7
    sheet = paper if across else paper.T
    at, slope = rng.uniform(0.15, 0.85) * len(sheet), rng.normal(0, 0.006)
    strength = rng.uniform(-0.12, 0.18)
    reach = round(12 * MM + abs(slope) * sheet.shape[1])
    band = slice(max(0, round(at) - reach), round(at) + reach)
    place = np.arange(len(sheet), dtype=np.float32)[band, None]
    away = (place - at - (slope * np.arange(sheet.shape[1], dtype=np.float32))[None, :]) / MM
    sheet[band] *= 1 - strength * np.exp(-((away / 0.18) ** 2)) - 0.05 * np.exp(-((away / 4) ** 2))


def shade(rng: np.random.Generator, paper: np.ndarray, strength: float) -> None:
    """The lid stood open: one side is darker."""
    angle = rng.uniform(0, 2 * math.pi)
    if not strength:
        return
    steps = np.linspace(-0.5, 0.5, 64)
    ramp = np.add.outer(math.sin(angle) * steps, math.cos(angle) * steps).astype(np.float32)
    light = 1 - strength * np.clip(ramp + 0.5, 0, 1)
    paper *= cv2.resize(light, paper.shape[::-1], interpolation=cv2.INTER_LINEAR)


def tear(rng: np.random.Generator, paper: np.ndarray) -> None:
    """A corner is gone."""
    height, width = paper.shape
    size = rng.uniform(8, 40, 2) * MM
    corner = rng.integers(4)
    x = size[0] if corner in {0, 3} else width - size[0]
    ends = [(0 if corner in {0, 3} else width, 0 if corner < 2 else height)]
    ends += [(x, ends[0][1]), (ends[0][0], size[1] if corner < 2 else height - size[1])]
    cv2.fillPoly(paper, [np.array(ends, dtype=np.int32)], float(rng.choice((30, 250))))
