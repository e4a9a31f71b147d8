"""Marked and scanned papers by seed, and how a reading compares with what the voter did."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np

from elections.scanning.readings import REVIEW, SheetReading
from elections.typesetting import ballot_layout as layout
from tests.scanning_kit import copiers, hands, scanners
from tests.scanning_kit.copiers import Copy
from tests.scanning_kit.hands import PATCH_X, PATCH_Y, Plan
from tests.scanning_kit.papers import Printed, printed
from tests.scanning_kit.scanners import MM, Wear

SHAPES = (
    (28, 3), (28, 3), (28, 3), (25, 3), (25, 3), (24, 3), (50, 3), (50, 3), (50, 2), (10, 2),
    (10, 3), (2, 2), (1, 2),
)  # fmt: skip
"""Entries and options of the papers."""


@dataclass(frozen=True)
class Scan:
    """One image and the truth about it."""

    image: np.ndarray
    paper: Printed
    page: int
    plans: dict[str, Plan]
    luck: Wear | Copy
    shape: tuple[int, int]
    seed: int


@dataclass
class Score:
    """Counts over many scans; `wrong` lists what must not happen."""

    marks: int = 0
    clear: int = 0
    clear_reviewed: int = 0
    reviewed: int = 0
    sides: int = 0
    refused: Counter = field(default_factory=Counter)
    wrong: list = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    kinds_reviewed: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    reviews: list = field(default_factory=list)
    seconds: float = 0.0
    last: int = 0

    def add(self, scan: Scan, reading: SheetReading) -> None:
        """Compare one reading with the truth."""
        self.sides += 1
        if reading.status == "refused":
            self.refused[reading.code] += 1
            return
        for entry in reading.entries:
            plan = scan.plans[entry.code]
            self.marks += 1
            self.kinds[plan.name] += 1
            self.clear += plan.is_clear
            if entry.value == REVIEW:
                self.reviewed += 1
                self.clear_reviewed += plan.is_clear
                self.kinds_reviewed[plan.name] += 1
                if plan.is_clear:
                    self.reasons[entry.reason] += 1
                    self.reviews.append(
                        (scan.seed, scan.page, entry.code, plan.name, entry.reason, entry.boxes)
                    )
            if entry.value not in plan.right:
                self.wrong.append((scan.seed, scan.page, entry.code, plan, entry))


def scan_of(seed: int, level: str, shape: tuple[int, int] | None = None) -> Iterator[Scan]:
    """The sides of one voter's paper, scanned; level "copied" takes the third simulator."""
    if level == "copied":
        for image, paper, number, plans, luck, size in copiers.copies(seed, shape):
            yield Scan(image, paper, number, plans, luck, size, seed)
        return
    rng = np.random.default_rng([seed, {"normal": 1, "hard": 2}[level]])
    shape = shape or SHAPES[int(rng.integers(len(SHAPES)))]
    paper = printed(*shape)
    pen = hands.pen(rng, level)
    luck = scanners.wear(rng, level)
    sides, plans = [], []
    for number, page in enumerate(paper.pages, start=1):
        side, plan = marked(rng, page, paper, number, pen, level, luck)
        sides.append(side)
        plans.append(plan)
    for number, side in enumerate(sides, start=1):
        back = sides[number % len(sides)] if len(sides) > 1 else None
        image = scanners.scanned(rng, side, back, luck)
        if luck.bilevel == 0:
            image = squeezed(image, luck.jpeg)
        yield Scan(image, paper, number, plans[number - 1], luck, shape, seed)


def squeezed(image: np.ndarray, quality: int) -> Any:
    """Through JPEG and back."""
    data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)


def marked(rng, page, paper: Printed, number: int, pen, level: str, luck: Wear):
    """The page with toner as pale as the printer made it, then marked row by row."""
    sheet = page * np.float32(1 - luck.fade)
    sheet += np.float32(255 * luck.fade)
    rows: dict[str, list] = {}
    for box in paper.box_map["boxes"]:
        if box["page"] == number:
            rows.setdefault(box["entry"], []).append(box)
    plans = {}
    for entry, boxes in rows.items():
        plan = hands.plan(rng, [box["option"] for box in boxes], level)
        plans[entry] = plan
        for place, kind, strength in plan.strokes:
            put(rng, sheet, boxes[place], kind, strength, pen)
    return sheet, plans


def put(rng, sheet: np.ndarray, box, kind: str, strength: float, pen) -> None:
    """Draw one mark on the page."""
    size = (layout.BOX_WIDTH, layout.BOX_HEIGHT)
    layer = hands.drawn(rng, kind, pen, size)
    shape = (round(PATCH_X * MM), round(PATCH_Y * MM))
    layer = cv2.resize(layer, shape, interpolation=cv2.INTER_AREA)
    cx, cy = (box["x"] + size[0] / 2) * MM, (box["y"] + size[1] / 2) * MM
    left, top = round(cx - shape[0] / 2), round(cy - shape[1] / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(sheet.shape[1], left + shape[0]), min(sheet.shape[0], top + shape[1])
    part = layer[y0 - top : y1 - top, x0 - left : x1 - left]
    sheet[y0:y1, x0:x1] *= 1 - strength * part * (1 - pen.grey / 255)
