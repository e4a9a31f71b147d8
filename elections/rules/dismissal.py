"""Who may propose a dismissal or removal from an office, and what happens without a vote.

Source: Law 72/2025 Art. 37(2)-(6) since 16 June 2025; before it the rulebook is silent, and the
question is refused.
"""

from datetime import date
from typing import Final

from council.rules import figures
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.offices import Block, OfficeKind
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop
from elections.rules.nomination import Authority

_STANDING_COMMITTEE: Final = frozenset({OfficeKind.COUNCIL_CHAIR, OfficeKind.COUNCIL_VICE_CHAIR})


def authority(office_kind: OfficeKind | str, *, on: date, level: Level | str) -> Authority:
    """Who may propose that the holder of the office be dismissed or removed, on that day.

    Raises:
        Refusal: ``law.no_rule``.
    """
    office = OfficeKind(office_kind)
    if office.block is Block.COUNCIL:
        rule = RULEBOOK.provision_on("dismiss.propose_council", on, level)
        return Authority(_STANDING_COMMITTEE, gettext_noop("Thường trực Hội đồng nhân dân"), rule)
    if office is OfficeKind.PC_CHAIR:
        rule = RULEBOOK.provision_on("dismiss.propose_pc_chair", on, level)
        return Authority(
            frozenset({OfficeKind.COUNCIL_CHAIR}), gettext_noop("Chủ tịch Hội đồng nhân dân"), rule
        )
    rule = RULEBOOK.provision_on("dismiss.propose_pc_others", on, level)
    return Authority(
        frozenset({OfficeKind.PC_CHAIR}), gettext_noop("Chủ tịch Ủy ban nhân dân"), rule
    )


def check_proposer(
    office_kind: OfficeKind | str,
    proposer_office_kind: OfficeKind | str,
    tenure: Interval,
    on: date,
    *,
    level: Level | str,
) -> Provision:
    """The rule that lets this office holder propose on that day.

    Args:
        office_kind: the office of the person to be dismissed.
        proposer_office_kind: the proposer's own office; acting holders propose as holders do.
        tenure: the proposer's time in that office, both days included.
        on: the day of the proposal.
        level: the council's level.

    Raises:
        Refusal: ``dismissal.no_authority`` (another office), ``dismissal.not_in_office`` (not on
            that day), ``law.no_rule``.
    """
    proposer = OfficeKind(proposer_office_kind)
    allowed = authority(office_kind, on=on, level=level)
    if proposer not in allowed.kinds:
        raise Refusal(
            "dismissal.no_authority",
            gettext_noop(
                "Việc miễn nhiệm, bãi nhiệm %(office)s do %(proposer)s đề nghị. Người đang giữ "
                "chức vụ %(held)s không có quyền đề nghị."
            ),
            params={
                "office": OfficeKind(office_kind).words,
                "proposer": allowed.words,
                "held": proposer.words,
            },
            cites=allowed.provision.article,
            field="proposer",
        )
    if not tenure.contains(on):
        raise Refusal(
            "dismissal.not_in_office",
            gettext_noop(
                "Ngày %(day)s người đề nghị không giữ chức vụ %(held)s (từ %(start)s đến %(end)s). "
                "Chọn người đang giữ chức vụ vào ngày đề nghị."
            ),
            params={
                "day": figures.date_short(on),
                "held": proposer.words,
                "start": figures.date_short(tenure.start),
                "end": figures.date_short(tenure.end) if tenure.end else "nay",
            },
            cites=allowed.provision.article,
            field="proposer",
        )
    return allowed.provision


def without_a_vote(*, on: date, level: Level | str) -> Provision:
    """The rule by which retirement and death need no dismissal.

    Raises:
        Refusal: ``law.no_rule``.
    """
    return RULEBOOK.provision_on("dismiss.not_needed", on, level)


def between_sessions(*, on: date, level: Level | str) -> Provision:
    """The rule by which the Standing Committee approves a resignation between sessions.

    Raises:
        Refusal: ``law.no_rule``.
    """
    return RULEBOOK.provision_on("resign", on, level)
