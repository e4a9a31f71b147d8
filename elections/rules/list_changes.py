"""Candidates beyond the list, and withdrawals from it: who submits them, what the council votes.

A delegate may stand or introduce another beyond the list; the Standing Committee (at the first
session of a term the person presiding) submits it and the council decides. Whoever was introduced
may withdraw; whether the council votes on that too is its own regulation.

Source: Law 72/2025 Art. 33(6), 36(5), since 16 June 2025. Before that day the rulebook is silent.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.law import RULEBOOK, Level, Provision
from council.rules.refusals import Refusal, gettext_noop

SUBJECT: Final = "election.extra_candidates"


class Submitter(StrEnum):
    """Who puts the change to the council."""

    STANDING_COMMITTEE = "standing_committee"
    PRESIDING = "presiding"


def rule_on(on: date, level: Level | str) -> Provision:
    """The provision on candidates beyond the list.

    Raises:
        Refusal: ``law.no_rule``.
    """
    return RULEBOOK.provision_on(SUBJECT, on, level)


def check_addition(
    *,
    on: date,
    level: Level | str,
    submitter: Submitter | str,
    is_first_session: bool,
    is_delegate: bool,
) -> Provision:
    """The rule that lets this change be put to the council.

    Args:
        on: the day of the poll.
        level: the council's level.
        submitter: who puts it to the council.
        is_first_session: the first session of the term, at which the person presiding submits.
        is_delegate: whoever stands or introduces another sits in the council on that day.

    Raises:
        Refusal: ``law.no_rule``, ``list.not_a_delegate``, ``list.wrong_submitter``.
    """
    rule = rule_on(on, level)
    if not is_delegate:
        raise Refusal(
            "list.not_a_delegate",
            gettext_noop(
                "Chỉ đại biểu Hội đồng nhân dân được ứng cử hoặc giới thiệu thêm người ngoài danh "
                "sách. Chọn một đại biểu đang làm nhiệm vụ vào ngày bỏ phiếu."
            ),
            cites=rule.article,
            field="proposed_by",
        )
    expected = Submitter.PRESIDING if is_first_session else Submitter.STANDING_COMMITTEE
    if Submitter(submitter) is not expected:
        raise Refusal(
            "list.wrong_submitter",
            gettext_noop("Ở kỳ họp thứ nhất, chủ tọa trình Hội đồng nhân dân việc giới thiệu thêm.")
            if is_first_session
            else gettext_noop(
                "Thường trực Hội đồng nhân dân trình Hội đồng nhân dân việc giới thiệu thêm; chủ "
                "tọa chỉ trình ở kỳ họp thứ nhất của nhiệm kỳ."
            ),
            cites=rule.article,
            field="submitter",
        )
    return rule


def check_withdrawal_vote(*, is_required: bool, has_vote: bool, source: str) -> None:
    """Refuse a withdrawal without a vote where the council's regulation asks for one.

    Raises:
        Refusal: ``withdraw.needs_vote``.
    """
    if is_required and not has_vote:
        raise Refusal(
            "withdraw.needs_vote",
            gettext_noop(
                "Quy chế của Hội đồng nhân dân yêu cầu biểu quyết việc rút khỏi danh sách. Ghi kết "
                "quả biểu quyết cùng với việc rút."
            ),
            cites=source,
        )
