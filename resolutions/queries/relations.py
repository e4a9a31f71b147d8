"""What acts do to a resolution, as the public knows it; and what a draft will do to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.db.models import Q, QuerySet
from django.urls import reverse

from council.models import Council
from resolutions.models import (
    ArchivedResolution,
    Relation,
    Resolution,
    ResolutionState,
)
from resolutions.queries import books, texts
from resolutions.rules import consolidation, standing
from resolutions.rules import labels as numbering
from resolutions.rules import relations as rules
from resolutions.rules.consolidation import Consolidated
from resolutions.rules.document import Body, walk
from resolutions.rules.relations import Action
from resolutions.rules.standing import Period, Standing

Target = Resolution | ArchivedResolution


def begins_on(resolution: Resolution) -> date | None:
    """The first day on which the resolution is in force."""
    return books.beginning(resolution)


def relations_of(resolution: Resolution) -> QuerySet[Relation]:
    """What the resolution does to others, in the order in which it says so."""
    return resolution.relations.select_related("target__council", "archived__council").order_by(
        "position", "pk"
    )


def actions_on(target: Target) -> tuple[Action, ...]:
    """Everything that was done to the text, as the rules take it; `books` tells the queries."""
    return books.on(target).actions()


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
    return standing.standing_on(day, effective_on=books.beginning(target), actions=found)


def periods_of(target: Target, *, actions: Sequence[Action] | None = None) -> tuple[Period, ...]:
    """How the standing changed over time."""
    found = actions_on(target) if actions is None else actions
    return standing.periods(effective_on=books.beginning(target), actions=found)


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
