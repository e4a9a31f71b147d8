"""Which OParl objects belong together and are looked through together for changes.

`council-1`: the council, its people and what they belong to; `session-12`: a session with its
agenda, papers and resolutions; `archive-3`: what one import of past resolutions brought.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Model, Q, QuerySet

from council.models import Committee, Council, DelegateGroup, Office, Person
from elections.models import Poll
from portal.queries import public_rows as rows
from portal.queries.oparl_papers import archived_rows, came_up
from portal.queries.oparl_people import EXECUTIVE_POSTS, committee_seats
from portal.rules.oparl import Kind, Ref
from resolutions.models import ArchivedResolution, ArchiveImport, Resolution
from sessions.models import Session, SessionState

POLL_COUNCIL: Final = "council_session__term__council"
RESTLESS_DAYS: Final = 60
"""So long after its last day a session is still looked through every few minutes."""


class Part(NamedTuple):
    """A part of a council's objects: its kind of part and its key."""

    council: int
    name: str

    @property
    def word(self) -> str:
        """What kind of part it is."""
        return self.name.partition("-")[0]

    @property
    def number(self) -> int:
        """The key of the council, session or import."""
        return int(self.name.partition("-")[2])


WAYS: Final[Mapping[str, tuple[type[Model], str, str, str]]] = {
    "council": (Council, "council", "pk", "pk"),
    "person": (Person, "council", "council", "council"),
    "poll": (Poll, "council", POLL_COUNCIL, POLL_COUNCIL),  # its result makes tenures public
    "session": (Session, "session", "term__council", "pk"),
    "resolution": (Resolution, "session", "council", "council_session"),
    "archive": (ArchiveImport, "archive", "council", "pk"),
}
"""By the word of a thing: its model, its part's word, and the ways to council and part."""


def part_of(word: str, pk: int) -> Part | None:
    """The part that a thing belongs to; None where there is no such thing, or no such part.

    Args:
        word: ``council``, ``session``, ``archive``, or what lies in one of them:
            ``resolution``, ``poll``, ``person``.
    """
    if word not in WAYS:
        return None
    model, kind, council, key = WAYS[word]
    row = model._default_manager.filter(pk=pk).values_list(council, key).first()  # noqa: SLF001
    return Part(row[0], f"{kind}-{row[1]}") if row else None


def refs_of(part: Part) -> Iterator[Ref]:
    """The objects that the part may have now; some of them may turn out not to be public."""
    return OBJECTS[part.word](part.number)


def _of_council(pk: int) -> Iterator[Ref]:
    yield Ref(Kind.BODY, str(pk))
    yield Ref(Kind.LOCATION, f"council-{pk}")
    yield Ref(Kind.ORGANIZATION, f"council-{pk}")
    if Office.objects.filter(council=pk, kind__in=EXECUTIVE_POSTS).exists():
        yield Ref(Kind.ORGANIZATION, f"executive-{pk}")
    terms = rows.terms().filter(council=pk)
    yield from _each(Kind.TERM, "", terms)
    yield from _each(Kind.ORGANIZATION, "committee-", Committee.objects.filter(term__in=terms))
    yield from _each(Kind.ORGANIZATION, "group-", DelegateGroup.objects.filter(term__in=terms))
    yield from _each(Kind.PERSON, "", rows.persons().filter(council=pk))
    seats = rows.mandates().filter(term__council=pk)
    yield from _each(Kind.MEMBERSHIP, "mandate-", seats)
    yield from _each(Kind.MEMBERSHIP, "group-", seats.filter(group__isnull=False))
    places = committee_seats().filter(committee__term__council=pk)
    yield from _each(Kind.MEMBERSHIP, "seat-", places)
    yield from _each(Kind.MEMBERSHIP, "tenure-", rows.tenures().filter(office__council=pk))


def _each(kind: Kind, mark: str, found: QuerySet[Any]) -> Iterator[Ref]:
    for key in found.order_by("pk").values_list("pk", flat=True):
        yield Ref(kind, f"{mark}{key}")


def _of_session(pk: int) -> Iterator[Ref]:
    yield Ref(Kind.MEETING, str(pk))
    yield Ref(Kind.LOCATION, f"session-{pk}")
    for key in rows.agenda_items().filter(council_session=pk).values_list("pk", flat=True):
        yield Ref(Kind.AGENDA_ITEM, str(key))
    for key in rows.papers().filter(council_session=pk).values_list("pk", flat=True):
        for kind in (Kind.PAPER, Kind.CONSULTATION, Kind.FILE):
            yield Ref(kind, f"document-{key}")
    acts = Resolution.objects.published().filter(council_session=pk).order_by("pk")
    for key in acts.values_list("pk", flat=True):
        yield Ref(Kind.PAPER, f"resolution-{key}")
        yield Ref(Kind.CONSULTATION, f"resolution-{key}")
        for form in ("pdf", "docx", "html", "xml"):
            yield Ref(Kind.FILE, f"resolution-{key}-{form}")


def _of_archive(pk: int) -> Iterator[Ref]:
    for row in archived_rows().filter(row__archive=pk).iterator():
        yield Ref(Kind.PAPER, f"archived-{row.pk}")
        yield Ref(Kind.FILE, f"archived-{row.pk}")
        if came_up(row):
            yield Ref(Kind.CONSULTATION, f"archived-{row.pk}")


OBJECTS: Final[Mapping[str, Callable[[int], Iterator[Ref]]]] = {
    "council": _of_council,
    "session": _of_session,
    "archive": _of_archive,
}


def all_parts(council: Council) -> Iterator[Part]:
    """Everything of a council that is or may once have been public."""
    yield Part(council.pk, f"council-{council.pk}")
    for pk in (
        Session.objects.filter(term__council=council).order_by("pk").values_list("pk", flat=True)
    ):
        yield Part(council.pk, f"session-{pk}")
    imports = ArchivedResolution.objects.filter(council=council).order_by()
    for pk in sorted(set(imports.values_list("row__archive", flat=True))):
        yield Part(council.pk, f"archive-{pk}")


def restless_parts(day: date) -> Iterator[Part]:
    """What may change without anybody saying so: people, and sessions of these weeks."""
    for pk in Council.objects.order_by("pk").values_list("pk", flat=True):
        yield Part(pk, f"council-{pk}")
    recent = Session.objects.published().filter(
        ~Q(state=SessionState.CLOSED) | Q(closes_on__gte=day - timedelta(days=RESTLESS_DAYS))
    )
    for council, pk in recent.order_by("pk").values_list("term__council", "pk"):
        yield Part(council, f"session-{pk}")
