"""Freeze the outcome of an agreed count, and let the elected take office."""

from datetime import timedelta

from django.utils import timezone

from council.models import Office, Tenure, User
from council.rules import offices as office_rules
from council.rules import periods
from council.rules.law import RULEBOOK
from council.services import offices
from elections.models import Count, Outcome, OutcomeLine, Poll, PollEntry
from elections.queries import polls as queries
from elections.queries import posts, results
from elections.rules import outcome as rules
from elections.services import consequences


def freeze(poll: Poll, count: Count, *, by: User) -> Outcome:
    """Write down the outcome with its rule, base and digest; it never changes after.

    Raises:
        Refusal: ``law.no_rule``, ``office.is_held``, ``office.no_free_seat``, and those of
            `elections.services.consequences.carry_out`.
    """
    with RULEBOOK.recorded() as used:
        decided = results.decide(poll, count)
    outcome = Outcome(
        poll=poll,
        count=count,
        rule_id=decided.rule.id,
        rule_article=decided.rule.article,
        rule_mark=decided.rule.mark.value,
        rules=used,
        rule_text=decided.rule.text_vi,
        rule_from=decided.rule.effective_from,
        rule_to=decided.rule.effective_to,
        way=count.way,
        records_digest=count.records_digest,
        base=decided.base.value,
        base_value=decided.base_value or 0,
        needed=decided.needed,
        digest=results.digest_of(poll, count, decided),
        agreed_by=count.counter,
        confirmed_by=by,
        agreed_at=timezone.now(),
    )
    outcome.full_clean()
    outcome.save()
    entries = {entry.code: entry for entry in queries.standing_entries(poll)}
    OutcomeLine.objects.bulk_create(
        OutcomeLine(
            outcome=outcome,
            entry=entries[row.entry],
            votes=dict(row.counts),
            void=row.void or 0,
            percent=results.percent_data(row),
            verdict=str(row.verdict or ""),
            consequence=row.consequence,
            article=row.article,
            tenure=take_office(poll, entries[row.entry], row, by=by),
        )
        for row in decided.entries
    )
    consequences.carry_out(outcome, by=by)
    return outcome


def take_office(
    poll: Poll, entry: PollEntry, row: rules.EntryOutcome, *, by: User
) -> Tenure | None:
    """The elected person's tenure from the day of the poll; None for everybody else.

    Whoever acts in the office hands over; other holders are left as they are.

    Source: Law 72/2025 Art. 36(6) (exercises the office at once), 36(7) (sent within 5 working
    days).
    """
    office = posts.office_of(poll, entry)
    if row.verdict is not rules.Verdict.ELECTED or office is None:
        return None
    end_acting(poll, office, by=by)
    approval = office_rules.approval(
        office.kind, level=poll.council_session.term.council.level, on=poll.held_on
    )
    due_on = (
        periods.add_working_days(poll.held_on, approval.send_days) if approval.send_days else None
    )
    return offices.start_tenure(
        office,
        person=entry.person,
        term=poll.council_session.term,
        basis=Tenure.Basis.ELECTED,
        starts_on=poll.held_on,
        approval=Tenure.Approval.TO_SEND if approval.is_needed else Tenure.Approval.NOT_NEEDED,
        approver=approval.approver,
        send_due_on=due_on,
        by=by,
    )


def end_acting(poll: Poll, office: Office, *, by: User) -> None:
    """End acting tenures of the office on the day before; on the day itself if they began then."""
    acting = Tenure.objects.on(poll.held_on).filter(office=office, basis=Tenure.Basis.ACTING)
    for tenure in acting.filter(ends_on=None):
        offices.end_tenure(
            tenure,
            ends_on=max(tenure.starts_on, poll.held_on - timedelta(days=1)),
            reason=Tenure.EndReason.ACTING_ENDED,
            by=by,
        )
