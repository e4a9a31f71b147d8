"""Reading a list of guests from a table: each bad cell is named, rows keep their order.

Columns are found by their folded heading, in any order; unknown ones are ignored and said.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.rules.roster import Cell, plain

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "honorific": ("xung ho", "ong ba", "danh xung", "honorific"),
    "full_name": ("ho va ten", "ho ten", "ten", "ten khach", "ho va ten khach", "full name"),
    "post": ("chuc vu", "chuc danh", "post"),
    "organisation": (
        "co quan", "don vi", "co quan don vi", "to chuc", "noi cong tac", "co quan to chuc",
        "organisation",
    ),
    "address": ("dia chi", "dia chi gui", "noi nhan", "address"),
}  # fmt: skip
HEADINGS: Final = ("Xưng hô", "Họ và tên", "Chức vụ", "Cơ quan, đơn vị", "Địa chỉ")
LIMITS: Final = {"full_name": 120, "post": 200, "organisation": 200, "address": 240}
HONORIFICS: Final = {
    "": "", "-": "", "ong": "ong", "nam": "ong", "ba": "ba", "nu": "ba", "co": "ba",
    "dong chi": "dong_chi", "d/c": "dong_chi", "dc": "dong_chi",
}  # fmt: skip
MAX_ROWS: Final = 1000


@dataclass(slots=True)
class GuestRow:
    """One guest of the table; `line` is the row number that the spreadsheet shows."""

    line: int
    cells: dict[str, Cell] = field(default_factory=dict)
    error: str = ""

    @property
    def errors(self) -> list[str]:
        """Everything that is wrong with the row."""
        own = [self.error] if self.error else []
        return [*own, *(cell.error for cell in self.cells.values() if cell.error)]

    def value(self, name: str) -> str:
        """The cell's meaning; empty where there is none."""
        cell = self.cells.get(name)
        return str(cell.value or "") if cell else ""

    @property
    def key(self) -> str:
        """Name and organisation, folded: who has the same is the same guest."""
        return key_of(self.value("full_name"), self.value("organisation"))


@dataclass(frozen=True, slots=True)
class GuestList:
    """A table as it was understood."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: tuple[GuestRow, ...]

    @property
    def error_count(self) -> int:
        return sum(len(row.errors) for row in self.rows)


def key_of(full_name: str, organisation: str) -> str:
    """What tells guests apart."""
    return f"{text.fold(full_name)}|{text.fold(organisation)}"


def read(table: Sequence[Sequence[object]], *, invited: Collection[str] = ()) -> GuestList:
    """Understand a table whose first non-empty row holds the headings.

    `invited`: keys of the guests that stand in the list already.

    Raises:
        Refusal: ``guests.empty``, ``guests.no_name_column``, ``guests.too_long``.
    """
    filled = [(n, row) for n, row in enumerate(table, start=1) if any(plain(c) for c in row)]
    if len(filled) < 2:  # noqa: PLR2004 - the headings and one row
        raise Refusal(
            "guests.empty",
            gettext_noop(
                "Bảng không có khách nào. Dòng đầu là tên cột, từ dòng thứ hai là từng khách."
            ),
            field="file",
        )
    if len(filled) > MAX_ROWS + 1:
        raise Refusal(
            "guests.too_long",
            gettext_noop("Bảng có hơn %(max)d khách. Chia thành nhiều lần nhập."),
            params={"max": MAX_ROWS},
            field="file",
        )
    places, ignored = _headings(filled[0][1])
    rows = tuple(_row(line, row, places) for line, row in filled[1:])
    _mark_doubles(rows, invited)
    return GuestList(tuple(places), tuple(ignored), rows)


def _headings(row: Sequence[object]) -> tuple[dict[str, int], list[str]]:
    known = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    ignored = []
    for place, heading in enumerate(row):
        folded = re.sub(r"[^a-z0-9]+", " ", text.fold(plain(heading)))
        name = known.get(" ".join(folded.split()))
        if name and name not in places:
            places[name] = place
        elif plain(heading):
            ignored.append(plain(heading))
    if "full_name" not in places and "organisation" not in places:
        raise Refusal(
            "guests.no_name_column",
            gettext_noop(
                "Không tìm thấy cột “Họ và tên” hay “Cơ quan, đơn vị” ở dòng đầu. "
                "Đặt tên cột như trong tệp mẫu."
            ),
            field="file",
        )
    return places, ignored


def _row(line: int, row: Sequence[object], places: dict[str, int]) -> GuestRow:
    found = GuestRow(line)
    for name, place in places.items():
        cell = Cell(plain(row[place]) if place < len(row) else "")
        try:
            cell.typed = text.nfc(cell.typed)
            cell.value = _meaning(name, cell.typed)
        except Refusal as refusal:
            cell.error = str(refusal)
        found.cells[name] = cell
    if not found.errors and found.key == "|":
        found.error = gettext_noop("Ghi họ tên, hoặc ít nhất tên cơ quan, đơn vị.")
    return found


def _meaning(name: str, typed: str) -> str:
    if name == "honorific":
        known = HONORIFICS.get(text.fold(typed).replace(".", "").strip())
        if known is None:
            raise Refusal("guests.honorific", gettext_noop("Ghi ông, bà, đồng chí hoặc để trống."))
        return known
    if len(typed) > LIMITS[name]:
        raise Refusal(
            "guests.too_long_cell",
            gettext_noop("Dài quá %(max)d ký tự. Rút gọn lại."),
            params={"max": LIMITS[name]},
        )
    return typed


def _mark_doubles(rows: Sequence[GuestRow], invited: Collection[str]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.errors:
            continue
        if row.key in invited:
            row.error = gettext_noop("Khách này đã có trong danh sách của kỳ họp.")
        elif row.key in seen:
            row.error = gettext_noop("Trùng với dòng %(line)d.") % {"line": seen[row.key]}
        seen.setdefault(row.key, row.line)
