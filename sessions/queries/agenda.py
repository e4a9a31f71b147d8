"""The agenda as pages show it: a tree in reading order, numbered, its minutes added up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.db.models import Prefetch, QuerySet

from council.models import Council
from sessions.models import (
    AgendaDecision,
    AgendaItem,
    Document,
    Matter,
    OpenVote,
    Session,
    Sitting,
)
from sessions.queries import papers
from sessions.rules import agenda
from sessions.rules.agenda import Place
from sessions.rules.parts import PART_MINUTES

DROPPED: Final = AgendaItem.State.DROPPED
MINUTES_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it is read.

    Attributes:
        item: the item itself.
        depth: 0 at the root.
        label: its number ("5.1"); empty for a dropped item, which no longer counts.
        minutes: its own minutes, or the sum of those below it where that is more.
        is_first, is_last: among its siblings, for the buttons that move it.
        may_indent: it can go under the sibling before it.
    """

    item: AgendaItem
    depth: int
    label: str
    minutes: int
    is_first: bool
    is_last: bool
    may_indent: bool


@dataclass(frozen=True, slots=True)
class SittingLoad:
    """Planned minutes against a sitting's length."""

    sitting: Sitting
    planned: int
    length: int

    @property
    def over(self) -> int:
        """Minutes by which the plan is too long; 0 where it fits."""
        return max(self.planned - self.length, 0)


def places(items: Iterable[AgendaItem]) -> list[Place]:
    """The items as the rules see them."""
    return [Place(item.pk, item.parent_id, item.position) for item in items]


def in_tree_order(items: Iterable[AgendaItem]) -> list[Row]:
    """The items as they are read, each before those below it; dropped ones have no number.

    Args:
        items: of one session; an item whose parent is not among them does not appear.
    """
    by_pk = {item.pk: item for item in items}
    tree = places(by_pk.values())
    live = [place for place in tree if by_pk[place.item].state != DROPPED]
    numbers = agenda.labels(live)
    minutes = agenda.minutes_of(live, {pk: item.minutes for pk, item in by_pk.items()})
    last: dict[int | None, int] = {}
    for place in tree:
        last[place.parent] = max(last.get(place.parent, 0), place.position)
    rows: list[Row] = []
    depths: dict[int | None, int] = {None: -1}
    for pk in agenda.in_order(tree):
        item = by_pk[pk]
        depths[pk] = depths[item.parent_id] + 1
        first = item.position == 1
        rows.append(
            Row(
                item,
                depths[pk],
                numbers.get(pk, ""),
                minutes.get(pk, 0),
                first,
                item.position == last[item.parent_id],
                not first and depths[pk] + 1 < agenda.DEPTH_MAX,
            )
        )
    return rows


def for_staff(council_session: Session) -> QuerySet[AgendaItem]:
    """All items, dropped ones included, with their papers."""
    return council_session.items.select_related("sitting").prefetch_related(
        Prefetch("documents", queryset=Document.objects.filter(withdrawn_at=None))
    )


def for_delegates(council_session: Session) -> QuerySet[AgendaItem]:
    """The agenda with the papers that delegates may read; staff notes stay behind."""
    return (
        council_session.items.defer("staff_note")
        .select_related("sitting")
        .prefetch_related(
            Prefetch("documents", queryset=papers.released_to_delegates(), to_attr="papers")
        )
    )


def items_of(council: Council) -> QuerySet[AgendaItem]:
    """Items of the council's sessions, for looking one up by its key."""
    return AgendaItem.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council", "sitting", "parent"
    )


def whereabouts(rows: Iterable[Row], sittings: Sequence[Sitting]) -> dict[int, int]:
    """The sitting in which each item is taken, by key: its own, else that of the item before it.

    So a clerk marks only where a new sitting begins. Without any sitting there is nothing to say.
    """
    where = min(sittings, key=lambda one: (one.held_on, one.starts_at), default=None)
    here = where.pk if where else None
    found: dict[int, int] = {}
    for row in rows:
        here = row.item.sitting_id or here
        if here is not None:
            found[row.item.pk] = here
    return found


def loads(rows: Sequence[Row], sittings: Sequence[Sitting]) -> list[SittingLoad]:
    """Minutes planned in each sitting.

    Only items with nothing below them are counted, so nothing is counted twice.
    """
    places_of = whereabouts(rows, sittings)
    planned: Counter[int] = Counter()
    for row in leaves(rows):
        if row.item.pk in places_of:
            planned[places_of[row.item.pk]] += row.minutes
    return [
        SittingLoad(sitting, planned[sitting.pk], PART_MINUTES[sitting.part])
        for sitting in sittings
    ]


def leaves(rows: Sequence[Row]) -> list[Row]:
    """Live items with nothing below them."""
    parents = {row.item.parent_id for row in rows}
    return [row for row in rows if row.label and row.item.pk not in parents]


def decisions(council_session: Session) -> QuerySet[AgendaDecision]:
    """Adoption and later changes, newest first."""
    return council_session.agenda_decisions.select_related("open_vote").order_by(
        "-decided_at", "-pk"
    )


def unused_decision(council_session: Session) -> AgendaDecision | None:
    """The oldest recorded decision to change the agenda that has not been carried out yet."""
    return (
        council_session.agenda_decisions.filter(kind=AgendaDecision.Kind.CHANGED, used_at=None)
        .order_by("decided_at", "pk")
        .first()
    )


def votes_at_hand(council_session: Session, matter: str) -> QuerySet[OpenVote]:
    """Open votes that passed and on which no agenda decision rests yet."""
    return council_session.open_votes.filter(
        matter=Matter(matter), state=OpenVote.State.CLOSED, passed=True, agenda_decision=None
    ).order_by("-closed_at")


def planned_starts(rows: Sequence[Row], sittings: Sequence[Sitting]) -> dict[int, time]:
    """When each live item is expected to begin: its sitting's start and what lies before it.

    A guess for reading, no rule.
    """
    parents = {row.item.parent_id for row in rows}
    places_of = whereabouts(rows, sittings)
    elapsed = {one.pk: one.starts_at.hour * 60 + one.starts_at.minute for one in sittings}
    starts: dict[int, time] = {}
    for row in rows:
        where = places_of.get(row.item.pk)
        if where not in elapsed or not row.label:
            continue
        minute = elapsed[where]
        if minute < MINUTES_A_DAY:
            starts[row.item.pk] = time(*divmod(minute, 60))
        if row.item.pk not in parents:
            elapsed[where] = minute + row.minutes
    return starts


def with_starts(rows: Sequence[Row], sittings: Sequence[Sitting]) -> list[tuple[Row, time | None]]:
    """Each row with its expected beginning, for the pages."""
    starts = planned_starts(rows, sittings)
    return [(row, starts.get(row.item.pk)) for row in rows]


def now_and_next(rows: Sequence[Row]) -> tuple[Row | None, Row | None]:
    """What the hall is dealing with, and the next planned item that has nothing below it."""
    current = next((row for row in rows if row.item.state == AgendaItem.State.CURRENT), None)
    after = rows[rows.index(current) + 1 :] if current else rows
    planned = (row for row in leaves(rows) if row.item.state == AgendaItem.State.PLANNED)
    return current, next((row for row in planned if row in after), None)
