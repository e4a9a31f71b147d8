"""Seats in the council: begin, move between groups, suspend, end."""

from datetime import date

from django.db import transaction

from council.models import (
    CommitteeSeat,
    DelegateGroup,
    Mandate,
    MandateSuspension,
    OfficeKind,
    Person,
    Tenure,
    Term,
    User,
)
from council.rules import figures, periods
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs, offices, people

FIELDS = ("person", "group", "starts_on", "ends_on", "end_reason")
DECISION = ("end_body", "end_decision", "end_decided_on")
BY_DECISION = (Mandate.EndReason.RESIGNED, Mandate.EndReason.MOVED)
"""Ends that the council or its Standing Committee consents to, Law 72/2025 Art. 38(3)."""
COUNCIL_KINDS = (
    OfficeKind.COUNCIL_CHAIR,
    OfficeKind.COUNCIL_VICE_CHAIR,
    OfficeKind.COMMITTEE_HEAD,
)
END_OF_OFFICE = {
    Mandate.EndReason.TERM_ENDED: Tenure.EndReason.TERM_ENDED,
    Mandate.EndReason.RESIGNED: Tenure.EndReason.LEFT_COUNCIL,
    Mandate.EndReason.REMOVED: Tenure.EndReason.LEFT_COUNCIL,
    Mandate.EndReason.CONVICTED: Tenure.EndReason.LEFT_COUNCIL,
    Mandate.EndReason.DIED: Tenure.EndReason.DIED,
    Mandate.EndReason.MOVED: Tenure.EndReason.LEFT_COUNCIL,
}
"""Why an office of the council ends with the seat, by the reason why the seat ends."""


def seat(
    person: Person,
    *,
    term: Term,
    starts_on: date,
    group: DelegateGroup | None = None,
    is_full_time: bool = False,
    is_group_head: bool = False,
    by: User,
) -> Mandate:
    """Give a person a seat from the day on.

    Raises:
        Refusal: ``access.denied``, ``date.outside_term``, ``mandate.overlaps`` (a delegate twice),
            ``mandate.other_council``, ``mandate.group_of_other_term``.
    """
    access.authorise(by, "people.edit", term.council)
    if person.council_id != term.council_id:
        raise Refusal(
            "mandate.other_council",
            gettext_noop(
                "%(name)s có tên trong sổ của hội đồng khác. Thêm người vào hội đồng này trước."
            ),
            params={"name": person.full_name},
            field="term",
        )
    check_group(group, term)
    periods.check_within_term(
        starts_on, periods.Interval(term.starts_on, term.ends_on), field="starts_on"
    )
    with transaction.atomic():
        Term.objects.select_for_update().get(pk=term.pk)
        check_no_overlap(person, term, periods.Interval(starts_on))
        mandate = Mandate(
            person=person,
            term=term,
            starts_on=starts_on,
            group=group,
            is_full_time=is_full_time,
            is_group_head=is_group_head,
        )
        mandate.full_clean()
        mandate.save()
        audit.record(
            "mandate.seat",
            mandate,
            by=by,
            council=term.council,
            after=audit.snapshot(mandate, FIELDS),
        )
        people.ask_for_index(person)
    return mandate


def check_group(group: DelegateGroup | None, term: Term) -> None:
    """Refuse a group of another term."""
    if group is not None and group.term_id != term.pk:
        raise Refusal(
            "mandate.group_of_other_term",
            gettext_noop("Tổ đại biểu này thuộc nhiệm kỳ khác. Chọn tổ của nhiệm kỳ đang sửa."),
            field="group",
        )


def check_no_overlap(person: Person, term: Term, wanted: periods.Interval) -> None:
    """Refuse a second seat of the same person on the same day."""
    for held in Mandate.objects.filter(person=person, term=term):
        if periods.Interval(held.starts_on, held.ends_on).overlaps(wanted):
            raise Refusal(
                "mandate.overlaps",
                gettext_noop("%(name)s đã là đại biểu của nhiệm kỳ này từ ngày %(since)s."),
                params={"name": person.full_name, "since": figures.date_short(held.starts_on)},
                field="full_name",
            )


