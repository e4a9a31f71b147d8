"""A counted poll as CSV: read strictly, and refused with line and column where it cannot be read.

UTF-8 with or without a byte order mark; comma, semicolon or tab; one header row, one row a person.
An empty cell means "the source does not tell", never zero.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from council.rules.refusals import gettext_noop
from elections.rules.tally import EntryCount, SheetTotals

TOTAL_COLUMNS: Final = ("issued", "returned", "valid", "invalid")
SIZE_MAX: Final = 5 * 1024 * 1024
"""Bytes; a poll of a council is a few kilobytes."""

_NUMBER: Final = re.compile(r"[-−]?[0-9]{1,9}")
_TOO_LONG: Final = re.compile(r"[-−]?[0-9]{10,}")
_GROUPED: Final = re.compile(r"[-−]?[0-9]{1,3}(?:[.,\s][0-9]{3})+")
_TEXT_CONTROLS: Final = frozenset("\t\n\r")


class Unreadable(Exception):  # noqa: N818 - names what the input is
    """The input cannot be read; line and column count from 1, 0 where there is none.

    In a row the column is that of the cell; where the bytes are wrong, that of the character.
    """

    def __init__(self, line: int, column: int, sentence: str, **params: object) -> None:
        super().__init__(line, column, sentence)
        self.line = line
        self.column = column
        self.sentence = sentence
        self.params = params

    def __str__(self) -> str:
        return self.sentence % self.params


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One person's row with its own totals."""

    line: int
    totals: SheetTotals
    count: EntryCount


def read(raw: bytes, options: Sequence[str]) -> list[CountedRow]:
    """The rows of a counted poll.

    Args:
        raw: the file as it is.
        options: the columns of the poll's kind.

    Raises:
        Unreadable: not UTF-8, a control character, a header that is not the expected one, a row of
            the wrong length, a cell that is not a whole number, no rows.
    """
    text = _text(raw)
    columns = ("name", *TOTAL_COLUMNS, *options)
    rows: list[CountedRow] = []
    header: list[str] | None = None
    for line, cells in _records(text):
        if header is None:
            header = _header(line, cells, columns)
        elif any(cells):
            named = dict(zip(header, _sized(line, cells, header), strict=True))
            rows.append(_row(line, named, header, options))
    if not rows:
        raise Unreadable(1, 1, gettext_noop("Tệp không có dòng số liệu nào dưới dòng tiêu đề."))
    return rows


def _text(raw: bytes) -> str:
    """The input as NFC text."""
    if len(raw) > SIZE_MAX:
        raise Unreadable(
            1, 1, gettext_noop("Tệp lớn hơn %(limit)d MB, không thể là kết quả một cuộc bỏ phiếu."),
            limit=SIZE_MAX // (1024 * 1024),
        )  # fmt: skip
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            1, 1, gettext_noop("Tệp ở bảng mã UTF-16. Lưu lại thành “CSV UTF-8” rồi thử lại.")
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(raw[: error.start].decode("utf-8-sig", errors="replace"))
        raise Unreadable(
            line, column,
            gettext_noop(
                "Tệp không ở bảng mã UTF-8 (có thể là Windows-1258 hay TCVN3). Lưu lại thành “CSV "
                "UTF-8” rồi thử lại."
            ),
        ) from error  # fmt: skip
    for index, character in enumerate(text):
        if unicodedata.category(character) == "Cc" and character not in _TEXT_CONTROLS:
            line, column = _position(text[:index])
            raise Unreadable(
                line, column,
                gettext_noop("Có ký tự điều khiển U+%(code)s trong tệp. Xóa ký tự đó."),
                code=f"{ord(character):04X}",
            )  # fmt: skip
    return unicodedata.normalize("NFC", text)


def _position(before: str) -> tuple[int, int]:
    """Line and column of the character that follows ``before``."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _records(text: str) -> list[tuple[int, list[str]]]:
    """Line number and trimmed cells of each row that is not empty."""
    stream = io.StringIO(text, newline=None)
    first = stream.read().lstrip("\n").partition("\n")[0]
    stream.seek(0)
    delimiter = next((mark for mark in ",;\t" if mark in first), ",")
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if cells:
                found.append((start, [" ".join(cell.split()) for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            max(start, 1), 1,
            gettext_noop("Dòng không đúng dạng CSV: kiểm tra dấu ngoặc kép và dấu phân cách."),
        ) from error  # fmt: skip
    return found


def _header(line: int, cells: list[str], columns: Sequence[str]) -> list[str]:
    """The header's names, each known, none missing, none twice."""
    names = [cell.lower() for cell in cells]
    for column, name in enumerate(names, start=1):
        if name not in columns:
            raise Unreadable(
                line, column,
                gettext_noop("Không có cột “%(name)s”; các cột là %(columns)s."),
                name=name, columns=",".join(columns),
            )  # fmt: skip
        if name in names[: column - 1]:
            raise Unreadable(line, column, gettext_noop("Cột “%(name)s” có hai lần."), name=name)
    for name in columns:
        if name not in names:
            raise Unreadable(
                line, len(names) + 1,
                gettext_noop("Thiếu cột “%(name)s”; các cột là %(columns)s."),
                name=name, columns=",".join(columns),
            )  # fmt: skip
    return names


def _sized(line: int, cells: list[str], header: list[str]) -> list[str]:
    """The cells, exactly one a column."""
    if len(cells) != len(header):
        raise Unreadable(
            line, min(len(cells), len(header)) + 1,
            gettext_noop("Dòng có %(found)d ô, dòng tiêu đề có %(expected)d."),
            found=len(cells), expected=len(header),
        )  # fmt: skip
    return cells


def _row(line: int, cells: dict[str, str], header: list[str], options: Sequence[str]) -> CountedRow:
    """A row with its numbers."""
    numbers = {
        name: _number(line, column, name, cells[name])
        for column, name in enumerate(header, start=1)
        if name != "name"
    }
    totals = SheetTotals(**{name: numbers[name] for name in TOTAL_COLUMNS})
    votes = {option: numbers[option] for option in options}
    return CountedRow(line, totals, EntryCount(cells["name"], cells["name"], votes))


def _number(line: int, column: int, name: str, cell: str) -> int | None:
    """A whole number (a negative one is judged later), or None for an empty cell."""
    if not cell:
        return None
    if _NUMBER.fullmatch(cell):
        return int(cell.replace("−", "-"))
    if _GROUPED.fullmatch(cell):
        sentence = gettext_noop(
            "Cột “%(name)s”: viết “%(cell)s” không có dấu phân nhóm hàng nghìn."
        )
    elif _TOO_LONG.fullmatch(cell):
        sentence = gettext_noop("Cột “%(name)s”: “%(cell)s” quá lớn, không thể là số phiếu.")
    else:
        sentence = gettext_noop("Cột “%(name)s”: “%(cell)s” không phải số nguyên.")
    raise Unreadable(line, column, sentence, name=name, cell=cell[:40])
