"""Reading a list of delegates and office holders from a table: each bad cell is named.

Columns are found by their folded heading, in any order; unknown ones are ignored and said.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from council.rules import names, text
from council.rules.refusals import Refusal, gettext_noop

COLUMNS: dict[str, tuple[str, ...]] = {
    "full_name": ("ho va ten", "ho ten", "ten dai bieu", "full name"),
    "honorific": ("xung ho", "ong ba", "gioi tinh", "honorific"),
    "born_on": ("ngay sinh", "ngay thang nam sinh", "born on"),
    "occupation": ("chuc vu noi cong tac", "chuc vu nghe nghiep", "noi cong tac", "occupation"),
    "email": ("thu dien tu", "email", "e-mail"),
    "group": ("to", "to so", "to dai bieu", "group"),
    "is_full_time": ("chuyen trach", "dai bieu chuyen trach", "full time"),
    "is_group_head": ("to truong", "group head"),
    "office": ("chuc vu do hdnd bau", "chuc vu", "office"),
    "office_since": ("giu chuc vu tu", "tu ngay", "office since"),
    "is_delegate": ("la dai bieu", "dai bieu hdnd", "delegate"),
}
HEADINGS = (
    "Họ và tên",
    "Xưng hô",
    "Ngày sinh",
    "Chức vụ, nơi công tác",
    "Thư điện tử",
    "Tổ",
    "Chuyên trách",
    "Tổ trưởng",
    "Chức vụ do HĐND bầu",
    "Giữ chức vụ từ",
    "Là đại biểu",
)
HONORIFICS = {
    "ong": "ong",
    "nam": "ong",
    "mr": "ong",
    "ba": "ba",
    "nu": "ba",
    "mrs": "ba",
    "ms": "ba",
}
YES = {"x", "co", "1", "yes", "dung", "true"}
NO = {"", "khong", "0", "no", "false"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
HEADING_ROWS, MAX_ROWS = 1, 2000
YEAR_MIN, YEAR_MAX = 1900, 2100
DAY_MAX, YEAR_DIGITS, PARTS = 31, 4, 3


@dataclass(slots=True)
class Cell:
    """What stood in the table, what it means, and why it cannot be taken."""

    typed: str
    value: object = None
    error: str = ""


@dataclass(slots=True)
class RosterRow:
    """One person of the table; `line` is the row number that the spreadsheet shows."""

    line: int
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def errors(self) -> list[str]:
        return [cell.error for cell in self.cells.values() if cell.error]

    def value(self, name: str) -> object:
        """The cell's meaning, or None."""
        cell = self.cells.get(name)
        return cell.value if cell else None


@dataclass(frozen=True, slots=True)
class Roster:
    """A table as it was understood."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: tuple[RosterRow, ...]

    @property
    def error_count(self) -> int:
        return sum(len(row.errors) for row in self.rows)


def read(table: Sequence[Sequence[object]], *, offices: Sequence[str] = ()) -> Roster:
    """Understand a table whose first non-empty row holds the headings.

    `offices`: the titles of the council's offices; any other title is an error of its cell.

    Raises:
        Refusal: ``roster.empty``, ``roster.no_name_column``, ``roster.too_long``.
    """
    filled = [(n, row) for n, row in enumerate(table, start=1) if any(plain(c) for c in row)]
    if len(filled) <= HEADING_ROWS:
        raise Refusal(
            "roster.empty",
            gettext_noop(
                "Bảng không có dòng nào. Dòng đầu là tên cột, từ dòng thứ hai là từng người."
            ),
            field="file",
        )
    if len(filled) > MAX_ROWS:
        raise Refusal(
            "roster.too_long",
            gettext_noop("Bảng có hơn %(max)d dòng. Chia thành nhiều tệp."),
            params={"max": MAX_ROWS},
            field="file",
        )
    places, ignored = headings(filled[0][1])
    titles = {text.fold(title): title for title in offices}
    rows = tuple(read_row(line, row, places, titles) for line, row in filled[1:])
    mark_doubles(rows)
    return Roster(tuple(places), tuple(ignored), rows)


def headings(row: Sequence[object]) -> tuple[dict[str, int], list[str]]:
    """Column name → place, and the headings that mean nothing to us."""
    known = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    ignored = []
    for place, heading in enumerate(row):
        folded = re.sub(r"[^a-z0-9 -]+", " ", text.fold(plain(heading)))
        name = known.get(" ".join(folded.split()))
        if name and name not in places:
            places[name] = place
        elif plain(heading):
            ignored.append(plain(heading))
    if "full_name" not in places:
        raise Refusal(
            "roster.no_name_column",
            gettext_noop(
                "Không tìm thấy cột “Họ và tên” ở dòng đầu. Đặt tên cột như trong tệp mẫu."
            ),
            field="file",
        )
    return places, ignored


def plain(value: object) -> str:
    """A cell as text; spreadsheets give numbers and dates as such."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_row(
    line: int, row: Sequence[object], places: dict[str, int], titles: dict[str, str]
) -> RosterRow:
    """Understand one row, cell by cell."""
    found = RosterRow(line)
    for name, place in places.items():
        typed = plain(row[place]) if place < len(row) else ""
        cell = Cell(typed)
        try:
            cell.typed = typed = text.nfc(typed)
            cell.value = meaning(name, typed, titles)
        except Refusal as refusal:
            cell.error = str(refusal)
        found.cells[name] = cell
    if not found.value("honorific") and "honorific" not in found.cells:
        found.cells["honorific"] = Cell("", None, gettext_noop("Thiếu cột Xưng hô (ông hoặc bà)."))
    return found


