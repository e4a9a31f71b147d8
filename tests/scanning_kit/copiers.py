"""Copiers, telephones and fax machines: a third simulator, written apart from the other two.

The reader is not tuned with it: it shows what happens with damage that nobody thought of while
the rules were made. Refusing is fine here; an answer that is wrong is not.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from elections.typesetting import ballot_layout as layout
from tests.scanning_kit import scrawls
from tests.scanning_kit.papers import Printed, printed
from tests.scanning_kit.scanners import MM

Rng = np.random.Generator
Sheet = np.ndarray

PAPERS: Final = ((28, 3), (25, 3), (50, 3), (50, 2), (12, 3), (7, 2), (3, 3))


@dataclass(frozen=True)
class Copy:
    """Which machine took the picture and what had happened to the paper."""

    machine: str
    dpi: int
    harm: tuple[str, ...]


def copies(seed: int, shape: tuple[int, int] | None = None) -> Iterator[tuple[Any, ...]]:
    """Image, paper, side, plans and luck of each side of one voter's paper."""
    rng = np.random.default_rng([seed, 3])
    shape = shape or PAPERS[int(rng.integers(len(PAPERS)))]
    paper = printed(*shape)
    pen, usual = scrawls.nib(rng), scrawls.habit(rng)
    marked = [written(rng, paper, number, pen, usual) for number in range(1, len(paper.pages) + 1)]
    machine = str(rng.choice(("copier", "telephone", "fax", "feeder"), p=(0.35, 0.25, 0.1, 0.3)))
    kinds = list(HARM)
    chosen = rng.choice(len(kinds), size=int(rng.integers(0, 4)), replace=False)
    luck = Copy(
        machine, int(rng.choice((150, 200, 300))), tuple(kinds[number] for number in sorted(chosen))
    )
    for number, (sheet, plans) in enumerate(marked, start=1):
        back = marked[number % len(marked)][0] if len(marked) > 1 else paper.pages[0]
        spoiled = sheet
        for name in luck.harm:
            spoiled = HARM[name](rng, spoiled, back)
        image = MACHINES[machine](rng, spoiled, luck.dpi)
        yield image, paper, number, plans, luck, shape


def written(rng: Rng, paper: Printed, number: int, pen: scrawls.Nib, usual: str) -> Any:
    """One side with its marks, and what was meant."""
    sheet = paper.pages[number - 1].astype(np.float32)
    rows: dict[str, list[Any]] = {}
    for box in paper.box_map["boxes"]:
        if box["page"] == number:
            rows.setdefault(box["entry"], []).append(box)
    plans = {}
    for entry, boxes in rows.items():
        plans[entry], strokes = scrawls.row(rng, usual, [box["option"] for box in boxes])
        for place, kind in strokes:
            _put(rng, sheet, boxes[place], kind, pen)
    return sheet, plans


