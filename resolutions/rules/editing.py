"""The tree as a row of lines that a page shows and buttons change; no word is lost by moving.

A line knows its depth; what stands below it with a greater depth belongs to it. Moving a piece
makes of it what may stand at its new place (`document.MAY_HOLD`): a clause moved into the clause
before it becomes a point.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules.document import (
    HAS_HEADING,
    HAS_TEXT,
    MAY_HOLD,
    NAMES,
    Body,
    Column,
    Node,
    NodeKind,
    Table,
)
from resolutions.rules.labels import REFERENCE, Label

_K = NodeKind
LADDER: Final = (
    _K.PART, _K.CHAPTER, _K.SECTION, _K.SUBSECTION, _K.ARTICLE, _K.CLAUSE, _K.POINT, _K.DASH,
)  # fmt: skip
"""From the widest piece to the smallest: a piece moved in goes down it, a piece moved out up."""
EMPTY_TABLE: Final = Table((Column(""), Column("")), (("", ""),))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the editor: a node without its children, and how deep it stands."""

    kind: NodeKind
    depth: int = 0
    key: str = ""
    heading: str = ""
    text: str = ""
    number: str = ""
    table: Table | None = None


def rows_of(nodes: Sequence[Node], depth: int = 0) -> list[Row]:
    """The nodes as lines, a parent before its children."""
    found: list[Row] = []
    for node in nodes:
        found.append(
            Row(node.kind, depth, node.key, node.heading, node.text, node.number, node.table)
        )
        found.extend(rows_of(node.children, depth + 1))
    return found


def nodes_of(rows: Sequence[Row]) -> tuple[Node, ...]:
    """The lines as nodes; a line that is too deep belongs to the line before it."""
    nodes, place = _read(list(rows), 0, 0)
    assert place == len(rows)  # noqa: S101 - each line was read
    return nodes


def _read(rows: list[Row], place: int, depth: int) -> tuple[tuple[Node, ...], int]:
    found: list[Node] = []
    while place < len(rows) and rows[place].depth >= depth:
        row = rows[place]
        children, place = _read(rows, place + 1, depth + 1)
        found.append(
            Node(row.kind, row.key, row.heading, row.text, children, row.table, row.number)
        )
    return tuple(found), place


def place_of(rows: Sequence[Row], key: str) -> int:
    """Where the line with this key stands.

    Raises:
        Refusal: ``editing.gone``.
    """
    for place, row in enumerate(rows):
        if key and row.key == key:
            return place
    raise Refusal(
        "editing.gone",
        gettext_noop("Mục này không còn trong văn bản. Chọn một mục khác rồi thử lại."),
    )


def end_of(rows: Sequence[Row], place: int) -> int:
    """The place after the line and all that belongs to it."""
    end = place + 1
    while end < len(rows) and rows[end].depth > rows[place].depth:
        end += 1
    return end


def parent_of(rows: Sequence[Row], place: int) -> int | None:
    """The line to which this one belongs; None at the top."""
    return next(
        (one for one in range(place - 1, -1, -1) if rows[one].depth < rows[place].depth), None
    )


def _kind_at(rows: Sequence[Row], place: int | None) -> NodeKind | None:
    return None if place is None else rows[place].kind


Edited = tuple[list[Row], int]
"""The lines after a change, and the line on which the reader stands then."""


def move_up(rows: list[Row], place: int) -> Edited:
    """Before the sibling above; a no-op for the first."""
    before = _sibling_before(rows, place)
    if before is None:
        return rows, place
    end = end_of(rows, place)
    moved = rows[:before] + rows[place:end] + rows[before:place] + rows[end:]
    return moved, before


def move_down(rows: list[Row], place: int) -> Edited:
    """After the sibling below; a no-op for the last."""
    end = end_of(rows, place)
    if end >= len(rows) or rows[end].depth != rows[place].depth:
        return rows, place
    moved, _ = move_up(rows, end)
    return moved, place + end_of(rows, end) - end


def _sibling_before(rows: Sequence[Row], place: int) -> int | None:
    for one in range(place - 1, -1, -1):
        if rows[one].depth < rows[place].depth:
            return None
        if rows[one].depth == rows[place].depth:
            return one
    return None


def move_in(rows: list[Row], place: int) -> Edited:
    """Into the sibling above, as its last piece.

    Raises:
        Refusal: ``editing.nothing_above``, ``editing.no_room``.
    """
    above = _sibling_before(rows, place)
    if above is None:
        raise Refusal(
            "editing.nothing_above",
            gettext_noop("Không có mục cùng cấp đứng trước nên không lùi vào trong được."),
        )
    end = end_of(rows, place)
    lines = _refitted(rows[place:end], rows[above].kind, +1, deeper=True)
    return rows[:place] + lines + rows[end:], place


