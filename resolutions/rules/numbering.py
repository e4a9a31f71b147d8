"""Numbers and symbols of resolutions: one series a council, year and kind, without gaps.

Source: Decree 30/2020/NĐ-CP Art. 15 and Appendix I: numbering restarts at 01 on 1 January, numbers
below 10 carry a zero, normative documents have a series of their own with the year inside.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop

ABBREVIATION: Final = "NQ-HĐND"
NUMBER_MAX: Final = 99_999
_YEARS: Final = range(1945, 2101)
_SYMBOL: Final = re.compile(r"(?P<number>[0-9]{1,5})(?:/(?P<year>[0-9]{4}))?/NQ-HĐND")


class ResolutionKind(StrEnum):
    """cá biệt, quy phạm pháp luật."""

    INDIVIDUAL = "individual"
    NORMATIVE = "normative"


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """Within one series a number is given once: a council, a calendar year, a kind."""

    council: str
    year: int
    kind: ResolutionKind

    @property
    def key(self) -> str:
        """As a name for a lock or a row."""
        return f"{self.council}/{self.year}/{self.kind}"


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number and symbol as printed after "Số:"; ``year`` only of a normative resolution."""

    number: int
    year: int | None = None

    def __str__(self) -> str:
        year = f"/{self.year}" if self.year else ""
        return f"{self.number:02d}{year}/{ABBREVIATION}"

    @property
    def slug(self) -> str:
        """The last part of the public address: ``12-nq-hdnd``, ``12-2025-nq-hdnd``."""
        return text.slug(str(self))

    @property
    def kind(self) -> ResolutionKind:
        """Told by the year inside."""
        return ResolutionKind.NORMATIVE if self.year else ResolutionKind.INDIVIDUAL


def symbol(number: int, year: int, kind: ResolutionKind | str) -> Symbol:
    """The symbol of a number given in a year: ``05/NQ-HĐND``, ``05/2025/NQ-HĐND``.

    Raises:
        Refusal: ``number.out_of_range``.
    """
    if not 1 <= number <= NUMBER_MAX or year not in _YEARS:
        raise Refusal(
            "number.out_of_range",
            gettext_noop(
                "Số nghị quyết phải từ 1 đến %(number_max)d, năm từ %(first)d đến %(last)d."
            ),
            params={"number_max": NUMBER_MAX, "first": _YEARS[0], "last": _YEARS[-1]},
            field="number",
        )
    wanted = ResolutionKind(kind)
    match wanted:
        case ResolutionKind.INDIVIDUAL:
            return Symbol(number)
        case ResolutionKind.NORMATIVE:
            return Symbol(number, year)


def parse(written: str) -> Symbol:
    """The symbol behind "12/NQ-HĐND" or "12/2025/NQ-HĐND"; blanks and case do not matter.

    Raises:
        Refusal: ``number.unreadable``, ``number.out_of_range``.
    """
    match = _SYMBOL.fullmatch(text.nfc(written).replace(" ", "").upper())
    if match is None:
        raise Refusal(
            "number.unreadable",
            gettext_noop(
                "“%(written)s” không đúng dạng số, ký hiệu nghị quyết. "
                "Ví dụ đúng: 12/NQ-HĐND hoặc 12/2025/NQ-HĐND."
            ),
            params={"written": written.strip()[:60]},
            field="symbol",
        )
    if match["year"] is None:
        return symbol(int(match["number"]), _YEARS[0], ResolutionKind.INDIVIDUAL)
    return symbol(int(match["number"]), int(match["year"]), ResolutionKind.NORMATIVE)


def next_number(used: Iterable[int]) -> int:
    """The next number of a series: one more than the highest, 1 in a new year.

    Giving numbers only by this rule, under a lock on the series, leaves no gap; a number once
    given is never given again, even if the resolution is withdrawn.
    """
    return max(used, default=0) + 1


def gaps(used: Iterable[int]) -> tuple[int, ...]:
    """Numbers missing below the highest one: a fault of the records, for `manage.py verify`."""
    given = set(used)
    return tuple(number for number in range(1, max(given, default=0)) if number not in given)