def meaning(name: str, typed: str, titles: dict[str, str]) -> object:
    """What a cell of this column means.

    Raises:
        Refusal: with the sentence for the cell.
    """
    if name == "office":
        return office(typed, titles)
    return READERS[name](typed) if name in READERS else typed


def name_of(typed: str) -> str:
    """A name as it is written."""
    return names.split_full_name(typed).full


def honorific(typed: str) -> str:
    """ông or bà."""
    found = HONORIFICS.get(text.fold(typed))
    if found is None:
        raise Refusal("roster.honorific", gettext_noop("Ghi ông hoặc bà."))
    return found


def email(typed: str) -> str:
    """An address for letters, or nothing."""
    if typed and not EMAIL.fullmatch(typed):
        raise Refusal("roster.email", gettext_noop("Địa chỉ thư không đúng."))
    return typed


def group_number(typed: str) -> int | None:
    """The group's number: 3, "Tổ 3", "Tổ số 03"."""
    found = re.fullmatch(r"\D*(\d{1,2})\D*", typed, re.ASCII)
    if typed and not (found and int(found[1])):
        raise Refusal("roster.group", gettext_noop("Ghi số của tổ, ví dụ 3."))
    return int(found[1]) if found else None


def yes_unless_said(typed: str) -> bool:
    """Who stands in a list of delegates is one, unless the cell says no."""
    return yes_or_no(typed) if typed else True


def office(typed: str, titles: dict[str, str]) -> str | None:
    """An office of the council by its title, without minding diacritics."""
    if not typed:
        return None
    title = titles.get(text.fold(typed))
    if title is None:
        raise Refusal(
            "roster.office",
            gettext_noop(
                "Hội đồng không có chức vụ này. Thêm ở trang Chức vụ, hoặc sửa tên cho khớp."
            ),
        )
    return title


def yes_or_no(typed: str) -> bool:
    """x, có, 1 mean yes; empty, không, 0 mean no."""
    folded = text.fold(typed)
    if folded in YES or folded in NO:
        return folded in YES
    raise Refusal("roster.yes_no", gettext_noop("Ghi x hoặc để trống."))


def day(typed: str) -> date | None:
    """12/03/1975, 12-3-1975 or 1975-03-12; day before month, as people here write."""
    if not typed:
        return None
    parts = [int(part) for part in re.findall(r"[0-9]+", typed) if len(part) <= YEAR_DIGITS]
    if len(parts) >= PARTS:
        year, month, number = parts[:PARTS] if parts[0] > DAY_MAX else parts[PARTS - 1 :: -1]
        try:
            found = date(year, month, number)
        except ValueError:
            found = None
        if found and YEAR_MIN <= found.year <= YEAR_MAX:
            return found
    raise Refusal("roster.date", gettext_noop("Ghi ngày dạng 12/03/1975."))


def mark_doubles(rows: Sequence[RosterRow]) -> None:
    """The same name with the same birthday twice in one table is an error of the second row."""
    seen: dict[tuple[object, object], int] = {}
    for row in rows:
        cell = row.cells["full_name"]
        key = (text.fold(cell.typed), row.value("born_on"))
        if key in seen and not cell.error:
            sentence = gettext_noop(
                "Trùng với dòng %(line)d. Nếu là hai người, ghi ngày sinh khác nhau."
            )
            cell.error = sentence % {"line": seen[key]}
        seen.setdefault(key, row.line)


READERS: dict[str, Callable[[str], object]] = {
    "full_name": name_of,
    "honorific": honorific,
    "born_on": day,
    "office_since": day,
    "email": email,
    "group": group_number,
    "is_full_time": yes_or_no,
    "is_group_head": yes_or_no,
    "is_delegate": yes_unless_said,
}
