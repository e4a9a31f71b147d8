"""Offices and who holds them: begin, end, and the approval by the level above."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from council.models import Committee, Council, Office, Person, Tenure, Term, User
from council.rules import figures, periods
from council.rules import offices as approvals
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs, people, rulebook

FIELDS = ("office", "person", "basis", "starts_on", "ends_on", "end_reason", "approval", "decision")
DECIDE_WORKING_DAYS_ARTICLE = "Điều 36 khoản 7 Luật số 72/2025/QH15"


def add(
    council: Council,
    *,
    kind: str,
    title: str,
    committee: Committee | None = None,
    seats: int = 1,
    position: int = 1,
    by: User,
) -> Office:
    """Add an office to the council's list.

    Raises:
        Refusal: ``access.denied``; ValidationError where the title is taken.
    """
    access.authorise(by, "office.edit", council)
    with transaction.atomic():
        office = Office(
            council=council,
            kind=kind,
            title=title,
            committee=committee,
            seats=seats,
            position=position,
        )
        office.full_clean()
        office.save()
        audit.record(
            "office.add", office, by=by, council=council, after={"title": title, "kind": kind}
        )
    return office


def begin(
    office: Office,
    *,
    person: Person,
    term: Term,
    basis: str,
    starts_on: date,
    approval: str = Tenure.Approval.NOT_NEEDED,
    approver: str = "",
    send_due_on: date | None = None,
    by: User,
) -> Tenure:
    """A person takes an office on the day (elected, appointed, acting).

    Raises:
        Refusal: ``access.denied``, ``date.outside_term``, ``office.is_held`` (a second chair),
            ``office.no_free_seat``, ``office.other_council``.
    """
    access.authorise(by, "office.edit", office.council)
    check_seat_free(office, starts_on, held=Tenure.objects.all())
    return start_tenure(
        office,
        person=person,
        term=term,
        basis=basis,
        starts_on=starts_on,
        approval=approval,
        approver=approver,
        send_due_on=send_due_on,
        by=by,
    )


def start_tenure(
    office: Office,
    *,
    person: Person,
    term: Term,
    basis: str,
    starts_on: date,
    approval: str,
    approver: str,
    send_due_on: date | None,
    by: User,
) -> Tenure:
    """`begin` for verbs that are authorised elsewhere: confirming an election starts a tenure.

    Whose last day it is has left by then: one is dismissed and the next elected at one session.
    """
    periods.check_within_term(
        starts_on, periods.Interval(term.starts_on, term.ends_on), field="starts_on"
    )
    check_same_council(office, person, term)
    with transaction.atomic():
        office = Office.objects.select_for_update().select_related("council").get(pk=office.pk)
        check_seat_free(office, starts_on, held=Tenure.objects.exclude(ends_on=starts_on))
        tenure = Tenure(
            office=office,
            person=person,
            term=term,
            basis=basis,
            starts_on=starts_on,
            approval=approval,
            approver=approver,
            send_due_on=send_due_on,
            fills_single_office=office.seats == 1,
        )
        tenure.full_clean()
        tenure.save()
        audit.record(
            "tenure.begin",
            tenure,
            by=by,
            council=office.council,
            after=audit.snapshot(tenure, FIELDS),
        )
        people.ask_for_index(person)
    return tenure


def check_same_council(office: Office, person: Person, term: Term) -> None:
    """Refuse a person or a term from another council's books."""
    if {person.council_id, term.council_id} != {office.council_id}:
        raise Refusal(
            "office.other_council",
            gettext_noop("Người hoặc nhiệm kỳ này thuộc hội đồng khác."),
            field="person",
        )


def check_seat_free(office: Office, day: date, *, held: QuerySet[Tenure]) -> None:
    """Refuse when on the day, or on any later one, as many hold the office as it has seats."""
    since = [
        tenure
        for tenure in held.filter(office=office).select_related("person")
        if periods.Interval(tenure.starts_on, tenure.ends_on).overlaps(periods.Interval(day))
    ]
    starts = {max(tenure.starts_on, day) for tenure in since}
    crowds = [
        [t for t in since if periods.Interval(t.starts_on, t.ends_on).contains(start)]
        for start in sorted(starts)
    ]
    holders = next((crowd for crowd in crowds if len(crowd) >= office.seats), None)
    if holders is None:
        return
    raise Refusal(
        "office.is_held" if office.seats == 1 else "office.no_free_seat",
        gettext_noop(
            "Chức vụ %(office)s đang do %(names)s giữ. Ghi ngày thôi giữ chức vụ của người "
            "trước rồi mới thêm người mới."
        ),
        params={
            "office": office.title,
            "names": ", ".join(holder.person.full_name for holder in holders),
        },
        field="person",
    )


