"""What acts do to a resolution, as the public knows it; and what a draft will do to others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from council.models import Council
from resolutions.models import (
    ArchivedResolution,
    Notice,
    Relation,
    Resolution,
    ResolutionState,
)
from resolutions.queries import texts
from resolutions.rules import consolidation, standing
from resolutions.rules import labels as numbering
from resolutions.rules import relations as rules
from resolutions.rules.consolidation import Consolidated
from resolutions.rules.document import Body, walk
from resolutions.rules.relations import Action, RelationKind
from resolutions.rules.standing import Period, Standing

ENDING = (Relation.Kind.WITHDRAWS, Relation.Kind.REPEALS, Relation.Kind.REPLACES)
_NOTICE_IDS = 1_000_000_000
"""Notices are numbered apart from resolutions where both act on one text."""

Target = Resolution | ArchivedResolution


def begins_on(resolution: Resolution) -> date | None:
    """The first day on which the resolution is in force."""
    return resolution.effective_on or resolution.adopted_on


def relations_of(resolution: Resolution) -> QuerySet[Relation]:
    """What the resolution does to others, in the order in which it says so."""
    return resolution.relations.select_related("target__council", "archived__council").order_by(
        "position", "pk"
    )


def published_on(target: Target) -> QuerySet[Relation]:
    """What published resolutions do to this one, with the day from which each act is void."""
    field = "target" if isinstance(target, Resolution) else "archived"
    return _published(Q(**{field: target}))


def around(resolution: Resolution) -> list[Relation]:
    """What published resolutions do to this one and what it does to others, in one query."""
    return list(_published(Q(target=resolution) | Q(resolution=resolution)))


def _published(which: Q) -> QuerySet[Relation]:
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
            taken_back_on=_notice_day(), ended_on=_ending_day(),
            is_hidden=Exists(
                Notice.objects.published().filter(target=OuterRef("resolution"), hides_text=True)
            ),
        )
        .order_by("resolution__adopted_on", "resolution__number", "position", "pk")
    )  # fmt: skip


def _notice_day() -> Subquery:
    """When a notice took the acting resolution back."""
    rows = Notice.objects.published().filter(
        target=OuterRef("resolution"), kind=Notice.Kind.WITHDRAWAL
    )
    return Subquery(rows.values("dated")[:1])


def _ending_day() -> Subquery:
    """When another resolution ended or took back the whole acting resolution."""
    rows = (
        Relation.objects.filter(
            target=OuterRef("resolution"), kind__in=ENDING, target_key="",
            resolution__state=ResolutionState.PUBLISHED,
        )
        .order_by()
        .values("target")
        .annotate(
            day=Min(
                Coalesce("effective_on", "resolution__effective_on", "resolution__adopted_on")
            )
        )
    )  # fmt: skip
    return Subquery(rows.values("day")[:1])


def notices_on(resolution: Resolution) -> QuerySet[Notice]:
    """The published notices on the resolution, earliest first, each with its lines."""
    return (
        Notice.objects.published()
        .filter(target=resolution)
        .select_related("target__council")
        .prefetch_related("lines")
        .order_by("dated", "pk")
    )


def actions_on(target: Target) -> tuple[Action, ...]:
    """Everything that was done to the resolution, as the rules take it; two or three queries."""
    notices = notices_on(target) if isinstance(target, Resolution) else ()
    return actions_of(target, published_on(target), notices)


def actions_of(
    target: Target, relations: Iterable[Relation], notices: Iterable[Notice]
) -> tuple[Action, ...]:
    """The same from rows that were read already: by `published_on` or `around`."""
    acts = [_action(one, target) for one in relations if target in (one.target, one.archived)]
    if isinstance(target, Resolution):
        acts += [one for notice in notices for one in _of_notice(notice, target)]
    return tuple(acts)


def _action(relation: Relation, target: Target) -> Action:
    acting, kind = relation.resolution, RelationKind(relation.kind)
    body = texts.body_of(acting)
    labels = numbering.labels_of(body)
    works_from = _annotated(relation, "works_from") or date.max
    if kind is RelationKind.CORRECTS:
        works_from = _beginning(target) or works_from
    place = labels.get(relation.source_key)
    return Action(
        kind, acting.symbol, acting.pk, works_from, place=place.words if place else "",
        target_key=relation.target_key, target_words=relation.target_words,
        pieces=rules.pieces_of(body, relation.source_key), old_words=relation.old_words,
        new_words=relation.new_words, address=acting.get_absolute_url(), dated=acting.adopted_on,
        void_from=_void_from(relation, works_from), is_hidden=getattr(relation, "is_hidden", False),
    )  # fmt: skip


def _void_from(relation: Relation, works_from: date) -> date | None:
    """A withdrawn act stops working; one that ended before it began never works."""
    taken_back, ended = _annotated(relation, "taken_back_on"), _annotated(relation, "ended_on")
    days = [taken_back] if taken_back else []
    if ended and ended <= works_from:
        days.append(ended)
    return min(days, default=None)


def _annotated(relation: Relation, name: str) -> date | None:
    """A day that `published_on` computed beside the row."""
    day: date | None = getattr(relation, name)
    return day


def _beginning(target: Target) -> date | None:
    return begins_on(target) if isinstance(target, Resolution) else target.effective_on


def _of_notice(notice: Notice, target: Resolution) -> Iterable[Action]:
    address = notice.get_absolute_url()
    act_id = _NOTICE_IDS + notice.pk
    if notice.kind == Notice.Kind.WITHDRAWAL:
        yield Action(
            RelationKind.WITHDRAWS, notice.symbol, act_id, notice.dated, address=address,
            dated=notice.dated,
        )  # fmt: skip
        return
    for line in notice.lines.all():
        yield Action(
            RelationKind.CORRECTS, notice.symbol, act_id, begins_on(target) or notice.dated,
            target_key=line.target_key, target_words=line.target_words, old_words=line.old_words,
            new_words=line.new_words, address=address, dated=notice.dated,
        )  # fmt: skip


def text_on(
    resolution: Resolution, day: date, *, actions: Sequence[Action] | None = None
) -> Consolidated:
    """The resolution as it reads on the day."""
    found = actions_on(resolution) if actions is None else actions
    return consolidation.consolidated(
        texts.body_of(resolution), found, day=day, effective_on=begins_on(resolution)
    )


def standing_on(target: Target, day: date, *, actions: Sequence[Action] | None = None) -> Standing:
    """Whether the resolution is in force on the day."""
    found = actions_on(target) if actions is None else actions
    return standing.standing_on(day, effective_on=_beginning(target), actions=found)


def periods_of(target: Target, *, actions: Sequence[Action] | None = None) -> tuple[Period, ...]:
    """How the standing changed over time."""
    found = actions_on(target) if actions is None else actions
    return standing.periods(effective_on=_beginning(target), actions=found)


@dataclass(frozen=True)
class PieceChoice:
    """A piece of another resolution that can be named."""

    key: str
    words: str
    start: str


def pieces_to_name(body: Body) -> list[PieceChoice]:
    """The articles, clauses, points, annexes … of a text, each with how it begins."""
    labels = numbering.labels_of(body)
    found = []
    for node, _depth in walk(body.nodes):
        label = labels.get(node.key)
        if label is None or not label.words:
            continue
        first = next((words for words in rules.all_words(node)), "")
        found.append(PieceChoice(node.key, label.words, _start_of(first, labels)))
    return found


def _start_of(words: str, labels: dict[str, numbering.Label]) -> str:
    """How a piece begins, cut between words."""
    return shorten(numbering.resolved(words, labels), 90, placeholder=" …")


def targets_for(council: Council, *, words: str = "") -> QuerySet[Resolution]:
    """Published resolutions of the council with these words in symbol or abstract, newest first."""
    found = Resolution.objects.published().filter(council=council)
    for word in words.split()[:6]:
        found = found.filter(Q(symbol__icontains=word) | Q(title__icontains=word))
    return found.select_related("council").order_by("-adopted_on", "-number")


def archived_for(council: Council, *, words: str = "") -> QuerySet[ArchivedResolution]:
    """The same of the council's archives."""
    found = ArchivedResolution.objects.filter(council=council)
    for word in words.split()[:6]:
        found = found.filter(Q(symbol__icontains=word) | Q(title__icontains=word))
    return found.select_related("council").defer("text").order_by("-issued_on", "-number")


