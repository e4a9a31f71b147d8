"""Open steps with their session and clock, as pages and the first screen show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from council.models import Council
from council.rules import figures
from council.rules.periods import Interval
from elections.models import FollowUp, Poll
from elections.rules.follow_ups import Clock, ClockState, FollowUpKind, clock
from sessions.models import Session


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One step: whom it concerns, what is to be done, until when."""

    follow_up: FollowUp
    following: Session | None
    clock: Clock

    @property
    def what(self) -> str:
        """What is to be done, in the reader's language."""
        return _(FollowUpKind(self.follow_up.kind).words)

    @property
    def sentence(self) -> str:
        """The person and what is to be done."""
        return f"{self.follow_up.person}: {self.what}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.follow_up.state == FollowUp.State.OPEN

    @property
    def is_late(self) -> bool:
        """Whether the session at which it was due is over."""
        return self.is_open and self.clock.state is ClockState.LATE

    @property
    def due(self) -> str:
        """Until when, in words with the session."""
        if self.clock.state is ClockState.LATE and self.clock.due_on:
            return _("quá hạn: %(session)s kết thúc ngày %(day)s") % {
                "session": self.following,
                "day": figures.date_short(self.clock.due_on),
            }
        if self.following is None and self.follow_up.council_session_id is None:
            return _("hạn: kỳ họp gần nhất (chưa có lịch)")
        if self.following is None:
            return _("hạn: kỳ họp này hoặc kỳ họp gần nhất (chưa có lịch)")
        return _("hạn: %(session)s, khai mạc ngày %(day)s") % {
            "session": self.following,
            "day": figures.date_short(self.following.opens_on),
        }


def of_council(council: Council) -> QuerySet[FollowUp]:
    """All steps of the council, open ones first."""
    return (
        FollowUp.objects.filter(council=council)
        .select_related(
            "person",
            "tenure__office",
            "mandate",
            "suspension",
            "council_session__term",
            "line__outcome__poll",
            "line__entry",
            "settled_by",
            "closed_by",
        )
        .order_by("-opened_on", "-pk")
    )


def open_rows(council: Council, today: date) -> list[FollowUpRow]:
    """What waits, overdue first."""
    found = rows(of_council(council).filter(state=FollowUp.State.OPEN), council, today)
    order = list(reversed(ClockState))
    return sorted(found, key=lambda row: (order.index(row.clock.state), row.follow_up.opened_on))


def closed_rows(council: Council, today: date) -> list[FollowUpRow]:
    """The newest that are settled, with what settled them."""
    closed = of_council(council).exclude(state=FollowUp.State.OPEN)
    return rows(closed[:30], council, today)


def of_poll(poll: Poll, today: date) -> list[FollowUpRow]:
    """Steps that the poll's result opened, and those that it settled."""
    council = poll.council_session.term.council
    found = of_council(council).filter(Q(line__outcome__poll=poll) | Q(settled_by=poll))
    return rows(found, council, today)


def next_session(step: FollowUp, sessions: list[Session]) -> Session | None:
    """The session after the one that opened the step; for a report the first not yet over then."""
    origin = step.council_session
    if origin is None:
        return next((one for one in sessions if one.closes_on >= step.opened_on), None)
    return next((one for one in sessions if one.opens_on > origin.closes_on), None)


def rows(found: Iterable[FollowUp], council: Council, today: date) -> list[FollowUpRow]:
    """Steps with the next session after what opened them."""
    steps = list(found)
    if not steps:
        return []
    sessions = list(
        Session.objects.filter(term__council=council).select_related("term").order_by("opens_on")
    )
    made = []
    for step in steps:
        origin, following = step.council_session, next_session(step, sessions)
        made.append(
            FollowUpRow(
                step,
                following,
                clock(
                    Interval(origin.opens_on, origin.closes_on) if origin is not None else None,
                    Interval(following.opens_on, following.closes_on) if following else None,
                    today=today,
                ),
            )
        )
    return made
