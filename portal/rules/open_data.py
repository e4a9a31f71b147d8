"""What the open data files are called and what stands in them, in two languages."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from portal.rules.dumped import TABLES

_FILE: Final = Path(__file__).with_name("open_data.toml")
_WORDS: Final = tomllib.loads(_FILE.read_text(encoding="utf-8"))
LANGUAGES: Final = ("vi", "en")
FORMS: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
}
"""Forms with their media types."""


def table_words(table: str, language: str) -> str:
    """What a table holds."""
    return _said("tables", table, language)


def column_words(column: str, language: str) -> str:
    """What a column holds."""
    return _said("columns", column, language)


def _said(part: str, name: str, language: str) -> str:
    vietnamese, english = _WORDS[part][name]
    return str(english if language == "en" else vietnamese)


def filenames(slug: str) -> list[tuple[str, str, str]]:
    """Every file of a council: its name, its table (none for the whole), its form."""
    found = [(f"{table}.{form}", table, form) for table in TABLES for form in ("csv", "jsonl")]
    return [(f"{slug}.sqlite", "", "sqlite"), *found]
