"""The door to all OParl objects: by kind and key, what belongs together, pages of a list.

What an object says comes from public rows at this moment; since when it is public, when it
changed and whether it went is kept by `portal.services.published_objects`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils import timezone, translation

from council.models import Council
from portal.models import PublishedObject
from portal.queries import oparl_papers, oparl_people, oparl_sessions
from portal.queries.oparl_people import Objects
from portal.rules import oparl
from portal.rules.oparl import Kind, Object, Ref, Stamp

AT_ONCE: Final = 200


def locations(keys: Collection[str]) -> Objects:
    """Seats of councils and places of sessions."""
    return oparl_people.seats_of_councils(keys) | oparl_sessions.places(keys)


BUILDERS: Final[Mapping[Kind, Callable[[Collection[str]], Objects]]] = {
    Kind.BODY: oparl_people.bodies,
    Kind.TERM: oparl_people.terms,
    Kind.ORGANIZATION: oparl_people.organizations,
    Kind.PERSON: oparl_people.persons,
    Kind.MEMBERSHIP: oparl_people.memberships,
    Kind.MEETING: oparl_sessions.meetings,
    Kind.AGENDA_ITEM: oparl_sessions.agenda_items,
    Kind.PAPER: oparl_papers.papers,
    Kind.CONSULTATION: oparl_papers.consultations,
    Kind.FILE: oparl_papers.files,
    Kind.LOCATION: locations,
}


class Asked(NamedTuple):
    """Which part of a list: times of the objects (both ends included), where to go on."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None
    after: int = 0
    limit: int = 50


class Page(NamedTuple):
    """A page of a list; `following` is where the next one goes on, None at the end."""

    objects: list[Object]
    following: int | None


def build(refs: Iterable[Ref]) -> dict[Ref, Object]:
    """The objects that are public now, without their times; in Vietnamese, whoever asks."""
    by_kind: dict[Kind, set[str]] = defaultdict(set)
    for ref in refs:
        by_kind[ref.kind].add(ref.key)
    with translation.override("vi"):
        return {
            Ref(kind, key): made
            for kind, keys in by_kind.items()
            for key, made in BUILDERS[kind](keys).items()
        }


def one(kind: Kind, key: str) -> Object | None:
    """An object with its times, its tombstone where it is no longer public, None if never."""
    row = PublishedObject.objects.filter(kind=kind, key=key).first()
    return with_times([row])[0] if row else None


def page(kind: Kind, council: int | None, asked: Asked) -> Page:
    """A page of a council's list, or of all councils', in the order in which objects came.

    Deleted objects are among them only where changes since a moment are asked for (OParl 2.5).
    """
    found = _rows(kind, council).filter(pk__gt=asked.after)
    if asked.modified_since is None:
        found = found.filter(is_deleted=False)
    for field, moment in (
        ("created_at__gte", asked.created_since), ("created_at__lte", asked.created_until),
        ("modified_at__gte", asked.modified_since), ("modified_at__lte", asked.modified_until),
    ):  # fmt: skip
        if moment is not None:
            found = found.filter(**{field: moment})
    taken = list(found.order_by("pk")[: asked.limit + 1])
    shown, more = taken[: asked.limit], taken[asked.limit :]
    objects = with_times(shown)
    if asked.modified_since is None:
        objects = [made for made in objects if not made.get("deleted")]
    return Page(objects, shown[-1].pk if more else None)


def _rows(kind: Kind, council: int | None) -> QuerySet[PublishedObject]:
    rows = PublishedObject.objects.filter(kind=kind)
    return rows if council is None else rows.filter(council=council)


def since_when() -> datetime:
    """When the first council appeared here; this moment where there is none yet."""
    first = PublishedObject.objects.filter(kind=Kind.BODY).aggregate(at=Min("created_at"))["at"]
    return timezone.localtime(first)


def is_council(pk: int) -> bool:
    """Whether there is such a council."""
    return Council.objects.filter(pk=pk).exists()


def with_times(rows: Iterable[PublishedObject]) -> list[Object]:
    """What these objects say now, with the times of everything in them; one query more."""
    known = list(rows)
    made = build(_ref(row) for row in known)
    stamps = {_id(_ref(row)): _stamp(row) for row in known}
    inside = {one for whole in made.values() for one in oparl.embedded_in(whole)}
    stamps |= _stamps(inside - stamps.keys())
    found = []
    for row in known:
        ref = _ref(row)
        if ref in made:
            found.append(oparl.stamped(made[ref], stamps))
        else:
            found.append(oparl.tombstone(settings.BASE_URL, ref, _stamp(row)))
    return found


def _stamps(identifiers: Collection[str]) -> dict[str, Stamp]:
    if not identifiers:
        return {}
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    for identifier in identifiers:
        ref = oparl.ref_of(identifier)
        by_kind[ref.kind].append(ref.key)
    wanted = Q(pk=None)
    for kind, keys in by_kind.items():
        wanted |= Q(kind=kind, key__in=keys)
    rows = PublishedObject.objects.filter(wanted, is_deleted=False)
    return {_id(_ref(row)): _stamp(row) for row in rows}


def _ref(row: PublishedObject) -> Ref:
    return Ref(Kind(row.kind), row.key)


def _id(ref: Ref) -> str:
    return oparl.address(settings.BASE_URL, *ref)


def _stamp(row: PublishedObject) -> Stamp:
    return Stamp(timezone.localtime(row.created_at), timezone.localtime(row.modified_at))


def in_pieces(refs: Iterable[Ref]) -> Iterator[dict[Ref, Object]]:
    """All of these objects, some hundred at a time."""
    rest = iter(refs)
    while piece := list(islice(rest, AT_ONCE)):
        yield build(piece)
