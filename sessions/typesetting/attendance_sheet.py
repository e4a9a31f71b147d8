"""The sheet that delegates sign on arrival, one table a delegate group (tổ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "sessions/typesetting/attendance_sheet.typ"
COLUMNS_UPRIGHT: Final = 3
"""With more sittings than these the sheet is printed in landscape."""


@dataclass(frozen=True)
class AttendanceGroup:
    """A delegate group: its name and (full name, post or workplace) of its delegates, in order."""

    name: str
    delegates: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class AttendanceSheet:
    """Everything that stands on the sheet.

    Args:
        issuer_lines: in capitals.
        title: ``Điểm danh đại biểu kỳ họp thứ 13 …``.
        session_line: day and place; empty for none.
        sittings: one signature column each, e.g. ``Sáng 12/12``.
        groups: in order; each starts with its own heading, numbers run within the group.
        illustrative_note: printed at the foot of each page; empty for none.
    """

    issuer_lines: Sequence[str]
    title: str
    session_line: str
    sittings: Sequence[str]
    groups: Sequence[AttendanceGroup]
    illustrative_note: str = ""


def typeset(sheet: AttendanceSheet, *, created: datetime) -> bytes:
    """The attendance sheet as tagged PDF/A-2a, with the number of delegates of each group.

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
        "sittings": list(sheet.sittings),
        "landscape": len(sheet.sittings) > COLUMNS_UPRIGHT,
        "total": sum(len(group.delegates) for group in sheet.groups),
        "groups": [
            {
                "name": group.name,
                "delegates": [{"name": name, "post": post} for name, post in group.delegates],
            }
            for group in sheet.groups
        ],
    }
    return compile_pdf(TEMPLATE, data, created=created)
