"""What a result on a person opens next, until when, and what settles it.

Source: NQ 96/2023 Art. 12(2), 12(3), 17; NQ 85/2014 before 1 July 2023; Law 72/2025 Art. 37(2), (6)
for what is reported at the next session.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.law import RULEBOOK, Level, Provision
from council.rules.majorities import Base
from council.rules.periods import Interval
from council.rules.refusals import gettext_noop
from elections.rules.outcome import Verdict
from elections.rules.polls import Act, PollKind

SOON_DAYS: Final = 14
"""Days before the session at which a step is due, from which the work list calls it near."""


class FollowUpKind(StrEnum):
    """The steps that the law opens."""

    RESIGN_OR_VOTE = "resign_or_vote"
    """The person may resign; otherwise a no-confidence vote is submitted."""
    VOTE = "vote"
    """A no-confidence vote is submitted (only before 1 July 2023)."""
    DISMISSAL = "dismissal"
    """Whoever nominated the holder submits the dismissal."""
    REPORT = "report"
    """The Standing Committee reports at the next session."""

    @property
    def words(self) -> str:
        """What is to be done, a Vietnamese sentence (msgid) without the name."""
        return _WORDS[self]


_WORDS: Final = {
    FollowUpKind.RESIGN_OR_VOTE: gettext_noop(
        "Người này có thể xin từ chức; nếu không, Thường trực Hội đồng nhân dân trình bỏ phiếu tín "
        "nhiệm."
    ),
    FollowUpKind.VOTE: gettext_noop("Thường trực Hội đồng nhân dân trình bỏ phiếu tín nhiệm."),
    FollowUpKind.DISMISSAL: gettext_noop(
        "Cơ quan, người đã giới thiệu để bầu trình Hội đồng nhân dân miễn nhiệm."
    ),
    FollowUpKind.REPORT: gettext_noop(
        "Thường trực Hội đồng nhân dân báo cáo Hội đồng nhân dân tại kỳ họp gần nhất."
    ),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A step that a result opens, and the rule."""

    kind: FollowUpKind
    provision: Provision


def opened_by(
    kind: PollKind | str, verdict: Verdict | str, base: Base | str, *, on: date, level: Level | str
) -> Opened | None:
    """The step that a person's result opens; None where the law opens none.

    Low confidence on more than half under NQ 85/2014 lets the person resign and obliges nobody.

    Raises:
        Refusal: ``law.no_rule``.
    """
    if not verdict:
        return None
    match PollKind(kind), Verdict(verdict):
        case PollKind.CONFIDENCE, Verdict.MAY_RESIGN if Base(base) is Base.RETURNED:
            subject, step = "confidence.low_half_to_two_thirds", FollowUpKind.RESIGN_OR_VOTE
        case PollKind.CONFIDENCE, Verdict.NO_CONFIDENCE_VOTE:
            subject, step = "confidence.low_two_thirds", FollowUpKind.VOTE
        case PollKind.CONFIDENCE, Verdict.DISMISSAL:
            subject, step = "confidence.low_two_thirds", FollowUpKind.DISMISSAL
        case PollKind.NO_CONFIDENCE, Verdict.DISMISSAL:
            subject, step = "no_confidence.result", FollowUpKind.DISMISSAL
        case _:
            return None
    return Opened(step, RULEBOOK.provision_on(subject, on, level))


def settles(
    kind: PollKind | str,
    step: FollowUpKind | str,
    *,
    act: Act | str | None = None,
    verdict: Verdict | str = "",
) -> bool:
    """Whether a person's result in a decided poll is what the step asked for.

    A no-confidence vote settles the vote that was due, whatever it said; a dismissal put to the
    vote settles the dismissal that was to be submitted, passed or not. A resignation settles either
    only when it is granted.
    """
    is_passed = verdict == Verdict.PASSED
    match FollowUpKind(step), PollKind(kind):
        case ((FollowUpKind.RESIGN_OR_VOTE | FollowUpKind.VOTE), PollKind.NO_CONFIDENCE):
            return True
        case ((FollowUpKind.RESIGN_OR_VOTE | FollowUpKind.VOTE), PollKind.DISMISSAL):
            return is_passed
        case FollowUpKind.DISMISSAL, PollKind.DISMISSAL:
            return is_passed or act != Act.RESIGNATION
        case _:
            return False


class ClockState(StrEnum):
    """How a step stands against its session."""

    OPEN = "open"
    SOON = "soon"
    NOW = "now"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when a step is due; ``due_on`` is None while the next session is not yet known."""

    state: ClockState
    due_on: date | None


def clock(origin: Interval | None, following: Interval | None, *, today: date) -> Clock:
    """A step due "at that session or the next" is late when the next one is over without it.

    Args:
        origin: the session that opened the step; None where it began between two sessions.
        following: the next session after it; None where none is planned.
        today: the day asked about.
    """
    due_on = following.end if following is not None else None
    if origin is not None and origin.contains(today):
        return Clock(ClockState.NOW, due_on)
    if following is None:
        return Clock(ClockState.OPEN, None)
    if due_on is not None and today > due_on:
        return Clock(ClockState.LATE, due_on)
    if following.contains(today):
        return Clock(ClockState.NOW, due_on)
    is_near = (following.start - today).days <= SOON_DAYS
    return Clock(ClockState.SOON if is_near else ClockState.OPEN, due_on)
