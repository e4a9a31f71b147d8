"""Counting: two counts apart, the recount of what differs, agreement, confirmation.

No figure ever enters the audit log here: an entry says who did what, never how many.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, versions
from elections.models import Count, CountLine, Outcome, Poll, PollState, Recount
from elections.queries import counts as queries
from elections.queries import figures
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import tally
from elections.services import files, locks, outcomes
from elections.services.states import next_state, store

Lines = Mapping[tuple[str, str], int | None]
Totals = Mapping[str, int | None]


def start(poll: Poll, *, by: User) -> Count:
    """The caller's own count: the first for who comes first, the second for the other member.

    Starting again returns the count already started.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.both_taken``.
    """
    access.authorise(by, "count.enter", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check_member(poll, by)
        check_counting(poll)
        own = queries.own_count(poll, by)
        if own is not None:
            return own
        count = Count(poll=poll, kind=free_kind(poll), counter=by, printed=poll.printed)
        count.full_clean()
        count.save()
        options = kinds.options_of(poll.kind)
        CountLine.objects.bulk_create(
            CountLine(count=count, entry=entry, option=option)
            for entry in poll_queries.standing_entries(poll)
            for option in options
        )
        record("count.start", count, poll, by=by)
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
        record("count.save", count, count.poll, by=by)
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
        count = own_draft(count, by)
        rows = list(CountLine.objects.filter(count=count).select_related("entry"))
        if overwrites(count, rows, totals, lines):
            versions.check(count, version)
        if is_as_kept(count, rows, totals, lines, remarks):
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
        count = own_draft(count, by)
        poll = locks.poll(count.poll_id)
        check_member(poll, by)
        check_counting(poll)
        check_adds_up(poll, figures.totals_of(count), queries.figures_of(count))
        count.state, count.submitted_at = Count.State.SUBMITTED, timezone.now()
        versions.bump(count)
        count.full_clean()
        count.save(update_fields=["state", "submitted_at", "version"])
        record("count.submit", count, poll, by=by)
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
        check_member(poll, by)
        comparison = comparison_to_settle(poll)
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
        record("count.resolve", recount, poll, by=by, after={"cell": cell})
    return recount


def agree(poll: Poll, *, by: User) -> Count:
    """A member states the agreed count: what both counted, or the recount where they differed.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_both_submitted``,
            ``count.already_agreed``, ``count.differences_open``, and the first sum that fails.
    """
    access.authorise(by, "count.reconcile", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check_member(poll, by)
        comparison = comparison_to_settle(poll)
        if comparison.open_cells:
            raise Refusal(
                "count.differences_open",
                gettext_noop(
                    "Còn %(open)d ô hai lần đếm khác nhau. Đếm lại từng ô trước khi thống nhất."
                ),
                params={"open": len(comparison.open_cells)},
            )
        totals, lines = comparison.agreed_totals, comparison.agreed_lines
        check_adds_up(poll, totals, lines)
        count = Count(
            poll=poll,
            kind=Count.Kind.AGREED,
            state=Count.State.SUBMITTED,
            counter=by,
            remarks=comparison.remarks,
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
        record("count.agree", count, poll, by=by)
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
        check_member(poll, by)
        check_counting(poll)
        count = queries.agreed_count(poll)
        if count is None:
            raise Refusal(
                "count.not_agreed",
                gettext_noop("Chưa có kết quả thống nhất. Một thành viên phải thống nhất trước."),
            )
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


def overwrites(count: Count, rows: list[CountLine], totals: Totals, lines: Lines) -> bool:
    """Whether saving would replace a kept number by another or by nothing.

    Filling empty cells never loses anything, so a slow answer to the page's own keeping of each
    cell does not make the counter's next click stale.
    """
    kept: list[tuple[int | None, int | None]] = [
        (value, totals.get(name)) for name, value in figures.totals_of(count).items()
    ]
    kept += [(row.votes, lines.get((row.entry.code, row.option))) for row in rows]
    return any(value is not None and typed != value for value, typed in kept)


def is_as_kept(
    count: Count, rows: list[CountLine], totals: Totals, lines: Lines, remarks: str
) -> bool:
    """Whether saving would change nothing."""
    kept_totals = figures.totals_of(count)
    return (
        count.remarks == remarks
        and all(totals.get(name) == value for name, value in kept_totals.items())
        and all(lines.get((row.entry.code, row.option)) == row.votes for row in rows)
    )


def check_member(poll: Poll, by: User) -> None:
    """Refuse whoever is not on this poll's committee, or stands in the poll."""
    if queries.membership_of(poll, by) is None:
        raise Refusal(
            "count.not_a_member",
            gettext_noop(
                "Chỉ thành viên Ban kiểm phiếu của cuộc bỏ phiếu này, không có tên trên phiếu, "
                "mới được nhập kết quả kiểm phiếu."
            ),
        )


