"""A table as a file for a spreadsheet: no cell is ever taken for a formula."""

import csv as csv_format
import io
from collections.abc import Sequence

import openpyxl
from openpyxl.writer.excel import save_workbook


def csv(table: Sequence[Sequence[object]]) -> bytes:
    """UTF-8 with a mark, so that Excel reads the diacritics."""
    text = io.StringIO()
    csv_format.writer(text).writerows([_plain(cell) for cell in row] for row in table)
    return ("\ufeff" + text.getvalue()).encode()


def xlsx(table: Sequence[Sequence[object]], *, title: str) -> bytes:
    """One sheet of text cells."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in table:
        sheet.append([_plain(cell) for cell in row])
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
