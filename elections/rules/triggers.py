"""What obliges the Standing Committee to submit a no-confidence vote.

Source: NQ 96/2023 Art. 13(2): a petition of at least one third of all delegates, of the Fatherland
Front, or the case of Art. 12(2); NQ 85/2014 before 1 July 2023. Any delegate may propose one (Law
72/2025 Art. 33(5)); fewer than a third do not oblige anybody.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.law import RULEBOOK, Level, Provision
from council.rules.refusals import Refusal, gettext_noop
from elections.rules.outcome import Verdict

SUBJECT: Final = "no_confidence.petition"


class TriggerKind(StrEnum):
    """The three triggers of the law."""

    DELEGATES = "delegates"
    FRONT = "front"
    LOW_RESULT = "low_result"


@dataclass(frozen=True, slots=True)
class PetitionStanding:
    """A petition of delegates against the share that the law asks for.

    Attributes:
        is_met: whether the Standing Committee must submit the vote.
        needed: the smallest number of petitioners that suffices.
        provision: the rule of the share.
        right: the rule by which any delegate may propose, where one is in force that day.
    """

    petitioners: int
    total: int
    needed: int
    is_met: bool
    provision: Provision
    right: Provision | None

    @property
    def article(self) -> str:
        """What a petition of so many rests on."""
        if self.is_met or self.right is None:
            return self.provision.article
        return self.right.article


def petition(petitioners: int, total: int, *, on: date, level: Level | str) -> PetitionStanding:
    """Whether so many petitioners of all delegates that day suffice.

    Args:
        petitioners: different delegates in office that day, ≥ 1.
        total: all delegates that day.
        on: the day on which the petition counts.
        level: the council's level; communes included.

    Raises:
        Refusal: ``law.no_rule``; ``petition.nobody``; ``petition.exceeds_total``.
    """
    rule = RULEBOOK.provision_on(SUBJECT, on, level)
    if petitioners < 1:
        raise Refusal(
            "petition.nobody",
            gettext_noop("Chọn ít nhất một đại biểu kiến nghị."),
            field="petitioners",
        )
    if petitioners > total:
        raise Refusal(
            "petition.exceeds_total",
            gettext_noop("%(petitioners)d người kiến nghị nhiều hơn tổng số %(total)d đại biểu."),
            params={"petitioners": petitioners, "total": total},
            field="petitioners",
        )
    threshold = rule.needed_threshold
    return PetitionStanding(
        petitioners=petitioners,
        total=total,
        needed=threshold.votes_needed(total),
        is_met=threshold.met(petitioners, total),
        provision=rule,
        right=RULEBOOK.find("no_confidence.delegate_right", on, level),
    )


def low_result(verdict: Verdict | str, *, on: date, level: Level | str) -> Provision:
    """The rule by which this result of a confidence vote leads to a no-confidence vote.

    Since 1 July 2023 that is low confidence on more than half but less than two thirds; two thirds
    lead straight to the dismissal. Before, it was two thirds.

    Raises:
        Refusal: ``trigger.result_does_not_oblige``, ``law.no_rule``.
    """
    rule = RULEBOOK.provision_on(SUBJECT, on, level)
    if Verdict(verdict) is not Verdict.NO_CONFIDENCE_VOTE and not (
        Verdict(verdict) is Verdict.MAY_RESIGN and rule.id == "no_confidence.triggers"
    ):
        raise Refusal(
            "trigger.result_does_not_oblige",
            gettext_noop("Kết quả lấy phiếu tín nhiệm này không dẫn đến bỏ phiếu tín nhiệm."),
            cites=rule.article,
        )
    return rule


def front(*, on: date, level: Level | str) -> Provision:
    """The rule by which the Fatherland Front's petition obliges.

    Raises:
        Refusal: ``law.no_rule``.
    """
    return RULEBOOK.provision_on(SUBJECT, on, level)