def check_counting(poll: Poll) -> None:
    """Counts are typed between the end of voting and the confirmed result."""
    if poll.state != PollState.COUNTING:
        raise Refusal(
            "count.not_counting",
            gettext_noop(
                "Chỉ kiểm phiếu sau khi kết thúc bỏ phiếu và trước khi xác nhận kết quả. Cuộc bỏ "
                "phiếu này: %(state)s."
            ),
            params={"state": str(poll.get_state_display())},
        )


def free_kind(poll: Poll) -> str:
    """First or second, whichever nobody types yet."""
    taken = queries.states_of_counts(poll)
    for kind in queries.TYPED:
        if not taken[kind]:
            return kind
    raise Refusal(
        "count.both_taken",
        gettext_noop(
            "Hai thành viên khác đang nhập hai lần đếm. Khi cả hai nộp xong, bạn xem được bảng "
            "đối chiếu."
        ),
    )


def own_draft(count: Count, by: User) -> Count:
    """The count, locked, if it is the caller's own and still open."""
    count = locks.count(count.pk)
    if count.counter_id != by.pk or count.kind not in queries.TYPED:
        raise Refusal(
            "count.not_yours",
            gettext_noop("Lần đếm này của người khác. Mỗi người chỉ nhập lần của mình."),
        )
    if count.state != Count.State.DRAFT:
        raise Refusal(
            "count.already_submitted",
            gettext_noop("Lần đếm này đã nộp. Muốn sửa một ô, ghi kết quả đếm lại khi đối chiếu."),
        )
    return count


def comparison_to_settle(poll: Poll) -> figures.Comparison:
    """Both counts side by side, while their difference may still be settled."""
    if queries.agreed_count(poll) is not None:
        raise Refusal(
            "count.already_agreed",
            gettext_noop("Kết quả đã thống nhất, chờ một thành viên khác xác nhận."),
        )
    comparison = figures.comparison(poll)
    if comparison is None:
        raise Refusal(
            "count.not_both_submitted",
            gettext_noop("Chưa đối chiếu được: cả hai lần đếm phải nộp xong."),
        )
    return comparison


def check_adds_up(poll: Poll, totals: Totals, lines: Lines) -> None:
    """Refuse empty cells, then the first sum that fails; warnings pass.

    Raises:
        Refusal: ``count.incomplete``, ``count.does_not_add_up`` (which sum, in its sentence).
    """
    missing = figures.missing_in(totals, lines)
    if missing:
        raise Refusal(
            "count.incomplete",
            gettext_noop("Còn %(missing)d ô chưa nhập. Không có phiếu nào thì ghi 0."),
            params={"missing": missing},
        )
    errors = tally.errors(figures.problems_in(poll, totals, lines))
    if errors:
        raise Refusal("count.does_not_add_up", errors[0].sentence, params=errors[0].params)


def record(
    verb: str, obj: Count | Recount, poll: Poll, *, by: User, after: Mapping[str, str] | None = None
) -> None:
    """Audit without figures: the poll, the kind of count, the cell's name at most."""
    said = {"poll": poll.pk, "kind": obj.kind} if isinstance(obj, Count) else {"poll": poll.pk}
    audit.record(verb, obj, by=by, council=locks.council_of(poll), after={**said, **(after or {})})
