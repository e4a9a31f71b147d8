"""Records that only the open data files have, and the tables of those files in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, get_args, get_type_hints

from portal.rules import records


@dataclass(frozen=True, slots=True, kw_only=True)
class PollVoteRecord:
    """Votes for one option of one person: what a line holds, a row for each option.

    The id is the line's with the option's place, so that it never changes.
    """

    id: int
    council: str
    poll: int
    line: int
    person: int
    name: str
    option: str
    votes: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedResolution(records.ResolutionRecord):
    """A published resolution with its words and whether it is in force on the day of the file.

    `status_until` is the last day of that, as far as is known. Where a notice hides the text,
    bases and text are empty.
    """

    status_until: date | None
    bases: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRecord:
    """A resolution from before the council used this system; its words are in its file."""

    id: int
    council: str
    session: int | None
    session_label: str
    symbol: str
    kind: str
    number: int
    year: int
    title: str
    issued_on: date
    effective_on: date | None
    signatory: str
    status: str
    status_until: date | None
    media_type: str
    size: int
    sha256: str
    published_at: datetime
    web: str


TABLES: Final[Mapping[str, type[Any]]] = {
    "councils": records.CouncilRecord,
    "terms": records.TermRecord,
    "persons": records.PersonRecord,
    "delegates": records.MandateRecord,
    "offices": records.OfficeRecord,
    "tenures": records.TenureRecord,
    "sessions": records.SessionRecord,
    "agenda_items": records.AgendaItemRecord,
    "papers": records.PaperRecord,
    "polls": records.PollRecord,
    "poll_lines": records.PollLineRecord,
    "poll_votes": PollVoteRecord,
    "resolutions": DumpedResolution,
    "archived_resolutions": ArchivedRecord,
    "indicators": records.IndicatorRecord,
}
"""By name: what a row is; what a row points to comes before it."""

POINTERS: Final[Mapping[str, str]] = {
    "session": "sessions", "poll": "polls", "person": "persons", "office": "offices",
    "line": "poll_lines", "parent": "agenda_items", "agenda_item": "agenda_items",
}  # fmt: skip
"""Columns that hold the `id` of a row of another table."""

TYPES: Final[Mapping[Any, str]] = {
    bool: "boolean", int: "integer", str: "string", date: "date", datetime: "datetime",
    Decimal: "number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type in the words of Frictionless Table Schema, and whether it may be empty."""

    name: str
    type: str
    is_required: bool


def columns_of(table: str) -> list[Column]:
    """The columns of a table in order."""
    row = TABLES[table]
    hints = get_type_hints(row)
    return [_column(field.name, hints[field.name]) for field in fields(row)]


def _column(name: str, hint: Any) -> Column:
    options = [one for one in get_args(hint) if one is not type(None)]
    if hint in TYPES:
        return Column(name, TYPES[hint], is_required=hint is not str)
    if len(options) == 1 and options[0] in TYPES:
        return Column(name, TYPES[options[0]], is_required=False)
    return Column(name, "object", is_required=True)
