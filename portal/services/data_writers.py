"""Records as CSV, JSON Lines and one SQLite file; the same records give the same bytes."""

import csv
import json
import sqlite3
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from portal.rules import dumped, open_data

SQL_TYPES: Final = {
    "boolean": "INTEGER", "integer": "INTEGER", "number": "REAL", "string": "TEXT",
    "date": "TEXT", "datetime": "TEXT", "object": "TEXT",
}  # fmt: skip
BOM: Final = "utf-8-sig"
"""With a byte order mark, since without one Excel shows Vietnamese letters as rubbish."""


def plain(value: Any) -> Any:
    """A value as JSON holds it: days and moments in ISO 8601, decimals as written."""
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


class TableFiles:
    """A table as CSV and JSON Lines in a folder; used as a context."""

    def __init__(self, folder: Path, table: str) -> None:
        self.csv, self.jsonl = folder / f"{table}.csv", folder / f"{table}.jsonl"
        self._names = [column.name for column in dumped.columns_of(table)]

    def __enter__(self) -> Self:
        self._rows = self.csv.open("w", encoding=BOM, newline="")
        self._lines = self.jsonl.open("w", encoding="utf-8", newline="\n")
        self._writer = csv.writer(self._rows)
        self._writer.writerow(self._names)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._rows.close()
        self._lines.close()

    def write(self, data: dict[str, Any]) -> None:
        """One more row; what is an object stands as JSON in its cell."""
        self._lines.write(f"{json.dumps(data, ensure_ascii=False)}\n")
        self._writer.writerow([_cell(value) for value in data.values()])


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return value


class Database:
    """All tables in one SQLite file, with what each table and column holds; used as a context."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        self._made = sqlite3.connect(self.path)
        self._made.execute("PRAGMA journal_mode=OFF")
        for table in dumped.TABLES:
            self._made.execute(_create(table))
        self._describe()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if kind is None:
            self._made.commit()
        self._made.close()

    def write(self, table: str, data: dict[str, Any]) -> None:
        """One more row."""
        holes = ", ".join("?" for _value in data)
        values = [
            json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
            for value in data.values()
        ]
        self._made.execute(f'INSERT INTO "{table}" VALUES ({holes})', values)  # noqa: S608 - our names

    def _describe(self) -> None:
        self._made.execute(
            "CREATE TABLE columns (table_name TEXT, name TEXT, type TEXT, vi TEXT, en TEXT, "
            "PRIMARY KEY (table_name, name)) WITHOUT ROWID"
        )
        for table in dumped.TABLES:
            for column in dumped.columns_of(table):
                words = [open_data.column_words(column.name, it) for it in open_data.LANGUAGES]
                self._made.execute(
                    "INSERT INTO columns VALUES (?, ?, ?, ?, ?)",
                    (table, column.name, column.type, *words),
                )


def _create(table: str) -> str:
    parts = []
    for column in dumped.columns_of(table):
        rule = " PRIMARY KEY" if column.name == "id" else " NOT NULL" if column.is_required else ""
        parts.append(f'"{column.name}" {SQL_TYPES[column.type]}{rule}')
    return f'CREATE TABLE "{table}" ({", ".join(parts)})'


def data_of(record: Any) -> dict[str, Any]:
    """The record as plain data, in the order of its fields."""
    return {name: plain(value) for name, value in asdict(record).items()}
