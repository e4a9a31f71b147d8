"""Approval from above of a dismissal, removal or resignation, with the clock of an election's."""

from datetime import date

from django.db import transaction

from council.models import EndApproval, Tenure, User
from council.rules import figures, periods
from council.rules import offices as approvals
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, offices

FIELDS = ("tenure", "state", "approver", "ended_on", "sent_on", "decided_on", "decision")


def ask_approval(tenure: Tenure, *, by: User) -> EndApproval | None:
    """Start the approval's clock for an office that just ended; None where none is needed.

    For verbs that are authorised elsewhere.

    Source: Law 72/2025 Art. 37(3)-(5), 36(7).
    """
    office, ended_on = tenure.office, tenure.ends_on
    assert ended_on is not None  # noqa: S101 - asked for an office that has ended
    level = office.council.level
    rule = RULEBOOK.find("dismiss.approval", ended_on, level)
    if rule is None:
        return None
    needed = approvals.approval(office.kind, level=level, on=ended_on)
    if not needed.is_needed:
        return None
    asked = EndApproval(
        tenure=tenure,
        ended_on=ended_on,
        approver=needed.approver,
        send_due_on=periods.add_working_days(ended_on, needed.send_days or 0),
        article=rule.article,
    )
    store(asked, "end_approval.ask", by=by)
    return asked


def record_sent(asked: EndApproval, *, sent_on: date, by: User) -> EndApproval:
    """The result was sent for approval; the approver's clock starts.

    Raises:
        Refusal: ``access.denied``, ``end_approval.not_waiting``, ``end_approval.sent_before_end``,
            ``date.implausible``.
    """
    access.authorise(by, "office.approval", asked.tenure.office.council)
    periods.check_plausible(sent_on, field="sent_on")
    with transaction.atomic():
        asked = lock(asked)
        check_state(asked, EndApproval.State.TO_SEND)
        if sent_on < asked.ended_on:
            raise Refusal(
                "end_approval.sent_before_end",
                gettext_noop("Ngày gửi không thể trước ngày %(day)s Hội đồng nhân dân quyết định."),
                params={"day": figures.date_short(asked.ended_on)},
                field="sent_on",
            )
        office = asked.tenure.office
        needed = approvals.approval(office.kind, level=office.council.level, on=asked.ended_on)
        asked.state, asked.sent_on = EndApproval.State.SENT, sent_on
        asked.decide_due_on = periods.add_working_days(sent_on, needed.decide_days or 0)
        store(asked, "end_approval.sent", by=by)
    return asked


def record_approved(
    asked: EndApproval, *, decided_on: date, decision: str, by: User
) -> EndApproval:
    """The level above approved: the office stays ended.

    Raises:
        Refusal: ``access.denied``, ``end_approval.not_sent``, ``end_approval.decided_before_sent``.
    """
    access.authorise(by, "office.approval", asked.tenure.office.council)
    with transaction.atomic():
        asked = decide(asked, decided_on=decided_on, decision=decision)
        asked.state = EndApproval.State.APPROVED
        store(asked, "end_approval.approved", by=by)
    return asked


def record_refused(asked: EndApproval, *, decided_on: date, decision: str, by: User) -> EndApproval:
    """The level above refused: the holder goes on holding the office, the history stays.

    Raises:
        Refusal: as `record_approved`; ``office.is_held``, ``office.no_free_seat`` where somebody
            else took the office meanwhile.
    """
    access.authorise(by, "office.approval", asked.tenure.office.council)
    with transaction.atomic():
        asked = decide(asked, decided_on=decided_on, decision=decision)
        asked.state = EndApproval.State.REFUSED
        store(asked, "end_approval.refused", by=by)
        resume(asked.tenure, by=by)
    return asked


def resume(tenure: Tenure, *, by: User) -> Tenure:
    """The end was not approved: the office is held as before, if nobody took it meanwhile.

    For verbs that are authorised elsewhere.

    Raises:
        Refusal: ``office.is_held``, ``office.no_free_seat``.
    """
    with transaction.atomic():
        tenure = offices.lock(tenure)
        if tenure.ends_on is None:
            return tenure
        others = Tenure.objects.exclude(pk=tenure.pk).exclude(ends_on=tenure.ends_on)
        offices.check_seat_free(tenure.office, tenure.ends_on, held=others)
        tenure.ends_on, tenure.end_reason = None, ""
        offices.store(tenure, "tenure.resume", by=by)
    return tenure


def take_back(tenure: Tenure, *, by: User) -> None:
    """What ended the office is void: it runs on, and nobody above is asked any more.

    For verbs that are authorised elsewhere.

    Raises:
        Refusal: as `resume`.
    """
    for asked in tenure.end_approvals.exclude(state=EndApproval.State.REFUSED):
        asked.state = EndApproval.State.VOID
        store(asked, "end_approval.void", by=by)
    resume(tenure, by=by)


def decide(asked: EndApproval, *, decided_on: date, decision: str) -> EndApproval:
    """Lock and set the decision's date and number; the caller says which way."""
    periods.check_plausible(decided_on, field="decided_on")
    asked = lock(asked)
    if asked.state != EndApproval.State.SENT or asked.sent_on is None:
        raise Refusal(
            "end_approval.not_sent",
            gettext_noop("Ghi ngày gửi đi phê chuẩn trước khi ghi quyết định."),
            cites=asked.article,
        )
    if decided_on < asked.sent_on:
        raise Refusal(
            "end_approval.decided_before_sent",
            gettext_noop("Ngày phê chuẩn không thể trước ngày gửi %(day)s."),
            params={"day": figures.date_short(asked.sent_on)},
            field="decided_on",
        )
    asked.decided_on, asked.decision = decided_on, decision
    return asked


def check_state(asked: EndApproval, state: str) -> None:
    """Refuse what belongs to another step."""
    if asked.state != state:
        raise Refusal(
            "end_approval.not_waiting",
            gettext_noop("Kết quả này không ở trạng thái chờ gửi phê chuẩn."),
        )


def lock(asked: EndApproval) -> EndApproval:
    """The approval as it stands, locked."""
    return (
        EndApproval.objects.select_for_update(of=("self",))
        .select_related("tenure__office__council", "tenure__person")
        .get(pk=asked.pk)
    )


def store(asked: EndApproval, verb: str, *, by: User) -> None:
    """Check, save and record."""
    asked.full_clean()
    asked.save()
    audit.record(
        verb,
        asked,
        by=by,
        council=asked.tenure.office.council,
        after=audit.snapshot(asked, FIELDS),
    )
