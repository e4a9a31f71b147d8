"""Presence as intervals: who was in the hall at a moment, with latecomers and early leavers.

An interval begins with the arrival and ends before the departure: who leaves at 9:00 is absent
from 9:00 on. Presence at a vote therefore has one answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from council.rules.refusals import Refusal, gettext_noop


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in the hall; ``left_at`` is None while the delegate is still there.

    Raises:
        Refusal: ``attendance.left_before_arrival``.
    """

    arrived_at: datetime
    left_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.left_at is not None and self.left_at < self.arrived_at:
            raise Refusal(
                "attendance.left_before_arrival",
                gettext_noop("Giờ về phải sau giờ đến (%(arrived)s). Hãy sửa lại giờ về."),
                params={"arrived": f"{self.arrived_at:%H:%M}"},
                field="left_at",
            )

    def contains(self, moment: datetime) -> bool:
        """Whether the delegate is in the hall at the moment."""
        return self.arrived_at <= moment and (self.left_at is None or moment < self.left_at)

    def overlaps(self, other: "Stay") -> bool:
        """Whether both have a moment in common; meeting at the minute of change does not count."""
        starts_in_time = other.left_at is None or self.arrived_at < other.left_at
        return starts_in_time and (self.left_at is None or other.arrived_at < self.left_at)


def present_at(stays: Iterable[Stay], moment: datetime) -> bool:
    """Whether one of a delegate's stays contains the moment."""
    return any(stay.contains(moment) for stay in stays)


def check_apart(stays: Iterable[Stay]) -> None:
    """Refuse stays of one delegate that overlap.

    Raises:
        Refusal: ``attendance.overlap``.
    """
    in_order = sorted(stays, key=lambda stay: stay.arrived_at)
    for first, second in pairwise(in_order):
        if first.overlaps(second):
            raise Refusal(
                "attendance.overlap",
                gettext_noop(
                    "Đại biểu đã được ghi có mặt từ %(since)s. Hãy ghi giờ về trước khi ghi "
                    "lần đến tiếp theo."
                ),
                params={"since": f"{first.arrived_at:%H:%M}"},
                field="arrived_at",
            )


def arrive(stays: Sequence[Stay], at: datetime) -> tuple[Stay, ...]:
    """The stays after an arrival.

    Raises:
        Refusal: ``attendance.overlap`` (already there, or a later stay is recorded).
    """
    after = (*stays, Stay(at))
    check_apart(after)
    return after


def leave(
    stays: Sequence[Stay], at: datetime, *, votes: Iterable[datetime] = ()
) -> tuple[Stay, ...]:
    """The stays after a departure.

    Args:
        stays: of one delegate.
        at: moment of leaving.
        votes: moments at which the delegate voted.

    Raises:
        Refusal: ``attendance.not_there``, ``attendance.voted``,
            ``attendance.left_before_arrival``.
    """
    running = next((stay for stay in stays if stay.left_at is None), None)
    if running is None:
        raise Refusal(
            "attendance.not_there",
            gettext_noop("Đại biểu chưa được ghi có mặt. Hãy ghi giờ đến trước."),
        )
    after = tuple(replace(stay, left_at=at) if stay is running else stay for stay in stays)
    check_votes_covered(after, votes)
    return after


def check_votes_covered(stays: Iterable[Stay], votes: Iterable[datetime]) -> None:
    """A delegate who voted was there: no change may set him or her absent at that moment.

    Raises:
        Refusal: ``attendance.voted``.
    """
    kept = tuple(stays)
    for moment in sorted(votes):
        if not present_at(kept, moment):
            raise Refusal(
                "attendance.voted",
                gettext_noop(
                    "Đại biểu đã biểu quyết lúc %(at)s nên không thể ghi vắng vào lúc đó."
                ),
                params={"at": f"{moment:%H:%M}"},
            )
