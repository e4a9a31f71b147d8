"""What forbids a verb on a count, and the audit line without figures."""

from collections.abc import Mapping

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import audit
from elections.models import Count, CountingWay, CountLine, Poll, PollState, Recount
from elections.queries import counts as queries
from elections.queries import figures
from elections.rules import tally
from elections.services import locks

Lines = Mapping[tuple[str, str], int | None]
Totals = Mapping[str, int | None]


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


def check_way(poll: Poll, *ways: CountingWay) -> None:
    """Refuse records of another way of counting than the one chosen."""
    if poll.counting not in ways:
        raise Refusal(
            "count.other_way",
            gettext_noop("Cuộc bỏ phiếu này kiểm theo cách khác: %(way)s."),
            params={"way": str(poll.get_counting_display())},
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


def check_not_agreed(poll: Poll) -> None:
    """Records may still change: nobody stated the agreed count yet."""
    if queries.agreed_count(poll) is not None:
        raise Refusal(
            "count.already_agreed",
            gettext_noop("Kết quả đã thống nhất, chờ một thành viên khác xác nhận."),
        )


def comparison_to_settle(poll: Poll) -> figures.Comparison:
    """Both counts side by side, while their difference may still be settled."""
    check_not_agreed(poll)
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
        Refusal: ``count.incomplete``, ``count.does_not_add_up`` (which sum, in its sentence),
            ``count.printed_differs``.
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
    check_printed(poll, totals.get("printed"))


def check_printed(poll: Poll, printed: int | None) -> None:
    """Refuse another number of printed papers than the print runs come to.

    Raises:
        Refusal: ``count.printed_differs``.
    """
    if poll.printed is not None and printed is not None and printed != poll.printed:
        raise Refusal(
            "count.printed_differs",
            gettext_noop(
                "Số phiếu in ghi %(typed)d, nhưng các lần in đã ghi cộng lại là %(printed)d. Sửa "
                "số phiếu in, hoặc ghi lần in còn thiếu ở trang cuộc bỏ phiếu."
            ),
            params={"typed": printed, "printed": poll.printed},
            field="printed",
        )


def agreed_count(poll: Poll) -> Count:
    """The count that waits for its confirmation.

    Raises:
        Refusal: ``count.not_agreed``.
    """
    count = queries.agreed_count(poll)
    if count is None:
        raise Refusal(
            "count.not_agreed",
            gettext_noop("Chưa có kết quả thống nhất. Một thành viên phải thống nhất trước."),
        )
    return count


def record(
    verb: str, obj: Count | Recount, poll: Poll, *, by: User, after: Mapping[str, str] | None = None
) -> None:
    """Audit without figures: the poll, the kind of count, the cell's name at most."""
    said = {"poll": poll.pk, "kind": obj.kind} if isinstance(obj, Count) else {"poll": poll.pk}
    audit.record(verb, obj, by=by, council=locks.council_of(poll), after={**said, **(after or {})})
