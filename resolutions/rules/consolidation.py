"""The consolidated text (văn bản hợp nhất) of a resolution on a day, with its history by piece.

Numbers are frozen before anything is changed: an article put in as "5a" moves no other number, and
what is repealed keeps its place. Each piece keeps its key through all changes, so that a later act
finds it and a reader sees everything that ever happened to it. What cannot be carried out is told
as a problem and leaves the text as it was: nothing is dropped in silence.

Source: practice of consolidated texts (number kept, "được bãi bỏ" in its place, a note that names
the act and its day), no article.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import blocks, standing
from resolutions.rules import labels as numbering
from resolutions.rules.document import (
    HAS_TEXT,
    MAY_HOLD,
    Body,
    Column,
    Node,
    NodeKind,
    Table,
    find,
    walk,
)
from resolutions.rules.labels import Label
from resolutions.rules.relations import Action, RelationKind

REPEALED: Final = "(được bãi bỏ)"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a piece: by which act, and its words before, a line a block."""

    action: Action
    key: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """An action that could not be carried out, with the reason as a sentence."""

    action: Action
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The text on the day.

    Attributes:
        body: with every number frozen.
        events: what happened to each piece, by its key, earliest first; "" for the whole text.
        problems: what could not be carried out.
        standing: whether the resolution is in force on the day.
    """

    body: Body
    events: dict[str, tuple[Event, ...]]
    problems: tuple[Problem, ...]
    standing: standing.Standing


def consolidated(
    body: Body, actions: Sequence[Action], *, day: date, effective_on: date | None
) -> Consolidated:
    """The text as it reads on the day.

    Corrections come first, since they say what was meant from the beginning; then every action in
    the order of its day, those of one day in the order in which they are given.
    """
    work = _Work(numbered(body))
    due = [action for action in actions if action.works_on(day)]
    for action in sorted(due, key=lambda one: (one.kind is not RelationKind.CORRECTS,
                                               one.effective_on)):  # fmt: skip
        work.carry_out(action)
    return Consolidated(
        work.body,
        {key: tuple(events) for key, events in work.events.items()},
        tuple(work.problems),
        standing.standing_on(day, effective_on=effective_on, actions=actions),
    )


def numbered(body: Body) -> Body:
    """The same text, each number written down instead of following from the order."""
    labels = numbering.labels_of(body)
    return replace(body, nodes=tuple(_numbered(node, labels) for node in body.nodes))


def _numbered(node: Node, labels: dict[str, Label]) -> Node:
    if node.kind is NodeKind.QUOTE:
        return node
    label = labels.get(node.key)
    return replace(
        node, number=label.number if label else node.number,
        children=tuple(_numbered(child, labels) for child in node.children),
    )  # fmt: skip


class _Misfit(Exception):  # noqa: N818 - told as a problem, not an error
    """The action does not fit the text: `code` and sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence


def _gone() -> _Misfit:
    return _Misfit("gone", gettext_noop("Điều, khoản được nêu không còn trong văn bản."))


def _no_text() -> _Misfit:
    return _Misfit("no_text", gettext_noop("Văn bản sửa đổi không chứa lời văn mới cho chỗ này."))


def _does_not_fit() -> _Misfit:
    return _Misfit("does_not_fit", gettext_noop("Lời văn mới không đặt vừa vào chỗ được nêu."))


def _words_gone() -> _Misfit:
    return _Misfit("words_gone", gettext_noop("Không thấy cụm từ được thay trong văn bản."))


