"""Whether a council still has enough delegates, and how it then decides.

Source: Law 72/2025 Art. 49(2), since 16 June 2025; before it the rulebook knows no such rule and a
council decides by its usual majorities.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.law import RULEBOOK, Level, Provision
from council.rules.refusals import Refusal, gettext_noop

SUBJECT: Final = "resolution.short_council"
MONTHS_OF_A_YEAR: Final = 12


class Standing(StrEnum):
    """How a council stands by the number of its delegates."""

    FULL = "full"
    BY_ELECTION = "by_election"
    """Below two thirds with more than 18 months to go: delegates are to be elected."""
    SHORT = "short"
    """Below two thirds, 18 months or less to go: every decision by more than 2/3 in office."""
    TOO_FEW = "too_few"
    """Below one third: the Standing Committee of the National Assembly decides."""


@dataclass(frozen=True, slots=True)
class Strength:
    """A council's delegates on a day against the number that the law gives it.

    Attributes:
        in_office: delegates in office that day.
        statutory: delegates that the law gives the council.
        provision: the rule behind anything but ``FULL``.
    """

    standing: Standing
    in_office: int
    statutory: int
    provision: Provision | None

    @property
    def is_short(self) -> bool:
        """Whether every decision needs more than two thirds of the delegates in office."""
        return self.standing is Standing.SHORT

    @property
    def sentence(self) -> str:
        """What the standing means (a msgid with `params`); empty for a full council."""
        return _SENTENCES.get(self.standing, "")

    @property
    def params(self) -> dict[str, object]:
        """The numbers of the sentence."""
        return {"in_office": self.in_office, "statutory": self.statutory}

    @property
    def article(self) -> str:
        """Where it is written."""
        return self.provision.article if self.provision else ""


_SENTENCES: Final = {
    Standing.BY_ELECTION: gettext_noop(
        "Hội đồng còn %(in_office)d/%(statutory)d đại biểu, dưới hai phần ba, và nhiệm kỳ còn trên "
        "18 tháng: phải bầu bổ sung đại biểu."
    ),
    Standing.SHORT: gettext_noop(
        "Hội đồng còn %(in_office)d/%(statutory)d đại biểu, dưới hai phần ba, và nhiệm kỳ còn "
        "không quá 18 tháng: mọi quyết định cần trên hai phần ba tổng số đại biểu hiện có tán "
        "thành."
    ),
    Standing.TOO_FEW: gettext_noop(
        "Hội đồng còn %(in_office)d/%(statutory)d đại biểu, không đủ một phần ba số luật định, nên "
        "không quyết định được; việc này do Ủy ban Thường vụ Quốc hội quyết định."
    ),
}


def strength(
    in_office: int, statutory: int, *, on: date, term_ends: date, level: Level | str
) -> Strength:
    """How the council stands on the day.

    Args:
        in_office: delegates counted from mandates that day, ≥ 0.
        statutory: the number of the law, ≥ 1.
        on: the day of the decision.
        term_ends: the last day of the term.
        level: the council's level.
    """
    enough = RULEBOOK.find("council.short_two_thirds", on, level)
    least = RULEBOOK.find("council.short_one_third", on, level)
    months = RULEBOOK.find("council.by_election_months", on, level)
    majority = RULEBOOK.find(SUBJECT, on, level)
    if enough is None or least is None or months is None or majority is None:
        return Strength(Standing.FULL, in_office, statutory, None)
    if enough.needed_threshold.met(in_office, statutory):
        return Strength(Standing.FULL, in_office, statutory, None)
    if not least.needed_threshold.met(in_office, statutory):
        return Strength(Standing.TOO_FEW, in_office, statutory, least)
    if term_ends > months_after(on, months.needed_number):
        return Strength(Standing.BY_ELECTION, in_office, statutory, months)
    return Strength(Standing.SHORT, in_office, statutory, majority)


def months_after(day: date, months: int) -> date:
    """The day so many months later; the month's last day where it has no such day."""
    place = day.month - 1 + months
    year, month = day.year + place // MONTHS_OF_A_YEAR, place % MONTHS_OF_A_YEAR + 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(day)


def check_may_decide(found: Strength) -> None:
    """Refuse any decision of a council with fewer than a third of its delegates.

    Raises:
        Refusal: ``council.too_few_delegates``.
    """
    if found.standing is Standing.TOO_FEW:
        raise Refusal(
            "council.too_few_delegates", found.sentence, params=found.params, cites=found.article
        )
