"""Minutes of a session (biên bản kỳ họp) as PDF, in the layout of Decree 30/2020/NĐ-CP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from council.typesetting import wording
from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "resolutions/typesetting/session_minutes.typ"
RECIPIENTS: Final = ("Thường trực Hội đồng nhân dân", "Đại biểu Hội đồng nhân dân", "Lưu: VT")


@dataclass(frozen=True)
class MinutesLine:
    """One paragraph; a heading is an item of the agenda with its number."""

    words: str
    is_heading: bool = False


@dataclass(frozen=True)
class MinutesPart:
    """A section with its title in capitals."""

    title: str
    lines: Sequence[MinutesLine]


@dataclass(frozen=True)
class MinutesSheet:
    """The minutes of one session.

    Args:
        issuer_lines: issuing body in capitals.
        symbol: ``05/BB-HĐND``; place, dated: for the date line, None leaves dots.
        abstract: the session's full name.
        parts: sections in order.
        presiding, secretary: names below the two signatures; empty leaves room only.
        is_draft: DỰ THẢO across each page.
        illustrative_note: printed at the foot of each page; empty for none.
    """

    issuer_lines: Sequence[str]
    symbol: str
    place: str
    dated: date | None
    abstract: str
    parts: Sequence[MinutesPart]
    presiding: str
    secretary: str
    is_draft: bool = True
    illustrative_note: str = ""


def typeset(sheet: MinutesSheet, *, created: datetime) -> bytes:
    """The minutes as tagged PDF/A-2a, with room for the two signatures.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Decree 30/2020/NĐ-CP, Appendix I; secretary left, presiding officer right.
    """
    return compile_pdf(TEMPLATE, content(sheet), created=created)


def content(sheet: MinutesSheet) -> dict[str, Any]:
    """Every word of the minutes, for the PDF and for the DOCX."""
    parts = [
        {
            "title": part.title,
            "lines": [{"words": one.words, "heading": one.is_heading} for one in part.lines],
        }
        for part in sheet.parts
    ]
    last = next((part["lines"][-1] for part in reversed(parts) if part["lines"]), None)
    if isinstance(last, dict):
        last["words"] = wording.end_of_text(last["words"])
    return {
        "document_title": f"Biên bản {sheet.abstract}",
        "draft": sheet.is_draft,
        "note": sheet.illustrative_note,
        "superior": [],
        "issuer": list(sheet.issuer_lines),
        "symbol": f"Số: {sheet.symbol}",
        "place_date": wording.place_and_date(sheet.place, sheet.dated),
        "type": "BIÊN BẢN",
        "abstract": sheet.abstract,
        "parts": parts,
        "signatures": [
            {"post": "THƯ KÝ", "name": sheet.secretary},
            {"post": "CHỦ TỌA", "name": sheet.presiding},
        ],
        "recipients_title": "Nơi nhận:",
        "recipients": wording.recipients(RECIPIENTS),
    }
