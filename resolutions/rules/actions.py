"""What the editor's buttons do to the text: one word a button, the same with and without script."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import document, editing
from resolutions.rules import labels as numbering
from resolutions.rules.content import Content
from resolutions.rules.document import COLUMNS_MAX, ROWS_MAX, Body, Column, NodeKind, Table
from resolutions.rules.editing import Edited, Row

DIGITS_MAX: Final = 4
BASES_MAX: Final = 60
_KINDS: Final = frozenset(kind.value for kind in NodeKind)

_MOVES: Final[Mapping[str, Callable[[list[Row], int], Edited]]] = {
    "up": editing.move_up, "down": editing.move_down, "in": editing.move_in,
    "out": editing.move_out, "remove": editing.remove,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """The text after a button, and the key of the node on which the reader stands then."""

    content: Content
    at: str


def act(content: Content, action: str, *, at: str = "", words: str = "") -> Done:
    """Do what a button says; an unknown button changes nothing.

    Args:
        content: the text on the screen.
        action: "up", "add-clause", "turn-point", "link", "refer", "basis-up-2", "column-add-1" …
        at: the key of the node on which the reader stands; empty for none.
        words: what goes with it: a new basis, the words of a reference.

    Raises:
        Refusal: those of `resolutions.rules.editing`, ``editing.choose_first``.
    """
    verb, _dash, detail = action.partition("-")
    match verb:
        case "up" | "down" | "in" | "out" | "remove" if not detail:
            return _moved(content, verb, at)
        case "add" | "turn" if detail in _KINDS:
            return _of_kind(content, verb, NodeKind(detail), at)
        case "basis":
            return Done(replace(content, bases=_listed(content.bases, detail, words)), at)
        case "column" | "line":
            return _table(content, verb, detail, at)
        case "refer":
            return _referring(content, at, words)
        case _:
            body = linked(content.body) if action == "link" else content.body
            return Done(replace(content, body=body), at)


def _chosen(rows: Sequence[Row], at: str) -> int:
    if not at:
        raise Refusal(
            "editing.choose_first", gettext_noop("Chọn một mục trong văn bản rồi bấm lại nút này.")
        )
    return editing.place_of(rows, at)


def with_rows(content: Content, rows: Sequence[Row], place: int) -> Done:
    """The content with these lines, each with a key, and the key at `place`."""
    body = document.with_keys(replace(content.body, nodes=editing.nodes_of(rows)))
    lines = editing.rows_of(body.nodes)
    key = lines[place].key if 0 <= place < len(lines) else ""
    return Done(replace(content, body=body), key)


def _moved(content: Content, verb: str, at: str) -> Done:
    rows = editing.rows_of(content.body.nodes)
    return with_rows(content, *_MOVES[verb](rows, _chosen(rows, at)))


def _of_kind(content: Content, verb: str, kind: NodeKind, at: str) -> Done:
    rows = editing.rows_of(content.body.nodes)
    if verb == "turn":
        return with_rows(content, *editing.turn_into(rows, _chosen(rows, at), kind))
    place = editing.place_of(rows, at) if at else None
    return with_rows(content, *editing.add(rows, place, [editing.blank(kind)]))


def _listed(lines: Sequence[str], detail: str, words: str) -> tuple[str, ...]:
    """A list of lines after "add", "up-2", "down-2" or "remove-2"."""
    verb, _dash, number = detail.partition("-")
    if verb == "add":
        return (*lines, *words.splitlines())[:BASES_MAX] if words else (*lines, "")[:BASES_MAX]
    place = place_in(number, len(lines))
    if place is None:
        return tuple(lines)
    if verb == "remove":
        return (*lines[:place], *lines[place + 1 :])
    other = place - 1 if verb == "up" else place + 1
    if verb not in ("up", "down") or not 0 <= other < len(lines):
        return tuple(lines)
    moved = list(lines)
    moved[place], moved[other] = moved[other], moved[place]
    return tuple(moved)


def place_in(number: str, count: int) -> int | None:
    """The index behind a number that counts from 1; None where it is no place in the list."""
    if not (number.isascii() and number.isdigit() and len(number) <= DIGITS_MAX):
        return None
    return int(number) - 1 if 1 <= int(number) <= count else None


def _table(content: Content, verb: str, detail: str, at: str) -> Done:
    """A column or line more ("add-2": behind the second, "add": at the end) or less."""
    rows = editing.rows_of(content.body.nodes)
    place = _chosen(rows, at)
    table = rows[place].table
    if table is None:
        return Done(content, at)
    step, _dash, number = detail.partition("-")
    change = _columns if verb == "column" else _rows
    changed = change(table, step, number)
    rows[place] = replace(rows[place], table=changed)
    return with_rows(content, rows, place)


def _rows(table: Table, step: str, number: str) -> Table:
    found = place_in(number, len(table.rows))
    if step == "remove" and found is not None:
        return replace(table, rows=(*table.rows[:found], *table.rows[found + 1 :]))
    if step != "add" or len(table.rows) >= ROWS_MAX:
        return table
    at = len(table.rows) if found is None else found + 1
    empty = ("",) * len(table.columns)
    return replace(table, rows=(*table.rows[:at], empty, *table.rows[at:]))


def _columns(table: Table, step: str, number: str) -> Table:
    found, wide = place_in(number, len(table.columns)), len(table.columns)
    if step == "remove" and found is not None and wide > 1:
        return Table(
            (*table.columns[:found], *table.columns[found + 1 :]),
            tuple((*row[:found], *row[found + 1 :]) for row in table.rows),
        )
    if step != "add" or wide >= COLUMNS_MAX:
        return table
    at = wide if found is None else found + 1
    return Table(
        (*table.columns[:at], Column(""), *table.columns[at:]),
        tuple((*row[:at], "", *row[at:]) for row in table.rows),
    )


def linked(body: Body) -> Body:
    """The body in which plain mentions of its own pieces are references that follow them."""
    labels = numbering.labels_of(body)
    book = editing.words_to_keys(labels)
    keys = frozenset(labels)

    def linking(words: str) -> str:
        return editing.stored(numbering.bracketed(words, labels), [book], keys)

    return editing.with_words(body, linking)


def _referring(content: Content, at: str, words: str) -> Done:
    """A reference to the node with the key `words` behind the text of the chosen node."""
    rows = editing.rows_of(content.body.nodes)
    place = _chosen(rows, at)
    row = rows[place]
    editing.place_of(rows, words)
    reference = f"[[{words}]]"
    if row.kind in document.HAS_TEXT:
        rows[place] = replace(row, text=f"{row.text} {reference}".strip())
    else:
        rows[place] = replace(row, heading=f"{row.heading} {reference}".strip())
    return with_rows(content, rows, place)


def table_from(pasted: str) -> Table | None:
    """A table as Excel and Word put it on the clipboard: cells by tabs; None where it is none.

    The first line gives the titles; shorter lines are filled up.
    """
    lines = [line.split("\t") for line in pasted.splitlines() if line.strip()]
    wide = max((len(line) for line in lines), default=0)
    if wide < 2 or wide > COLUMNS_MAX:  # noqa: PLR2004 - one column is no table
        return None
    cells = [tuple(" ".join(cell.split()) for cell in line) for line in lines]
    full = [(*line, *("",) * (wide - len(line))) for line in cells]
    return table_of(full[0], full[1 : ROWS_MAX + 1])


def table_of(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table whose columns of numbers stand to the right and whose wide columns get more room."""
    columns = []
    for place, title in enumerate(titles):
        cells = [row[place] for row in rows if row[place].strip()]
        longest = max((len(cell) for cell in (title, *cells)), default=1)
        is_number = bool(cells) and all(cell.strip("0123456789.,%-– ") == "" for cell in cells)
        columns.append(
            Column(title, max(1, min(6, -(-longest // 10))), "right" if is_number else "left")
        )
    return Table(tuple(columns), tuple(tuple(row) for row in rows))