def end(tenure: Tenure, *, ends_on: date, reason: str, by: User) -> Tenure:
    """The holder leaves the office after the day. Ending twice is refused.

    Retirement and death need no vote (Law 72/2025 Art. 37(6)); dismissal follows its poll.

    Raises:
        Refusal: ``access.denied``, ``tenure.already_ended``, ``period.end_before_start``,
            ``date.implausible``.
    """
    access.authorise(by, "office.edit", tenure.office.council)
    return end_tenure(tenure, ends_on=ends_on, reason=reason, by=by)


def end_tenure(tenure: Tenure, *, ends_on: date, reason: str, by: User) -> Tenure:
    """`end` for verbs that are authorised elsewhere."""
    periods.check_plausible(ends_on, field="ends_on")
    periods.Interval(tenure.starts_on, ends_on)
    with transaction.atomic():
        tenure = lock(tenure)
        check_running(tenure)
        tenure.ends_on, tenure.end_reason = ends_on, reason
        store(tenure, "tenure.end", by=by)
        jobs.enqueue(
            "elections.tenure_ended",
            key=f"elections.tenure_ended.{tenure.pk}",
            title="Việc phát sinh khi thôi giữ chức vụ",
            args=[tenure.pk],
            council=tenure.office.council,
        )
    return tenure


def check_running(tenure: Tenure) -> None:
    """Refuse what can only be done while the office is held."""
    if tenure.ends_on is None:
        return
    raise Refusal(
        "tenure.already_ended",
        gettext_noop("%(name)s đã thôi giữ chức vụ này từ ngày %(day)s."),
        params={"name": tenure.person.full_name, "day": figures.date_short(tenure.ends_on)},
    )


def announce_retirement(tenure: Tenure, *, announced_on: date, by: User) -> Tenure:
    """Leave pending retirement was announced: exempt from the confidence vote (NQ 96 Art. 2(5)).

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``tenure.already_ended``.
    """
    access.authorise(by, "office.edit", tenure.office.council)
    periods.check_plausible(announced_on, field="announced_on")
    with transaction.atomic():
        tenure = lock(tenure)
        check_running(tenure)
        tenure.retirement_announced_on = announced_on
        store(tenure, "tenure.announce_retirement", by=by)
    return tenure


def record_sent(tenure: Tenure, *, sent_on: date, by: User) -> Tenure:
    """The result was sent for approval; where the law counts from receipt the clock waits for it.

    Raises:
        Refusal: ``access.denied``, ``approval.not_waiting``, ``approval.sent_before_election``,
            ``date.implausible``.

    Source: Law 72/2025 Art. 36(7): 10 working days from receipt; the rulebook has the older days,
    which are counted from the sending.
    """
    access.authorise(by, "office.approval", tenure.office.council)
    periods.check_plausible(sent_on, field="sent_on")
    with transaction.atomic():
        tenure = lock(tenure)
        if tenure.approval != Tenure.Approval.TO_SEND:
            raise Refusal(
                "approval.not_waiting",
                gettext_noop("Kết quả này không ở trạng thái chờ gửi phê chuẩn."),
            )
        if sent_on < tenure.starts_on:
            raise Refusal(
                "approval.sent_before_election",
                gettext_noop("Ngày gửi không thể trước ngày bầu %(day)s."),
                params={"day": figures.date_short(tenure.starts_on)},
                field="sent_on",
            )
        tenure.approval, tenure.sent_on = Tenure.Approval.SENT, sent_on
        tenure.decide_due_on = decide_due_on(tenure, sent_on, is_receipt=False)
        store(tenure, "approval.sent", by=by)
    return tenure