@dataclass
class _Work:
    """The text while it is being changed."""

    body: Body
    events: dict[str, list[Event]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def carry_out(self, action: Action) -> None:
        """Change the text, or note why not; a change that breaks a reference is not made."""
        before = self.body
        try:
            self._change(action)
            blocks.blocks_of(self.body)
        except _Misfit as misfit:
            self.body = before
            self.problems.append(Problem(action, misfit.code, misfit.sentence))
        except Refusal as refusal:
            self.body = before
            self.problems.append(Problem(action, refusal.code, _does_not_fit().sentence))

    def _change(self, action: Action) -> None:
        match action.kind:
            case RelationKind.AMENDS:
                self._put(action)
            case RelationKind.SUPPLEMENTS:
                self._add(action)
            case RelationKind.REWORDS:
                self._reword(action)
            case RelationKind.CORRECTS:
                self._put(action) if action.pieces else self._reword(action)
            case RelationKind.REPEALS:
                self._take_away(action)
            case RelationKind.REPLACES:
                self._whole(action) if action.is_whole else self._put(action)
            case RelationKind.IMPLEMENTS | RelationKind.WITHDRAWS:
                self._whole(action)
            case _:
                assert_never(action.kind)

    def _whole(self, action: Action) -> None:
        self._note(action, "", ())

    def _note(self, action: Action, key: str, before: tuple[str, ...]) -> None:
        self.events.setdefault(key, []).append(Event(action, key, before))

    def _node(self, action: Action) -> Node:
        node = find(self.body, action.target_key)
        if node is None:
            raise _gone()
        return node

    def _replace(self, key: str, made: Callable[[Node], tuple[Node, ...]]) -> None:
        self.body = replace(self.body, nodes=_with(self.body.nodes, key, made))

    def _put(self, action: Action) -> None:
        """New words for a piece."""
        old = self._node(action)
        before = self._words(old)
        made = _in_place_of(old, _own(action))
        self._replace(old.key, lambda _old: made)
        self._note(action, old.key, before)

    def _add(self, action: Action) -> None:
        """New pieces: after one of their kind, within one that may hold them, or at the end."""
        pieces = _own(action)
        if not pieces:
            raise _no_text()
        if not action.target_key:
            self.body = replace(self.body, nodes=_at_end(self.body.nodes, pieces))
        else:
            target = self._node(action)
            if target.kind is pieces[0].kind:
                self.body = replace(self.body, nodes=_after(self.body.nodes, target.key, pieces))
            elif all(piece.kind in MAY_HOLD[target.kind] for piece in pieces):
                self._replace(
                    target.key, lambda old: (replace(old, children=(*old.children, *pieces)),)
                )
            else:
                raise _does_not_fit()
        for piece in pieces:
            self._note(action, piece.key, ())

    def _take_away(self, action: Action) -> None:
        if action.is_whole:
            self._whole(action)
            return
        old = self._node(action)
        before = self._words(old)
        self._replace(old.key, lambda node: (_repealed(node),))
        self._note(action, old.key, before)

    def _reword(self, action: Action) -> None:
        """Other words, everywhere in the piece or in the whole text."""
        changed = {}

        def reworded(node: Node) -> Node:
            made = _reworded(node, action.old_words, action.new_words)
            if made != node:
                changed[node.key] = self._words(replace(node, children=()))
            return replace(made, children=tuple(reworded(child) for child in node.children))

        if action.target_key:
            self._node(action)
            self._replace(action.target_key, lambda node: (reworded(node),))
        else:
            self.body = replace(self.body, nodes=tuple(reworded(node) for node in self.body.nodes))
        if not changed:
            raise _words_gone()
        for key, before in changed.items():
            self._note(action, key, before)

    def _words(self, node: Node) -> tuple[str, ...]:
        """The node's words as they read before the change."""
        labels = numbering.labels_of(self.body)
        return tuple(
            " ".join(
                part for part in (
                    labels[one.key].printed if one.key in labels else "", one.heading,
                    numbering.resolved(one.text, labels), *_cells(one.table),
                ) if part
            )
            for one, _ in walk((node,), into_quotes=True)
            if one.kind is not NodeKind.QUOTE
        )  # fmt: skip


def _cells(table: Table | None) -> tuple[str, ...]:
    if table is None:
        return ()
    titles = tuple(column.title for column in table.columns)
    return (*titles, *(cell for row in table.rows for cell in row))


def _with(
    nodes: Sequence[Node], key: str, made: Callable[[Node], tuple[Node, ...]]
) -> tuple[Node, ...]:
    """The nodes in which the one with this key became others."""
    found: list[Node] = []
    for node in nodes:
        if node.key == key:
            found += made(node)
        else:
            found.append(replace(node, children=_with(node.children, key, made)))
    return tuple(found)


def _own(action: Action) -> tuple[Node, ...]:
    """The act's pieces with keys that no other act and not the text itself can have."""
    return tuple(_keyed(piece, action.act_id) for piece in action.pieces)


def _keyed(node: Node, act_id: int) -> Node:
    return replace(
        node, key=f"{act_id}.{node.key}",
        children=tuple(_keyed(child, act_id) for child in node.children),
    )  # fmt: skip


def _in_place_of(old: Node, pieces: tuple[Node, ...]) -> tuple[Node, ...]:
    """What stands in the place of `old`: the first piece of its kind takes over key and number."""
    if not pieces:
        raise _no_text()
    heirs = [place for place, piece in enumerate(pieces) if piece.kind is old.kind]
    if heirs:
        heir = heirs[0]
        return (*pieces[:heir], _heir(pieces[heir], old), *pieces[heir + 1 :])
    first, rest = pieces[0], pieces[1:]
    text, children = old.text, pieces
    if old.kind in HAS_TEXT and first.kind is NodeKind.PARAGRAPH:
        text, children = first.text, rest
    if any(child.kind not in MAY_HOLD[old.kind] for child in children):
        raise _does_not_fit()
    return (replace(old, text=text, children=_heirs(children, old.children)),)


def _heir(new: Node, old: Node) -> Node:
    return replace(
        new, key=old.key, number=new.number or old.number,
        children=_heirs(new.children, old.children),
    )  # fmt: skip


def _heirs(new: Sequence[Node], old: Sequence[Node]) -> tuple[Node, ...]:
    """New children take over the keys of old ones of the same kind and number (or place)."""
    left = list(old)
    found = []
    for place, node in enumerate(new):
        match = next((one for one in left if _same_place(one, node, old, new, place)), None)
        if match is None:
            found.append(node)
            continue
        left.remove(match)
        found.append(_heir(node, match))
    return tuple(found)


def _same_place(
    one: Node, node: Node, old: Sequence[Node], new: Sequence[Node], place: int
) -> bool:
    if one.kind is not node.kind:
        return False
    if one.number or node.number:
        return one.number == node.number
    before = sum(other.kind is node.kind for other in new[:place])
    mine = [other for other in old if other.kind is one.kind]
    return mine.index(one) == before


def _at_end(nodes: tuple[Node, ...], pieces: tuple[Node, ...]) -> tuple[Node, ...]:
    """At the end of the text, before the annexes; annexes after them."""
    if any(piece.kind not in MAY_HOLD[None] for piece in pieces):
        raise _does_not_fit()
    if pieces[0].kind is NodeKind.ANNEX:
        return (*nodes, *pieces)
    first_annex = next(
        (place for place, node in enumerate(nodes) if node.kind is NodeKind.ANNEX), len(nodes)
    )
    return (*nodes[:first_annex], *pieces, *nodes[first_annex:])


def _after(nodes: tuple[Node, ...], key: str, pieces: tuple[Node, ...]) -> tuple[Node, ...]:
    """After the node with the key, and after what was put in there before with a lower number."""
    found: list[Node] = []
    waiting: tuple[Node, ...] = ()
    stem = ""
    for node in nodes:
        if waiting and not _comes_before(node, stem, waiting[0]):
            found += waiting
            waiting = ()
        if node.key == key:
            found.append(node)
            waiting, stem = pieces, node.number
        else:
            found.append(replace(node, children=_after(node.children, key, pieces)))
    return (*found, *waiting)


def _comes_before(node: Node, stem: str, new: Node) -> bool:
    is_inserted = (
        node.kind is new.kind and node.number.startswith(stem) and len(node.number) > len(stem)
    )
    tail = node.number[len(stem) :]
    return is_inserted and not tail[0].isdigit() and _order(node.number) < _order(new.number)


def _order(number: str) -> tuple[int, str]:
    match = re.match(r"\d+", number)
    return (int(match[0]) if match else 0, number[match.end() :] if match else number)


def _repealed(node: Node) -> Node:
    """Its number in its place, and that it was repealed."""
    if node.kind in HAS_TEXT:
        return replace(node, heading="", text=REPEALED, children=())
    if node.kind is NodeKind.TABLE:
        return Node(NodeKind.PARAGRAPH, key=node.key, text=REPEALED)
    return replace(node, heading=REPEALED, text="", children=(), table=None)


def _reworded(node: Node, old: str, new: str) -> Node:
    """The node's own heading, text and cells with the words replaced; not its children."""
    table = node.table
    if table is not None:
        table = Table(
            tuple(
                Column(one.title.replace(old, new), one.width, one.align) for one in table.columns
            ),
            tuple(tuple(cell.replace(old, new) for cell in row) for row in table.rows),
        )
    return replace(
        node, heading=node.heading.replace(old, new), text=node.text.replace(old, new), table=table
    )
