"""Pieces put into a text: in the place of others, after them, at the end; keys stay findable.

What does not fit raises `MisfitError`, which the consolidated text tells as a problem.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from council.rules.refusals import gettext_noop
from resolutions.rules.document import HAS_TEXT, MAY_HOLD, Node, NodeKind
from resolutions.rules.relations import Action, RelationKind

TAKING_ONLY: Final = frozenset(
    {RelationKind.REPEALS, RelationKind.IMPLEMENTS, RelationKind.WITHDRAWS}
)
"""Kinds that bring no words of the act into the text."""


class MisfitError(Exception):
    """The action does not fit the text: a code and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


def no_text() -> MisfitError:
    """The act brings no words."""
    return MisfitError(
        "no_text", gettext_noop("Văn bản sửa đổi không chứa lời văn mới cho chỗ này.")
    )


def check_readable(action: Action) -> None:
    """Raise where the words to be put in are hidden, or were rewritten before they began."""
    only_points = action.kind in TAKING_ONLY or (
        action.kind is RelationKind.REPLACES and action.is_whole
    )
    if action.is_unclear:
        raise MisfitError(
            "changed_before",
            gettext_noop("Chỗ sửa đổi này đã được viết lại trước khi có hiệu lực."),
        )
    if action.is_hidden and not only_points:
        raise MisfitError(
            "hidden", gettext_noop("Văn bản sửa đổi đã thu hồi, toàn văn không còn được công bố.")
        )


def does_not_fit() -> MisfitError:
    """The words cannot stand where they should."""
    return MisfitError("does_not_fit", gettext_noop("Lời văn mới không đặt vừa vào chỗ được nêu."))


def with_made(
    nodes: Sequence[Node], key: str, made: Callable[[Node], tuple[Node, ...]]
) -> tuple[Node, ...]:
    """The nodes in which the one with this key became others."""
    found: list[Node] = []
    for node in nodes:
        if node.key == key:
            found += made(node)
        else:
            found.append(replace(node, children=with_made(node.children, key, made)))
    return tuple(found)


def brought_by(action: Action) -> tuple[Node, ...]:
    """The act's pieces with keys that no other act and not the text itself can have."""
    return tuple(_keyed(piece, action.act_id) for piece in action.pieces)


def _keyed(node: Node, act_id: int) -> Node:
    return replace(
        node, key=f"{act_id}.{node.key}",
        children=tuple(_keyed(child, act_id) for child in node.children),
    )  # fmt: skip


def in_place_of(old: Node, pieces: tuple[Node, ...]) -> tuple[Node, ...]:
    """What stands in the place of `old`: the first piece of its kind takes over key and number."""
    if not pieces:
        raise no_text()
    heirs = [place for place, piece in enumerate(pieces) if piece.kind is old.kind]
    if heirs:
        heir = heirs[0]
        return (*pieces[:heir], _heir(pieces[heir], old), *pieces[heir + 1 :])
    first, rest = pieces[0], pieces[1:]
    text, children = old.text, pieces
    if old.kind in HAS_TEXT and first.kind is NodeKind.PARAGRAPH:
        text, children = first.text, rest
    if any(child.kind not in MAY_HOLD[old.kind] for child in children):
        raise does_not_fit()
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


def at_end(nodes: tuple[Node, ...], pieces: tuple[Node, ...]) -> tuple[Node, ...]:
    """At the end of the text, before the annexes; annexes after them."""
    if any(piece.kind not in MAY_HOLD[None] for piece in pieces):
        raise does_not_fit()
    if pieces[0].kind is NodeKind.ANNEX:
        return (*nodes, *pieces)
    first_annex = next(
        (place for place, node in enumerate(nodes) if node.kind is NodeKind.ANNEX), len(nodes)
    )
    return (*nodes[:first_annex], *pieces, *nodes[first_annex:])


def after(nodes: tuple[Node, ...], key: str, pieces: tuple[Node, ...]) -> tuple[Node, ...]:
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
            found.append(replace(node, children=after(node.children, key, pieces)))
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
