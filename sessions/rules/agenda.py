"""The agenda as an ordered tree: moving items, numbering them, adding up their minutes.

The tree is a flat list of places (item, parent, position); positions count from 1 among siblings
and have no gaps. Templates of whole agendas are in `sessions.rules.agenda_templates`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

DEPTH_MAX: Final = 3


class ItemKind(StrEnum):
    """What happens under an item."""

    OPENING = "opening"
    REPORT = "report"
    SUBMISSION = "submission"
    VERIFICATION = "verification"
    DISCUSSION = "discussion"
    QUESTIONING = "questioning"
    PERSONNEL = "personnel"
    CONFIDENCE_VOTE = "confidence_vote"
    ELECTION = "election"
    RESOLUTION_VOTE = "resolution_vote"
    CLOSING = "closing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: under ``parent`` (None: at the root), as number ``position``."""

    item: int
    parent: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where an item is to go; a position beyond the last sibling means the last."""

    parent: int | None
    position: int


class Step(StrEnum):
    """A move by keyboard or button."""

    UP = "up"
    DOWN = "down"
    INDENT = "indent"
    OUTDENT = "outdent"


def _children(tree: Iterable[Place]) -> dict[int | None, list[int]]:
    below: dict[int | None, list[int]] = {}
    for place in sorted(tree, key=lambda place: place.position):
        below.setdefault(place.parent, []).append(place.item)
    return below


def _parents(tree: Iterable[Place]) -> dict[int, int | None]:
    return {place.item: place.parent for place in tree}


def _check_known(item: int | None, parents: dict[int, int | None]) -> None:
    if item is not None and item not in parents:
        raise Refusal(
            "agenda.unknown_item",
            gettext_noop(
                "Nội dung này không còn trong chương trình. Hãy tải lại trang rồi thử lại."
            ),
        )


def _line_up(item: int | None, parents: dict[int, int | None]) -> list[int]:
    """The item and all above it, from below; it ends even if the tree were circular."""
    line: list[int] = []
    while item is not None and item not in line:
        line.append(item)
        item = parents.get(item)
    return line


def _height(item: int, below: dict[int | None, list[int]]) -> int:
    return 1 + max((_height(child, below) for child in below.get(item, ())), default=0)


def move(tree: Sequence[Place], item: int, to: Target) -> tuple[Place, ...]:
    """The tree after the move, siblings renumbered 1, 2, 3 … on both sides.

    Args:
        tree: every place of one agenda.
        item: what moves, with all below it.
        to: the new parent and the new position among its children.

    Raises:
        Refusal: ``agenda.unknown_item``, ``agenda.under_itself``, ``agenda.too_deep``.
    """
    parents, below = _parents(tree), _children(tree)
    _check_known(item, parents)
    _check_known(to.parent, parents)
    above = _line_up(to.parent, parents)
    if item in above:
        raise Refusal(
            "agenda.under_itself",
            gettext_noop("Không thể đặt một nội dung vào bên dưới chính nó. Hãy chọn chỗ khác."),
        )
    if len(above) + _height(item, below) > DEPTH_MAX:
        raise Refusal(
            "agenda.too_deep",
            gettext_noop("Chương trình chỉ có tối đa %(depth)d cấp. Hãy chọn chỗ cao hơn."),
            params={"depth": DEPTH_MAX},
        )
    below[parents[item]].remove(item)
    siblings = below.setdefault(to.parent, [])
    siblings.insert(min(max(to.position - 1, 0), len(siblings)), item)
    return _renumbered(tree, below)


def _renumbered(tree: Iterable[Place], below: dict[int | None, list[int]]) -> tuple[Place, ...]:
    now = {
        child: (parent, position)
        for parent, children in below.items()
        for position, child in enumerate(children, start=1)
    }
    return tuple(
        replace(place, parent=now[place.item][0], position=now[place.item][1]) for place in tree
    )


def step(tree: Sequence[Place], item: int, direction: Step) -> Target:
    """Where a step by keyboard leads; where it leads nowhere, the item's own place.

    Indenting puts the item last under the sibling before it; outdenting puts it right after its
    parent.

    Raises:
        Refusal: ``agenda.unknown_item``.
    """
    parents, below = _parents(tree), _children(tree)
    _check_known(item, parents)
    parent = parents[item]
    siblings = below[parent]
    index = siblings.index(item)
    stays = Target(parent, index + 1)
    wanted = Step(direction)
    match wanted:
        case Step.UP:
            return Target(parent, max(index, 1))
        case Step.DOWN:
            return Target(parent, min(index + 2, len(siblings)))
        case Step.INDENT if index:
            above = siblings[index - 1]
            return Target(above, len(below.get(above, ())) + 1)
        case Step.OUTDENT if parent is not None:
            grandparent = parents[parent]
            return Target(grandparent, below[grandparent].index(parent) + 2)
        case Step.INDENT | Step.OUTDENT:
            return stays


def in_order(tree: Iterable[Place]) -> tuple[int, ...]:
    """The items as they are read, each before those below it."""
    below = _children(tree)

    def walk(parent: int | None) -> list[int]:
        return [one for child in below.get(parent, ()) for one in (child, *walk(child))]

    return tuple(walk(None))


def labels(tree: Iterable[Place]) -> dict[int, str]:
    """The number of each item as it is read: ``5``, ``5.1``, ``5.1.2``."""
    places = {place.item: place for place in tree}
    below = _children(places.values())
    numbers: dict[int, str] = {}

    def number(parent: int | None, prefix: str) -> None:
        for position, child in enumerate(below.get(parent, ()), start=1):
            numbers[child] = f"{prefix}{position}"
            number(child, f"{prefix}{position}.")

    number(None, "")
    return numbers


def minutes_of(tree: Iterable[Place], minutes: dict[int, int | None]) -> dict[int, int]:
    """Planned minutes of each item: its own, or the sum of those below it where that is more."""
    below = _children(tree)
    planned: dict[int, int] = {}

    def add_up(item: int) -> int:
        planned[item] = max(
            minutes.get(item) or 0, sum(add_up(child) for child in below.get(item, ()))
        )
        return planned[item]

    for root in below.get(None, ()):
        add_up(root)
    return planned
