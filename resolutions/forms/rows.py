"""The tree as fields of a page, and back: a hidden line a node, and its words beside it.

`row` lists every node as `ID:KEY:KIND:DEPTH` in the order of the page; ID names its other fields
(`h-ID` heading, `t-ID` text, `q-ID` own number, `c-ID` cells …). A script may add and move lines;
the server believes none of them further than `serial` and `document.check` do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict

from council.rules import text
from resolutions.rules import document, editing, serial
from resolutions.rules.document import (
    COLUMNS_MAX,
    HAS_HEADING,
    HAS_TEXT,
    NAMES,
    Body,
    Column,
    NodeKind,
    Table,
)
from resolutions.rules.editing import Row
from resolutions.rules.labels import Label

ID: Final = re.compile(r"[nx][0-9]{1,7}")
LINES_MAX: Final = 5000
DEPTH_MAX: Final = 10
GRID_MAX: Final = 240
"""Cells of a table that is shown among the text; a larger one has a page of its own."""
OWN_GRID_MAX: Final = 3000
PREVIEW_ROWS: Final = 8
CHARACTERS_A_LINE: Final = 90
_WIDTHS: Final = frozenset(str(width) for width in range(1, COLUMNS_MAX + 1))


@dataclass(frozen=True)
class Line:
    """One node as the page shows it.

    Attributes:
        id: names its fields on this page; its key once it has one.
        label: printed before it.
        name: what a screen reader calls it: "khoản 2 Điều 1".
        can_title: whether a heading may be typed; `is_titled` whether it is usual.
        grid: of a table: rows of cells to type in; None for a table too large for it.
        is_error: the last refusal was about it.
    """

    id: str
    row: Row
    label: str
    name: str
    heading: str
    text: str
    in_quote: bool
    grid: tuple[tuple[str, ...], ...] | None
    is_chosen: bool
    is_error: bool

    @property
    def can_title(self) -> bool:
        """Whether a heading may be typed."""
        return self.row.kind in HAS_HEADING

    @property
    def is_titled(self) -> bool:
        """Whether the heading is all its own words."""
        return self.row.kind in HAS_HEADING and self.row.kind not in HAS_TEXT

    @property
    def can_write(self) -> bool:
        """Whether text may be typed."""
        return self.row.kind in HAS_TEXT

    @property
    def kind_name(self) -> str:
        """Vietnamese, to be translated."""
        return NAMES[self.row.kind]

    @property
    def height(self) -> int:
        """Lines of its field where the browser does not let it grow."""
        return max(1, min(12, -(-len(self.text or self.heading) // CHARACTERS_A_LINE)))

    @property
    def preview(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of a table that is too large to be typed here."""
        return self.row.table.rows[:PREVIEW_ROWS] if self.row.table else ()


def lines_of(
    rows: Sequence[Row], labels: Mapping[str, Label], *, chosen: str, wrong: str, large: str
) -> list[Line]:
    """The nodes as the page shows them.

    Args:
        rows: of the part that is shown.
        labels: of the whole text.
        chosen: key of the node on which the reader stands.
        wrong: key of the node that the last refusal was about.
        large: key of a table that may be typed whatever its size.
    """
    found = []
    quoted_from: int | None = None
    for row in rows:
        if quoted_from is not None and row.depth <= quoted_from:
            quoted_from = None
        label = labels.get(row.key)
        found.append(
            Line(
                id=row.key, row=row, label=label.printed if label else "",
                name=label.words if label and label.words else NAMES[row.kind],
                heading=editing.shown(row.heading, labels), text=editing.shown(row.text, labels),
                in_quote=quoted_from is not None,
                grid=_grid(row.table, OWN_GRID_MAX if row.key == large else GRID_MAX),
                is_chosen=row.key == chosen, is_error=bool(wrong) and row.key == wrong,
            )
        )  # fmt: skip
        if row.kind is NodeKind.QUOTE and quoted_from is None:
            quoted_from = row.depth
    return found


def _grid(table: Table | None, most: int) -> tuple[tuple[str, ...], ...] | None:
    if table is None or len(table.columns) * (len(table.rows) + 1) > most:
        return None
    return table.rows


@dataclass(frozen=True)
class Posted:
    """The nodes as typed, and the names of their fields in the same order."""

    rows: list[Row]
    ids: list[str]

    def key_of(self, identity: str, rows: Sequence[Row]) -> str:
        """The key of the node whose fields have this name, among the rows with keys."""
        if identity in self.ids and self.ids.index(identity) < len(rows):
            return rows[self.ids.index(identity)].key
        return identity


