"""Numbers of past resolutions, however a secretary or a scanner wrote them.

"12-NQ-HDND.pdf", "NQ 12 2023", "12.2023.NQ.HĐND (ban ky)", "Nghị quyết số 05/2022/NQ-HĐND ngày
7/7/2022": all name a number, some a year. Nothing is guessed where two readings are possible.
"""

import re
from dataclasses import dataclass
from typing import Final

from council.rules import text
from resolutions.rules.numbering import NUMBER_MAX, ResolutionKind

YEARS: Final = range(1945, 2101)
_EXTENSION: Final = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|png|jpe?g|tiff?|signed)$")
_DATE: Final = re.compile(
    r"\bngay[\s_.]*[0-9]{1,2}[\s_./-]+(?:thang[\s_.]*)?[0-9]{1,2}[\s_./-]+(?:nam[\s_.]*)?[0-9]{4}"
)
_RESOLUTION: Final = re.compile(r"nghi[\s_.-]*quyet")
_TOKEN: Final = re.compile(r"[0-9]+|[a-z]+")
_YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Written:
    """What a name says: the number, and the year where one stands beside it.

    `is_sure`: the letters NQ stand beside the number; else it is only the one number there.
    """

    number: int
    year: int | None = None
    is_sure: bool = True


def read(name: str) -> Written | None:
    """The number that a file name or a cell gives; None where it gives none or several."""
    folded = _RESOLUTION.sub(" nq ", text.fold(name))
    while (shorter := _EXTENSION.sub("", folded)) != folded:
        folded = shorter
    tokens = _tokens(_DATE.sub(" ", folded))
    return _before_nq(tokens) or _after_nq(tokens) or _alone(tokens)


def _tokens(folded: str) -> list[str]:
    """Words and numbers, without "số" and what only says whose resolution it is."""
    return [token for token in _TOKEN.findall(folded) if token not in {"so", "hdnd", "hd", "nd"}]


def _is_year(token: str) -> bool:
    return len(token) == _YEAR_DIGITS and token.isdigit() and int(token) in YEARS


def _number(token: str) -> int | None:
    if not token.isdigit() or _is_year(token) or len(token) > len(str(NUMBER_MAX)):
        return None
    return int(token) or None


def _before_nq(tokens: list[str]) -> Written | None:
    """12 NQ, 12 2023 NQ, 12 NQ 2023."""
    for place, token in enumerate(tokens):
        if not token.startswith("nq"):
            continue
        before = tokens[:place][::-1]
        year = next(iter(before), "")
        if _is_year(year) and len(before) > 1 and (number := _number(before[1])):
            return Written(number, int(year))
        if before and (number := _number(before[0])):
            after = tokens[place + 1] if place + 1 < len(tokens) else ""
            return Written(number, int(after) if _is_year(after) else None)
    return None


def _after_nq(tokens: list[str]) -> Written | None:
    """NQ 12, NQ 12 2023, NQ 2023 12."""
    for place, token in enumerate(tokens):
        if not token.startswith("nq"):
            continue
        after = [*tokens[place + 1 : place + 3], "", ""]
        if number := _number(after[0]):
            return Written(number, int(after[1]) if _is_year(after[1]) else None)
        if _is_year(after[0]) and (number := _number(after[1])):
            return Written(number, int(after[0]))
    return None


def _alone(tokens: list[str]) -> Written | None:
    """The only number of the name, with the only year beside it."""
    numbers = [found for token in tokens if (found := _number(token))]
    years = [int(token) for token in tokens if _is_year(token)]
    if len(numbers) != 1 or len(years) > 1:
        return None
    return Written(numbers[0], years[0] if years else None, is_sure=False)


def kind_of(symbol: str, said: str) -> ResolutionKind:
    """Normative where the kind column says so, or where the year stands inside the symbol."""
    folded = text.fold(said)
    if "quy pham" in folded or "qppl" in folded:
        return ResolutionKind.NORMATIVE
    if "ca biet" in folded:
        return ResolutionKind.INDIVIDUAL
    inside = re.search(r"[0-9]+\s*[/.\-_ ]\s*[0-9]{4}\s*[/.\-_ ]\s*nq", text.fold(symbol))
    return ResolutionKind.NORMATIVE if inside else ResolutionKind.INDIVIDUAL
