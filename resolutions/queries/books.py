"""Everything that published acts and notices did to a text, and to those acts in their turn."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from resolutions.models import (
    ArchivedResolution,
    Notice,
    Relation,
    Resolution,
    ResolutionState,
)
from resolutions.queries import texts
from resolutions.rules import chains
from resolutions.rules import labels as numbering
from resolutions.rules import relations as rules
from resolutions.rules.chains import Source
from resolutions.rules.relations import Action, RelationKind

_NOTICE_IDS: Final = 1_000_000_000
"""Notices are numbered apart from resolutions where both act on one text."""

Target = Resolution | ArchivedResolution


@dataclass(frozen=True)
class Books:
    """What is written about one text: rows on it, on the acts upon it, and so on."""

    target: Target
    relations: tuple[Relation, ...]
    notices: tuple[Notice, ...]

    @property
    def notices_on_target(self) -> tuple[Notice, ...]:
        """Notices on the text itself, earliest first."""
        return tuple(one for one in self.notices if one.target_id == _pk(self.target))

    @property
    def outgoing(self) -> tuple[Relation, ...]:
        """What the text itself does to others; only read by `around`."""
        return tuple(one for one in self.relations if one.resolution_id == _pk(self.target))

    def actions(self) -> tuple[Action, ...]:
        """All that was done to the text, each act followed through what was done to it."""
        return _Telling(self).on(self.target)


def _pk(target: Target) -> int | None:
    """Key of a resolution of here; None for one from the archives, on which there is no notice."""
    return target.pk if isinstance(target, Resolution) else None


def on(target: Target) -> Books:
    """The books of a text: two queries; one more for corrections and for each deeper act."""
    return _read(target, _acting_on(target))


def around(resolution: Resolution) -> Books:
    """The same with what the resolution itself does to others, in no query more."""
    return _read(resolution, _acting_on(resolution) | Q(resolution=resolution))


def _acting_on(target: Target) -> Q:
    return Q(target=target) if isinstance(target, Resolution) else Q(archived=target)


def _read(target: Target, first: Q) -> Books:
    upon = Relation.objects.filter(_acting_on(target)).values("resolution")
    rows = list(_published(first | Q(target__in=upon)))
    acting = {one.resolution_id for one in rows if target in (one.target, one.archived)}
    seen, frontier = set(acting), {one.resolution_id for one in rows if one.target_id in acting}
    while frontier := frontier - seen:
        seen |= frontier
        more = list(_published(Q(target__in=frontier)))
        rows += more
        frontier = {one.resolution_id for one in more}
    told = seen | {pk for pk in (_pk(target),) if pk is not None}
    return Books(target, tuple(dict.fromkeys(rows)), tuple(_notices(told)) if told else ())


def _published(which: Q) -> QuerySet[Relation]:
    """Rows of published acts, with the day they work from and whether their words are hidden."""
    hidden = Notice.objects.published().filter(target=OuterRef("resolution"), hides_text=True)
    return (
        Relation.objects.filter(
            which, resolution__state=ResolutionState.PUBLISHED,
            resolution__published_at__isnull=False,
        )
        .select_related("resolution__council", "target__council", "archived__council")
        .annotate(
            works_from=Coalesce(
                "effective_on", "resolution__effective_on", "resolution__adopted_on"
            ),
            is_hidden=Exists(hidden),
        )
        .order_by("resolution__adopted_on", "resolution__number", "position", "pk")
    )  # fmt: skip


def _notices(targets: Iterable[int]) -> QuerySet[Notice]:
    """Published notices on these resolutions, earliest first, each with its lines."""
    return (
        Notice.objects.published()
        .filter(target__in=targets)
        .select_related("target__council")
        .prefetch_related("lines")
        .order_by("dated", "pk")
    )


class _Telling:
    """Rows as actions; each text is told once."""

    def __init__(self, books: Books) -> None:
        self.relations: dict[tuple[type[Target], int], list[Relation]] = defaultdict(list)
        for one in books.relations:
            other = one.target or one.archived
            if other is not None:
                self.relations[type(other), other.pk].append(one)
        self.notices: dict[int, list[Notice]] = defaultdict(list)
        for notice in books.notices:
            self.notices[notice.target_id].append(notice)
        self.told: dict[tuple[type[Target], int], tuple[Action, ...]] = {}

    def on(self, target: Target) -> tuple[Action, ...]:
        """What was done to the text."""
        key = (type(target), target.pk)
        if key not in self.told:
            self.told[key] = ()  # no act can come upon itself; were it so, it would end here
            acts = [self._followed(one, target) for one in self.relations[key]]
            if isinstance(target, Resolution):
                acts += [one for each in self.notices[target.pk] for one in of_notice(each, target)]
            self.told[key] = tuple(acts)
        return self.told[key]

    def _followed(self, relation: Relation, target: Target) -> Action:
        acting = relation.resolution
        action = _action(relation, target)
        upon = self.on(acting)
        if not upon:
            return action
        begins = acting.effective_on or acting.adopted_on
        return chains.followed(
            action, Source(texts.body_of(acting), relation.source_key, begins, upon)
        )


def _action(relation: Relation, target: Target) -> Action:
    acting, kind = relation.resolution, RelationKind(relation.kind)
    body = texts.body_of(acting)
    works_from = _annotated_day(relation) or date.max
    if kind is RelationKind.CORRECTS:
        works_from = beginning(target) or works_from
    place = numbering.labels_of(body).get(relation.source_key)
    return Action(
        kind, acting.symbol, acting.pk, works_from, place=place.words if place else "",
        target_key=relation.target_key, target_words=relation.target_words,
        pieces=rules.pieces_of(body, relation.source_key), old_words=relation.old_words,
        new_words=relation.new_words, address=acting.get_absolute_url(), dated=acting.adopted_on,
        is_hidden=bool(getattr(relation, "is_hidden", False)),
    )  # fmt: skip


def _annotated_day(relation: Relation) -> date | None:
    """The day that the query computed beside the row."""
    day: date | None = getattr(relation, "works_from")  # noqa: B009 - no field of the model
    return day


def beginning(target: Target) -> date | None:
    """The first day on which the text is in force, where it is known."""
    if isinstance(target, Resolution):
        return target.effective_on or target.adopted_on
    return target.effective_on


def of_notice(notice: Notice, target: Resolution) -> Iterable[Action]:
    """What a notice does: one withdrawal, or a correction for each slip."""
    address, act_id = notice.get_absolute_url(), _NOTICE_IDS + notice.pk
    if notice.kind == Notice.Kind.WITHDRAWAL:
        yield Action(
            RelationKind.WITHDRAWS, notice.symbol, act_id, notice.dated, address=address,
            dated=notice.dated,
        )  # fmt: skip
        return
    for line in notice.lines.all():
        yield Action(
            RelationKind.CORRECTS, notice.symbol, act_id, beginning(target) or notice.dated,
            target_key=line.target_key, target_words=line.target_words, old_words=line.old_words,
            new_words=line.new_words, address=address, dated=notice.dated,
        )  # fmt: skip
