"""What the law leaves to each council's working regulation (quy chế): the values it may take.

Each key has a rule of the rulebook behind it, whose value is the default until the council enters
its own; the interface says so, with the mark.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from council.rules import licences
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.refusals import Refusal, gettext_noop


class ValueKind(StrEnum):
    """What a value looks like."""

    SHARE = "share"
    DAYS = "days"
    COUNT = "count"
    YES_NO = "yes_no"
    TIE = "tie"
    LICENCE = "licence"


class Tie(StrEnum):
    """What follows where several persons are equal and too few seats are left for all of them.

    In none of the answers is one of them elected: no text read lets age, lot or the presiding
    person decide inside a council, and the popular election's rule must not be borrowed.
    """

    NEXT_ROUND = "next_round"
    RENOMINATE = "renominate"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the regulation sets.

    Attributes:
        subject: the subject of the rulebook whose row is the default.
        kind: what its value looks like.
        default: the default where the row has no value of its own.
        least, most: bounds of days and counts.
    """

    subject: str
    kind: ValueKind
    default: str = ""
    least: int = 0
    most: int = 120


ITEMS: Final[dict[str, Item]] = {
    "quorum": Item("session.quorum", ValueKind.SHARE, "2/3"),
    "convene_days_ordinary": Item("session.convene_ordinary", ValueKind.DAYS, "20"),
    "convene_days_other": Item("session.convene_other", ValueKind.DAYS, "7"),
    "papers_days": Item("session.papers", ValueKind.DAYS, "5"),
    "send_up_days": Item("resolution.send_up", ValueKind.DAYS, "10"),
    "ballot_committee_size": Item("ballot_committee.size", ValueKind.COUNT, "", least=3, most=50),
    "election_max_rounds": Item("election.second_round", ValueKind.COUNT, "2", least=1, most=10),
    "election_tie": Item("election.tie", ValueKind.TIE, Tie.NEXT_ROUND.value),
    "withdrawal_vote": Item("election.extra_candidates", ValueKind.YES_NO, "0"),
    "confidence_at_commune": Item("confidence.level_not_subject", ValueKind.YES_NO, "0"),
    "suspended_in_total": Item("delegate.suspended_in_total", ValueKind.YES_NO, "1"),
    "scan_sample": Item("", ValueKind.COUNT, "200", least=200, most=5000),
    "paper_signature": Item("", ValueKind.YES_NO, "1"),
    "data_licence": Item("", ValueKind.LICENCE, licences.NONE),
}
"""By the key of the council's setting, in the order of the page."""

SHARE: Final = re.compile(r"([1-9]\d{0,2})/([1-9]\d{0,2})", re.ASCII)
NUMBER: Final = re.compile(r"\d{1,3}", re.ASCII)


def rule_of(key: str, on: date, level: Level | str) -> Provision | None:
    """The row of the rulebook behind a setting on a day; None where it has none."""
    subject = ITEMS[key].subject
    return RULEBOOK.find(subject, on, level) if subject else None


def default_of(key: str, on: date, level: Level | str) -> str:
    """The value where the council has set none."""
    item = ITEMS[key]
    rule = rule_of(key, on, level)
    if rule is None:
        return item.default
    match item.kind:
        case ValueKind.SHARE:
            return str(rule.threshold.share) if rule.threshold else item.default
        case ValueKind.DAYS:
            return item.default if rule.days is None else str(rule.days)
        case ValueKind.COUNT:
            return item.default if rule.number is None else str(rule.number)
        case ValueKind.YES_NO | ValueKind.TIE | ValueKind.LICENCE:
            return item.default


def check_value(key: str, value: str) -> None:
    """Refuse a value that the setting cannot take.

    Raises:
        Refusal: ``setting.unknown``, ``setting.bad_value``.
    """
    item = ITEMS.get(key)
    if item is None:
        raise Refusal("setting.unknown", gettext_noop("Quy chế không có mục này."), field="key")
    if _is_sane(item, value):
        return
    raise Refusal(
        "setting.bad_value",
        gettext_noop(
            "Giá trị không hợp lệ. Ghi phân số (ví dụ 2/3) cho tỷ lệ, "
            "số nguyên cho số ngày, số người."
        ),
        field="value",
    )


def _is_sane(item: Item, value: str) -> bool:
    match item.kind:
        case ValueKind.SHARE:
            share = SHARE.fullmatch(value)
            return (
                share is not None and Fraction(1, 3) <= Fraction(int(share[1]), int(share[2])) <= 1
            )
        case ValueKind.DAYS | ValueKind.COUNT:
            return NUMBER.fullmatch(value) is not None and item.least <= int(value) <= item.most
        case ValueKind.YES_NO:
            return value in {"0", "1"}
        case ValueKind.TIE:
            return value in set(Tie)
        case ValueKind.LICENCE:
            return value == licences.NONE or value in licences.LICENCES