def _put(rng: Rng, sheet: Sheet, box: Any, kind: str, pen: scrawls.Nib) -> None:
    size = (layout.BOX_WIDTH, layout.BOX_HEIGHT)
    layer = scrawls.inked(rng, kind, pen, size)
    wide, high = (round(side * MM) for side in scrawls.REACH)
    layer = cv2.resize(layer, (wide, high), interpolation=cv2.INTER_AREA)
    left = round((box["x"] + size[0] / 2) * MM - wide / 2)
    top = round((box["y"] + size[1] / 2) * MM - high / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(sheet.shape[1], left + wide), min(sheet.shape[0], top + high)
    sheet[y0:y1, x0:x1] *= 1 - layer[y0 - top : y1 - top, x0 - left : x1 - left]


# What happens to paper.


def curled(rng: Rng, sheet: Sheet, _back: Sheet) -> Any:
    """It does not lie flat: rows bow, and near one edge everything is narrower."""
    height, width = sheet.shape
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    bow, lean = rng.uniform(-1.6, 1.6) * MM, rng.uniform(-1.0, 1.0) * MM
    edge = float(rng.choice((-1, 1)))
    squeeze = rng.uniform(0, 1.5) * MM * np.clip(edge * x - 0.3, 0, 1) ** 2 * edge
    u = np.arange(width, dtype=np.float32)[None, :] + squeeze + lean * (1 - y**2)
    v = np.arange(height, dtype=np.float32)[:, None] + bow * (1 - x**2) * (0.6 + 0.4 * y)
    return mapped(sheet, np.broadcast_to(u, sheet.shape), np.broadcast_to(v, sheet.shape))


def through(rng: Rng, sheet: Sheet, back: Sheet) -> Any:
    """Ink of the other side went through, the other way round and a little beside."""
    shine = 1 - cv2.GaussianBlur(back[:, ::-1].astype(np.float32), (0, 0), rng.uniform(1, 5)) / 255
    moved = np.roll(shine, tuple(int(v) for v in rng.integers(-20, 21, 2)), axis=(0, 1))
    return sheet * (1 - rng.uniform(0.08, 0.32) * moved)


def specks(rng: Rng, sheet: Sheet, _back: Sheet) -> Sheet:
    """Toner where none should be."""
    spoiled = sheet.copy()
    height, width = sheet.shape
    for _ in range(int(rng.integers(30, 900))):
        place = (int(rng.integers(width)), int(rng.integers(height)))
        size = (max(1, round(rng.exponential(0.12) * MM)), max(1, round(rng.exponential(0.1) * MM)))
        grey = float(rng.uniform(10, 140))
        cv2.ellipse(spoiled, place, size, float(rng.uniform(0, 180)), 0, 360, grey, -1)
    return spoiled


def smeared(rng: Rng, sheet: Sheet, _back: Sheet) -> Any:
    """A sleeve went over wet ink."""
    reach = int(rng.uniform(2, 7) * MM)
    trail = np.exp(-np.arange(reach) / (reach / 3)).astype(np.float32)
    kernel = np.zeros((1, 2 * reach - 1), np.float32)
    kernel[0, reach - 1 :] = trail / trail.sum()
    if rng.random() < 0.5:
        kernel = kernel[:, ::-1].copy()
    if rng.random() < 0.3:
        kernel = kernel.T.copy()
    top = int(rng.uniform(0, 0.7) * len(sheet))
    band = slice(top, top + int(rng.uniform(0.1, 0.4) * len(sheet)))
    drawn = 255 - sheet[band]
    trailing = cv2.filter2D(drawn, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    spoiled = sheet.copy()
    spoiled[band] = 255 - np.maximum(drawn, drawn * 0.7 + rng.uniform(0.2, 0.6) * trailing)
    return np.clip(spoiled, 0, 255)


def stapled(rng: Rng, sheet: Sheet, _back: Sheet) -> Sheet:
    """A staple with its shadow, mostly in a corner, sometimes anywhere."""
    spoiled = sheet.copy()
    height, width = sheet.shape
    corner = np.array((rng.uniform(5, 22), rng.uniform(5, 22))) * MM
    if rng.random() < 0.35:
        corner = np.array((rng.uniform(0, width), rng.uniform(0, height)))
    along = np.array((math.cos(t := rng.uniform(0, 6.3)), math.sin(t))) * 5.5 * MM
    start, end = np.round(corner - along).astype(int), np.round(corner + along).astype(int)
    shadow = np.zeros_like(spoiled)
    cv2.line(shadow, (start + 5).tolist(), (end + 5).tolist(), 1.0, round(0.9 * MM))
    spoiled *= 1 - 0.35 * cv2.GaussianBlur(shadow, (0, 0), 0.5 * MM)
    grey = float(rng.choice((30, 90, 200)))
    cv2.line(spoiled, start.tolist(), end.tolist(), grey, round(0.5 * MM), cv2.LINE_AA)
    return spoiled


def folded(rng: Rng, sheet: Sheet, _back: Sheet) -> Sheet:
    """A corner is turned over: white paper, a dark edge."""
    spoiled = sheet.copy()
    height, width = sheet.shape
    a, b = (rng.uniform(8, 45, 2) * MM).tolist()
    right, low = rng.random(2) < 0.5
    tip = (width if right else 0, height if low else 0)
    first = (tip[0] + (-a if right else a), tip[1])
    second = (tip[0], tip[1] + (-b if low else b))
    fold = np.round(np.array([first, second])).astype(np.int32)
    inner = np.round(
        np.array([first, second, (tip[0] + (-a if right else a) * 0.9, second[1])])
    ).astype(np.int32)
    cv2.fillPoly(
        spoiled,
        [np.round(np.array([tip, first, second])).astype(np.int32)],
        float(rng.choice((20, 255))),
    )
    cv2.fillPoly(spoiled, [inner], 246.0)
    cv2.line(spoiled, fold[0].tolist(), fold[1].tolist(), 120.0, round(0.4 * MM), cv2.LINE_AA)
    return spoiled


def punched(rng: Rng, sheet: Sheet, _back: Sheet) -> Sheet:
    """Two holes of a binder, dark or bright behind."""
    spoiled = sheet.copy()
    x = round((10 if rng.random() < 0.6 else 200) * MM)
    for y in (297 / 2 - 40, 297 / 2 + 40):
        cv2.circle(spoiled, (x, round(y * MM)), round(2.9 * MM), float(rng.choice((25, 255))), -1)
    return spoiled


def crumpled(rng: Rng, sheet: Sheet, _back: Sheet) -> Any:
    """Many small slopes that catch the light, and lines where it broke."""
    coarse = rng.normal(0, 1, (24, 17)).astype(np.float32)
    slopes = cv2.resize(coarse, sheet.shape[::-1], interpolation=cv2.INTER_CUBIC)
    spoiled = sheet * (1 + rng.uniform(0.02, 0.07) * slopes)
    for _ in range(int(rng.integers(2, 9))):
        ends = rng.uniform(0, 1, (2, 2)) * sheet.shape[::-1]
        crease = np.zeros_like(spoiled)
        points = np.round(ends).astype(int)
        cv2.line(crease, points[0].tolist(), points[1].tolist(), 1.0, int(rng.integers(2, 6)))
        spoiled *= 1 + rng.uniform(-0.3, 0.1) * cv2.GaussianBlur(crease, (0, 0), 1.5)
    return np.clip(spoiled, 0, 255)


def ringed(rng: Rng, sheet: Sheet, _back: Sheet) -> Any:
    """A wet cup stood on it."""
    stain = np.zeros_like(sheet)
    centre = (rng.uniform(0.1, 0.9, 2) * sheet.shape[::-1]).astype(int).tolist()
    radius = round(rng.uniform(15, 40) * MM)
    cv2.circle(stain, centre, radius, 0.15, -1)
    cv2.circle(stain, centre, radius, 1.0, round(rng.uniform(0.8, 3) * MM))
    soft = cv2.GaussianBlur(stain, (0, 0), rng.uniform(0.2, 0.8) * MM)
    return sheet * (1 - rng.uniform(0.1, 0.4) * soft)


HARM: Final = {
    "curled": curled, "through": through, "specks": specks, "smeared": smeared, "stapled": stapled,
    "folded": folded, "punched": punched, "crumpled": crumpled, "ringed": ringed,
}  # fmt: skip


# What machines make of it.


def mapped(sheet: Sheet, u: Any, v: Any, edge: float = 255.0) -> Any:
    """The sheet at other places."""
    u, v = np.asarray(u, np.float32), np.asarray(v, np.float32)
    return cv2.remap(
        sheet, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=edge
    )


def taken(
    rng: Rng, sheet: Sheet, dpi: int, *, turn: float, scales: Any, edge: float = 255.0
) -> Any:
    """Laid on the glass a little askew, larger or smaller, by `dpi`."""
    ratio = dpi / 300
    height, width = round(sheet.shape[0] * ratio), round(sheet.shape[1] * ratio)
    angle = math.radians(turn)
    soft = cv2.GaussianBlur(sheet, (0, 0), 0.45 / ratio) if ratio < 1 else sheet
    matrix = np.array(
        [[math.cos(angle) * scales[0], -math.sin(angle) * scales[1]],
         [math.sin(angle) * scales[0], math.cos(angle) * scales[1]]]
    ) * ratio  # fmt: skip
    middle = np.array((sheet.shape[1] / 2, sheet.shape[0] / 2))
    shift = np.array((width / 2, height / 2)) - matrix @ middle + rng.normal(0, 4, 2)
    return cv2.warpAffine(
        soft, np.column_stack([matrix, shift]), (width, height), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT, borderValue=edge,
    )  # fmt: skip


def copier(rng: Rng, sheet: Sheet, dpi: int) -> Any:
    """Scaled by 97 to 103 %, once or twice; contrast, fat or thin toner, cut margins."""
    scale = rng.uniform(0.97, 1.03)
    image = taken(
        rng, sheet, dpi, turn=rng.normal(0, 1.0), scales=(scale, scale * rng.uniform(0.995, 1.005))
    )
    if rng.random() < 0.3:
        kernel = np.ones((2, 2) if dpi < 300 else (3, 3), np.uint8)
        image = cv2.erode(image, kernel) if rng.random() < 0.6 else cv2.dilate(image, kernel)
    steep, middle = rng.uniform(1, 9), rng.uniform(90, 190)
    curve = 255 / (1 + np.exp(-(np.arange(256) - middle) * steep / 255))
    curve = 255 * (curve - curve[0]) / (curve[-1] - curve[0])
    image = np.interp(image, np.arange(256), curve).astype(np.float32)
    if rng.random() < 0.3:
        image[:, :: int(rng.integers(9, 60))] -= rng.uniform(3, 20)
    image += cv2.GaussianBlur(
        rng.normal(0, 1, image.shape).astype(np.float32), (0, 0), 0.8
    ) * rng.uniform(2, 14)
    done = cropped(rng, np.clip(image, 0, 255))
    return finished(rng, done)


def feeder(rng: Rng, sheet: Sheet, dpi: int) -> Any:
    """Moiré of the screen, bands of the feed, dirty glass; both ways of black and white."""
    image = taken(
        rng,
        sheet,
        dpi,
        turn=rng.normal(0, 1.5),
        scales=(1.0, rng.uniform(0.985, 1.015)),
        edge=float(rng.choice((20, 120, 255))),
    )
    height, width = image.shape
    if rng.random() < 0.5:
        x, y = (
            np.arange(width, dtype=np.float32)[None, :],
            np.arange(height, dtype=np.float32)[:, None],
        )
        period, angle = rng.uniform(2.2, 14), rng.uniform(0, math.pi)
        waves = np.sin(2 * math.pi / period * (math.cos(angle) * x + math.sin(angle) * y))
        image = image * (1 - rng.uniform(0.02, 0.12) * (1 + waves) / 2)
    if rng.random() < 0.4:
        bands = np.interp(np.arange(height), np.linspace(0, height, 40), rng.normal(1, 0.04, 40))
        image = image * bands[:, None].astype(np.float32)
    for _ in range(int(rng.integers(0, 3)) if rng.random() < 0.4 else 0):
        at, wide = int(rng.integers(width - 6)), int(rng.integers(1, 6))
        image[:, at : at + wide] = image[:, at : at + wide] * 0.4 + rng.uniform(0, 150)
    image = image + rng.normal(0, rng.uniform(1, 9), image.shape)
    return finished(rng, np.clip(image, 0, 255))


def fax(rng: Rng, sheet: Sheet, _dpi: int) -> Any:
    """Fine mode: 204 by 196 dots an inch, black or white, lines lost now and then."""
    image = taken(
        rng, sheet, 204, turn=rng.normal(0, 0.7), scales=(1.0, 196 / 204 * rng.uniform(0.99, 1.01))
    )
    image = np.where(image + rng.normal(0, 12, image.shape) < rng.uniform(90, 190), 0, 255).astype(
        np.uint8
    )
    for _ in range(int(rng.integers(0, 4))):
        at = int(rng.integers(2, len(image) - 4))
        image[at : at + 2] = image[at - 1]
    return image


def telephone(rng: Rng, sheet: Sheet, _dpi: int) -> Any:
    """By hand, in a room: perspective, light from one side, a shadow, a soft lens, a table."""
    height, width = sheet.shape
    scale = rng.uniform(0.5, 0.85)
    around = 0.06
    out = (round(width * scale * (1 + 2 * around)), round(height * scale * (1 + 2 * around)))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    aims = corners * scale + np.array(out) * around / (1 + 2 * around)
    aims = (aims + rng.normal(0, rng.uniform(0.002, 0.012) * out[0], aims.shape)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, aims)
    soft = cv2.GaussianBlur(sheet, (0, 0), 0.4 / scale)
    image = cv2.warpPerspective(soft, matrix, out, borderValue=float(rng.uniform(20, 150)))
    light = cv2.resize(
        rng.uniform(0.55, 1.0, (3, 3)).astype(np.float32), out, interpolation=cv2.INTER_CUBIC
    )
    image = image * np.clip(light, 0.4, 1.05)
    if rng.random() < 0.4:
        shadow = np.zeros_like(image)
        points = (rng.uniform(-0.2, 1.2, (4, 2)) * out).astype(np.int32)
        cv2.fillConvexPoly(shadow, cv2.convexHull(points), 1.0)
        image *= 1 - rng.uniform(0.15, 0.45) * cv2.GaussianBlur(shadow, (0, 0), rng.uniform(3, 40))
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.1))
    image += rng.normal(0, rng.uniform(1, 7), image.shape)
    return squeezed(np.clip(image, 0, 255).astype(np.uint8), int(rng.integers(45, 92)))


