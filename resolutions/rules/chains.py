"""An act that acts on an act: what is left of the first one's provision when it is carried out.

A provision is carried out as it reads on the day on which it begins to work: what was corrected,
reworded or rewritten in it by then is taken as changed, and what was repealed by then never works.
What happens to it afterwards is told and changes nothing by itself.

Source: practice, no article; the collected law says nothing of amended amendments, so whatever
cannot be read without a choice is told to the reader instead (docs/rules/amending.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from resolutions.rules import consolidation, relations
from resolutions.rules.document import Body, Node, NodeKind, find, walk
from resolutions.rules.relations import Action, RelationKind

_K = RelationKind
_ENDING: Final = frozenset({_K.REPEALS, _K.REPLACES})
_REWRITING: Final = frozenset({_K.AMENDS, _K.REPLACES})


@dataclass(frozen=True, slots=True)
class Source:
    """Where an action stands written.

    Attributes:
        body: the text of the act, as published.
        key: the piece that says so; empty where none is named.
        begins_on: the act's first day in force, where it is known.
        actions: all that was done to the act, themselves already followed through.
    """

    body: Body
    key: str
    begins_on: date | None
    actions: tuple[Action, ...]


def followed(action: Action, source: Source) -> Action:
    """The action as the acts upon its own act leave it, with `touched_by` those that concern it."""
    concerning = tuple(
        one for one in source.actions if one.works_on(one.effective_on) and _concerns(one, source)
    )
    if not concerning:
        return action
    told = replace(
        action, touched_by=tuple(sorted(concerning, key=lambda one: one.effective_on)),
        void_from=_void_from(action, concerning),
    )  # fmt: skip
    day = max(action.effective_on, source.begins_on or date.min)
    due = [one for one in concerning if one.works_on(day) and not _ends_all(one)]
    return _as_it_reads(told, source, due, day) if due and source.key else told


def _void_from(action: Action, concerning: Sequence[Action]) -> date | None:
    """Taken back, it stops on that day; repealed as a whole before it began, it never works."""
    working = [one for one in concerning if one.is_whole]
    days = [one.effective_on for one in working if one.kind is _K.WITHDRAWS]
    days += [
        one.effective_on
        for one in working
        if one.kind in _ENDING and one.effective_on <= action.effective_on
    ]
    return min(days, default=None)


def _ends_all(one: Action) -> bool:
    return one.kind is _K.WITHDRAWS or (one.is_whole and one.kind in _ENDING)


def _as_it_reads(action: Action, source: Source, due: Sequence[Action], day: date) -> Action:
    text = consolidation.consolidated(source.body, due, day=day, effective_on=None)
    node = find(text.body, source.key)
    events = text.events.get(source.key, ())
    if node is None or any(event.action.kind is _K.REPEALS for event in events):
        return replace(action, void_from=min(action.void_from or date.max, action.effective_on))
    if node == find(consolidation.numbered(source.body), source.key):
        return action
    is_rewritten = any(one.kind in _REWRITING for one in due)
    return replace(
        action,
        pieces=relations.pieces_of(text.body, source.key),
        old_words=_reworded(action.old_words, due),
        new_words=_reworded(action.new_words, due),
        is_unclear=is_rewritten and action.kind in relations.WITH_WORDS and not action.pieces,
    )


def _reworded(words: str, due: Sequence[Action]) -> str:
    """The words that the provision cites, with the changes of words in the provision."""
    for one in due:
        if one.kind in relations.WITH_WORDS and one.old_words and not one.is_hidden:
            words = words.replace(one.old_words, one.new_words)
    return words


def _concerns(one: Action, source: Source) -> bool:
    """Whether what is done to the act is done to the provision, too."""
    if one.kind is _K.IMPLEMENTS:
        return False
    if one.kind in relations.WITH_WORDS and one.old_words and not one.pieces:
        return _holds_words(one, source)
    if one.kind is _K.SUPPLEMENTS:
        return one.target_key in _within(source)
    return one.is_whole or one.target_key in (_within(source) | _above(source))


def _holds_words(one: Action, source: Source) -> bool:
    node = find(source.body, source.key)
    is_near = one.is_whole or one.target_key in (_within(source) | _above(source))
    return is_near and node is not None and any(
        one.old_words in words for words in relations.all_words(node)
    )  # fmt: skip


def _within(source: Source) -> frozenset[str]:
    """Keys of the provision and of what belongs to it."""
    node = find(source.body, source.key)
    if node is None:
        return frozenset()
    return frozenset(one.key for one, _ in walk((node,), into_quotes=True))


def _above(source: Source) -> frozenset[str]:
    """Keys of the pieces that the provision belongs to."""

    def way(nodes: Sequence[Node]) -> list[str] | None:
        for node in nodes:
            if node.key == source.key:
                return []
            below = way(node.children) if node.kind is not NodeKind.QUOTE else None
            if below is not None:
                return [node.key, *below]
        return None

    return frozenset(way(source.body.nodes) or ()) if source.key else frozenset()
