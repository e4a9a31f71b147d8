"""Words that occur nowhere else, so that where one is found tells which text was shown."""

import random
import re
import string
from datetime import date
from typing import Final

PREFIX: Final = "zq"
"""No Vietnamese word begins so, in whatever case."""
LENGTH: Final = 8
CANARY: Final = re.compile(
    r"(?<![0-9A-Za-z])"
    rf"(?:[{PREFIX[0]}{PREFIX[0].upper()}]{PREFIX[1:]}[a-z]{{{LENGTH}}}|{PREFIX.upper()}[A-Z]{{{LENGTH}}})"
    r"(?![0-9A-Za-z])"
)
"""Small, capitalised or in capitals, and a word of its own: the random tokens of forms are none."""
FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")


def canaries_in(text: str) -> set[str]:
    """The canaries of a text, in lower case."""
    return {found.lower() for found in CANARY.findall(text)}


class Words:
    """Everything random of one installation: the same seed gives the same words and numbers."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - sample data, no secret
        self.taken: set[str] = set()

    def word(self) -> str:
        """A canary that was not given before."""
        while True:
            tail = "".join(self.random.choices(string.ascii_lowercase, k=LENGTH))
            if tail not in self.taken and PREFIX not in tail:
                self.taken.add(tail)
                return PREFIX + tail

    def name(self) -> str:
        """A canary as a proper name."""
        return self.word().capitalize()

    def text(self, phrase: str) -> str:
        """The phrase with a canary behind it."""
        return f"{phrase} {self.word()}"

    def person(self) -> str:
        """A full name whose given name is a canary."""
        return f"{self.random.choice(FAMILIES)} Văn {self.name()}"

    def number(self, least: int, most: int) -> int:
        """A whole number, both bounds included."""
        return self.random.randint(least, most)

    def symbol(self, ending: str, day: date) -> str:
        """A made-up document's number and symbol, such as "137/2026/QĐ-TTg"."""
        return f"{self.number(1, 900)}/{day.year}/{ending}"
