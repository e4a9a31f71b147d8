"""Two people changed the same text: put both together by node, and ask where both touched one.

Base is what both began from, theirs is what was saved first, mine is what is to be saved now.
Where only one of them changed something, that change is taken; nothing else is decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from resolutions.rules import labels as numbering
from resolutions.rules.content import LINE_FIELDS, LIST_FIELDS, Content
from resolutions.rules.differences import in_order
from resolutions.rules.document import KEY, Body, Node
from resolutions.rules.editing import Row, nodes_of, rows_of, with_words
from resolutions.rules.labels import REFERENCE

MINE: Final = "mine"
THEIRS: Final = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that both changed, each in another way.

    Attributes:
        name: of a field, or the key of a node.
        label: "khoản 2 Điều 3" of a node, empty for a field.
        base, mine, theirs: what stands in each as words; empty where it was removed.
        is_place: both left the words alone and moved it, to different places.
    """

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """What came out: the text as far as it is decided, and what is left to ask."""

    content: Content
    conflicts: tuple[Conflict, ...]
    taken: int
    """How many changes of mine could be put in without asking."""


def merge(
    base: Content, mine: Content, theirs: Content, choices: Mapping[str, str] | None = None
) -> Merged:
    """Put both together; a conflict without a choice keeps theirs and is listed.

    Args:
        base: what both began from.
        mine: what is to be saved now.
        theirs: what was saved first.
        choices: "mine" or "theirs" by the name of the conflict.
    """
    choices = choices or {}
    conflicts: list[Conflict] = []
    fields: dict[str, Any] = {}
    taken = 0
    for name in (*LINE_FIELDS, *LIST_FIELDS):
        values = [getattr(one, name) for one in (base, mine, theirs)]
        side = _side(*values, choice=choices.get(name))
        if side is None:
            said = [_words(value) for value in values]
            conflicts.append(Conflict(name, "", said[0], said[1], said[2]))
        fields[name] = values[1] if side == MINE else values[2]
        taken += side == MINE and values[1] != values[2]
    tree = _Trees(base.body, _apart(base.body, mine.body, theirs.body), theirs.body, choices)
    body = tree.merged()
    return Merged(
        replace(theirs, **fields, body=body), (*conflicts, *tree.conflicts), taken + tree.taken
    )


def _side(base: object, mine: object, theirs: object, *, choice: str | None) -> str | None:
    """Whose value holds; None where both changed it, each in another way, and nobody chose."""
    if mine in (base, theirs):
        return THEIRS
    if theirs == base:
        return MINE
    return choice if choice in (MINE, THEIRS) else None


def _words(value: object) -> str:
    return "\n".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


def _apart(base: Body, mine: Body, theirs: Body) -> Body:
    """Mine, in which new nodes have keys that theirs did not give to new nodes of its own."""
    old = {row.key for row in rows_of(base.nodes)}
    taken = {row.key for row in rows_of(theirs.nodes)} - old
    new = [row.key for row in rows_of(mine.nodes) if row.key not in old]
    following = max(mine.next_key, theirs.next_key)
    renamed: dict[str, str] = {}
    for key in new:
        if key in taken:
            renamed[key], following = f"n{following}", following + 1

    def rekeyed(node: Node) -> Node:
        children = tuple(rekeyed(child) for child in node.children)
        return replace(node, key=renamed.get(node.key, node.key), children=children)

    def referring(words: str) -> str:
        return REFERENCE.sub(lambda found: f"[[{renamed.get(found[1], found[1])}]]", words)

    nodes = tuple(rekeyed(node) for node in mine.nodes)
    return with_words(Body(nodes, following), referring)


