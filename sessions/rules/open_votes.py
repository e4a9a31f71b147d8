"""Open votes (biểu quyết): the sum that must hold, and whether the matter is carried.

The base is all delegates of the council, not those present, whatever newspapers print.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.law import RULEBOOK, Level, Provision
from council.rules.majorities import Threshold
from council.rules.refusals import Refusal, gettext_noop
from council.rules.short_council import SUBJECT as SHORT_COUNCIL

MAJORITY: Final = "resolution.majority"
REMOVAL_OF_A_DELEGATE: Final = "resolution.remove_delegate"


class Matter(StrEnum):
    """What is decided; the majority hangs on it."""

    AGENDA = "agenda"
    AGENDA_CHANGE = "agenda_change"
    COMMITTEE = "committee"
    SUBJECT_LIST = "subject_list"
    PERSONNEL_LIST = "personnel_list"
    RESOLUTION = "resolution"
    REMOVE_DELEGATE = "remove_delegate"
    ANNULMENT = "annulment"
    OTHER = "other"


class VoteOption(StrEnum):
    """tán thành, không tán thành, không biểu quyết."""

    FOR = "for"
    AGAINST = "against"
    NOT_VOTING = "not_voting"


@dataclass(frozen=True, slots=True)
class OpenCount:
    """The result of an open vote, in delegates.

    Attributes:
        for_count: tán thành.
        against_count: không tán thành.
        not_voting_count: không biểu quyết, of those present.
        present: delegates in the hall at the vote.
        total: all delegates of the council that day.
    """

    for_count: int
    against_count: int
    not_voting_count: int
    present: int
    total: int

    @property
    def cast(self) -> int:
        """All three together."""
        return self.for_count + self.against_count + self.not_voting_count


@dataclass(frozen=True, slots=True)
class OpenResult:
    """Whether the matter is carried, how many votes it needed, and by which rule."""

    passed: bool
    for_count: int
    needed: int
    total: int


def rule_for(
    matter: Matter | str, day: date, level: Level | str, *, is_short_council: bool = False
) -> Provision:
    """The majority that a matter needs on a day.

    Args:
        matter: what is decided.
        day: of the vote.
        level: of the council.
        is_short_council: less than two thirds of the statutory delegates are left and no
            by-election follows; every decision then needs more than two thirds of those in office.

    Raises:
        Refusal: ``law.no_rule``.

    Source: Law 72/2025 Art. 35(2), 38(5), 49(2)(b); before it Law 77/2015 Art. 91(3).
    """
    if is_short_council:
        return RULEBOOK.provision_on(SHORT_COUNCIL, day, level)
    return RULEBOOK.provision_on(_subject(Matter(matter)), day, level)


def _subject(matter: Matter) -> str:
    match matter:
        case Matter.REMOVE_DELEGATE:
            return REMOVAL_OF_A_DELEGATE
        case (
            Matter.AGENDA
            | Matter.AGENDA_CHANGE
            | Matter.COMMITTEE
            | Matter.SUBJECT_LIST
            | Matter.PERSONNEL_LIST
            | Matter.RESOLUTION
            | Matter.ANNULMENT
            | Matter.OTHER
        ):
            return MAJORITY


def check(count: OpenCount) -> tuple[Refusal, ...]:
    """Everything that cannot be true of a count, each with the sum that fails; empty if none.

    The refusals are returned, not raised, so that a form can show all of them at once. Codes:
    ``open_vote.negative``, ``open_vote.exceeds_present``, ``open_vote.below_present``,
    ``open_vote.present_exceeds_total``.
    """
    negative = _check_negative(count)
    if negative:
        return negative
    problems: list[Refusal] = []
    if count.present > count.total:
        problems.append(
            Refusal(
                "open_vote.present_exceeds_total",
                gettext_noop(
                    "Có mặt %(present)d lớn hơn tổng số %(total)d đại biểu. "
                    "Hãy kiểm tra lại số có mặt."
                ),
                params={"present": count.present, "total": count.total},
                field="present",
            )
        )
    if count.cast != count.present:
        problems.append(_does_not_add_up(count))
    return tuple(problems)


def _check_negative(count: OpenCount) -> tuple[Refusal, ...]:
    figures = {
        "for_count": count.for_count,
        "against_count": count.against_count,
        "not_voting_count": count.not_voting_count,
        "present": count.present,
        "total": count.total,
    }
    return tuple(
        Refusal(
            "open_vote.negative",
            gettext_noop("Số %(value)d không thể nhỏ hơn 0. Hãy nhập lại."),
            params={"value": value},
            field=field,
        )
        for field, value in figures.items()
        if value < 0
    )


def _does_not_add_up(count: OpenCount) -> Refusal:
    params = {
        "for": count.for_count,
        "against": count.against_count,
        "not_voting": count.not_voting_count,
        "cast": count.cast,
        "present": count.present,
        "difference": abs(count.cast - count.present),
    }
    if count.cast > count.present:
        return Refusal(
            "open_vote.exceeds_present",
            gettext_noop(
                "%(for)d tán thành + %(against)d không tán thành + %(not_voting)d không biểu "
                "quyết = %(cast)d, nhiều hơn %(present)d đại biểu có mặt: thừa %(difference)d."
            ),
            params=params,
            field="for_count",
        )
    return Refusal(
        "open_vote.below_present",
        gettext_noop(
            "%(for)d tán thành + %(against)d không tán thành + %(not_voting)d không biểu "
            "quyết = %(cast)d, ít hơn %(present)d đại biểu có mặt: còn thiếu %(difference)d."
        ),
        params=params,
        field="not_voting_count",
    )


def result(count: OpenCount, threshold: Threshold) -> OpenResult:
    """The result of a count that adds up; the base is all delegates.

    Raises:
        Refusal: the first problem that `check` finds.
    """
    problems = check(count)
    if problems:
        raise problems[0]
    return OpenResult(
        passed=passed(count.for_count, count.total, threshold),
        for_count=count.for_count,
        needed=threshold.votes_needed(count.total),
        total=count.total,
    )


def passed(for_count: int, total: int, threshold: Threshold) -> bool:
    """Whether the votes for a matter carry it; only they count, against all delegates."""
    return threshold.met(for_count, total)


def tally(choices: Mapping[int, VoteOption | str], present: frozenset[int]) -> tuple[int, int, int]:
    """Totals of a vote by name: for, against, not voting.

    Who is present and chose nothing did not vote.

    Args:
        choices: option by mandate.
        present: mandates in the hall at the vote.

    Raises:
        Refusal: ``open_vote.absent_voter`` where someone who was not there has a choice.
    """
    absent = choices.keys() - present
    if absent:
        raise Refusal(
            "open_vote.absent_voter",
            gettext_noop(
                "Có %(count)d đại biểu được ghi biểu quyết nhưng không có mặt lúc đó. "
                "Hãy sửa điểm danh hoặc bỏ ghi biểu quyết."
            ),
            params={"count": len(absent)},
        )
    votes = list(choices.values())
    in_favour, against = votes.count(VoteOption.FOR), votes.count(VoteOption.AGAINST)
    return in_favour, against, len(present) - in_favour - against
