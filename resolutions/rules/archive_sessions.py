"""Reading the list of past sessions: one row a session, errors and doubts beside each.

Columns are found by their folded heading, in any order, as in the list of resolutions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.rules.roster import day, plain

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "term": ("nhiem ky", "khoa", "term"),
    "number": ("ky hop", "ky hop thu", "so", "ky hop so", "session"),
    "kind": ("loai", "loai ky hop", "kind"),
    "opens_on": ("khai mac", "ngay khai mac", "tu ngay", "ngay", "opens on"),
    "closes_on": ("be mac", "ngay be mac", "den ngay", "closes on"),
    "place": ("dia diem", "noi hop", "place"),
}  # fmt: skip
NEEDED: Final = frozenset({"term", "number", "opens_on"})
MAX_ROWS: Final = 2_000
NUMBER_MAX: Final = 200
PLACE_MAX: Final = 200
UNKNOWN_PLACE: Final = "Không ghi trong hồ sơ"
KINDS: Final = {
    "year_end": ("cuoi nam", "thuong le cuoi nam"),
    "mid_year": ("giua nam", "thuong le giua nam"),
    "thematic": ("chuyen de",),
    "urgent": ("bat thuong", "dot xuat"),
    "organising": ("thu nhat", "dau nhiem ky", "thanh lap"),
}
"""Kind of session → folded words that name it; the law of the past said "bất thường"."""
JUNE: Final = 8


@dataclass(slots=True)
class PastSession:
    """One row as it was understood; `line` is the row number that the spreadsheet shows."""

    line: int
    term: str = ""
    number: int | None = None
    kind: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    place: str = ""
    errors: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read(table: Sequence[Sequence[object]]) -> tuple[PastSession, ...]:
    """Understand a table whose first non-empty row holds the headings.

    Raises:
        Refusal: ``archive.sessions_empty``, ``archive.session_columns_missing``,
            ``archive.sessions_too_long``.
    """
    filled = [(n, row) for n, row in enumerate(table, start=1) if any(plain(c) for c in row)]
    if len(filled) < 2:  # noqa: PLR2004 - the headings and one row
        raise Refusal(
            "archive.sessions_empty",
            gettext_noop("Bảng kỳ họp không có dòng nào. Dòng đầu là tên cột."),
            field="session_table",
        )
    if len(filled) > MAX_ROWS + 1:
        raise Refusal(
            "archive.sessions_too_long",
            gettext_noop("Bảng kỳ họp có hơn %(max)d dòng. Chia thành nhiều lần nhập."),
            params={"max": MAX_ROWS},
            field="session_table",
        )
    places = _places(filled[0][1])
    found = tuple(_line(number, row, places) for number, row in filled[1:])
    _mark_doubles(found)
    return found


def _places(headings: Sequence[object]) -> dict[str, int]:
    known = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(_folded(plain(heading)))
        if name:
            places.setdefault(name, place)
    if not places.keys() >= NEEDED:
        raise Refusal(
            "archive.session_columns_missing",
            gettext_noop("Bảng kỳ họp phải có các cột “Nhiệm kỳ”, “Kỳ họp” và “Khai mạc”."),
            field="session_table",
        )
    return places


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.fold(words)).split())


def _line(number: int, row: Sequence[object], places: dict[str, int]) -> PastSession:
    found = PastSession(number)
    typed = {}
    for name, place in places.items():
        try:
            typed[name] = text.nfc(plain(row[place])) if place < len(row) else ""
        except Refusal as refusal:
            found.errors.append(str(refusal))
            typed[name] = ""
    found.term = typed.get("term", "")[:60]
    if not found.term:
        found.errors.append(gettext_noop("Thiếu nhiệm kỳ. Ghi dạng 2016-2021."))
    _number(found, typed.get("number", ""))
    _days(found, typed)
    _kind(found, typed.get("kind", ""))
    found.place = typed.get("place", "")[:PLACE_MAX] or UNKNOWN_PLACE
    return found


def _number(found: PastSession, typed: str) -> None:
    digits = re.search(r"[0-9]{1,3}", typed)
    try:
        number = int(digits[0]) if digits else text.from_roman(typed.rsplit(maxsplit=1)[-1].upper())
    except (Refusal, IndexError):
        number = 0
    if not 1 <= number <= NUMBER_MAX:
        found.errors.append(gettext_noop("Số kỳ họp không đọc được. Ghi dạng 13 hoặc XIII."))
        return
    found.number = number


def _days(found: PastSession, typed: dict[str, str]) -> None:
    for name in ("opens_on", "closes_on"):
        try:
            setattr(found, name, day(typed.get(name, "")))
        except Refusal:
            found.errors.append(gettext_noop("Ngày không đọc được. Ghi dạng 12/07/2018."))
    if found.opens_on is None:
        found.errors.append(gettext_noop("Thiếu ngày khai mạc."))
        return
    if found.closes_on is None:
        found.closes_on = found.opens_on
        found.doubts.append(gettext_noop("Không ghi ngày bế mạc: lấy bằng ngày khai mạc."))
    if found.closes_on < found.opens_on:
        found.errors.append(gettext_noop("Ngày bế mạc trước ngày khai mạc."))


def _kind(found: PastSession, typed: str) -> None:
    said = _folded(typed)
    for kind, words in KINDS.items():
        if any(word in said for word in words):
            found.kind = kind
            return
    is_late = found.opens_on is not None and found.opens_on.month > JUNE
    found.kind = "year_end" if is_late else "mid_year"
    found.doubts.append(
        gettext_noop("Không rõ loại kỳ họp: coi là kỳ họp thường lệ theo tháng khai mạc.")
    )


def _mark_doubles(found: Sequence[PastSession]) -> None:
    seen: dict[tuple[str, int | None], int] = {}
    for one in found:
        key = (_folded(one.term), one.number)
        if one.number is not None and key in seen:
            one.errors.append(gettext_noop("Trùng kỳ họp với dòng %(line)d.") % {"line": seen[key]})
        seen.setdefault(key, one.line)


def is_term(typed: str, *, label: str, number: int) -> bool:
    """Whether what stands in the list names the term: "2016-2021", "khóa XV", "15"."""
    said = _folded(typed)
    if _folded(label) == said or said.endswith(_folded(label)):
        return True
    last = said.split()[-1] if said else ""
    return last in (str(number), text.roman(number).casefold()) and len(said.split()) <= 2  # noqa: PLR2004