def cropped(rng: Rng, image: Any) -> Any:
    """A few millimetres of the margins are lost, as white or altogether."""
    if rng.random() < 0.5:
        return image
    cuts = [round(float(share) * len(image)) for share in rng.uniform(0, 0.02, 4)]
    kept = image[cuts[0] : len(image) - cuts[1], cuts[2] : image.shape[1] - cuts[3]]
    if rng.random() < 0.5:
        return kept
    white = np.full_like(image, 255)
    white[cuts[0] : len(image) - cuts[1], cuts[2] : image.shape[1] - cuts[3]] = kept
    return white


def finished(rng: Rng, image: Any) -> Any:
    """As the machine stores it: grey, sharpened, or in black and white; any way up."""
    grey = image.astype(np.uint8)
    way = rng.random()
    if way < 0.55:
        grey = squeezed(grey, int(rng.integers(30, 92)))
    elif way < 0.7:
        soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
        grey = squeezed(cv2.addWeighted(grey, 2.2, soft, -1.2, 0), 75)
    elif way < 0.9:
        grey = np.where(grey < rng.uniform(110, 200), 0, 255).astype(np.uint8)
    else:
        local = cv2.blur(grey, (41, 41)).astype(np.int32)
        grey = np.where(grey < local - int(rng.integers(8, 30)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(grey, 2 if rng.random() < 0.2 else 0))


def squeezed(image: Any, quality: int) -> Any:
    """Through JPEG and back."""
    data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)


MACHINES: Final = {"copier": copier, "telephone": telephone, "fax": fax, "feeder": feeder}
