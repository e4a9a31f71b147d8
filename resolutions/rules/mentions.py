"""Mentions of resolutions of councils in running text, with the piece that is meant.

Only what is written out is read: "khoản 2 Điều 3 Nghị quyết số 12/NQ-HĐND ngày 10 tháng 7 năm
2026". Whether such a resolution exists is for the caller to find out; the number of an individual
resolution means something only together with its year.

Source: practice of citing (practice.md 2.3), Decree 30/2020/NĐ-CP Art. 15 for numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal
from resolutions.rules import numbering
from resolutions.rules.numbering import Symbol

_PIECE: Final = r"(?:[Đđ]iểm\s+[a-zđ]\d?|[Kk]hoản\s+\d{1,3}[a-zđ]?|Điều\s+\d{1,3}[a-zđ]?)"
_DATE: Final = (
    r"\s+ngày\s+\d{1,2}\s*(?:tháng|/|-)\s*\d{1,2}\s*(?:năm|/|-)\s*(?P<dated>(?:19|20)\d{2})"
)
_OF: Final = (
    r"\s+của\s+Hội đồng nhân dân\s+(?P<unit>(?:(?!\s+(?:về|khóa|quy|ban|thông|và)\b)[^,;.:()“”])+)"
)
MENTION: Final = re.compile(
    rf"(?P<pieces>{_PIECE}(?:\s+{_PIECE}){{0,2}}\s+(?:của\s+)?)?"
    rf"[Nn]ghị quyết(?:\s+số)?[:\s]\s*(?P<symbol>\d{{1,5}}(?:/\d{{4}})?/NQ-HĐND)"
    rf"(?P<date>{_DATE})?(?P<of>{_OF})?"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A resolution that a text names.

    Attributes:
        start, end: where in the text, for slicing.
        symbol: number and symbol.
        year: in which it was adopted, as far as the text tells.
        unit: whose council, "tỉnh Mẫu", where the text says; else empty.
        anchor: of the piece, as in its public address: "dieu-3-khoan-2"; empty for the whole.
    """

    start: int
    end: int
    symbol: Symbol
    year: int | None
    unit: str = ""
    anchor: str = ""


def mentions_in(words: str) -> tuple[Mention, ...]:
    """Every mention, in order; they do not overlap."""
    found = []
    for match in MENTION.finditer(words):
        try:
            symbol = numbering.parse(match["symbol"])
        except Refusal:  # number 0, a year of no calendar: nothing that exists
            continue
        year = symbol.year or (int(match["dated"]) if match["dated"] else None)
        found.append(
            Mention(
                match.start(), match.end("date") if match["date"] else match.end("symbol"),
                symbol, year, (match["unit"] or "").strip(), _anchor(match["pieces"] or ""),
            )
        )  # fmt: skip
    return tuple(found)


def _anchor(pieces: str) -> str:
    """``Điểm đ khoản 2 Điều 3`` → ``dieu-3-khoan-2-diem-dd``, as `labels.Label.anchor` makes it."""
    parts = re.findall(_PIECE, pieces)
    if not any(part.startswith("Điều") for part in parts):
        return ""
    named = [part.casefold().split() for part in reversed(parts)]
    return "-".join(
        text.slug(f"{kind} {number.replace('đ', 'dd') if kind == 'điểm' else number}")
        for kind, number in named
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words, and where they lead; empty for nowhere."""

    words: str
    address: str = ""


Known = Mapping[tuple[str, int], str]
"""Symbol and year of a published resolution of one council → its address."""


def segments(words: str, known: Known, *, unit: str) -> tuple[Segment, ...]:
    """The text cut into plain and linked words; joined, they are the text.

    A mention without a year is linked where exactly one known resolution bears its symbol; one of
    another council's unit is never linked.
    """
    found: list[Segment] = []
    done = 0
    for mention in mentions_in(words):
        address = _address(mention, known, unit)
        if not address:
            continue
        found.append(Segment(words[done : mention.start]))
        found.append(Segment(words[mention.start : mention.end], address))
        done = mention.end
    found.append(Segment(words[done:]))
    return tuple(segment for segment in found if segment.words)


def _address(mention: Mention, known: Known, unit: str) -> str:
    if mention.unit and mention.unit.casefold() != unit.casefold():
        return ""
    symbol = str(mention.symbol)
    if mention.year is not None:
        address = known.get((symbol, mention.year), "")
    else:
        fits = [one for (name, _year), one in known.items() if name == symbol]
        address = fits[0] if len(fits) == 1 else ""
    return f"{address}#{mention.anchor}" if address and mention.anchor else address
