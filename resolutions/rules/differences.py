"""What differs between two texts: by node, with the words that went and came.

A difference holds enough to make either text from the other (`applied`, `undone`), so that what a
reader is shown is all that changed.
"""

import bisect
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resolutions.rules import labels as numbering
from resolutions.rules.content import FIELD_NAMES, Content
from resolutions.rules.document import Body, NodeKind, Table
from resolutions.rules.editing import Row, nodes_of, rows_of, shown, with_words
from resolutions.rules.labels import Label

WORD: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that stayed ("same"), came ("ins") or went ("del")."""

    sign: str
    words: str


def runs_of(old: str, new: str) -> tuple[Run, ...]:
    """The words of both texts in one reading, those that went before those that came."""
    before, after = WORD.findall(old), WORD.findall(new)
    found: list[Run] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Run("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            found.append(Run("del", "".join(before[i1:i2])))
        if j1 < j2:
            found.append(Run("ins", "".join(after[j1:j2])))
    return tuple(found)


def new_words(runs: Sequence[Run]) -> str:
    """The text after the change."""
    return "".join(run.words for run in runs if run.sign != "del")


def old_words(runs: Sequence[Run]) -> str:
    """The text before the change."""
    return "".join(run.words for run in runs if run.sign != "ins")


@dataclass(frozen=True, slots=True)
class Place:
    """How a piece stands in one of the two texts; `at` is its place in the row of all pieces."""

    at: int
    depth: int
    kind: NodeKind
    number: str
    label: str
    within: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of either text.

    Attributes:
        key: of the node.
        before, after: where it stands; None where it does not.
        heading, text: word by word.
        table_before, table_after: of a table.
        is_moved: it stands elsewhere in the order, or within something else.
    """

    key: str
    before: Place | None
    after: Place | None
    heading: tuple[Run, ...]
    text: tuple[Run, ...]
    table_before: Table | None = None
    table_after: Table | None = None
    is_moved: bool = False

    @property
    def is_reworded(self) -> bool:
        """Whether words, kind, number or cells changed."""
        if self.before is None or self.after is None:
            return False
        return (
            any(run.sign != "same" for run in (*self.heading, *self.text))
            or self.table_before != self.table_after
            or (self.before.kind, self.before.number) != (self.after.kind, self.after.number)
        )

    @property
    def sign(self) -> str:
        """One of "added", "removed", "changed", "moved", "same"."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        if self.is_reworded:
            return "changed"
        return "moved" if self.is_moved else "same"

    @property
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        """The rows of a table with a sign each: titles first, then what went, came and stayed."""
        before, after = _lines(self.table_before), _lines(self.table_after)
        found: list[tuple[str, tuple[str, ...]]] = []
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                found += [("same", row) for row in before[i1:i2]]
            else:
                found += [("del", row) for row in before[i1:i2]]
                found += [("ins", row) for row in after[j1:j2]]
        return found


def _lines(table: Table | None) -> list[tuple[str, ...]]:
    if table is None:
        return []
    titles = tuple(column.title for column in table.columns)
    return [*([titles] if any(titles) else []), *table.rows]


def compared(old: Body, new: Body) -> tuple[Piece, ...]:
    """Every piece of both texts, in the order of the new one; what went stands where it stood.

    Nodes are told apart by their keys, so a piece that only moved is not called new.
    """
    before, after = rows_of(old.nodes), rows_of(new.nodes)
    old_places = _places(before, numbering.labels_of(old))
    new_places = _places(after, numbering.labels_of(new))
    moved = _moved(old_places, new_places)
    old_rows, new_rows = _by_key(before), _by_key(after)
    return tuple(
        Piece(
            key, old_places.get(key), new_places.get(key),
            heading=runs_of(*_pair(old_rows.get(key), new_rows.get(key), "heading")),
            text=runs_of(*_pair(old_rows.get(key), new_rows.get(key), "text")),
            table_before=old_rows[key].table if key in old_rows else None,
            table_after=new_rows[key].table if key in new_rows else None,
            is_moved=key in moved,
        )
        for key in _reading_order(list(old_places), list(new_places))
    )  # fmt: skip


def _pair(old: Row | None, new: Row | None, name: str) -> tuple[str, str]:
    return (getattr(old, name) if old else "", getattr(new, name) if new else "")


def _by_key(rows: Sequence[Row]) -> dict[str, Row]:
    return {row.key: row for row in rows}


def _places(rows: Sequence[Row], labels: Mapping[str, Label]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    above: list[str] = []
    for at, row in enumerate(rows):
        above = above[: row.depth]
        label = labels[row.key].words if row.key in labels else ""
        within = above[-1] if above else ""
        found[row.key] = Place(at, row.depth, row.kind, row.number, label, within)
        above.append(row.key)
    return found


def _moved(old: Mapping[str, Place], new: Mapping[str, Place]) -> frozenset[str]:
    """Keys that stand within something else now, or past a sibling that stayed."""
    both = [key for key in new if key in old]
    elsewhere = {key for key in both if old[key].within != new[key].within}
    by_parent: dict[str, list[str]] = {}
    for key in both:
        if key not in elsewhere:
            by_parent.setdefault(new[key].within, []).append(key)
    for siblings in by_parent.values():
        stayed = in_order([old[key].at for key in siblings])
        elsewhere |= {key for place, key in enumerate(siblings) if place not in stayed}
    return frozenset(elsewhere)


def in_order(numbers: Sequence[int]) -> frozenset[int]:
    """Places of a longest ascending row among the numbers: what did not move."""
    best: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        low = bisect.bisect_left(ends, number)
        before.append(best[low - 1] if low else -1)
        best[low : low + 1] = [place]
        ends[low : low + 1] = [number]
    found, here = set(), best[-1] if best else -1
    while here >= 0:
        found.add(here)
        here = before[here]
    return frozenset(found)


def _reading_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new keys, each old one that went behind the one it followed."""
    order, known = list(new), set(new)
    behind = ""
    for key in old:
        if key not in known:
            order.insert(order.index(behind) + 1 if behind in order else 0, key)
        behind = key
    return order


