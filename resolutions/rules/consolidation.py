"""The consolidated text (văn bản hợp nhất) of a resolution on a day, with its history by piece.

Numbers are frozen before anything is changed: an article put in as "5a" moves no other number, and
what is repealed keeps its place. Each piece keeps its key through all changes, so that a later act
finds it and a reader sees everything that ever happened to it. What cannot be carried out is told
as a problem and leaves the text as it was: nothing is dropped in silence.

Source: practice of consolidated texts (number kept, "được bãi bỏ" in its place, a note that names
the act and its day), no article.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import blocks, grafting, standing
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
from resolutions.rules.grafting import MisfitError
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


def _gone() -> MisfitError:
    return MisfitError("gone", gettext_noop("Điều, khoản được nêu không còn trong văn bản."))


def _words_gone() -> MisfitError:
    return MisfitError("words_gone", gettext_noop("Không thấy cụm từ được thay trong văn bản."))


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
            grafting.check_readable(action)
            self._change(action)
            blocks.blocks_of(self.body)
        except MisfitError as misfit:
            self.body = before
            self.problems.append(Problem(action, misfit.code, misfit.sentence))
        except Refusal as refusal:
            self.body = before
            self.problems.append(Problem(action, refusal.code, grafting.does_not_fit().sentence))

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
        self.body = replace(self.body, nodes=grafting.with_made(self.body.nodes, key, made))

    def _put(self, action: Action) -> None:
        """New words for a piece."""
        old = self._node(action)
        before = self._words(old)
        made = grafting.in_place_of(old, grafting.brought_by(action))
        self._replace(old.key, lambda _old: made)
        self._note(action, old.key, before)

    def _add(self, action: Action) -> None:
        """New pieces: after one of their kind, within one that may hold them, or at the end."""
        pieces = grafting.brought_by(action)
        if not pieces:
            raise grafting.no_text()
        if not action.target_key:
            self.body = replace(self.body, nodes=grafting.at_end(self.body.nodes, pieces))
        else:
            target = self._node(action)
            if target.kind is pieces[0].kind:
                self.body = replace(
                    self.body, nodes=grafting.after(self.body.nodes, target.key, pieces)
                )
            elif all(piece.kind in MAY_HOLD[target.kind] for piece in pieces):
                self._replace(
                    target.key, lambda old: (replace(old, children=(*old.children, *pieces)),)
                )
            else:
                raise grafting.does_not_fit()
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
