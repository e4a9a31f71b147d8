"""Petitions for a no-confidence vote: of delegates, counted and checked, and of the Front."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from council.models import Council, Mandate, Person, Tenure, User
from council.queries import total_delegates
from council.rules import figures, periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import FollowUp, Petitioner, Trigger, TriggerKind
from elections.rules import triggers as rules

FIELDS = ("kind", "person", "received_on", "petitioner_count", "total_delegates", "is_met")


def record_petition(
    council: Council,
    *,
    person: Person,
    petitioners: Sequence[Mandate],
    received_on: date,
    document: str,
    by: User,
) -> Trigger:
    """Write down a petition of delegates; fewer than a third are kept as a proposal.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``trigger.no_office``,
            ``petition.not_a_delegate``, ``petition.nobody``, ``law.no_rule``.

    Source: NQ 96/2023 Art. 13(2); Law 72/2025 Art. 33(5).
    """
    access.authorise(by, "poll.edit", council)
    periods.check_plausible(received_on, field="received_on")
    with transaction.atomic():
        check_holds_office(council, person, received_on)
        trigger = Trigger(
            council=council,
            kind=TriggerKind.DELEGATES,
            person=person,
            received_on=received_on,
            document=document,
            recorded_by=by,
        )
        count(trigger, petitioners)
        save(trigger, "petition.record", by=by)
        add(trigger, petitioners)
    return trigger


def join_petition(
    trigger: Trigger, *, petitioners: Sequence[Mandate], received_on: date, by: User
) -> Trigger:
    """More delegates join; the whole petition is counted again on the day.

    Who signed before and is no delegate any more on that day no longer counts. Joining twice
    counts once.

    Raises:
        Refusal: as `record_petition`; ``trigger.already_used``, ``trigger.not_a_petition``.
    """
    access.authorise(by, "poll.edit", trigger.council)
    periods.check_plausible(received_on, field="received_on")
    with transaction.atomic():
        trigger = lock(trigger)
        check_unused(trigger)
        if trigger.kind != TriggerKind.DELEGATES:
            raise Refusal(
                "trigger.not_a_petition",
                gettext_noop("Chỉ kiến nghị của đại biểu mới có thêm người ký."),
            )
        check_holds_office(trigger.council, trigger.person, received_on)
        signed = Mandate.objects.filter(
            pk__in=Petitioner.objects.filter(trigger=trigger).values("mandate")
        ).on(received_on)
        everybody = list({one.pk: one for one in [*signed, *petitioners]}.values())
        trigger.received_on = received_on
        count(trigger, everybody)
        save(trigger, "petition.join", by=by)
        Petitioner.objects.filter(trigger=trigger).delete()
        add(trigger, everybody)
    return trigger


def record_front(
    council: Council, *, person: Person, received_on: date, document: str, by: User
) -> Trigger:
    """Write down the Fatherland Front's petition, with its document.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``trigger.no_office``, ``law.no_rule``.
    """
    access.authorise(by, "poll.edit", council)
    periods.check_plausible(received_on, field="received_on")
    rule = rules.front(on=received_on, level=council.level)
    with transaction.atomic():
        check_holds_office(council, person, received_on)
        trigger = Trigger(
            council=council,
            kind=TriggerKind.FRONT,
            person=person,
            received_on=received_on,
            document=document,
            is_met=True,
            rule_id=rule.id,
            article=rule.article,
            recorded_by=by,
        )
        save(trigger, "petition.front", by=by)
    return trigger


def of_result(follow_up: FollowUp, *, by: User) -> Trigger:
    """The trigger that a low result is; made once. For verbs that are authorised elsewhere.

    Raises:
        Refusal: ``trigger.result_does_not_oblige``, ``law.no_rule``.
    """
    line = follow_up.line
    assert line is not None  # noqa: S101 - a constraint of the row: only a report has none
    existing = Trigger.objects.filter(line=line).first()
    if existing is not None:
        return existing
    poll = line.outcome.poll
    rule = rules.low_result(line.verdict, on=poll.held_on, level=follow_up.council.level)
    trigger = Trigger(
        council=follow_up.council,
        kind=TriggerKind.LOW_RESULT,
        person=follow_up.person,
        received_on=poll.held_on,
        line=line,
        is_met=True,
        rule_id=rule.id,
        article=rule.article,
        recorded_by=by,
    )
    save(trigger, "trigger.result", by=by)
    return trigger


def count(trigger: Trigger, petitioners: Sequence[Mandate]) -> None:
    """Set the number of petitioners against all delegates of the day; each must be one."""
    day, council = trigger.received_on, trigger.council
    for mandate in petitioners:
        if mandate.term.council_id != council.pk or not periods.Interval(
            mandate.starts_on, mandate.ends_on
        ).contains(day):
            raise Refusal(
                "petition.not_a_delegate",
                gettext_noop("%(name)s không phải đại biểu của hội đồng vào ngày %(day)s."),
                params={"name": mandate.person.full_name, "day": figures.date_short(day)},
                field="petitioners",
            )
    total = total_delegates(petitioners[0].term, day) if petitioners else 0
    found = rules.petition(
        len({mandate.person_id for mandate in petitioners}), total, on=day, level=council.level
    )
    trigger.petitioner_count, trigger.total_delegates = found.petitioners, found.total
    trigger.needed, trigger.is_met = found.needed, found.is_met
    trigger.rule_id, trigger.article = found.provision.id, found.article


def check_holds_office(council: Council, person: Person, day: date) -> None:
    """Only who holds an office that the council elects can be voted on."""
    held = Tenure.objects.on(day).filter(office__council=council, person=person)
    if not held.exclude(basis=Tenure.Basis.ACTING).exists():
        raise Refusal(
            "trigger.no_office",
            gettext_noop(
                "%(name)s không giữ chức vụ do Hội đồng nhân dân bầu vào ngày %(day)s nên không "
                "bỏ phiếu tín nhiệm được."
            ),
            params={"name": person.full_name, "day": figures.date_short(day)},
            field="person",
        )


def check_unused(trigger: Trigger) -> None:
    """A petition on which a ballot paper rests is closed."""
    if trigger.entry_id is not None:
        raise Refusal(
            "trigger.already_used",
            gettext_noop("Kiến nghị này đã là căn cứ của một cuộc bỏ phiếu tín nhiệm."),
        )


def add(trigger: Trigger, petitioners: Sequence[Mandate]) -> None:
    """Write down who petitions."""
    Petitioner.objects.bulk_create(
        Petitioner(trigger=trigger, mandate=mandate)
        for mandate in {one.pk: one for one in petitioners}.values()
    )


def free_entries_of(poll_pk: int) -> None:
    """The paper is gone or void: what it rested on may be used again."""
    Trigger.objects.filter(entry__poll=poll_pk).update(entry=None)


def lock(trigger: Trigger) -> Trigger:
    """The trigger as it stands, locked."""
    return (
        Trigger.objects.select_for_update(of=("self",))
        .select_related("council", "person")
        .get(pk=trigger.pk)
    )


def save(trigger: Trigger, verb: str, *, by: User) -> None:
    """Check, save and record."""
    trigger.full_clean()
    trigger.save()
    audit.record(
        verb, trigger, by=by, council=trigger.council, after=audit.snapshot(trigger, FIELDS)
    )