def applied(difference: Sequence[Piece], *, next_key: int) -> Body:
    """The new text, made from the difference."""
    return _made(difference, next_key, is_new=True)


def undone(difference: Sequence[Piece], *, next_key: int) -> Body:
    """The old text, made from the difference."""
    return _made(difference, next_key, is_new=False)


def _made(difference: Sequence[Piece], next_key: int, *, is_new: bool) -> Body:
    words = new_words if is_new else old_words
    placed = [
        (place, piece)
        for piece in difference
        if (place := piece.after if is_new else piece.before) is not None
    ]
    rows = [
        Row(
            place.kind, place.depth, piece.key, words(piece.heading), words(piece.text),
            place.number, piece.table_after if is_new else piece.table_before,
        )
        for place, piece in sorted(placed, key=lambda pair: pair[0].at)
    ]  # fmt: skip
    return Body(nodes_of(rows), next_key)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field around the tree that is not the same: its name and the words of both."""

    name: str
    runs: tuple[Run, ...]

    @property
    def title(self) -> str:
        """Its name in Vietnamese, to be translated."""
        return FIELD_NAMES[self.name]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two saved texts."""

    fields: tuple[FieldDifference, ...]
    pieces: tuple[Piece, ...]

    @property
    def changes(self) -> tuple[Piece, ...]:
        """The pieces that are not as they were."""
        return tuple(piece for piece in self.pieces if piece.sign != "same")

    @property
    def is_empty(self) -> bool:
        """Whether both texts are the same."""
        return not self.fields and not self.changes


_FIELDS: Final = (
    "title", "bases", "kind", "effective_on", "closing", "recipients", "signatory_post",
    "signatory_name",
)  # fmt: skip


def between(old: Content, new: Content) -> Difference:
    """All that differs, around the tree and in it.

    A reference is shown by the number its node bears in the new text, in both, so that a piece
    whose words stayed is not called changed because another one was put before it.
    """
    fields = tuple(
        FieldDifference(name, runs_of(_joined(old, name), _joined(new, name)))
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    )
    labels = {**numbering.labels_of(old.body), **numbering.labels_of(new.body)}

    def read(words: str) -> str:
        return shown(words, labels).replace("[[", "").replace("]]", "")

    return Difference(fields, compared(with_words(old.body, read), with_words(new.body, read)))


def _joined(content: Content, name: str) -> str:
    value = getattr(content, name)
    return "\n".join(value) if isinstance(value, tuple) else str(value)
