"""Majorities: a share of a base, compared in integers only.

A percentage never decides anything: ``2 × low > returned`` does. Which majority a matter needs is
not said here but in the rulebook (`council.rules.law`), by date and level.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Base(StrEnum):
    """What a share is a share of."""

    TOTAL = "total"
    """All delegates of the council that day, counted from mandates (tổng số đại biểu)."""
    PRESENT = "present"
    RETURNED = "returned"
    """Ballot papers collected, invalid ones included (tổng số phiếu thu về)."""
    VALID = "valid"
    IN_OFFICE = "in_office"
    """Delegates in office of a council below two thirds of its statutory number (hiện có)."""
    VOTERS = "voters"
    """Voters of the commune, for a petition."""
    STATUTORY = "statutory"
    """The delegates that the law gives the council in this term (số đại biểu luật định)."""

    @property
    def words(self) -> str:
        """The base as it stands in a Vietnamese sentence."""
        return _BASE_WORDS[self]


_BASE_WORDS: Final = {
    Base.TOTAL: "tổng số đại biểu",
    Base.PRESENT: "số đại biểu có mặt",
    Base.RETURNED: "tổng số phiếu thu về",
    Base.VALID: "tổng số phiếu hợp lệ",
    Base.IN_OFFICE: "tổng số đại biểu hiện có",
    Base.VOTERS: "tổng số cử tri",
    Base.STATUTORY: "số đại biểu luật định",
}

_SHARE_WORDS: Final = {
    Fraction(1, 2): "một nửa",
    Fraction(1, 3): "một phần ba",
    Fraction(2, 3): "hai phần ba",
    Fraction(1, 10): "mười phần trăm",
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base that votes must exceed (``strict``) or reach.

    Args:
        share: between 0 and 1.
        base: what the share is taken of.
        strict: True for "quá, trên" (more than), False for "từ … trở lên" (at least).
    """

    share: Fraction
    base: Base
    strict: bool

    def met(self, votes: int, base_value: int) -> bool:
        """Whether ``votes`` of ``base_value`` (both ≥ 0) pass; of a base of 0 nothing passes."""
        if base_value <= 0:
            return False
        ours = votes * self.share.denominator
        bar = self.share.numerator * base_value
        return ours > bar if self.strict else ours >= bar

    def votes_needed(self, base_value: int) -> int:
        """The smallest number of votes that passes, for a base ≥ 1."""
        scaled = self.share.numerator * base_value
        if self.strict:
            return scaled // self.share.denominator + 1
        return -(-scaled // self.share.denominator)

    @property
    def phrase(self) -> str:
        """The majority in a lawyer's words: "quá nửa tổng số đại biểu"."""
        words = _SHARE_WORDS.get(self.share, f"{self.share.numerator}/{self.share.denominator}")
        if not self.strict:
            return f"từ {words} {self.base.words} trở lên"
        if self.share == Fraction(1, 2):
            return f"quá nửa {self.base.words}"
        return f"trên {words} {self.base.words}"
