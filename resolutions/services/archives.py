"""The import of past resolutions: handed in, decided row by row, approved by a second person."""

from typing import Any, Final

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from council.models import Council, Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs, rosters
from resolutions.models import ArchiveImport, ArchiveRow
from resolutions.rules import archive_sessions, archive_table
from sessions.models import Session

READ_JOB, IMPORT_JOB = "resolutions.read_archive", "resolutions.import_archive"
BUNDLE_MAX: Final = 2 * 1024**3
State = ArchiveImport.State


def hand_in(
    council: Council,
    *,
    title: str,
    table: "File[Any]",
    bundle: "File[Any] | None",
    session_table: "File[Any] | None" = None,
    by: User,
) -> ArchiveImport:
    """Take the list, the list of past sessions and the ZIP of files; a worker reads them.

    Nothing is published.

    Raises:
        Refusal: ``access.denied``, ``archive.no_zip``, ``archive.bundle_too_large``, and those of
            `council.services.rosters.read_table`, `resolutions.rules.archive_table.read` and
            `resolutions.rules.archive_sessions.read`.
    """
    access.authorise(by, "archive.edit", council)
    archive_table.read(rosters.read_table(table, rows_max=archive_table.MAX_ROWS + 50))
    table.seek(0)
    if session_table is not None:
        archive_sessions.read(
            rosters.read_table(session_table, rows_max=archive_sessions.MAX_ROWS + 50)
        )
        session_table.seek(0)
    if bundle is not None:
        _check_zip(bundle)
    with transaction.atomic():
        archive = ArchiveImport(
            council=council, title=title, table=table, created_by=by, created_at=timezone.now()
        )
        if bundle is not None:
            archive.bundle = bundle
        if session_table is not None:
            archive.session_table = session_table
        archive.full_clean()
        archive.save()
        audit.record("archive.hand_in", archive, by=by, council=council, after={"title": title})
        if bundle is not None:
            _enqueue(archive, READ_JOB, by=by)
    return archive


def _check_zip(bundle: "File[Any]") -> None:
    bundle.seek(0)
    is_zip = bundle.read(4) == b"PK\x03\x04"
    bundle.seek(0)
    if not is_zip:
        raise Refusal(
            "archive.no_zip",
            gettext_noop("Đây không phải tệp ZIP. Nén cả thư mục hồ sơ thành một tệp .zip."),
            field="bundle",
        )
    if (bundle.size or 0) > BUNDLE_MAX:
        raise Refusal(
            "archive.bundle_too_large",
            gettext_noop("Tệp ZIP lớn hơn 2 GB. Chia hồ sơ theo năm rồi nhập từng phần."),
            field="bundle",
        )


def _enqueue(archive: ArchiveImport, name: str, *, by: User) -> Job:
    titles = {READ_JOB: "Đọc hồ sơ lưu: %s", IMPORT_JOB: "Nhập hồ sơ lưu: %s"}
    return jobs.enqueue(
        name, key=f"{name}.{archive.pk}", title=titles[name] % archive.title, args=[archive.pk],
        council=archive.council, by=by,
    )  # fmt: skip


def locked(archive_pk: int) -> ArchiveImport:
    """The import, locked, with its council."""
    return (
        ArchiveImport.objects.select_for_update(of=("self",))
        .select_related("council")
        .get(pk=archive_pk)
    )


def decide(
    row: ArchiveRow, *, keep: bool, path: str, council_session: Session | None, by: User
) -> ArchiveRow:
    """What happens to one row: imported with this file and session, or skipped (`keep` False).

    Raises:
        Refusal: ``access.denied``, ``archive.wrong_state``, ``archive.unknown_file``.
    """
    access.authorise(by, "archive.edit", row.archive.council)
    with transaction.atomic():
        archive = locked(row.archive_id)
        _must_be(archive, State.REVIEW)
        row = archive.rows.get(pk=row.pk)
        file = archive.files.filter(path=path, refusal="").first() if path else None
        if path and file is None:
            raise Refusal(
                "archive.unknown_file",
                gettext_noop("Trong hồ sơ không có tệp “%(path)s”, hoặc tệp đó không nhận được."),
                params={"path": path[:120]},
                field="path",
            )
        before = {"state": row.state, "file": row.file_id, "session": row.council_session_id}
        row.state = ArchiveRow.State.WAITING if keep else ArchiveRow.State.SKIPPED
        row.file, row.council_session = file, council_session
        row.full_clean()
        row.save()
        audit.record(
            "archive.decide", row, by=by, council=archive.council, before=before,
            after={"state": row.state, "file": row.file_id, "session": row.council_session_id},
        )  # fmt: skip
    return row


