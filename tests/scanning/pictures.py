"""Papers for the tests, drawn to measure: no randomness but the marks' own."""

from dataclasses import replace
from typing import Any

import numpy as np

from elections.scanning.reader import read_image
from elections.scanning.readings import SheetReading
from elections.typesetting import ballot_layout as layout
from tests.scanning_kit import hands, scanners
from tests.scanning_kit.hands import Pen
from tests.scanning_kit.papers import Printed, printed
from tests.scanning_kit.scanners import Wear
from tests.scanning_kit.simulation import put, squeezed

BALLPOINT = Pen(0.45, 50, 0.1)
FELT = Pen(1.5, 20, 0.0)
PENCIL = Pen(0.6, 150, 0.5)
OPTIONS = ("high", "middle", "low")
CLEAN = Wear(
    dpi=200, skew=0.0, scale=1.0, stretch=0.0, perspective=0.0, blur=0.04, noise=2.0, salt=0.0,
    paper=0.97, fade=0.0, gradient=0.0, through=0.0, streaks=0, stains=0, folds=0, torn=False,
    black_border=False, bilevel=0, jpeg=80, turns=0,
)  # fmt: skip


def sheet_with(
    marks: dict[str, list[tuple[str, str]]], *, paper: Printed | None = None, pen: Pen = BALLPOINT,
    page: int = 1, seed: int = 1, pale: dict[tuple[str, str], float] | None = None,
) -> Any:  # fmt: skip
    """A page with marks: entry → [(option, kind)]; `pale` lightens (entry, option)."""
    paper = paper or printed(10, 3)
    rng = np.random.default_rng(seed)
    sheet = paper.pages[page - 1].astype(np.float32)
    boxes = {(box["entry"], box["option"]): box for box in paper.box_map["boxes"]}
    for entry, made in marks.items():
        for option, kind in made:
            strength = (pale or {}).get((entry, option), 1.0)
            put(rng, sheet, boxes[entry, option], kind, strength, pen)
    return sheet


def scan(sheet: Any, *, seed: int = 1, back: Any = None, **luck: Any) -> Any:
    """The image of a page, with all luck as in `CLEAN` but for what is named."""
    worn = replace(CLEAN, **luck)
    image = scanners.scanned(np.random.default_rng(seed), sheet, back, worn)
    return image if worn.bilevel else squeezed(image, worn.jpeg)


def read(image: Any, paper: Printed | None = None) -> SheetReading:
    """Read as this paper."""
    paper = paper or printed(10, 3)
    return read_image(image, paper.box_map, paper.style)


def voted(kind: str = "cross", rows: int = 10) -> dict[str, list[tuple[str, str]]]:
    """One mark in every row."""
    return {f"c{n + 1:02d}": [(OPTIONS[n % 3], kind)] for n in range(rows)}


def answers_of(marks: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """The answers to one mark in every row."""
    return {entry: made[0][0] for entry, made in marks.items()}


assert layout.BOX_WIDTH == 7  # the kit draws for this box
assert hands.REVIEW == "@review"
