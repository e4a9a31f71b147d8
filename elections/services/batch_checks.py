"""What forbids a verb on papers that are read one by one, and the audit line without figures."""

from collections.abc import Mapping

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import audit
from elections.models import CountingWay, PaperAccount, PaperBatch, PaperReading, Poll
from elections.queries import records, scans
from elections.services import count_checks, locks

WAY_OF_SOURCE = {
    PaperBatch.Source.BOX: CountingWay.BALLOTS,
    PaperBatch.Source.REFUSED: CountingWay.SCANS,
    PaperBatch.Source.SAMPLE: CountingWay.SCANS,
}


def check_open(poll: Poll, by: User) -> None:
    """Papers may be read: by a member of the committee, while counting, before the agreement."""
    count_checks.check_member(poll, by)
    count_checks.check_counting(poll)
    count_checks.check_not_agreed(poll)


def check_reading_state(batch: PaperBatch) -> None:
    """Only a batch that is still being read takes readings and decisions."""
    if batch.state != PaperBatch.State.READING:
        raise Refusal(
            "batch.not_reading",
            gettext_noop("Tập phiếu này không còn đọc nữa: %(state)s."),
            params={"state": str(batch.get_state_display())},
        )


def own_draft(batch: PaperBatch, by: User) -> PaperReading:
    """The caller's reading of a locked batch, locked, while it is open.

    Raises:
        Refusal: ``reading.not_started``, ``reading.already_submitted``.
    """
    mine = [reading for reading in locks.readings(batch) if reading.reader_id == by.pk]
    if not mine:
        raise Refusal(
            "reading.not_started", gettext_noop("Bạn chưa nhận đọc tập phiếu này. Bấm nhận đọc.")
        )
    if mine[0].state != PaperReading.State.DRAFT:
        raise Refusal(
            "reading.already_submitted",
            gettext_noop(
                "Bạn đã nộp lần đọc tập phiếu này. Chỗ nào đọc nhầm thì cùng xem lại tờ phiếu khi "
                "đối chiếu."
            ),
        )
    return mine[0]


def check_fits(poll: Poll, source: str, *, taken: int, size: int) -> None:
    """Batches together hold no more papers than were returned.

    Raises:
        Refusal: ``count.no_account`` (papers of the box need their account first),
            ``batch.too_many``, ``batch.more_than_pulled``.
    """
    if source == PaperBatch.Source.REFUSED:
        check_pulled(poll, taken=taken, size=size)
    account = records.account_of(poll)
    if account is None:
        if source != PaperBatch.Source.BOX:
            return
        raise Refusal(
            "count.no_account",
            gettext_noop("Chưa ghi số phiếu in, phát ra, thu về. Ghi trước khi chia tập."),
        )
    if taken + size > account.returned:
        raise Refusal(
            "batch.too_many",
            gettext_noop(
                "Thu về %(returned)d phiếu, %(taken)d phiếu đã ở trong các tập: tập này nhiều nhất "
                "%(left)d phiếu."
            ),
            params={
                "returned": account.returned,
                "taken": taken,
                "left": account.returned - taken,
            },
            field="size",
        )


def check_pulled(poll: Poll, *, taken: int, size: int) -> None:
    """Of a scanned pile only the papers that were pulled out are read by hand.

    Raises:
        Refusal: ``batch.more_than_pulled``.
    """
    run = scans.standing_run(poll)
    pulled = scans.pile_of(run).hand_count if run is not None else 0
    if taken + size > pulled:
        raise Refusal(
            "batch.more_than_pulled",
            gettext_noop(
                "Đã rút ra %(pulled)d phiếu để đếm tay, %(taken)d phiếu đã ở trong các tập: tập "
                "này nhiều nhất %(left)d phiếu."
            ),
            params={"pulled": pulled, "taken": taken, "left": max(pulled - taken, 0)},
            field="size",
        )


def record(
    verb: str,
    obj: PaperAccount | PaperBatch,
    poll: Poll,
    *,
    by: User,
    after: Mapping[str, object] | None = None,
) -> None:
    """Audit without figures: the poll, and which batch."""
    said: dict[str, object] = {"poll": poll.pk}
    if isinstance(obj, PaperBatch):
        said |= {"source": obj.source, "batch": obj.number}
    audit.record(verb, obj, by=by, council=locks.council_of(poll), after={**said, **(after or {})})
