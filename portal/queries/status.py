"""Whether what was found is in force: the one place from which the search takes it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, TypeVar, cast

from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from portal.models import SearchEntry
from resolutions.models import ArchivedResolution, Resolution
from resolutions.queries import relations
from resolutions.rules.relations import Action

Row = TypeVar("Row", bound=Model)


class Status(NamedTuple):
    """A standing (`resolutions.rules.standing`) and its last day, None while no end is known."""

    name: str
    until: date | None


NONE: Final = Status("", None)
"""Of what is never in force: sessions, results, people."""


def status_of(
    found: Resolution | ArchivedResolution, day: date, *, actions: Sequence[Action] | None = None
) -> Status:
    """The standing on the day and until when it holds; `actions` where they were read already."""
    actions = relations.actions_on(found) if actions is None else actions
    turns = [
        period.since
        for period in relations.periods_of(found, actions=actions)
        if period.since is not None and period.since > day
    ]
    until = min(turns) - timedelta(days=1) if turns else None
    return Status(relations.standing_on(found, day, actions=actions).value, until)


def with_status(rows: QuerySet[Row], kind: str) -> QuerySet[Row]:
    """The rows of a list with `listed_status`: the standing that the search knows, or empty.

    Args:
        rows: resolutions, or resolutions from the archives.
        kind: their kind in the search.
    """
    known = SearchEntry.objects.filter(kind=kind, object_id=OuterRef("pk"))
    told: Any = rows.annotate(
        listed_status=Coalesce(Subquery(known.values("status")[:1]), Value(""))
    )
    return cast("QuerySet[Row]", told)
