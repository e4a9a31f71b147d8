"""A pile of papers is scanned: begun, paused, finished, made void. Test and official never mix."""

from django.db import transaction
from django.utils.translation import gettext as _

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import jobs, versions
from elections.models import CountingWay, PaperBatch, Poll, ScanRun, ScanUpload
from elections.queries import scans as queries
from elections.services import batches, locks, scan_checks, scan_folders
from elections.typesetting.box_map import digest_of

READ_UPLOAD, SETTLE = "elections.read_scans", "elections.settle_scans"
State = ScanRun.State


def start(poll: Poll, *, mode: str, is_strict: bool, by: User) -> ScanRun:
    """Begin to scan the pile: in test before the voting, for the count after it.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.not_installed``,
            ``scan.no_paper``, ``scan.test_stands``, ``scan.run_stands`` and those of
            `scan_checks.check_may_start`.
    """
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        scan_checks.authorise(poll, by)
        scan_checks.check_engine()
        scan_checks.check_may_start(poll, mode)
        paper = scan_checks.printed_paper(poll)
        standing = queries.standing_run(poll)
        if standing is not None and standing.mode == ScanRun.Mode.TEST:
            raise Refusal(
                "scan.test_stands",
                gettext_noop(
                    "Còn một lượt chạy thử. Bỏ lượt chạy thử trước; phiếu thử không bao giờ được "
                    "tính vào kết quả."
                ),
            )
        if standing is not None:
            raise Refusal(
                "scan.run_stands",
                gettext_noop("Đang có một lượt quét. Muốn quét lại cả xấp, bỏ lượt này trước."),
            )
        run = ScanRun(
            poll=poll,
            mode=mode,
            is_strict=is_strict,
            template=digest_of(paper.box_map or {}),
            started_by=by,
        )
        run.full_clean()
        run.save()
        scan_checks.record("scan.start", run, poll, by=by, after={"mode": mode})
    return run


def pause(run: ScanRun, *, by: User) -> ScanRun:
    """Stop reading after the page in hand; pausing a paused run changes nothing.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.wrong_state``.
    """
    with transaction.atomic():
        run = scan_checks.run(run.pk)
        scan_checks.authorise(run.poll, by)
        scan_checks.check_state(run, State.TAKING, State.PAUSED)
        return move(run, State.PAUSED, verb="scan.pause", by=by)


def resume(run: ScanRun, *, by: User) -> ScanRun:
    """Go on reading where it was paused, or where a worker's work was lost.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.wrong_state``.
    """
    with transaction.atomic():
        run = scan_checks.run(run.pk)
        scan_checks.authorise(run.poll, by)
        scan_checks.check_state(run, State.TAKING, State.PAUSED)
        run = move(run, State.TAKING, verb="scan.resume", by=by)
        for upload in run.uploads.filter(state=ScanUpload.State.WAITING):
            request_reading(upload, run, by=by)
    return run


def request_reading(upload: ScanUpload, run: ScanRun, *, by: User) -> None:
    """Have a file read; a run that was paused and resumed asks anew (its version is in the key)."""
    jobs.enqueue(
        READ_UPLOAD,
        key=f"scan:{upload.key}:{run.version}",
        args=[upload.key],
        title=_("Đọc phiếu quét: %(poll)s") % {"poll": run.poll.title[:160]},
        council=locks.council_of(run.poll),
        by=by,
    )


def finish(run: ScanRun, *, by: User) -> ScanRun:
    """The whole pile is scanned: put the papers down without order, find doubles and open rows.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.wrong_state``,
            ``scan.nothing_read``, ``scan.still_reading``.
    """
    with transaction.atomic():
        run = scan_checks.run(run.pk)
        scan_checks.authorise(run.poll, by)
        scan_checks.check_state(run, State.TAKING, State.CLOSING)
        states = list(run.uploads.values_list("state", flat=True))
        waiting = states.count(ScanUpload.State.WAITING)
        if waiting:
            raise Refusal(
                "scan.still_reading",
                gettext_noop("Còn %(waiting)d tệp chưa đọc xong. Chờ máy đọc hết."),
                params={"waiting": waiting},
            )
        if ScanUpload.State.READ not in states:
            raise Refusal(
                "scan.nothing_read", gettext_noop("Chưa có phiếu nào được quét. Tải tệp lên trước.")
            )
        run = move(run, State.CLOSING, verb="scan.finish", by=by)
        jobs.enqueue(
            SETTLE,
            key=f"scan-settle:{run.pk}",
            args=[run.pk],
            title=_("Xếp lại phiếu quét: %(poll)s") % {"poll": run.poll.title[:160]},
            council=locks.council_of(run.poll),
            by=by,
        )
    return run


def void(run: ScanRun, *, reason: str, by: User) -> ScanRun:
    """The run counts no more, with the papers that were pulled out of it; a new one may begin.

    Pictures of a test are taken away; those of an official run stay as evidence.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.wrong_state``,
            ``count.not_counting``, ``count.already_agreed``.
    """
    with transaction.atomic():
        run = scan_checks.run(run.pk)
        scan_checks.authorise(run.poll, by)
        scan_checks.check_state(run, State.TAKING, State.PAUSED, State.CLOSING, State.READ)
        scan_checks.check_standing(run)
        run.void_reason = reason
        run = move(run, State.VOID, verb="scan.void", by=by, fields=("void_reason",))
        if run.mode == ScanRun.Mode.OFFICIAL:
            pulled = PaperBatch.objects.filter(poll=run.poll, source=PaperBatch.Source.REFUSED)
            for batch in pulled.exclude(state=PaperBatch.State.VOID):
                batches.void(batch, reason=reason, by=by)
        transaction.on_commit(lambda: clear(run))
    return run


def count_by_hand(run: ScanRun, *, reason: str, by: User) -> ScanRun:
    """The run is void and its papers are read one by one by two people instead.

    Raises:
        Refusal: as `void`, ``scan.only_official``.
    """
    if run.mode != ScanRun.Mode.OFFICIAL:
        raise Refusal(
            "scan.only_official", gettext_noop("Lượt chạy thử chỉ bỏ, không đếm tay thay.")
        )
    with transaction.atomic():
        run = void(run, reason=reason, by=by)
        poll = locks.poll(run.poll_id)
        poll.counting = CountingWay.BALLOTS
        versions.bump(poll)
        poll.full_clean()
        poll.save(update_fields=["counting", "version"])
        scan_checks.record(
            "scan.count_by_hand", poll, poll, by=by, after={"counting": poll.counting}
        )
    return run


def clear(run: ScanRun) -> None:
    """What a void run leaves on the disk."""
    scan_folders.empty(scan_folders.work_folder(run))
    if run.mode == ScanRun.Mode.TEST:
        scan_folders.empty(scan_folders.kept_folder(run))


def move(
    run: ScanRun, state: str, *, verb: str, by: User | None, fields: tuple[str, ...] = ()
) -> ScanRun:
    """Write the new state and who brought it about."""
    before = run.state
    run.state = state
    versions.bump(run)
    run.full_clean()
    run.save(update_fields=["state", "version", *fields])
    scan_checks.record(verb, run, run.poll, by=by, after={"from": before, "to": state})
    return run