def change_group(
    mandate: Mandate, *, group: DelegateGroup | None, is_group_head: bool, by: User
) -> Mandate:
    """Move a delegate to another group of the same term.

    Raises:
        Refusal: ``access.denied``, ``mandate.group_of_other_term``.
    """
    access.authorise(by, "people.edit", mandate.term.council)
    check_group(group, mandate.term)
    with transaction.atomic():
        mandate = (
            Mandate.objects.select_for_update().select_related("term__council").get(pk=mandate.pk)
        )
        before = audit.snapshot(mandate, FIELDS)
        mandate.group, mandate.is_group_head = group, is_group_head
        mandate.full_clean()
        mandate.save(update_fields=["group", "is_group_head"])
        audit.record(
            "mandate.change_group",
            mandate,
            by=by,
            council=mandate.term.council,
            before=before,
            after=audit.snapshot(mandate, FIELDS),
        )
    return mandate


def end(mandate: Mandate, *, ends_on: date, reason: str, by: User) -> Mandate:
    """End a seat after its last day, and the council posts that hang on it. Twice is refused.

    Raises:
        Refusal: ``access.denied``, ``mandate.already_ended``, ``period.end_before_start``,
            ``date.outside_term``, ``mandate.needs_consent`` (who asks to leave or moved away:
            by a decision only).
    """
    access.authorise(by, "people.edit", mandate.term.council)
    periods.Interval(mandate.starts_on, ends_on)
    if reason in BY_DECISION:
        rule = RULEBOOK.find("delegate.resign", ends_on, mandate.term.council.level)
        if rule is not None:
            raise Refusal(
                "mandate.needs_consent",
                gettext_noop(
                    "Đại biểu xin thôi hoặc chuyển đi phải được Hội đồng nhân dân hoặc Thường trực "
                    "chấp thuận. Ghi đề nghị và quyết định ở trang “Kiến nghị, đơn thôi”."
                ),
                cites=rule.article,
                field="reason",
            )
    return end_mandate(mandate, ends_on=ends_on, reason=reason, by=by)


def release(
    mandate: Mandate, *, ends_on: date, reason: str, body: str, decision: str, by: User
) -> Mandate:
    """The council or its Standing Committee let the delegate go, by a decision of that day.

    For verbs that are authorised elsewhere.

    Raises:
        Refusal: those of `end_mandate`.

    Source: Law 72/2025 Art. 38(3).
    """
    with transaction.atomic():
        ended = end_mandate(mandate, ends_on=ends_on, reason=reason, by=by)
        ended.end_body, ended.end_decision, ended.end_decided_on = body, decision, ends_on
        ended.full_clean()
        ended.save(update_fields=list(DECISION))
        after = audit.snapshot(ended, DECISION)
        audit.record("mandate.release", ended, by=by, council=ended.term.council, after=after)
    return ended


def lock(mandate: Mandate) -> Mandate:
    """The seat as it stands, locked."""
    return (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("term__council", "person")
        .get(pk=mandate.pk)
    )


def check_running(mandate: Mandate) -> None:
    """Refuse what needs a seat that still runs.

    Raises:
        Refusal: ``mandate.already_ended``.
    """
    if mandate.ends_on is not None:
        raise Refusal(
            "mandate.already_ended",
            gettext_noop("%(name)s đã thôi làm đại biểu từ ngày %(day)s."),
            params={
                "name": mandate.person.full_name,
                "day": figures.date_short(mandate.ends_on),
            },
        )


def end_mandate(mandate: Mandate, *, ends_on: date, reason: str, by: User) -> Mandate:
    """`end` for verbs that are authorised elsewhere: the council removed the delegate."""
    periods.Interval(mandate.starts_on, ends_on)
    periods.check_within_term(
        ends_on, periods.Interval(mandate.term.starts_on, mandate.term.ends_on), field="ends_on"
    )
    with transaction.atomic():
        mandate = lock(mandate)
        check_running(mandate)
        mandate.ends_on, mandate.end_reason = ends_on, reason
        mandate.full_clean()
        mandate.save(update_fields=["ends_on", "end_reason"])
        after = audit.snapshot(mandate, FIELDS)
        if not is_term_over(reason):
            after["posts_left"] = leave_posts(mandate, ends_on=ends_on, reason=reason, by=by)
        audit.record("mandate.end", mandate, by=by, council=mandate.term.council, after=after)
    return mandate


