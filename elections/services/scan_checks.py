"""What forbids a verb on scanned papers, and the audit line without figures."""

from collections.abc import Mapping

from django.db import models

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections import scanning
from elections.models import CountingWay, Poll, PollFile, PollState, ScanRun
from elections.queries import polls as poll_queries
from elections.services import count_checks, locks


def authorise(poll: Poll, by: User) -> None:
    """Only members of the poll's ballot committee touch its scans.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``.
    """
    access.authorise(by, "count.enter", locks.council_of(poll))
    count_checks.check_member(poll, by)


def run(run_pk: int) -> ScanRun:
    """The run, locked, with its poll, session and council at hand."""
    return (
        ScanRun.objects.select_for_update(of=("self",))
        .select_related("poll__council_session__term__council", "poll__office")
        .get(pk=run_pk)
    )


def check_state(held: ScanRun, *states: str) -> None:
    """Refuse what the run's state does not allow.

    Raises:
        Refusal: ``scan.wrong_state``.
    """
    if held.state not in states:
        raise Refusal(
            "scan.wrong_state",
            gettext_noop(
                "Lượt quét %(state)s nên không làm được việc này. Tải lại trang để xem bước "
                "tiếp theo."
            ),
            params={"state": str(held.get_state_display())},
        )


def check_engine() -> None:
    """The packages that read scans may be missing on this machine.

    Raises:
        Refusal: ``scan.not_installed``.
    """
    if not scanning.is_available():
        raise Refusal(
            "scan.not_installed",
            gettext_noop(
                "Máy chủ này chưa cài phần đọc phiếu quét (requirements-scan.txt). Hãy đếm bằng "
                "hai cách kia, hoặc báo quản trị viên cài thêm."
            ),
        )


def check_may_start(poll: Poll, mode: str) -> None:
    """Test before the voting is open, for the count after it is closed; never both.

    Raises:
        Refusal: ``scan.test_too_late``, ``scan.other_way``, ``count.not_counting``,
            ``count.already_agreed``.
    """
    if mode == ScanRun.Mode.TEST:
        check_before_voting(poll)
        return
    count_checks.check_counting(poll)
    count_checks.check_not_agreed(poll)
    if poll.counting != CountingWay.SCANS:
        raise Refusal(
            "scan.other_way",
            gettext_noop("Cuộc bỏ phiếu này đang được đếm bằng cách khác: %(way)s."),
            params={"way": str(poll.get_counting_display())},
        )


def check_before_voting(poll: Poll) -> None:
    """A test takes papers only while no real paper can be among them.

    Raises:
        Refusal: ``scan.test_too_late``.
    """
    if poll.state != PollState.LIST_APPROVED:
        raise Refusal(
            "scan.test_too_late",
            gettext_noop(
                "Chỉ chạy thử sau khi in phiếu và trước khi mở bỏ phiếu: lúc đó chưa có phiếu "
                "thật nào có thể lẫn vào."
            ),
        )


def check_takes(held: ScanRun) -> None:
    """Whether the run may take another file now.

    Raises:
        Refusal: ``scan.wrong_state``, ``scan.test_too_late``, ``count.not_counting``,
            ``count.already_agreed``.
    """
    check_state(held, ScanRun.State.TAKING, ScanRun.State.PAUSED)
    if held.mode == ScanRun.Mode.TEST:
        check_before_voting(held.poll)
    check_standing(held)


def printed_paper(poll: Poll) -> PollFile:
    """The paper whose boxes are known: the newest that was typeset.

    Raises:
        Refusal: ``scan.no_paper``.
    """
    file = poll_queries.newest_file(poll, PollFile.Kind.BALLOT)
    if file is None or file.box_map is None:
        raise Refusal(
            "scan.no_paper",
            gettext_noop(
                "Chưa có mẫu phiếu do hệ thống dàn trang nên máy không biết các ô nằm ở đâu. Hãy "
                "đếm bằng hai cách kia."
            ),
        )
    return file


def check_standing(held: ScanRun) -> None:
    """Nothing about an official run changes once the count was agreed."""
    if held.mode == ScanRun.Mode.OFFICIAL:
        count_checks.check_counting(held.poll)
        count_checks.check_not_agreed(held.poll)


def record(
    verb: str,
    obj: models.Model,
    poll: Poll,
    *,
    by: User | None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Audit without figures and without answers."""
    audit.record(
        verb, obj, by=by, council=locks.council_of(poll), after={"poll": poll.pk, **(after or {})}
    )