def read(data: QueryDict, known: Mapping[str, Row]) -> Posted:
    """The nodes as they were sent.

    Args:
        data: the page's fields.
        known: rows of the text that the page was made of, by key: tables that were not sent.

    Raises:
        Refusal: ``document.broken``.
    """
    rows: list[Row] = []
    ids: list[str] = []
    sent = data.getlist("row")
    if len(sent) > LINES_MAX:
        raise serial.broken()
    for one in sent:
        identity, row = _read(one, data, known)
        rows.append(row)
        ids.append(identity)
    return Posted(rows, ids)


def _read(sent: str, data: QueryDict, known: Mapping[str, Row]) -> tuple[str, Row]:
    identity, key, kind_name, depth = (*sent.split(":"), "", "", "", "")[:4]
    try:
        kind = NodeKind(kind_name)
    except ValueError as error:
        raise serial.broken() from error
    if not ID.fullmatch(identity) or not (depth.isascii() and depth.isdigit()):
        raise serial.broken()
    if key and not document.KEY.fullmatch(key):
        raise serial.broken()
    if int(depth[:3]) > DEPTH_MAX:
        raise serial.broken()
    table = _table(identity, data, known.get(key)) if kind is NodeKind.TABLE else None
    return identity, Row(
        kind, int(depth), key, heading=_line(data, f"h-{identity}"),
        text=_lines(data, f"t-{identity}"), number=_line(data, f"q-{identity}")[:10], table=table,
    )  # fmt: skip


def _line(data: QueryDict, name: str) -> str:
    return text.nfc(text.without_controls(data.get(name) or ""))


def _lines(data: QueryDict, name: str) -> str:
    return text.nfc_lines(text.without_controls(data.get(name) or ""))


def _table(identity: str, data: QueryDict, known: Row | None) -> Table:
    """The cells as typed; those of the known table where the page did not show them."""
    titles = [_cell(title) for title in data.getlist(f"tc-{identity}")][:COLUMNS_MAX]
    if not titles:
        return known.table if known and known.table else editing.EMPTY_TABLE
    widths, aligns = data.getlist(f"tw-{identity}"), data.getlist(f"ta-{identity}")
    columns = tuple(
        Column(title, _width(_nth(widths, place)), _align(_nth(aligns, place)))
        for place, title in enumerate(titles)
    )
    cells = [_cell(cell) for cell in data.getlist(f"c-{identity}")]
    wide = len(columns)
    cells += [""] * (-len(cells) % wide)
    rows = tuple(tuple(cells[start : start + wide]) for start in range(0, len(cells), wide))
    return Table(columns, rows)


def _cell(words: str) -> str:
    return text.nfc(text.without_controls(words))


def _nth(values: Sequence[str], place: int) -> str:
    return values[place] if place < len(values) else ""


def _width(typed: str) -> int:
    return int(typed) if typed in _WIDTHS else 1


def _align(typed: str) -> str:
    return typed if typed in ("left", "center", "right") else "left"


def split_lines(rows: list[Row]) -> list[Row]:
    """A node in which several lines were typed becomes as many nodes, one behind the other."""
    place = 0
    while place < len(rows):
        first, *more = rows[place].text.split("\n")
        more = [line for line in more if line]
        rows[place] = replace(rows[place], text=first)
        if more:
            end = editing.end_of(rows, place)
            new = [Row(rows[place].kind, rows[place].depth, text=line) for line in more]
            rows = rows[:end] + new + rows[end:]
        place += 1
    return rows


def scoped(body: Body, scope: str) -> tuple[int, int, int]:
    """Where the part with this key starts and ends among all rows, and its depth; else all."""
    rows = editing.rows_of(body.nodes)
    for place, row in enumerate(rows):
        if scope and row.key == scope:
            return place, editing.end_of(rows, place), row.depth
    return 0, len(rows), 0


def refs_of(typed: Any) -> dict[str, str]:
    """The book of references that the page carries; empty where it is none."""
    if not isinstance(typed, dict):
        return {}
    return {
        str(words): str(key)
        for words, key in typed.items()
        if document.KEY.fullmatch(str(key)) and len(str(words)) <= 100  # noqa: PLR2004
    }