def record_received(tenure: Tenure, *, received_on: date, by: User) -> Tenure:
    """The approving body has the result: its days are counted from here. May be corrected.

    Raises:
        Refusal: ``access.denied``, ``approval.not_sent``, ``approval.received_before_sent``,
            ``date.implausible``.

    Source: Law 72/2025 Art. 36(7): within 10 working days from receipt.
    """
    access.authorise(by, "office.approval", tenure.office.council)
    periods.check_plausible(received_on, field="received_on")
    with transaction.atomic():
        tenure = lock(tenure)
        check_sent(tenure)
        if tenure.sent_on is not None and received_on < tenure.sent_on:
            raise Refusal(
                "approval.received_before_sent",
                gettext_noop("Ngày nhận không thể trước ngày gửi %(day)s."),
                params={"day": figures.date_short(tenure.sent_on)},
                field="received_on",
            )
        tenure.received_on = received_on
        tenure.decide_due_on = (
            decide_due_on(tenure, received_on, is_receipt=True) or tenure.decide_due_on
        )
        store(tenure, "approval.received", by=by)
    return tenure


def decide_due_on(tenure: Tenure, day: date, *, is_receipt: bool) -> date | None:
    """The decision's last day by the rule of the election day; None where it does not start here.

    Args:
        tenure: from whose first day the rule is taken.
        day: when the result was sent, or received.
        is_receipt: which of the two the day is.
    """
    office = tenure.office
    try:
        rule = approvals.approval(office.kind, level=office.council.level, on=tenure.starts_on)
    except Refusal:
        return None
    if rule.decide_days is None or rule.counts_from_receipt is not is_receipt:
        return None
    return periods.add_working_days(day, rule.decide_days)


def record_approved(tenure: Tenure, *, decided_on: date, decision: str, by: User) -> Tenure:
    """The level above approved the result.

    Raises:
        Refusal: ``access.denied``, ``approval.not_sent``, ``approval.decided_before_sent``.
    """
    access.authorise(by, "office.approval", tenure.office.council)
    with transaction.atomic():
        tenure = decide(tenure, decided_on=decided_on, decision=decision)
        tenure.approval = Tenure.Approval.APPROVED
        store(tenure, "approval.approved", by=by)
    return tenure


def record_refused(tenure: Tenure, *, decided_on: date, decision: str, by: User) -> Tenure:
    """The level above refused: the tenure ends that day and the council must elect again.

    Raises:
        Refusal: as `record_approved`.

    Source: Law 72/2025 Art. 36(7): refusal in writing, with reasons and a request to re-elect.
    """
    access.authorise(by, "office.approval", tenure.office.council)
    with transaction.atomic():
        tenure = decide(tenure, decided_on=decided_on, decision=decision)
        tenure.approval = Tenure.Approval.REFUSED
        tenure.ends_on, tenure.end_reason = decided_on, Tenure.EndReason.NOT_APPROVED
        store(tenure, "approval.refused", by=by)
    return tenure


def decide(tenure: Tenure, *, decided_on: date, decision: str) -> Tenure:
    """Lock the tenure and set the decision's date and number; the caller says which way."""
    periods.check_plausible(decided_on, field="decided_on")
    tenure = lock(tenure)
    check_sent(tenure)
    known_from = tenure.received_on or tenure.sent_on
    if known_from is not None and decided_on < known_from:
        raise Refusal(
            "approval.decided_before_sent",
            gettext_noop("Ngày phê chuẩn không thể trước ngày gửi hoặc ngày nhận %(day)s."),
            params={"day": figures.date_short(known_from)},
            field="decided_on",
        )
    tenure.decided_on, tenure.decision = decided_on, decision
    return tenure


def check_sent(tenure: Tenure) -> None:
    """Refuse what follows the sending while the result was not sent or is decided.

    Raises:
        Refusal: ``approval.not_sent``.
    """
    if tenure.approval != Tenure.Approval.SENT or tenure.sent_on is None:
        raise Refusal(
            "approval.not_sent",
            gettext_noop("Ghi ngày gửi kết quả đi phê chuẩn trước khi ghi quyết định."),
            cites=DECIDE_WORKING_DAYS_ARTICLE,
        )


def lock(tenure: Tenure) -> Tenure:
    """The tenure as it stands, locked; the law as approved now."""
    rulebook.refresh()
    return (
        Tenure.objects.select_for_update(of=("self",))
        .select_related("office__council", "person")
        .get(pk=tenure.pk)
    )


def store(tenure: Tenure, verb: str, *, by: User) -> None:
    """Check, save and record a changed tenure."""
    tenure.full_clean()
    tenure.save()
    after: dict[str, Any] = audit.snapshot(tenure, FIELDS)
    audit.record(verb, tenure, by=by, council=tenure.office.council, after=after)
