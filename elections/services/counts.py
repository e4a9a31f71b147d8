"""Counting: two counts apart, the recount of what differs, agreement, confirmation.

No figure ever enters the audit log here: an entry says who did what, never how many.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, versions
from elections.models import Count, CountingWay, CountLine, Outcome, Poll, Recount
from elections.queries import counts as queries
from elections.queries import figures, records
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import tally
from elections.services import count_checks, files, locks, outcomes
from elections.services.states import next_state, store

Lines = Mapping[tuple[str, str], int | None]
Totals = Mapping[str, int | None]


def start(poll: Poll, *, by: User) -> Count:
    """The caller's own count: the first for who comes first, the second for the other member.

    Starting again returns the count already started.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.other_way`` (papers are read or scanned), ``count.both_taken``.
    """
    access.authorise(by, "count.enter", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        count_checks.check_member(poll, by)
        count_checks.check_counting(poll)
        count_checks.check_way(poll, CountingWay.TOTALS)
        own = queries.own_count(poll, by)
        if own is not None:
            return own
        count = Count(
            poll=poll, kind=count_checks.free_kind(poll), counter=by, printed=poll.printed
        )
        count.full_clean()
        count.save()
        options = kinds.options_of(poll.kind)
        CountLine.objects.bulk_create(
            CountLine(count=count, entry=entry, option=option)
            for entry in poll_queries.standing_entries(poll)
            for option in options
        )
        count_checks.record("count.start", count, poll, by=by)
    return count


def save_figures(
    count: Count,
    *,
    totals: Totals,
    lines: Lines,
    remarks: str,
    version: int | None,
    by: User,
) -> Count:
    """Keep what the counter typed so far, impossible sums included; nobody else may.

    Raises:
        Refusal: ``access.denied``, ``count.not_yours``, ``count.already_submitted``,
            ``edit.stale`` (saved in another window meanwhile).
    """
    with transaction.atomic():
        count = keep_figures(
            count, totals=totals, lines=lines, remarks=remarks, version=version, by=by
        )
        count_checks.record("count.save", count, count.poll, by=by)
    return count


def keep_figures(
    count: Count,
    *,
    totals: Totals,
    lines: Lines,
    remarks: str,
    version: int | None,
    by: User,
) -> Count:
    """`save_figures` after each cell: the same, without a line in the audit log for every cell."""
    access.authorise(by, "count.enter", count.poll.council_session.term.council)
    with transaction.atomic():
        count = count_checks.own_draft(count, by)
        rows = list(CountLine.objects.filter(count=count).select_related("entry"))
        if count_checks.overwrites(count, rows, totals, lines):
            versions.check(count, version)
        if count_checks.is_as_kept(count, rows, totals, lines, remarks):
            return count  # a belated keeping of the same figures makes no new version
        for name in tally.TOTAL_FIELDS:
            setattr(count, name, totals.get(name))
        count.remarks = remarks
        versions.bump(count)
        count.full_clean()
        count.save(update_fields=[*tally.TOTAL_FIELDS, "remarks", "version"])
        for row in rows:
            row.votes = lines.get((row.entry.code, row.option))
        CountLine.objects.bulk_update(rows, ["votes"])
    return count


def submit(count: Count, *, by: User) -> Count:
    """Hand in the count; it is final then. Every sum must agree.

    Raises:
        Refusal: ``access.denied``, ``count.not_yours``, ``count.already_submitted``, and the
            first sum that fails, with the code that `elections.rules.tally` gives it.
    """
    access.authorise(by, "count.enter", count.poll.council_session.term.council)
    with transaction.atomic():
        count = count_checks.own_draft(count, by)
        poll = locks.poll(count.poll_id)
        count_checks.check_member(poll, by)
        count_checks.check_counting(poll)
        count_checks.check_adds_up(poll, figures.totals_of(count), queries.figures_of(count))
        count.state, count.submitted_at = Count.State.SUBMITTED, timezone.now()
        versions.bump(count)
        count.full_clean()
        count.save(update_fields=["state", "submitted_at", "version"])
        count_checks.record("count.submit", count, poll, by=by)
    return count


def resolve(poll: Poll, *, cell: str, agreed: int, reason: str, by: User) -> Recount:
    """Write down what a recount of one differing cell gave, and how it was settled.

    Counting the cell yet again adds a row; the earlier one stays, marked as replaced.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_both_submitted``,
            ``count.already_agreed``, ``recount.cell_agrees``.
    """
    access.authorise(by, "count.reconcile", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        count_checks.check_member(poll, by)
        comparison = count_checks.comparison_to_settle(poll)
        differing = {row.cell: row for row in comparison.differing}
        if cell not in differing:
            raise Refusal(
                "recount.cell_agrees",
                gettext_noop("Hai lần đếm đã khớp ở ô này, không cần đếm lại."),
                field="cell",
            )
        now = timezone.now()
        Recount.objects.filter(poll=poll, cell=cell, replaced_at=None).update(replaced_at=now)
        recount = Recount(
            poll=poll,
            cell=cell,
            first=differing[cell].first,
            second=differing[cell].second,
            agreed=agreed,
            reason=reason,
            recorded_by=by,
            recorded_at=now,
        )
        recount.full_clean()
        recount.save()
        count_checks.record("count.resolve", recount, poll, by=by, after={"cell": cell})
    return recount


def agree(poll: Poll, *, by: User) -> Count:
    """A member states the agreed count: what the records come to, whichever way they were made.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, those of `elections.queries.records.agreed_figures`, and the
            first sum that fails.
    """
    access.authorise(by, "count.reconcile", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        count_checks.check_member(poll, by)
        count_checks.check_not_agreed(poll)
        count_checks.check_counting(poll)
        agreed = records.agreed_figures(poll)
        totals, lines = agreed.totals, agreed.lines
        count_checks.check_adds_up(poll, totals, lines)
        count = Count(
            poll=poll,
            kind=Count.Kind.AGREED,
            state=Count.State.SUBMITTED,
            way=poll.counting,
            records_digest=agreed.digest,
            counter=by,
            remarks=agreed.remarks,
            submitted_at=timezone.now(),
            **totals,
        )
        count.full_clean()
        count.save()
        entries = {entry.code: entry for entry in poll_queries.standing_entries(poll)}
        CountLine.objects.bulk_create(
            CountLine(count=count, entry=entries[code], option=option, votes=votes)
            for (code, option), votes in lines.items()
        )
        count_checks.record("count.agree", count, poll, by=by)
    return count


def confirm(poll: Poll, *, by: User) -> Outcome:
    """Another member confirms the agreed count: the outcome is frozen, the elected take office.

    Confirming twice is refused; the first confirmation stands.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting`` (confirmed
            already), ``count.not_agreed``, ``count.confirms_own``, and those of
            `elections.services.outcomes.freeze`.
    """
    access.authorise(by, "count.confirm", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        count_checks.check_member(poll, by)
        count_checks.check_counting(poll)
        count = count_checks.agreed_count(poll)
        if count.counter_id == by.pk:
            raise Refusal(
                "count.confirms_own",
                gettext_noop("Người xác nhận phải là thành viên khác với người đã thống nhất."),
            )
        outcome = outcomes.freeze(poll, count, by=by)
        store(
            poll,
            next_state(poll, "agree"),
            [],
            verb="poll.confirm",
            by=by,
            after={"rule": outcome.rule_id, "digest": outcome.digest},
        )
        files.request_minutes(poll, by=by)
    return outcome


def disagree(poll: Poll, *, reason: str, by: User) -> None:
    """Another member does not confirm: the agreed count is taken back, both counts stay.

    Differing cells may then be counted again; who disagreed and why stays in the audit log.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.not_agreed``.
    """
    access.authorise(by, "count.confirm", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        count_checks.check_member(poll, by)
        count_checks.check_counting(poll)
        count = count_checks.agreed_count(poll)
        count_checks.record("count.disagree", count, poll, by=by, after={"reason": reason})
        CountLine.objects.filter(count=count).delete()
        count.delete()
