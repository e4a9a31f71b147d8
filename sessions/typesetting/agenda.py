"""The printed agenda (chương trình kỳ họp): sittings, and under each its items as a tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from council.typesetting import wording
from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "sessions/typesetting/agenda.typ"
DEEPEST: Final = 3


@dataclass(frozen=True)
class AgendaLine:
    """One item.

    Args:
        number: as shown, e.g. ``1`` or ``2.1``.
        depth: 0 for items of the first level, 1 below them, and so on.
        time: ``8 giờ 00``, or empty.
        title: what is done.
        presenter: who presents; empty for none.
        papers: titles of its papers, each a line below the item.
        is_dropped: withdrawn from the agenda; printed with that word, never left out silently.
    """

    number: str
    depth: int
    title: str
    time: str = ""
    presenter: str = ""
    papers: Sequence[str] = ()
    is_dropped: bool = False


@dataclass(frozen=True)
class AgendaPart:
    """A sitting: its heading (``Buổi sáng, thứ Ba, ngày 12 tháng 12 năm 2023``) and its items."""

    heading: str
    lines: Sequence[AgendaLine]


@dataclass(frozen=True)
class AgendaSheet:
    """Everything that stands on the agenda.

    Args:
        issuer_lines: in capitals.
        symbol_number: empty where the agenda has no number of its own.
        place, dated: as on a resolution.
        title: ``Kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI``.
        standing: how far it has come: ``Dự kiến`` or the decision that adopted it; empty for none.
        introduction: time and place, each a paragraph.
        parts: sittings in order.
        signatory_posts, signatory_name: none for an unsigned print.
        recipients: as on a resolution; empty for none.
    """

    issuer_lines: Sequence[str]
    symbol_number: str
    place: str
    dated: date | None
    title: str
    standing: str
    introduction: Sequence[str]
    parts: Sequence[AgendaPart]
    recipients: Sequence[str] = ()
    signatory_posts: Sequence[str] = ()
    signatory_name: str = ""
    is_draft: bool = False
    illustrative_note: str = ""


def typeset(sheet: AgendaSheet, *, created: datetime) -> bytes:
    """The agenda as tagged PDF/A-2a.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Decree 30/2020/NĐ-CP, Appendix I (layout); the form is practice, no article.
    """
    data: dict[str, object] = {
        "document_title": f"Chương trình {sheet.title}",
        "draft": sheet.is_draft,
        "note": sheet.illustrative_note,
        "issuer": list(sheet.issuer_lines),
        "symbol_number": f"Số: {sheet.symbol_number}" if sheet.symbol_number else "",
        "place_date": wording.place_and_date(sheet.place, sheet.dated),
        "title": sheet.title,
        "standing": sheet.standing,
        "introduction": list(sheet.introduction),
        "has_times": any(line.time for part in sheet.parts for line in part.lines),
        "parts": [
            {"heading": part.heading, "lines": [_line(line) for line in part.lines]}
            for part in sheet.parts
        ],
        "recipients": wording.recipients(sheet.recipients),
        "signatory_posts": list(sheet.signatory_posts),
        "signatory_name": sheet.signatory_name,
    }
    return compile_pdf(TEMPLATE, data, created=created)


def _line(line: AgendaLine) -> dict[str, object]:
    return {
        "number": line.number,
        "depth": min(line.depth, DEEPEST),
        "time": line.time,
        "title": line.title,
        "presenter": line.presenter,
        "papers": list(line.papers),
        "dropped": line.is_dropped,
    }
