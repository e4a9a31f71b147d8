"""Who may nominate whom: checked for the very day, because an election falls with its nominator.

In 2024 a vice chair elected with every vote was not approved: the paper had been read by another
vice chair who, the chair's office being vacant, had not been made acting chair.

Sources: Law 72/2025 Art. 36(1), (2) since 16 June 2025; Law 77/2015 Art. 83 until 28 February 2025
(people's committee only). For Law 65/2025 and for council offices under Law 77/2015 the rulebook
is silent, and the question is refused.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import figures
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.offices import Basis, Block, OfficeKind
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop

_STANDING_COMMITTEE: Final = frozenset({OfficeKind.COUNCIL_CHAIR, OfficeKind.COUNCIL_VICE_CHAIR})
"""Who submits the Standing Committee's list for it."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may nominate to an office, on the day asked.

    Attributes:
        kinds: offices whose holder submits the nomination.
        words: the nominator in a Vietnamese sentence (the Standing Committee is a body).
        provision: the rule.
    """

    kinds: frozenset[OfficeKind]
    words: str
    provision: Provision


def authority(office_kind: OfficeKind | str, *, on: date, level: Level | str) -> Authority:
    """Who may nominate to the office on that day.

    Raises:
        Refusal: ``law.no_rule``.
    """
    office = OfficeKind(office_kind)
    if office.block is Block.COUNCIL:
        rule = RULEBOOK.provision_on("election.nominate_council", on, level)
        return Authority(_STANDING_COMMITTEE, gettext_noop("Thường trực Hội đồng nhân dân"), rule)
    if office is OfficeKind.PC_CHAIR:
        rule = RULEBOOK.provision_on("election.nominate_pc_chair", on, level)
        return Authority(
            frozenset({OfficeKind.COUNCIL_CHAIR}), gettext_noop("Chủ tịch Hội đồng nhân dân"), rule
        )
    rule = RULEBOOK.provision_on("election.nominate_pc_others", on, level)
    return Authority(
        frozenset({OfficeKind.PC_CHAIR}), gettext_noop("Chủ tịch Ủy ban nhân dân"), rule
    )


def check_nominator(
    office_kind: OfficeKind | str,
    nominator_office_kind: OfficeKind | str,
    basis: Basis | str,
    tenure: Interval,
    on: date,
    *,
    level: Level | str = Level.PROVINCE,
) -> Provision:
    """The rule that lets this office holder nominate on that day.

    An acting chair (quyền Chủ tịch) in office that day nominates as the chair does; a vice chair
    whom nobody made acting chair does not.

    Args:
        office_kind: the office to be filled.
        nominator_office_kind: the nominator's own office.
        basis: how the nominator holds it; acting is enough.
        tenure: from when to when, both days included.
        on: the day of the nomination.
        level: the council's level.

    Raises:
        Refusal: ``nomination.no_authority`` (another office), ``nomination.not_in_office`` (not on
            that day), ``law.no_rule``.
    """
    nominator = OfficeKind(nominator_office_kind)
    allowed = authority(office_kind, on=on, level=level)
    if nominator not in allowed.kinds:
        raise Refusal(
            "nomination.no_authority",
            gettext_noop(
                "%(office)s được bầu theo giới thiệu của %(nominator)s. Người đang giữ chức vụ "
                "%(held)s không có quyền giới thiệu; nếu khuyết người có quyền, phải giao quyền "
                "trước ngày giới thiệu."
            ),
            params={
                "office": OfficeKind(office_kind).words,
                "nominator": allowed.words,
                "held": nominator.words,
            },
            cites=allowed.provision.article,
            field="nominator",
        )
    if not tenure.contains(on):
        raise Refusal(
            "nomination.not_in_office",
            gettext_noop(
                "Ngày %(day)s người giới thiệu không giữ %(basis)s %(held)s (từ %(start)s đến "
                "%(end)s). Chọn người đang giữ chức vụ vào ngày giới thiệu."
            ),
            params={
                "day": figures.date_short(on),
                "basis": _BASIS_WORDS[Basis(basis)],
                "held": nominator.words,
                "start": figures.date_short(tenure.start),
                "end": figures.date_short(tenure.end) if tenure.end else "nay",
            },
            cites=allowed.provision.article,
            field="nominator",
        )
    return allowed.provision


_BASIS_WORDS: Final = {
    Basis.ELECTED: "chức vụ",
    Basis.APPOINTED: "chức vụ được chỉ định",
    Basis.ACTING: "quyền",
}
