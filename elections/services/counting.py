"""The way in which a poll is counted, chosen by the ballot committee before anything is written."""

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections import scanning
from elections.models import CountingWay, Poll
from elections.queries import batches as queries
from elections.services import count_checks, locks, paper_accounts


def choose(poll: Poll, *, way: str, by: User) -> Poll:
    """Count this poll in that way. Choosing the way that is chosen already is a no-op.

    The account of the papers stays for the ways that need it and is dropped for typed totals.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``counting.unknown_way``, ``counting.no_scanner``, ``counting.has_records``.
    """
    access.authorise(by, "count.enter", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        count_checks.check_member(poll, by)
        count_checks.check_counting(poll)
        if way not in CountingWay.values:
            raise Refusal(
                "counting.unknown_way",
                gettext_noop("Chọn một trong các cách kiểm phiếu có trong trang."),
                field="way",
            )
        if poll.counting == way:
            return poll
        if way == CountingWay.SCANS and not scanning.is_available():
            raise Refusal(
                "counting.no_scanner",
                gettext_noop(
                    "Máy chủ này chưa cài phần đọc phiếu quét. Hai cách kia dùng được ngay; quản "
                    "trị viên cài thêm theo docs/deployment.md."
                ),
                field="way",
            )
        if queries.has_records(poll):
            raise Refusal(
                "counting.has_records",
                gettext_noop(
                    "Không đổi cách kiểm phiếu được nữa: đã có số liệu ghi theo cách “%(way)s”."
                ),
                params={"way": str(poll.get_counting_display())},
            )
        if way == CountingWay.TOTALS:
            paper_accounts.drop(poll, by=by)
        before = poll.counting
        poll.counting = way
        poll.version += 1
        poll.full_clean()
        poll.save(update_fields=["counting", "version"])
        audit.record(
            "counting.choose",
            poll,
            by=by,
            council=locks.council_of(poll),
            before={"counting": before},
            after={"counting": way},
        )
    return poll
