"""Every public record of a council, table by table, some hundred at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from council.models import Council
from elections.models import OutcomeLine
from portal.models import DataRelease, SearchEntry
from portal.queries import public_rows as rows
from portal.queries import records as made
from portal.queries.oparl_papers import archived_rows, came_up
from portal.queries.records import absolute
from portal.rules import dumped
from resolutions.models import ArchivedResolution, Resolution
from resolutions.queries import texts

AT_ONCE: Final = 300
Statuses = Mapping[int, tuple[str, date | None]]


def release_of(slug: str) -> DataRelease | None:
    """The files of a council as they were made last."""
    found = DataRelease.objects.filter(council__slug=slug, made_at__isnull=False)
    return found.select_related("council").prefetch_related("files").first()


OPTIONS_MAX = 100
"""A line of a result has fewer options: its key and the option's place make a key of their own."""


def records_of(table: str, council: Council) -> Iterator[Any]:
    """All records of a table in the order of their keys."""
    found, build = SOURCES[table]
    last = 0
    while piece := list(found(council).filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from build(piece)
        last = piece[-1].pk


def _each(make: Callable[[Any], Any]) -> Callable[[Sequence[Any]], list[Any]]:
    return lambda piece: [make(row) for row in piece]


def _votes(piece: Sequence[OutcomeLine]) -> Iterator[dumped.PollVoteRecord]:
    for row in piece:
        line = made.poll_line_record(row)
        for place, (option, votes) in enumerate(line.votes.items()):
            share = line.percent.get(option)
            yield dumped.PollVoteRecord(
                id=row.pk * OPTIONS_MAX + place, council=line.council, poll=line.poll, line=line.id,
                person=line.person, name=line.name, option=option, votes=votes,
                percent=Decimal(share) if share is not None else None,
            )  # fmt: skip


def _statuses(kind: str, piece: Sequence[Any]) -> Statuses:
    entries = SearchEntry.objects.filter(kind=kind, object_id__in=[row.pk for row in piece])
    found = entries.values_list("object_id", "status", "status_until")
    return {pk: (status, until) for pk, status, until in found}


def _resolutions(piece: Sequence[Resolution]) -> Iterator[dumped.DumpedResolution]:
    known = _statuses(SearchEntry.Kind.RESOLUTION, piece)
    for row in piece:
        status, until = known.get(row.pk, ("", None))
        is_hidden = getattr(row, "hides_text", False)
        yield dumped.DumpedResolution(
            **(asdict(made.resolution_record(row)) | {"status": status}), status_until=until,
            bases="" if is_hidden else "\n".join(texts.lines_of(row.bases)),
            text="" if is_hidden else "\n".join(
                part for part in (texts.words_of(row), texts.dated_closing(row)) if part
            ),
        )  # fmt: skip


def _archived(piece: Sequence[ArchivedResolution]) -> Iterator[dumped.ArchivedRecord]:
    known = _statuses(SearchEntry.Kind.ARCHIVED, piece)
    for row in piece:
        status, until = known.get(row.pk, ("", None))
        yield dumped.ArchivedRecord(
            id=row.pk, council=row.council.slug,
            session=row.council_session_id if came_up(row) else None,
            session_label=row.session_label, symbol=row.symbol, kind=row.kind, number=row.number,
            year=row.year, title=row.title, issued_on=row.issued_on, effective_on=row.effective_on,
            signatory=row.signatory, status=status, status_until=until, media_type=row.media_type,
            size=row.size, sha256=row.sha256, published_at=row.published_at,
            web=absolute(row.get_absolute_url()),
        )  # fmt: skip


def _by(found: Callable[[], QuerySet[Any]], way: str) -> Callable[[Council], QuerySet[Any]]:
    return lambda council: found().filter(**{way: council.pk})


_SESSION = "council_session__term__council"
_POLL = f"outcome__poll__{_SESSION}"
SOURCES: Final[
    Mapping[str, tuple[Callable[[Council], QuerySet[Any]], Callable[[Sequence[Any]], Any]]]
] = {
    "councils": (_by(rows.councils, "pk"), _each(made.council_record)),
    "terms": (_by(rows.terms, "council"), _each(made.term_record)),
    "persons": (_by(rows.persons, "council"), _each(made.person_record)),
    "delegates": (_by(rows.mandates, "term__council"), _each(made.mandate_record)),
    "offices": (_by(rows.offices, "council"), _each(made.office_record)),
    "tenures": (_by(rows.tenures, "office__council"), _each(made.tenure_record)),
    "sessions": (_by(rows.sessions, "term__council"), _each(made.session_record)),
    "agenda_items": (_by(rows.agenda_items, _SESSION), _each(made.agenda_item_record)),
    "papers": (_by(rows.papers, _SESSION), made.paper_records),
    "polls": (_by(rows.polls, _SESSION), _each(made.poll_record)),
    "poll_lines": (_by(rows.poll_lines, _POLL), _each(made.poll_line_record)),
    "poll_votes": (_by(rows.poll_lines, _POLL), _votes),
    "resolutions": (_by(rows.whole_resolutions, "council"), _resolutions),
    "archived_resolutions": (_by(archived_rows, "council"), _archived),
    "indicators": (_by(rows.indicators, _SESSION), _each(made.indicator_record)),
}
"""By table: its public rows of a council, and what makes records of some of them."""