def resume_mandate(mandate: Mandate, *, by: User) -> Mandate:
    """What removed the delegate is void: the seat runs on; posts that were left stay left.

    For verbs that are authorised elsewhere.
    """
    with transaction.atomic():
        mandate = lock(mandate)
        mandate.ends_on, mandate.end_reason = None, ""
        mandate.full_clean()
        mandate.save(update_fields=["ends_on", "end_reason"])
        after = audit.snapshot(mandate, FIELDS)
        audit.record("mandate.take_back", mandate, by=by, council=mandate.term.council, after=after)
    return mandate


def is_term_over(reason: str) -> bool:
    """With the term every seat ends; its posts have dates of their own."""
    return reason == Mandate.EndReason.TERM_ENDED


def leave_posts(mandate: Mandate, *, ends_on: date, reason: str, by: User) -> list[str]:
    """The delegate leaves the council's committees and offices; their names, for the audit log.

    Offices of the people's committee need no seat in the council and are left as they are.

    Source: Law 72/2025 Art. 38(7).
    """
    if RULEBOOK.find("delegate.leaves_posts", ends_on, mandate.term.council.level) is None:
        return []
    left: list[str] = []
    for seat_held in (
        CommitteeSeat.objects.select_for_update(of=("self",))
        .filter(mandate=mandate, ends_on=None)
        .select_related("committee")
    ):
        seat_held.ends_on = max(ends_on, seat_held.starts_on)
        seat_held.full_clean()
        seat_held.save(update_fields=["ends_on"])
        left.append(seat_held.committee.name)
    held = Tenure.objects.filter(
        person=mandate.person_id, term=mandate.term_id, ends_on=None, office__kind__in=COUNCIL_KINDS
    )
    for tenure in held.select_related("office"):
        offices.end_tenure(
            tenure,
            ends_on=max(ends_on, tenure.starts_on),
            reason=END_OF_OFFICE[Mandate.EndReason(reason)],
            by=by,
        )
        left.append(tenure.office.title)
    return left


def suspend(
    mandate: Mandate, *, starts_on: date, reason: str, ends_on: date | None = None, by: User
) -> MandateSuspension:
    """Write down that a delegate's duties are suspended; it is reported at the next session.

    Raises:
        Refusal: ``access.denied``, ``period.end_before_start``, ``mandate.not_running``,
            ``date.implausible``.

    Source: Law 72/2025 Art. 38(1), 38(4).
    """
    access.authorise(by, "people.edit", mandate.term.council)
    periods.check_plausible(starts_on, field="starts_on")
    periods.Interval(starts_on, ends_on)
    if not periods.Interval(mandate.starts_on, mandate.ends_on).contains(starts_on):
        raise Refusal(
            "mandate.not_running",
            gettext_noop("Ngày này người đó không phải là đại biểu đương nhiệm."),
            field="starts_on",
        )
    with transaction.atomic():
        suspension = MandateSuspension(
            mandate=mandate, starts_on=starts_on, ends_on=ends_on, reason=reason
        )
        suspension.full_clean()
        suspension.save()
        audit.record(
            "mandate.suspend",
            suspension,
            by=by,
            council=mandate.term.council,
            after=audit.snapshot(suspension, ("mandate", "starts_on", "ends_on", "reason")),
        )
        jobs.enqueue(
            "elections.delegate_suspended",
            key=f"elections.delegate_suspended.{suspension.pk}",
            title="Việc phát sinh khi tạm đình chỉ đại biểu",
            args=[suspension.pk],
            council=mandate.term.council,
        )
    return suspension


def resume(suspension: MandateSuspension, *, ends_on: date, by: User) -> MandateSuspension:
    """The delegate works again after the day.

    Raises:
        Refusal: ``access.denied``, ``period.end_before_start``.
    """
    council = suspension.mandate.term.council
    access.authorise(by, "people.edit", council)
    periods.Interval(suspension.starts_on, ends_on)
    with transaction.atomic():
        suspension = MandateSuspension.objects.select_for_update().get(pk=suspension.pk)
        suspension.ends_on = ends_on
        suspension.full_clean()
        suspension.save(update_fields=["ends_on"])
        audit.record(
            "mandate.resume",
            suspension,
            by=by,
            council=council,
            after=audit.snapshot(suspension, ("mandate", "starts_on", "ends_on")),
        )
    return suspension