def move_out(rows: list[Row], place: int) -> Edited:
    """Out of its parent, right behind it.

    Raises:
        Refusal: ``editing.at_the_top``, ``editing.no_room``.
    """
    parent = parent_of(rows, place)
    if parent is None:
        raise Refusal(
            "editing.at_the_top", gettext_noop("Mục này đã ở cấp ngoài cùng của văn bản.")
        )
    above = _kind_at(rows, parent_of(rows, parent))
    end, behind = end_of(rows, place), end_of(rows, parent)
    lines = rows[place:end]
    # Out of a clause comes a clause: what stood in it stands beside it now.
    if rows[place].kind in LADDER and rows[parent].kind in (NodeKind.CLAUSE, NodeKind.POINT):
        lines = _of_kind(lines, rows[parent].kind)
    lines = _refitted(lines, above, -1, deeper=False)
    moved = rows[:place] + rows[end:behind] + lines + rows[behind:]
    return moved, behind - (end - place)


def _is_plain(row: Row) -> bool:
    return row.kind is NodeKind.PARAGRAPH


def turn_into(rows: list[Row], place: int, kind: NodeKind) -> Edited:
    """Make another kind of piece of the line, where it stands.

    Raises:
        Refusal: ``editing.no_room``: it may not stand there, or cannot hold what it holds.
    """
    if kind not in MAY_HOLD[_kind_at(rows, parent_of(rows, place))] or kind is NodeKind.TABLE:
        raise _no_room(kind, _kind_at(rows, parent_of(rows, place)))
    end = end_of(rows, place)
    lines = _of_kind(rows[place:end], kind)
    return rows[:place] + _children_fitted(lines, deeper=True) + rows[end:], place


def remove(rows: list[Row], place: int) -> Edited:
    """Without the line and all that belongs to it; the reader stands on the line before."""
    left = rows[:place] + rows[end_of(rows, place) :]
    return left, max(0, min(place - 1, len(left) - 1))


def offered(rows: Sequence[Row], place: int | None) -> list[NodeKind]:
    """The kinds that can be added at this line: within it, or behind it or what it stands in."""
    found = set(MAY_HOLD[None])
    while place is not None:
        found |= MAY_HOLD[rows[place].kind]
        place = parent_of(rows, place)
    return [kind for kind in NodeKind if kind in found]


def add(rows: list[Row], place: int | None, new: Sequence[Row], *, inside: bool = True) -> Edited:
    """Put a piece, with all that belongs to it, at the nearest place where it may stand.

    Args:
        rows: all lines of the body.
        place: the line on which the reader stands; None for the end of the body.
        new: the piece, its first line at depth 0.
        inside: as the last piece within the line where that is possible, else behind it.

    Raises:
        Refusal: ``editing.no_room``.
    """
    kind = new[0].kind
    if place is not None and inside and kind in MAY_HOLD[rows[place].kind]:
        return _put(rows, end_of(rows, place), rows[place].depth + 1, new)
    here = place
    while here is not None:
        parent = parent_of(rows, here)
        if kind in MAY_HOLD[_kind_at(rows, parent)]:
            at = _before_annexes(rows, end_of(rows, here), rows[here].depth, kind)
            return _put(rows, at, rows[here].depth, new)
        here = parent
    if place is None and kind in MAY_HOLD[None]:
        return _put(rows, _before_annexes(rows, len(rows), 0, kind), 0, new)
    raise _no_room(kind, _kind_at(rows, place))


def _before_annexes(rows: Sequence[Row], at: int, depth: int, kind: NodeKind) -> int:
    """Annexes stay last, whatever else is added at the top."""
    if depth:
        return at
    first = _first_annex(rows)
    if kind is NodeKind.ANNEX:
        return max(at, len(rows) if first is None else first)
    return at if first is None else min(at, first)


def _first_annex(rows: Sequence[Row]) -> int | None:
    return next(
        (place for place, row in enumerate(rows) if row.kind is NodeKind.ANNEX and not row.depth),
        None,
    )


def _put(rows: list[Row], at: int, depth: int, new: Sequence[Row]) -> Edited:
    lines = [replace(row, depth=row.depth + depth) for row in new]
    return rows[:at] + lines + rows[at:], at


def insert(rows: list[Row], place: int | None, nodes: Sequence[Node]) -> Edited:
    """Put several pieces one behind the other, the first at the reader's line.

    Raises:
        Refusal: ``editing.no_room``.
    """
    first: int | None = None
    for node in nodes:
        rows, place = add(rows, place, rows_of([node]), inside=first is None)
        first = place if first is None else first
    return rows, first or 0


