"""A session that is convened for a fixed day, its first sitting, and a clock that can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import time_machine

from council.models import Mandate, User
from sessions.models import AgendaItem, Session, Sitting
from sessions.services import attendance, sittings
from tests import cast as casting
from tests.cast import Cast

DAY = date(2026, 7, 10)
EIGHT = datetime(2026, 7, 10, 1, 0, tzinfo=UTC)
"""Eight in the morning in Vietnam."""


@dataclass
class Hall:
    """The cast on the morning of a session; `clock.shift(seconds)` lets time pass."""

    cast: Cast
    council_session: Session
    sitting: Sitting
    item: AgendaItem
    clock: time_machine.Traveller

    def user(self, name: str) -> User:
        return self.cast.user[name]

    def tick(self, mandates: list[Mandate]) -> None:
        """These delegates come in now."""
        attendance.arrive(self.sitting, mandates=mandates, by=self.user("clerk"))

    def open(self, present: int = 30) -> Sitting:
        """Tick the first delegates and open the sitting."""
        self.tick(self.cast.mandates[:present])
        self.sitting = sittings.open_sitting(self.sitting, by=self.user("chair"))
        self.clock.shift(60)
        return self.sitting


@contextmanager
def morning(*, delegates: int = 35) -> Iterator[Hall]:
    """Eight o'clock on the opening day; nobody is in the hall yet."""
    with time_machine.travel(EIGHT, tick=True) as clock:
        cast = casting.build(delegates=delegates)
        clerk, approver = cast.user["clerk"], cast.user["approver"]
        council_session = Session.objects.create(
            term=cast.term, number=4, kind="mid_year", opens_on=DAY, closes_on=date(2026, 7, 12),
            place="Hội trường", state="convened", created_by=clerk, submitted_by=clerk,
            submitted_at=EIGHT, approved_by=approver, approved_at=EIGHT, convened_at=EIGHT,
        )  # fmt: skip
        sitting = Sitting.objects.create(
            council_session=council_session, ordinal=1, held_on=DAY, starts_at=time(8)
        )
        item = AgendaItem.objects.create(
            council_session=council_session, position=1, title="Thông qua chương trình",
            kind="opening",
        )  # fmt: skip
        yield Hall(cast, council_session, sitting, item, clock)
