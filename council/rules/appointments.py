"""Appointment instead of election in units merged in 2025.

Source: Resolution 203/2025/QH15 Art. 2(3): for the rest of the term 2021–2026, from 1 July 2025 to
the first sessions of the term 2026–2031.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import figures
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop

SUBJECT: Final = "appoint.merger"


@dataclass(frozen=True, slots=True)
class Allowed:
    """That an appointment is lawful, the period in which it is, and by which rule."""

    period: Interval
    provision: Provision


def check(*, on: date, term: Interval, level: Level | str) -> Allowed:
    """The period in which an office of the term may be filled by appointment.

    Args:
        on: first day in the office.
        term: the term for whose rest the holder is appointed.
        level: the council's level.

    Raises:
        Refusal: ``appointment.not_allowed``: before 1 July 2025, for a term that ends after 2026,
            or outside the term.
    """
    rule = RULEBOOK.find(SUBJECT, on, level)
    if (
        rule is None
        or term.end is None
        or term.end.year > rule.needed_number
        or not term.contains(on)
    ):
        raise Refusal(
            "appointment.not_allowed",
            gettext_noop(
                "Chỉ chỉ định thay cho bầu ở đơn vị hợp nhất năm 2025, từ ngày 01/7/2025 và cho "
                "thời gian còn lại của nhiệm kỳ 2021–2026. Ngày %(day)s phải bầu."
            ),
            params={"day": figures.date_short(on)},
            cites=RULEBOOK.by_id(SUBJECT).article,
            field="starts_on",
        )
    return Allowed(Interval(max(rule.effective_from, term.start), term.end), rule)
