"""The account of the papers: printed, issued, unused, spoiled, returned. No figure is audited."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, versions
from elections.models import CountingWay, PaperAccount, PaperBatch, Poll
from elections.queries import batches as queries
from elections.queries import records
from elections.rules import tally
from elections.services import batch_checks, count_checks, locks

FIELDS: Final = ("printed", "issued", "unused", "spoiled", "returned")


def record(
    poll: Poll, *, numbers: Mapping[str, int], remarks: str, version: int | None, by: User
) -> PaperAccount:
    """Write down the account, or mend it while nobody agreed yet; every sum must hold.

    Args:
        poll: being counted paper by paper or by scans.
        numbers: `FIELDS` → papers, ≥ 0.
        remarks: what the minutes should say of it.
        version: of the account as the caller saw it; None where there was none.
        by: a member of the poll's committee.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, ``count.other_way``, ``edit.stale``,
            ``count.does_not_add_up``, ``account.below_batches``.
    """
    access.authorise(by, "count.enter", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        batch_checks.check_open(poll, by)
        count_checks.check_way(poll, CountingWay.BALLOTS, CountingWay.SCANS)
        account = records.account_of(poll)
        is_new = account is None
        if account is None:
            account = PaperAccount(poll=poll)
        else:
            versions.check(account, version or 0)
            versions.bump(account)
        check_sums(poll, numbers)
        check_holds_batches(poll, numbers["returned"])
        for name in FIELDS:
            setattr(account, name, numbers[name])
        account.remarks = remarks
        account.recorded_by, account.recorded_at = by, timezone.now()
        account.full_clean()
        account.save()
        batch_checks.record("account.record" if is_new else "account.mend", account, poll, by=by)
    return account


def drop(poll: Poll, *, by: User) -> None:
    """Typed totals hold these figures themselves: the account goes, the log keeps that it was.

    For `elections.services.counting.choose`, which authorised it and locked the poll.
    """
    account = records.account_of(poll)
    if account is not None:
        batch_checks.record("account.drop", account, poll, by=by)
        account.delete()


def check_sums(poll: Poll, numbers: Mapping[str, int]) -> None:
    """Refuse the first sum that fails."""
    errors = tally.errors(
        tally.check_counts(
            tally.SheetTotals(**{name: numbers[name] for name in FIELDS}),
            [],
            total_delegates=poll.total_delegates,
            present=poll.present,
        )
    )
    if errors:
        raise Refusal("count.does_not_add_up", errors[0].sentence, params=errors[0].params)
    count_checks.check_printed(poll, numbers["printed"])


def check_holds_batches(poll: Poll, returned: int) -> None:
    """Refuse fewer papers returned than lie in batches already."""
    taken = queries.taken(poll, PaperBatch.Source.BOX)
    if returned < taken:
        raise Refusal(
            "account.below_batches",
            gettext_noop(
                "Thu về %(returned)d phiếu, ít hơn %(taken)d phiếu đã chia vào các tập. Bỏ tập "
                "chia nhầm trước, hoặc kiểm lại số thu về."
            ),
            params={"returned": returned, "taken": taken},
            field="returned",
        )
