"""Whether a resolution is in force on a day, and how that changed over time.

Source: the states of law databases in Vietnam (chưa có hiệu lực, còn hiệu lực, hết hiệu lực một
phần, hết hiệu lực toàn bộ): practice, no article. A resolution whose words changed but of which
nothing was taken away stays in force here, as amended.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from council.rules.refusals import gettext_noop
from resolutions.rules.relations import Action, RelationKind


class Standing(StrEnum):
    """How a resolution stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    CORRECTED = "corrected"
    AMENDED = "amended"
    PARTLY = "partly"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


NAMES: Final[dict[Standing, str]] = {
    Standing.NOT_YET: gettext_noop("Chưa có hiệu lực"),
    Standing.IN_FORCE: gettext_noop("Còn hiệu lực"),
    Standing.CORRECTED: gettext_noop("Còn hiệu lực, có đính chính"),
    Standing.AMENDED: gettext_noop("Còn hiệu lực, đã được sửa đổi"),
    Standing.PARTLY: gettext_noop("Hết hiệu lực một phần"),
    Standing.ENDED: gettext_noop("Hết hiệu lực toàn bộ"),
    Standing.WITHDRAWN: gettext_noop("Đã thu hồi"),
}
HOLDING: Final = frozenset(
    {Standing.IN_FORCE, Standing.CORRECTED, Standing.AMENDED, Standing.PARTLY}
)
"""Something of it is in force."""

_WORDS_CHANGE: Final = frozenset(
    {RelationKind.AMENDS, RelationKind.SUPPLEMENTS, RelationKind.REWORDS}
)
_TAKING: Final = frozenset({RelationKind.REPEALS, RelationKind.REPLACES})


def standing_on(day: date, *, effective_on: date | None, actions: Iterable[Action]) -> Standing:
    """How the resolution stands on the day.

    Args:
        day: any day.
        effective_on: its first day in force; None where that is not known (then it is taken to be
            in force unless an act says otherwise).
        actions: all that was done to it, of any day.
    """
    found = [action for action in actions if action.works_on(day)]
    if any(action.kind is RelationKind.WITHDRAWS for action in found):
        return Standing.WITHDRAWN
    taken = [action for action in found if action.kind in _TAKING]
    if any(action.is_whole for action in taken):
        return Standing.ENDED
    if effective_on is not None and day < effective_on:
        return Standing.NOT_YET
    return Standing.PARTLY if taken else _by_words({action.kind for action in found})


def _by_words(kinds: AbstractSet[RelationKind]) -> Standing:
    """In force, of which nothing was taken away: as it is, corrected, or amended."""
    if kinds & _WORDS_CHANGE:
        return Standing.AMENDED
    return Standing.CORRECTED if RelationKind.CORRECTS in kinds else Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which the standing did not change; `until` is the last of them, None for open.

    `by` are the actions that began it.
    """

    standing: Standing
    since: date | None
    until: date | None
    by: tuple[Action, ...] = ()


def periods(*, effective_on: date | None, actions: Sequence[Action]) -> tuple[Period, ...]:
    """The whole story, earliest first: every day at which an act or the beginning changed it.

    Neighbouring days with the same standing stay separate where an act worked on the later one.
    """
    turns = {action.effective_on for action in actions}
    turns |= {action.void_from for action in actions if action.void_from}
    days = sorted(turns | ({effective_on} if effective_on else set()))
    if not days:
        return (Period(Standing.IN_FORCE, None, None),)
    found = [Period(Standing.NOT_YET, None, days[0] - timedelta(days=1))] if effective_on else []
    for place, day in enumerate(days):
        last = days[place + 1] - timedelta(days=1) if place + 1 < len(days) else None
        by = tuple(one for one in actions if one.effective_on == day and one.works_on(day))
        found.append(
            Period(standing_on(day, effective_on=effective_on, actions=actions), day, last, by)
        )
    return tuple(found)
