"""Reading the list of past resolutions from a spreadsheet: errors and doubts beside each row.

Columns are found by their folded heading, in any order; unknown ones are ignored and said. An
error keeps a row out; a doubt is shown, and the clerk decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.rules.roster import day, plain
from resolutions.rules import archive_names, numbering

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "symbol": (
        "so ky hieu", "so va ky hieu", "ky hieu", "so hieu", "so", "so nghi quyet", "so van ban",
        "nghi quyet so", "so ky hieu van ban", "so nq", "symbol",
    ),
    "issued_on": (
        "ngay", "ngay ban hanh", "ngay thong qua", "ngay ky", "ngay thang", "ngay thang nam",
        "ngay van ban", "date",
    ),
    "title": (
        "trich yeu", "trich yeu noi dung", "ten van ban", "ten nghi quyet", "noi dung", "ve viec",
        "title",
    ),
    "kind": ("loai", "loai van ban", "loai nghi quyet", "kind"),
    "session": ("ky hop", "ky hop thu", "session"),
    "signatory": ("nguoi ky", "ho ten nguoi ky", "signatory"),
    "file": ("tep", "ten tep", "file", "ten file", "tap tin", "ten tap tin"),
    "effective_on": ("hieu luc", "ngay hieu luc", "ngay co hieu luc", "hieu luc tu", "effective"),
    "relations": (
        "sua doi thay the", "sua doi bo sung thay the", "sua doi", "thay the", "quan he",
        "sua doi bo sung", "van ban lien quan", "relations",
    ),
}  # fmt: skip
MAX_ROWS: Final = 20_000
LIMITS: Final = {"title": 500, "signatory": 120, "session": 120, "relations": 500, "file": 300}
FIRST_YEAR: Final = 1946


@dataclass(slots=True)
class ArchiveLine:
    """One row as it was understood; `line` is the row number that the spreadsheet shows."""

    line: int
    typed: dict[str, str]
    number: int | None = None
    year: int | None = None
    kind: str = numbering.ResolutionKind.INDIVIDUAL
    issued_on: date | None = None
    effective_on: date | None = None
    errors: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        """As printed after "Số:"; empty where the row gives no number."""
        if self.number is None or self.year is None:
            return ""
        return str(numbering.symbol(self.number, self.year, self.kind))

    @property
    def key(self) -> str:
        """Council-wide name of the resolution: the same row twice is one resolution."""
        return f"{self.year}/{self.kind}/{self.number}" if self.symbol else ""

    def said(self, name: str) -> str:
        """What stood in the column; empty where there is none."""
        return self.typed.get(name, "")


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """A spreadsheet as it was understood."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    lines: tuple[ArchiveLine, ...]


def read(table: Sequence[Sequence[object]]) -> ArchiveTable:
    """Understand a table whose first non-empty row holds the headings.

    Raises:
        Refusal: ``archive.empty``, ``archive.columns_missing``, ``archive.too_long``.
    """
    filled = [(n, row) for n, row in enumerate(table, start=1) if any(plain(c) for c in row)]
    if len(filled) < 2:  # noqa: PLR2004 - the headings and one row
        raise Refusal(
            "archive.empty",
            gettext_noop("Bảng không có nghị quyết nào. Dòng đầu là tên cột."),
            field="table",
        )
    if len(filled) > MAX_ROWS + 1:
        raise Refusal(
            "archive.too_long",
            gettext_noop("Bảng có hơn %(max)d dòng. Chia thành nhiều lần nhập."),
            params={"max": MAX_ROWS},
            field="table",
        )
    places, ignored = _headings(filled[0][1])
    lines = tuple(_line(number, row, places) for number, row in filled[1:])
    _mark_doubles(lines)
    return ArchiveTable(tuple(places), tuple(ignored), lines)


def _headings(row: Sequence[object]) -> tuple[dict[str, int], list[str]]:
    known = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    ignored = []
    for place, heading in enumerate(row):
        folded = " ".join(re.sub(r"[^a-z0-9]+", " ", text.fold(plain(heading))).split())
        name = known.get(folded)
        if name and name not in places:
            places[name] = place
        elif plain(heading):
            ignored.append(plain(heading)[:60])
    if not {"symbol", "issued_on", "title"} <= set(places):
        raise Refusal(
            "archive.columns_missing",
            gettext_noop(
                "Bảng phải có các cột “Số, ký hiệu”, “Ngày ban hành” và “Trích yếu” ở dòng đầu."
            ),
            field="table",
        )
    return places, ignored


def _line(number: int, row: Sequence[object], places: dict[str, int]) -> ArchiveLine:
    found = ArchiveLine(number, {})
    for name, place in places.items():
        typed = plain(row[place]) if place < len(row) else ""
        try:
            typed = text.nfc(typed)
        except Refusal as refusal:
            found.errors.append(str(refusal))
            typed = ""
        limit = LIMITS.get(name)
        if limit and len(typed) > limit:
            found.doubts.append(
                gettext_noop("Cột dài quá %(max)d ký tự, phần sau bị cắt.") % {"max": limit}
            )
            typed = typed[:limit]
        found.typed[name] = typed
    _dates(found)
    _symbol(found)
    if not found.said("title"):
        found.errors.append(gettext_noop("Thiếu trích yếu."))
    return found


def _dates(found: ArchiveLine) -> None:
    try:
        found.issued_on = day(found.said("issued_on"))
        if found.issued_on is None:
            found.errors.append(gettext_noop("Thiếu ngày ban hành."))
        elif found.issued_on.year < FIRST_YEAR:
            found.errors.append(gettext_noop("Ngày ban hành trước năm 1946."))
            found.issued_on = None
    except Refusal:
        found.errors.append(gettext_noop("Ngày ban hành không đọc được. Ghi dạng 12/03/2015."))
    try:
        found.effective_on = day(found.said("effective_on"))
    except Refusal:
        found.doubts.append(gettext_noop("Ngày hiệu lực không đọc được, sẽ để trống."))


def _symbol(found: ArchiveLine) -> None:
    said = found.said("symbol")
    written = archive_names.read(said)
    if written is None:
        found.errors.append(gettext_noop("Số, ký hiệu không đọc được. Ghi dạng 12/NQ-HĐND."))
        return
    found.number = written.number
    found.kind = archive_names.kind_of(said, found.said("kind"))
    issued = found.issued_on.year if found.issued_on else None
    found.year = issued or written.year
    if issued and written.year and written.year != issued:
        found.doubts.append(
            gettext_noop("Năm trong số, ký hiệu (%(year)d) khác năm ban hành.")
            % {"year": written.year}
        )


def _mark_doubles(lines: Sequence[ArchiveLine]) -> None:
    seen: dict[str, int] = {}
    for found in lines:
        if not found.key:
            continue
        if found.key in seen:
            found.errors.append(
                gettext_noop("Trùng số với dòng %(line)d.") % {"line": seen[found.key]}
            )
        seen.setdefault(found.key, found.line)
