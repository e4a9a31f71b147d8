"""At how many sessions a delegate was there, of those that he or she had a seat at.

Source: practice, no article; the law asks delegates to take part in all sessions (Law 72/2025
Art. 33(2)) and leaves open how it is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in one term from its first to its last day, both included; None: it still runs."""

    term: int
    starts_on: date
    ends_on: date | None

    def covers(self, term: int, day: date) -> bool:
        """Whether the seat ran on the day of that term."""
        if term != self.term or day < self.starts_on:
            return False
        return self.ends_on is None or day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Held:
    """One sitting at which the roll was called.

    Attributes:
        session, term: keys.
        was_there: whether the delegate was in the hall at any time of it.
    """

    session: int
    term: int
    day: date
    was_there: bool


@dataclass(frozen=True, slots=True)
class AtSession:
    """One session: sittings with a roll while the seat ran, ≥ 1, and those attended."""

    session: int
    held: int
    attended: int

    @property
    def was_there(self) -> bool:
        """Present at the session: at one of its sittings at least."""
        return self.attended > 0


def by_session(sittings: Iterable[Held], seats: Sequence[Seat]) -> list[AtSession]:
    """The sessions in their order, without those at which there was no seat.

    Args:
        sittings: sittings of one session stand together.
    """
    due = [row for row in sittings if any(seat.covers(row.term, row.day) for seat in seats)]
    found = []
    for session, rows in groupby(due, key=lambda row: row.session):
        there = [row.was_there for row in rows]
        found.append(AtSession(session, len(there), sum(there)))
    return found
