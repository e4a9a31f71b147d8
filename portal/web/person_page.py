"""One person's public page: seats, offices, results by kind of poll, attendance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from council.models import Mandate, Person, Tenure
from elections.models import Outcome, OutcomeLine, Poll
from elections.rules import polls as kinds
from elections.web.result_table import Figure, figures_of
from portal.queries import people as queries
from portal.rules import presence
from resolutions.models import Resolution, ResolutionState
from sessions.models import Session


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a committee while the seat ran; a last day is told where it ended earlier."""

    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat with its committees; `ends_on` is None while it runs as far as the public knows."""

    seat: Mandate
    ends_on: date | None
    committees: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office held, and the published poll that gave it."""

    tenure: Tenure
    ends_on: date | None
    poll: Poll | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line in a published result, with its figures and the act that confirms it."""

    line: OutcomeLine
    poll: Poll
    outcome: Outcome
    figures: tuple[Figure, ...]
    consequence: str
    act: Resolution | None


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one kind of poll, newest first, under the options of its paper."""

    title: str
    labels: tuple[str, ...]
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """One closed session: sittings with a roll while the seat ran, and those attended."""

    session: Session
    held: int
    attended: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything that the page shows."""

    person: Person
    seats: tuple[SeatRow, ...]
    offices: tuple[OfficeRow, ...]
    results: tuple[Results, ...]
    attendance: tuple[Attended, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def present_count(self) -> int:
        """Sessions at which the person was present."""
        return sum(row.attended > 0 for row in self.attendance)

    @property
    def current(self) -> tuple[OfficeRow, ...]:
        """Offices that run, as far as the public knows."""
        return tuple(row for row in self.offices if row.ends_on is None)


def page_of(shown: Person) -> PersonPage:
    """The page of a person whom the public may see: four queries."""
    seats = tuple(seat_rows(queries.seats(shown)))
    lines = list(queries.results(shown))
    attendance = tuple(attended(shown, seats))
    noted = [line.outcome.poll.illustrative_note for line in lines]
    noted += [row.session.illustrative_note for row in attendance]
    return PersonPage(
        person=shown,
        seats=seats,
        offices=tuple(office_row(tenure) for tenure in queries.offices(shown)),
        results=tuple(by_kind(lines)),
        attendance=attendance,
        notes=tuple(dict.fromkeys(note for note in noted if note)),
    )


def seat_rows(rows: Iterable[Mandate]) -> Iterator[SeatRow]:
    """The seats, each with the committees of its rows."""
    for _pk, found in groupby(rows, key=lambda row: row.pk):
        group = list(found)
        seat, ends_on = group[0], public_end(group[0])
        places = (
            Place(row.committee, row.committee_from, earlier(row.committee_to, ends_on))  # type: ignore[attr-defined]
            for row in group
            if row.committee  # type: ignore[attr-defined]
        )
        yield SeatRow(seat, ends_on, tuple(places))


def earlier(day: date | None, limit: date | None) -> date | None:
    """The day where it lies before the limit; what ended with the seat needs no day of its own."""
    return None if day is None or day == limit else day


def office_row(tenure: Tenure) -> OfficeRow:
    """An office held; the poll behind it is published, else the tenure would not be here."""
    line = getattr(tenure, "outcome_line", None)
    return OfficeRow(tenure, public_end(tenure), line.outcome.poll if line else None)


def public_end(row: Mandate | Tenure) -> date | None:
    """The last day, unless the poll by which it ended is not published yet."""
    return None if row.hides_end else row.ends_on  # type: ignore[union-attr]


def by_kind(lines: Iterable[OutcomeLine]) -> Iterator[Results]:
    """The lines of each kind of poll together; within a kind the newest first."""
    rows = [result_row(line) for line in lines]
    for kind in kinds.PollKind:
        found = tuple(row for row in rows if row.poll.kind == kind)
        if found:
            labels = tuple(_(label) for _option, label in kinds.labels_of(kind))
            yield Results(found[0].poll.get_kind_display(), labels, found)


def result_row(line: OutcomeLine) -> ResultRow:
    """One line with the act that confirms it: a split vote's act hangs on its first paper."""
    poll = line.outcome.poll
    acts = (getattr(one, "resolution", None) for one in (poll, poll.split_from) if one)
    act = next((act for act in acts if act and act.state == ResolutionState.PUBLISHED), None)
    return ResultRow(
        line, poll, line.outcome, figures_of(kinds.PollKind(poll.kind), line),
        _(line.consequence) if line.consequence else "", act,
    )  # fmt: skip


def attended(shown: Person, seats: Iterable[SeatRow]) -> Iterator[Attended]:
    """The closed sessions at which the person had a seat and the roll was called."""
    had = [
        presence.Seat(row.seat.term_id, row.seat.starts_on, row.ends_on or None) for row in seats
    ]
    if not had:
        return
    sittings = list(queries.sittings(shown, {seat.term for seat in had}))
    sessions = {sitting.council_session_id: sitting.council_session for sitting in sittings}
    held = (
        presence.Held(row.council_session_id, row.council_session.term_id, row.held_on,
                      row.was_there)  # type: ignore[attr-defined]
        for row in sittings
    )  # fmt: skip
    for row in presence.by_session(held, had):
        yield Attended(sessions[row.session], row.held, row.attended)
