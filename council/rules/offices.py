"""Offices filled by the council's vote: block, rank, and who approves an election.

Source: Law 72/2025 Art. 36(3), (4), (7) since 16 June 2025; Law 77/2015 Art. 83 and Decree 08/2016
before 1 March 2025. Where the rulebook names no rule (Law 65/2025; council offices under Law
77/2015) the question is refused, never guessed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.law import RULEBOOK, Level, Provision


class OfficeKind(StrEnum):
    """The offices, in the order in which a ballot paper lists them."""

    COUNCIL_CHAIR = "council_chair"
    COUNCIL_VICE_CHAIR = "council_vice_chair"
    COMMITTEE_HEAD = "committee_head"
    PC_CHAIR = "pc_chair"
    PC_VICE_CHAIR = "pc_vice_chair"
    PC_MEMBER = "pc_member"

    @property
    def block(self) -> "Block":
        """The block of the ballot paper."""
        return Block.COUNCIL if self in _COUNCIL_KINDS else Block.COMMITTEE

    @property
    def rank(self) -> int:
        """0 for the first of the list; blocks do not interleave."""
        return list(OfficeKind).index(self)

    @property
    def words(self) -> str:
        """The office in Vietnamese, without its council's name."""
        return _WORDS[self]


class Block(StrEnum):
    """Blocks of a confidence ballot (practice: I. Khối HĐND, II. Khối UBND)."""

    COUNCIL = "council"
    COMMITTEE = "committee"

    @property
    def numeral(self) -> str:
        """The block's Roman number."""
        return "I" if self is Block.COUNCIL else "II"


class Basis(StrEnum):
    """How a holder came to the office."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    ACTING = "acting"


_COUNCIL_KINDS: Final = frozenset(
    {OfficeKind.COUNCIL_CHAIR, OfficeKind.COUNCIL_VICE_CHAIR, OfficeKind.COMMITTEE_HEAD}
)
_CHAIRS: Final = frozenset(
    {
        OfficeKind.COUNCIL_CHAIR,
        OfficeKind.COUNCIL_VICE_CHAIR,
        OfficeKind.PC_CHAIR,
        OfficeKind.PC_VICE_CHAIR,
    }
)
_WORDS: Final = {
    OfficeKind.COUNCIL_CHAIR: "Chủ tịch Hội đồng nhân dân",
    OfficeKind.COUNCIL_VICE_CHAIR: "Phó Chủ tịch Hội đồng nhân dân",
    OfficeKind.COMMITTEE_HEAD: "Trưởng Ban của Hội đồng nhân dân",
    OfficeKind.PC_CHAIR: "Chủ tịch Ủy ban nhân dân",
    OfficeKind.PC_VICE_CHAIR: "Phó Chủ tịch Ủy ban nhân dân",
    OfficeKind.PC_MEMBER: "Ủy viên Ủy ban nhân dân",
}

_APPROVERS: Final = {
    "approve.hdnd_province": "Ủy ban Thường vụ Quốc hội",
    "approve.hdnd_commune": "Thường trực Hội đồng nhân dân cấp tỉnh",
    "approve.ubnd_province": "Thủ tướng Chính phủ",
    "approve.ubnd_commune": "Chủ tịch Ủy ban nhân dân cấp tỉnh",
    "law77.approve_ubnd_province": "Thủ tướng Chính phủ",
    "law77.approve_ubnd_district": "Chủ tịch Ủy ban nhân dân cấp tỉnh",
    "law77.approve_ubnd_commune": "Chủ tịch Ủy ban nhân dân cấp huyện",
}


@dataclass(frozen=True, slots=True)
class Approval:
    """Whether an election needs approval from above, by whom, and in how many working days.

    Attributes:
        is_needed: False for committee heads and members of the people's committee.
        approver: in Vietnamese, without the unit's name; empty where none is needed.
        send_days: working days from the election day to the sending.
        decide_days: working days from receipt (Law 72/2025), or from the sending with the days of
            appraisal included (Law 77/2015: appraisal, then decision).
        provision: who approves, or that nobody does.
        clock: the deadlines' provisions: sending, appraisal where there is one, deciding.
        counts_from_receipt: whether ``decide_days`` begin when the approver has the result
            (Law 72/2025 Art. 36(7)), not when it was sent.
    """

    is_needed: bool
    approver: str
    send_days: int | None
    decide_days: int | None
    provision: Provision
    clock: tuple[Provision, ...] = ()
    counts_from_receipt: bool = False


def approval(kind: OfficeKind | str, *, level: Level | str, on: date) -> Approval:
    """What an election to the office on that day needs from the level above.

    Raises:
        Refusal: ``law.no_rule`` where the rulebook is silent.
    """
    office = OfficeKind(kind)
    if office not in _CHAIRS:
        silent = RULEBOOK.provision_on("approve.not_needed", on, level)
        return Approval(
            is_needed=False, approver="", send_days=None, decide_days=None, provision=silent
        )
    subject = "approve.council" if office.block is Block.COUNCIL else "approve.pc"
    provision = RULEBOOK.provision_on(subject, on, level)
    send = RULEBOOK.provision_on("approve.send", on, level)
    appraise = RULEBOOK.find("approve.appraise", on, level)
    decide = RULEBOOK.provision_on("approve.decide", on, level)
    waiting = [rule for rule in (appraise, decide) if rule is not None]
    return Approval(
        is_needed=True,
        approver=_APPROVERS[provision.id],
        send_days=send.needed_days,
        decide_days=sum(rule.needed_days for rule in waiting),
        provision=provision,
        clock=(send, *waiting),
        counts_from_receipt=appraise is None,
    )
