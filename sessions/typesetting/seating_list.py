"""The seating list (danh sách chỗ ngồi): who sits where, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "sessions/typesetting/seating_list.typ"


@dataclass(frozen=True)
class SeatingList:
    """Everything that stands on the list.

    Args:
        issuer_lines: in capitals.
        session_line: session and day, in italics.
        rows: (number, name, post, group) by number.
        illustrative_note: printed at the foot of each page; empty for none.
    """

    issuer_lines: Sequence[str]
    title: str
    session_line: str
    rows: Sequence[tuple[int, str, str, str]]
    illustrative_note: str = ""


def typeset(sheet: SeatingList, *, created: datetime) -> bytes:
    """The list as tagged PDF/A-2a; the heading of its table is repeated on each page.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: practice, no article.
    """
    data: dict[str, object] = {
        "document_title": sheet.title,
        "draft": False,
        "note": sheet.illustrative_note,
        "issuer": list(sheet.issuer_lines),
        "title": sheet.title,
        "session_line": sheet.session_line,
        "rows": [[str(number), *words] for number, *words in sheet.rows],
    }
    return compile_pdf(TEMPLATE, data, created=created)