def blank(kind: NodeKind) -> Row:
    """A new line of the kind, a table with two columns."""
    return Row(kind, table=EMPTY_TABLE if kind is NodeKind.TABLE else None)


def _refitted(lines: Sequence[Row], parent: NodeKind | None, by: int, *, deeper: bool) -> list[Row]:
    """A piece at another depth, as what may stand in `parent`."""
    moved = [replace(row, depth=row.depth + by) for row in lines]
    moved = _of_kind(moved, _fitting(moved[0].kind, parent, deeper=deeper))
    return _children_fitted(moved, deeper=deeper)


def _children_fitted(lines: list[Row], *, deeper: bool) -> list[Row]:
    """The piece whose lower lines are what may stand in those above them."""
    place = 1
    while place < len(lines):
        parent = parent_of(lines, place)
        kind = _fitting(lines[place].kind, _kind_at(lines, parent), deeper=deeper)
        if kind is not lines[place].kind:
            end = end_of(lines, place)
            lines = lines[:place] + _of_kind(lines[place:end], kind) + lines[end:]
        place += 1
    return lines


def _fitting(kind: NodeKind, parent: NodeKind | None, *, deeper: bool) -> NodeKind:
    if kind in MAY_HOLD[parent]:
        return kind
    if kind in LADDER:
        place = LADDER.index(kind)
        steps = LADDER[place + 1 :] if deeper else LADDER[:place][::-1]
        for step in steps:
            if step in MAY_HOLD[parent]:
                return step
    raise _no_room(kind, parent)


def _no_room(kind: NodeKind, parent: NodeKind | None) -> Refusal:
    return Refusal(
        "editing.no_room",
        gettext_noop("“%(piece)s” không đặt trong “%(place)s” được nên văn bản giữ nguyên."),
        params={
            "piece": NAMES[kind],
            "place": NAMES[parent] if parent else gettext_noop("văn bản"),
        },
    )


def _of_kind(lines: Sequence[Row], kind: NodeKind) -> list[Row]:
    """The piece with its first line as another kind; heading and text go where they may."""
    row, below = lines[0], list(lines[1:])
    if row.kind is kind:
        return list(lines)
    heading, text = row.heading, row.text
    if kind in HAS_TEXT and not text and below and _is_plain(below[0]):
        text, below = below[0].text, below[1:]
    if kind not in HAS_HEADING:
        heading, text = "", " ".join(part for part in (heading, text) if part)
    if kind not in HAS_TEXT and text:
        if kind in (NodeKind.ARTICLE, NodeKind.ANNEX, NodeKind.GROUP, NodeKind.QUOTE):
            below = [Row(NodeKind.PARAGRAPH, row.depth + 1, text=text), *below]
        else:
            heading = " ".join(part for part in (heading, text) if part)
        text = ""
    return [replace(row, kind=kind, heading=heading, text=text), *below]


def with_words(body: Body, change: Callable[[str], str]) -> Body:
    """The body with `change` applied to each text and heading."""

    def changed(node: Node) -> Node:
        return replace(
            node, heading=change(node.heading), text=change(node.text),
            children=tuple(changed(child) for child in node.children),
        )  # fmt: skip

    return replace(body, nodes=tuple(changed(node) for node in body.nodes))


def shown(words: str, labels: Mapping[str, Label]) -> str:
    """`[[n17]]` as `[[khoản 2 Điều 3]]`; a reference to what is gone stays as it is."""

    def named(key: str) -> str:
        label = labels.get(key)
        return f"[[{label.words}]]" if label and label.words else f"[[{key}]]"

    return REFERENCE.sub(lambda match: named(match[1]), words)


def stored(words: str, books: Sequence[Mapping[str, str]], keys: frozenset[str]) -> str:
    """`[[khoản 2 Điều 3]]` as `[[n17]]`; what no book knows stays as it was typed.

    Args:
        words: as typed.
        books: `words_to_keys` of the texts to look it up in; the first that knows it wins.
        keys: of the nodes that there are.
    """

    def kept(written: str) -> str:
        wanted = _folded(written)
        if wanted in keys:
            return f"[[{wanted}]]"
        found = (book[wanted] for book in books if book.get(wanted) in keys)
        return f"[[{next(found, written)}]]"

    return REFERENCE.sub(lambda match: kept(match[1]), words)


def words_to_keys(labels: Mapping[str, Label]) -> dict[str, str]:
    """The key behind the words "khoản 2 điều 3", for `stored`."""
    return {_folded(label.words): key for key, label in labels.items() if label.words}


def references_in(body: Body) -> frozenset[str]:
    """What stands in double brackets anywhere in the text."""
    return frozenset(
        match[1]
        for row in rows_of(body.nodes)
        for match in REFERENCE.finditer(f"{row.heading}\n{row.text}")
    )


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
