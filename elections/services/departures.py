"""Offices that end without a vote: retirement and death are reported at the next session."""

from datetime import date

from django.db import transaction

from council.models import Tenure, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, offices
from elections.rules import dismissal
from elections.services import follow_ups

WITHOUT_VOTE = (Tenure.EndReason.RETIRED, Tenure.EndReason.DIED)


def record(tenure: Tenure, *, ends_on: date, reason: str, by: User) -> Tenure:
    """The holder retired or died: the office ends without a vote, the next session is told.

    Raises:
        Refusal: ``access.denied``, ``departure.needs_a_vote``, ``law.no_rule``,
            ``tenure.already_ended``, ``period.end_before_start``, ``date.implausible``.

    Source: Law 72/2025 Art. 37(6).
    """
    council = tenure.office.council
    access.authorise(by, "office.edit", council)
    if reason not in WITHOUT_VOTE:
        raise Refusal(
            "departure.needs_a_vote",
            gettext_noop("Chỉ nghỉ hưu và qua đời mới không cần Hội đồng nhân dân biểu quyết."),
            field="reason",
        )
    dismissal.without_a_vote(on=ends_on, level=council.level)
    with transaction.atomic():
        ended = offices.end_tenure(tenure, ends_on=ends_on, reason=reason, by=by)
        carry_on(ended, by=by)
    return ended


def carry_on(tenure: Tenure, *, by: User | None = None) -> None:
    """What an ended office leaves to do, however it was ended; asked twice it does it once.

    For verbs that are authorised elsewhere, and for the job that follows every ended office.
    """
    if tenure.ends_on is None:
        return
    with transaction.atomic():
        follow_ups.overtake(tenure, follow_ups.NO_LONGER_HELD, by=by)
        if tenure.end_reason not in WITHOUT_VOTE:
            return
        try:
            rule = dismissal.without_a_vote(on=tenure.ends_on, level=tenure.office.council.level)
        except Refusal:
            return
        follow_ups.open_report(tenure, rule, by=by)


def after_end(tenure_pk: int) -> None:
    """`carry_on` for the job."""
    tenure = Tenure.objects.select_related("office__council", "person").get(pk=tenure_pk)
    carry_on(tenure)