def drafts_acting_on(target: Resolution) -> QuerySet[Relation]:
    """Drafts that will act on the resolution once they are published, for its staff page."""
    return (
        Relation.objects.filter(target=target)
        .exclude(resolution__state=ResolutionState.PUBLISHED)
        .select_related("resolution__council_session")
        .order_by("-resolution", "position")
    )


def acted_on(resolution: Resolution) -> list[tuple[str, int]]:
    """Kind and key of the texts whose pages change when this one is published or taken back."""
    rows = resolution.relations.order_by().values_list("target", "archived").distinct()
    found = {("resolution", target) for target, _archived in rows if target}
    found |= {("archived", archived) for _target, archived in rows if archived}
    return sorted(found)


def said(relation: Relation) -> dict[str, object]:
    """The relation as plain data: for the audit log and for what is frozen and published."""
    target = relation.target or relation.archived
    data = {
        "kind": relation.kind,
        "target": target.symbol if target else relation.outside,
        "address": target.get_absolute_url() if target else "",
        "piece": relation.target_words, "piece_key": relation.target_key,
        "source_key": relation.source_key, "old_words": relation.old_words,
        "new_words": relation.new_words,
        "effective_on": relation.effective_on.isoformat() if relation.effective_on else None,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value not in ("", None)}


def addresses_of(council: Council, symbols: set[str]) -> dict[tuple[str, int], str]:
    """Symbol and year → address of the council's published resolutions with these symbols."""
    if not symbols:
        return {}
    rows = Resolution.objects.published().filter(council=council, symbol__in=symbols)
    return {
        (symbol, year): reverse("portal:resolution", args=[council.slug, year, slug])
        for symbol, year, slug in rows.values_list("symbol", "year", "slug")
        if year is not None
    }