class _Tree:
    """One text by keys: what each node says, what it stands in, what stands in it."""

    def __init__(self, body: Body) -> None:
        self.rows: dict[str, Row] = {}
        self.parent: dict[str, str] = {}
        self.below: dict[str, list[str]] = {"": []}
        above: list[str] = []
        for row in rows_of(body.nodes):
            above = above[: row.depth]
            within = above[-1] if above else ""
            self.rows[row.key] = replace(row, depth=0)
            self.parent[row.key] = within
            self.below[within].append(row.key)
            self.below[row.key] = []
            above.append(row.key)
        self.labels = numbering.labels_of(body)

    def said(self, key: str) -> Row | None:
        return self.rows.get(key)

    def drop(self, key: str) -> None:
        self.below[self.parent[key]].remove(key)

    def whole(self, within: str = "", depth: int = 0) -> list[Row]:
        found: list[Row] = []
        for key in self.below[within]:
            found.append(replace(self.rows[key], depth=depth))
            found.extend(self.whole(key, depth + 1))
        return found


class _Trees:
    """The three trees; mine's changes are done to theirs, one after the other."""

    def __init__(self, base: Body, mine: Body, theirs: Body, choices: Mapping[str, str]) -> None:
        self.base, self.mine, self.theirs = _Tree(base), _Tree(mine), _Tree(theirs)
        self.next_key = max(mine.next_key, theirs.next_key, base.next_key)
        self.choices = choices
        self.conflicts: list[Conflict] = []
        self.taken = 0

    def merged(self) -> Body:
        placed = self._moved_by(self.mine)
        placed_by_them = self._moved_by(self.theirs)
        self._merge_words()
        for key in [row.key for row in self._in_order(self.mine)]:
            if key in placed:
                self._place(key, has_theirs=key in placed_by_them)
        self._remove()
        return Body(nodes_of(self.theirs.whole()), self.next_key)

    @staticmethod
    def _in_order(tree: _Tree) -> list[Row]:
        return tree.whole()

    def _merge_words(self) -> None:
        """What nodes say, where they are in both; those that one removed come later."""
        for key, ours in self.mine.rows.items():
            now, old = self.theirs.said(key), self.base.said(key)
            if now is None or old is None:
                continue
            side = _side(old, ours, now, choice=self.choices.get(key))
            if side is None:
                self._ask(key)
            elif side == MINE:
                self.theirs.rows[key] = ours
                self.taken += ours != now

    def _moved_by(self, tree: _Tree) -> frozenset[str]:
        """Keys that are new in the tree, or stand elsewhere than in the base."""
        moved = {key for key in tree.rows if key not in self.base.rows}
        moved |= {
            key
            for key in tree.rows
            if key in self.base.rows and tree.parent[key] != self.base.parent[key]
        }
        for within, keys in tree.below.items():
            old = {key: at for at, key in enumerate(self.base.below.get(within, []))}
            stayed = [key for key in keys if key not in moved and key in old]
            unmoved = in_order([old[key] for key in stayed])
            moved |= {key for at, key in enumerate(stayed) if at not in unmoved}
        return frozenset(moved)

    def _place(self, key: str, *, has_theirs: bool) -> None:
        """Put a node of mine where mine has it, behind the nearest sibling that is there."""
        is_new = key not in self.theirs.rows
        if is_new and key in self.base.rows and self.choices.get(key) != MINE:
            if self.choices.get(key) != THEIRS:
                self._ask_once(key)
            return
        if not is_new and has_theirs and not self._may_place(key):
            return
        within = self._nearest(self.mine.parent[key], key)
        if is_new:
            self.theirs.rows[key] = self.mine.rows[key]
            self.theirs.below[key] = []
        else:
            self.theirs.drop(key)
        self.theirs.below[within].insert(self._behind(key, within), key)
        self.theirs.parent[key] = within
        self.taken += 1

    def _may_place(self, key: str) -> bool:
        """Whether mine's place holds for a node that both moved; asks where nobody chose."""
        if self._stands_alike(key):
            return False
        if self.choices.get(key) not in (MINE, THEIRS):
            self._ask_once(key, is_place=True)
        return self.choices.get(key) == MINE

    def _stands_alike(self, key: str) -> bool:
        mine, theirs = self.mine, self.theirs
        within = mine.parent[key]
        return theirs.parent[key] == within and theirs.below[within] == mine.below[within]

    def _is_within(self, place: str, key: str) -> bool:
        """Whether `place` is the node itself or stands in it, in the tree as it is now."""
        while place:
            if place == key:
                return True
            place = self.theirs.parent.get(place, "")
        return False

    def _nearest(self, within: str, key: str) -> str:
        """The nearest thing around it in mine that is there; it may have been removed."""
        while within and (within not in self.theirs.below or self._is_within(within, key)):
            within = self.mine.parent.get(within, "")
        return within

    def _behind(self, key: str, within: str) -> int:
        siblings = self.theirs.below[within]
        own = self.mine.below.get(self.mine.parent[key], [])
        for before in reversed(own[: own.index(key)]):
            if before in siblings:
                return siblings.index(before) + 1
        return 0

    def _remove(self) -> None:
        """What one removed goes, unless the other changed it."""
        for key in self.base.rows:
            if key in self.theirs.rows and key not in self.mine.rows:
                self._remove_of_mine(key)
        for key, old in self.base.rows.items():
            mine = self.mine.rows.get(key)
            if mine is not None and mine != old and key not in self.theirs.rows:
                self._keep_removed(key)

    def _remove_of_mine(self, key: str) -> None:
        if not self._changed_below(self.theirs, key) or self.choices.get(key) == MINE:
            self.theirs.drop(key)
            self._forget(key)
            self.taken += 1
        elif self.choices.get(key) != THEIRS:
            self._ask_once(key)

    def _keep_removed(self, key: str) -> None:
        """A node that they removed and I reworded."""
        if self.choices.get(key) == MINE:
            self._place(key, has_theirs=False)
        elif self.choices.get(key) != THEIRS:
            self._ask_once(key)

    def _changed_below(self, tree: _Tree, key: str) -> bool:
        """Whether the node, or anything that stands in it now, is not as it was in the base."""
        if tree.rows[key] != self.base.rows.get(key):
            return True
        return any(
            below not in self.base.rows or self._changed_below(tree, below)
            for below in tree.below[key]
        )

    def _forget(self, key: str) -> None:
        for below in self.theirs.below.pop(key, []):
            self._forget(below)
        self.theirs.rows.pop(key, None)

    def _ask_once(self, key: str, *, is_place: bool = False) -> None:
        if all(asked.name != key for asked in self.conflicts):
            self._ask(key, is_place=is_place)

    def _ask(self, key: str, *, is_place: bool = False) -> None:
        tree = next(one for one in (self.theirs, self.base, self.mine) if key in one.labels)
        said = [_said(one.rows.get(key), one) for one in (self.base, self.mine, self.theirs)]
        label = tree.labels[key].words
        self.conflicts.append(Conflict(key, label, said[0], said[1], said[2], is_place))


def _said(row: Row | None, tree: _Tree) -> str:
    """The words of a node, with its number; a table row by row."""
    if row is None:
        return ""
    label = tree.labels[row.key].printed if row.key in tree.labels else ""
    words = " ".join(part for part in (label, row.heading, row.text) if part)
    lines: Sequence[str] = ()
    if row.table is not None:
        titles = " | ".join(column.title for column in row.table.columns)
        lines = [titles, *(" | ".join(cells) for cells in row.table.rows)]
    return "\n".join([words, *lines]).strip()


def names_of(choices: Mapping[str, object]) -> dict[str, str]:
    """The choices that a form sent: fields and keys, "mine" or "theirs"; all else is left out."""
    known = {*LINE_FIELDS, *LIST_FIELDS}
    return {
        name: str(side)
        for name, side in choices.items()
        if side in (MINE, THEIRS) and (name in known or KEY.fullmatch(name))
    }