def submit(archive: ArchiveImport, *, by: User) -> None:
    """Ask a second person to approve the import.

    Raises:
        Refusal: ``access.denied``, ``archive.wrong_state``, ``archive.nothing_ready``.
    """
    access.authorise(by, "archive.edit", archive.council)
    with transaction.atomic():
        held = locked(archive.pk)
        _must_be(held, State.REVIEW)
        if not held.rows.filter(state="waiting", error="", file__isnull=False).exists():
            raise Refusal(
                "archive.nothing_ready",
                gettext_noop("Chưa có dòng nào đủ thông tin và tệp để nhập."),
            )
        _to(held, State.SUBMITTED, "archive.submit", by=by, submitted_by=by)


def send_back(archive: ArchiveImport, *, by: User) -> None:
    """The second person wants something changed first.

    Raises:
        Refusal: ``access.denied``, ``archive.wrong_state``.
    """
    access.authorise(by, "archive.approve", archive.council)
    with transaction.atomic():
        held = locked(archive.pk)
        _must_be(held, State.SUBMITTED)
        _to(held, State.REVIEW, "archive.send_back", by=by)


def approve(archive: ArchiveImport, *, by: User) -> None:
    """Let the worker import and publish every row that is ready.

    Raises:
        Refusal: ``access.denied``, ``archive.wrong_state``, ``archive.own_import``.
    """
    access.authorise(by, "archive.approve", archive.council)
    with transaction.atomic():
        held = locked(archive.pk)
        _must_be(held, State.SUBMITTED)
        if held.submitted_by_id == by.pk:
            raise Refusal(
                "archive.own_import",
                gettext_noop("Bạn đã trình đợt nhập này, nên phải nhờ một người khác duyệt."),
            )
        _to(
            held, State.RUNNING, "archive.approve", by=by, approved_by=by,
            approved_at=timezone.now(),
        )  # fmt: skip
        _enqueue(held, IMPORT_JOB, by=by)


def pause(archive: ArchiveImport, *, by: User) -> None:
    """Stop after the row that is under way.

    Raises:
        Refusal: ``access.denied``, ``archive.wrong_state``.
    """
    access.authorise(by, "archive.edit", archive.council)
    with transaction.atomic():
        held = locked(archive.pk)
        _must_be(held, State.RUNNING)
        _to(held, State.PAUSED, "archive.pause", by=by)


def resume(archive: ArchiveImport, *, by: User) -> None:
    """Go on where the import was paused, or where its worker gave up.

    Raises:
        Refusal: ``access.denied``, ``archive.wrong_state``.
    """
    access.authorise(by, "archive.edit", archive.council)
    with transaction.atomic():
        held = locked(archive.pk)
        _must_be(held, State.PAUSED, State.RUNNING)
        _to(held, State.RUNNING, "archive.resume", by=by)
        _enqueue(held, IMPORT_JOB, by=by)


def _must_be(archive: ArchiveImport, *states: str) -> None:
    if archive.state not in states:
        raise Refusal(
            "archive.wrong_state",
            gettext_noop("Đợt nhập %(state)s nên không làm việc này được. Tải lại trang."),
            params={"state": archive.get_state_display()},
        )


def _to(archive: ArchiveImport, state: str, verb: str, *, by: User, **values: Any) -> None:
    before = {"state": archive.state}
    archive.state = state
    for name, value in values.items():
        setattr(archive, name, value)
    archive.full_clean()
    archive.save(update_fields=["state", *values])
    audit.record(verb, archive, by=by, council=archive.council, before=before,
                 after={"state": state})  # fmt: skip
