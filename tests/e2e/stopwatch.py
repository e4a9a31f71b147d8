"""How long people take: clicks and keys are counted, and a published model turns them to seconds.

The keystroke-level model of Card, Moran and Newell (1980), its constants from memory.
"""

import os
from pathlib import Path
from typing import Any

from PIL import Image

from tests.e2e.actors import Actor

KEY, POINT, THINK = 0.28, 1.1, 1.35
CLEAR_ROW = 0.67
"""A clear mark, from a picture or from paper: 30 in 20 seconds, a trained reader's pace."""

DOUBTFUL_ROW = 2.0
MOST_BYTES, TALLEST = 150_000, 1500


class Timed(Actor):
    """A person whose every step is counted: what is pressed, what is typed, what is looked at."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.keys, self.steps, self.rows, self.doubtful = 0, 0, 0, 0

    def press(self, words: str, *, confirm: bool = False) -> None:
        super().press(words, confirm=confirm)
        self.steps += 1

    def follow(self, address: str, *, clicks: int = 1) -> None:
        """Get to a page by so many links; each is pointed at and thought about."""
        self.go(address)
        self.clicks += clicks
        self.steps += clicks

    def fill(self, **fields: object) -> None:
        """Point at the first field, type, and go on by Tab."""
        super().fill(**fields)
        self.keys += sum(len(str(value)) + 1 for value in fields.values())
        self.clicks += 1
        self.steps += len(fields)

    def tick(self, selector: str) -> None:
        """One box."""
        self.page.check(selector)
        self.clicks += 1
        self.steps += 1

    def type(self, keys: str, *, clear: int, doubtful: int = 0) -> None:
        """One key a row that is looked at; the pace of reading holds the stroke."""
        self.page.keyboard.type(keys)
        self.rows += clear
        self.doubtful += doubtful

    def enter(self) -> None:
        """The key at the end of a sheet; nobody thinks before it, it is known to come."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.keys += 1

    def seconds(self, *, row: float = CLEAR_ROW) -> float:
        """By the model."""
        hands = KEY * (self.keys + self.clicks) + POINT * self.clicks + THINK * self.steps
        return hands + row * self.rows + DOUBTFUL_ROW * self.doubtful

    def picture(self, name: str, *, tallest: int = TALLEST, is_whole: bool = True) -> None:
        """What the guide shows, in few enough bytes."""
        folder = os.environ.get("PICTURES")
        if not folder:
            return
        path = Path(folder) / f"{name}.png"
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=str(path), full_page=is_whole, caret="initial")
        with Image.open(path) as whole:
            part = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, tallest)))
        for colours in (128, 64, 32):
            few = part.quantize(
                colours, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE
            )
            few.save(path, optimize=True)
            if path.stat().st_size < MOST_BYTES:
                break

    def phone_picture(self, name: str) -> None:
        """The same page at a phone's width, where nothing may stick out."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 390, "height": 844})
        assert not self.page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
        self.picture(name, tallest=1200)
        self.page.set_viewport_size(size)
