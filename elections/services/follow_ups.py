"""Steps that results open: opened when an outcome is frozen, closed by what settles them."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from council.models import Council, Mandate, MandateSuspension, Tenure, User
from council.rules.law import Provision
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import FollowUp, Outcome, OutcomeLine, Poll
from elections.rules import follow_ups as rules

FIELDS = ("kind", "person", "state", "closed_on", "settled_by", "closed_reason")
NO_LONGER_HELD = gettext_noop("Người này không còn giữ chức vụ do Hội đồng nhân dân bầu.")
RESIGNED = gettext_noop("Người này đã thôi giữ chức vụ theo đơn.")
ANNULLED = gettext_noop("Cuộc bỏ phiếu đã bị hủy.")


def open_after(outcome: Outcome, *, by: User) -> list[FollowUp]:
    """Open the step that each person's result demands. For verbs that are authorised elsewhere.

    Source: NQ 96/2023 Art. 12(2), (3), 17.
    """
    poll = outcome.poll
    council = poll.council_session.term.council
    opened = []
    for line in outcome.lines.select_related("entry__person").order_by("entry__position"):
        step = rules.opened_by(
            poll.kind, line.verdict, outcome.base, on=poll.held_on, level=council.level
        )
        if step is None:
            continue
        follow_up = FollowUp(
            council=council,
            kind=step.kind.value,
            person=line.entry.person,
            line=line,
            council_session=poll.council_session,
            opened_on=poll.held_on,
            article=step.provision.article,
            rule_id=step.provision.id,
        )
        save(follow_up, "follow_up.open", by=by)
        opened.append(follow_up)
    return opened


def settle_by(poll: Poll, *, by: User) -> None:
    """Close what this decided poll settles, for the persons on its paper.

    For verbs that are authorised elsewhere; a step that this very poll opened stays open.
    """
    lines = OutcomeLine.objects.filter(outcome__poll=poll)
    verdicts = dict(lines.values_list("entry__person", "verdict"))
    for follow_up in open_of(poll.council_session.term.council).filter(person__in=verdicts):
        if follow_up.line is not None and follow_up.line.outcome.poll_id == poll.pk:
            continue
        verdict = verdicts[follow_up.person_id]
        if rules.settles(poll.kind, follow_up.kind, act=poll.act, verdict=verdict):
            follow_up.settled_by = poll
            close(follow_up, FollowUp.State.DONE, on=poll.held_on, by=by)


def open_report(tenure: Tenure, rule: Provision, *, by: User | None) -> FollowUp:
    """Put on the list that the Standing Committee reports this end; asked once.

    For verbs that are authorised elsewhere.

    Source: Law 72/2025 Art. 37(2), 37(6).
    """
    return FollowUp.objects.filter(tenure=tenure).first() or _report(
        FollowUp(
            council=tenure.office.council,
            person=tenure.person,
            tenure=tenure,
            opened_on=tenure.ends_on or timezone.localdate(),
        ),
        rule,
        by=by,
    )


def open_seat_report(mandate: Mandate, rule: Provision, *, by: User) -> FollowUp:
    """Put on the list that the Standing Committee reports a delegate whom it let go; asked once.

    For verbs that are authorised elsewhere.

    Source: Law 72/2025 Art. 38(4).
    """
    return FollowUp.objects.filter(mandate=mandate).first() or _report(
        FollowUp(
            council=mandate.term.council,
            person=mandate.person,
            mandate=mandate,
            opened_on=mandate.ends_on or timezone.localdate(),
        ),
        rule,
        by=by,
    )


def open_suspension_report(suspension: MandateSuspension, rule: Provision) -> FollowUp:
    """Put on the list that the Standing Committee reports whom it suspended; asked once.

    For the job that follows every suspension.

    Source: Law 72/2025 Art. 38(4).
    """
    mandate = suspension.mandate
    return FollowUp.objects.filter(suspension=suspension).first() or _report(
        FollowUp(
            council=mandate.term.council,
            person=mandate.person,
            suspension=suspension,
            opened_on=suspension.starts_on,
        ),
        rule,
        by=None,
    )


def _report(follow_up: FollowUp, rule: Provision, *, by: User | None) -> FollowUp:
    follow_up.kind = FollowUp.Kind.REPORT
    follow_up.article, follow_up.rule_id = rule.article, rule.id
    save(follow_up, "follow_up.open", by=by)
    return follow_up


def overtake(tenure: Tenure, reason: str, *, by: User | None) -> None:
    """Close what needs nothing more because the person holds no office any more.

    For verbs that are authorised elsewhere.
    """
    council, day = tenure.office.council, tenure.ends_on or timezone.localdate()
    held = Tenure.objects.filter(office__council=council, person=tenure.person_id, ends_on=None)
    if held.exclude(basis=Tenure.Basis.ACTING).exists():
        return
    for follow_up in open_of(council).filter(person=tenure.person_id):
        if follow_up.kind != FollowUp.Kind.REPORT:
            follow_up.closed_reason = reason
            close(follow_up, FollowUp.State.OVERTAKEN, on=day, by=by)


def undo_of(poll: Poll, *, by: User) -> None:
    """The poll was annulled: what it opened falls away, what it settled is open again.

    For verbs that are authorised elsewhere.
    """
    today = timezone.localdate()
    council = poll.council_session.term.council
    for follow_up in open_of(council).filter(line__outcome__poll=poll):
        follow_up.closed_reason = ANNULLED
        close(follow_up, FollowUp.State.OVERTAKEN, on=today, by=by)
    settled = FollowUp.objects.select_for_update(of=("self",)).filter(settled_by=poll)
    for follow_up in settled.select_related("council"):
        follow_up.state, follow_up.closed_on = FollowUp.State.OPEN, None
        follow_up.settled_by, follow_up.closed_by = None, None
        save(follow_up, "follow_up.reopen", by=by)


def close_by_hand(follow_up: FollowUp, *, state: str, reason: str, by: User) -> FollowUp:
    """Say that a step was done or need not be done, and why; the reason is kept.

    Raises:
        Refusal: ``access.denied``, ``follow_up.closed``, ``follow_up.state``.
    """
    access.authorise(by, "poll.edit", follow_up.council)
    with transaction.atomic():
        follow_up = (
            FollowUp.objects.select_for_update(of=("self",))
            .select_related("council", "person")
            .get(pk=follow_up.pk)
        )
        if follow_up.state != FollowUp.State.OPEN:
            raise Refusal(
                "follow_up.closed", gettext_noop("Việc này đã được ghi là xong hoặc không còn.")
            )
        if state == FollowUp.State.OPEN:
            raise Refusal("follow_up.state", gettext_noop("Chọn đã làm hoặc không còn phải làm."))
        follow_up.closed_reason = reason
        close(follow_up, state, on=timezone.localdate(), by=by)
    return follow_up


def open_of(council: Council) -> QuerySet[FollowUp]:
    """Open steps of the council, locked."""
    return (
        FollowUp.objects.select_for_update(of=("self",))
        .filter(council=council, state=FollowUp.State.OPEN)
        .select_related("council", "line__outcome")
        .order_by("pk")
    )


def close(follow_up: FollowUp, state: str, *, on: date, by: User | None) -> None:
    """Set the state and the day; the caller set what settled it."""
    follow_up.state, follow_up.closed_on, follow_up.closed_by = state, on, by
    save(follow_up, "follow_up.close", by=by)


def save(follow_up: FollowUp, verb: str, *, by: User | None) -> None:
    """Check, save and record."""
    if follow_up.pk is not None:
        follow_up.version += 1
    follow_up.full_clean()
    follow_up.save()
    audit.record(
        verb, follow_up, by=by, council=follow_up.council, after=audit.snapshot(follow_up, FIELDS)
    )
