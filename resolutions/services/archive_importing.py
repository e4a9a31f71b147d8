"""The worker imports approved rows one by one: each is a transaction, none is done twice."""

from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import audit, jobs
from resolutions.models import (
    ArchivedResolution,
    ArchiveImport,
    ArchiveRow,
    ArchiveSession,
    NumberEntry,
)
from resolutions.rules import numbering
from resolutions.services import archive_reading, archives, locks
from sessions.services import past_sessions
from sessions.services.past_sessions import Known

STEP: Final = 10
State = ArchiveImport.State


def run(job: Job) -> None:
    """Import every row that waits, until all are done or somebody pauses; args: the import's key.

    A worker that dies loses at most the row under way, whose transaction never happened.
    """
    archive = ArchiveImport.objects.select_related("council", "submitted_by", "approved_by").get(
        pk=int(job.args[0])
    )
    if not _is_running(archive.pk):
        return
    _import_sessions(archive)
    waiting = list(
        archive.rows.filter(state="waiting").order_by("line").values_list("pk", flat=True)
    )
    for done, row_pk in enumerate(waiting):
        if done % STEP == 0:
            jobs.progress(job, done=done, total=len(waiting))
        if not _is_running(archive.pk):
            return
        _import(archive, row_pk)
    jobs.progress(job, done=len(waiting), total=len(waiting))
    _finish(archive)


def _is_running(archive_pk: int) -> bool:
    return ArchiveImport.objects.filter(pk=archive_pk, state=State.RUNNING).exists()


def _import_sessions(archive: ArchiveImport) -> None:
    """Write the past sessions down first, and give each row of theirs its session."""
    rows = archive.sessions.filter(state=ArchiveSession.State.WAITING).order_by("line")
    for row_pk in list(rows.values_list("pk", flat=True)):
        _import_session(archive, row_pk)
    held = archive_reading.sessions_by_year(archive)
    for row in archive.rows.filter(state="waiting", council_session=None).exclude(session_label=""):
        found = archive_reading.session_named(row.session_label, row.issued_on, held)
        if found is not None:
            ArchiveRow.objects.filter(pk=row.pk).update(council_session=found)


def _import_session(archive: ArchiveImport, row_pk: int) -> None:
    try:
        with transaction.atomic():
            row = (
                ArchiveSession.objects.select_for_update(of=("self",))
                .select_related("term")
                .get(pk=row_pk)
            )
            if row.state == ArchiveSession.State.WAITING:
                _record_session(archive, row)
    except Refusal as refusal:
        ArchiveSession.objects.filter(pk=row_pk).update(
            state=ArchiveSession.State.REFUSED, outcome=str(refusal)[:300]
        )


def _record_session(archive: ArchiveImport, row: ArchiveSession) -> None:
    if row.term is None:  # it may have been added since the list was read
        row.term = archive_reading.term_named(row.term_label, archive.council.terms.all())
    if row.term is None and not row.error:
        row.error = gettext_noop("Hội đồng chưa có nhiệm kỳ này trong hệ thống.")
    if row.error or not (row.term and row.number and row.opens_on and row.closes_on):
        raise Refusal("archive.session_error", row.error or gettext_noop("Dòng chưa đủ."))
    assert archive.submitted_by and archive.approved_by  # noqa: S101, PT018 - a running import
    known = Known(row.number, row.kind, row.opens_on, row.closes_on, row.place)
    row.council_session = past_sessions.record(
        row.term, known, submitted_by=archive.submitted_by, by=archive.approved_by
    )
    row.state = ArchiveSession.State.IMPORTED
    row.full_clean()
    row.save(update_fields=["term", "council_session", "state"])


def _import(archive: ArchiveImport, row_pk: int) -> None:
    row = archive.rows.get(pk=row_pk)
    if not row.error and row.file_id is None:
        row.error = gettext_noop("Không có tệp.")
    if row.error:
        _refuse(row_pk, row.error)
        return
    try:
        with transaction.atomic():
            _publish(archive, row_pk)
    except Refusal as refusal:
        _refuse(row_pk, str(refusal))
    except IntegrityError:
        _refuse(row_pk, gettext_noop("Số này đã có trong hệ thống."))


def _publish(archive: ArchiveImport, row_pk: int) -> None:
    row = ArchiveRow.objects.select_for_update(of=("self",)).select_related("file").get(pk=row_pk)
    if row.state != ArchiveRow.State.WAITING:
        return
    assert row.number and row.year and row.issued_on and row.file  # noqa: S101, PT018 - checked
    by = archive.approved_by
    assert by is not None  # noqa: S101 - a running import was approved
    _register(archive, row, by)
    symbol = numbering.symbol(row.number, row.year, row.kind)
    made = ArchivedResolution(
        council=archive.council, row=row, council_session_id=row.council_session_id,
        session_label=row.session_label, kind=row.kind, year=row.year, number=row.number,
        symbol=str(symbol), slug=symbol.slug, title=row.title, issued_on=row.issued_on,
        effective_on=row.effective_on, signatory=row.signatory, relations=row.relations,
        file=row.file.file.name, media_type=row.file.media_type, size=row.file.size,
        sha256=row.file.sha256, text=row.file.text, published_at=timezone.now(),
    )  # fmt: skip
    made.full_clean(validate_unique=False, validate_constraints=False)
    made.save()
    row.state, row.outcome = ArchiveRow.State.IMPORTED, ""
    row.save(update_fields=["state", "outcome"])
    audit.record(
        "archive.publish", made, by=by, council=archive.council,
        after={"symbol": made.symbol, "year": made.year, "sha256": made.sha256},
    )  # fmt: skip


def _register(archive: ArchiveImport, row: ArchiveRow, by: User) -> None:
    """Write the number into the register as used, by the rules of the paper register.

    A year that was numbered on paper is taken over whole; in one that is numbered here, a past
    number cannot be above what was used before.
    """
    series = locks.series(archive.council, year=row.year or 0, kind=row.kind)
    number = row.number or 0
    if series.entries.filter(number=number).exists():
        raise Refusal("archive.number_used", gettext_noop("Số này đã có trong sổ đăng ký số."))
    if number > series.last:
        if series.last != series.opened_after:
            raise Refusal(
                "archive.number_ahead",
                gettext_noop("Sổ năm %(year)d đã cấp số trên hệ thống đến %(last)d."),
                params={"year": series.year, "last": series.last},
            )
        series.last = series.opened_after = number
        series.save(update_fields=["last", "opened_after"])
    NumberEntry.objects.create(
        series=series, number=number, state=NumberEntry.State.USED, title=row.title,
        taken_by=by, taken_at=timezone.now(), used_at=timezone.now(), issued_on=row.issued_on,
        signatory=row.signatory, reason=gettext_noop("Nhập từ hồ sơ lưu."),
    )  # fmt: skip


def _refuse(row_pk: int, sentence: str) -> None:
    ArchiveRow.objects.filter(pk=row_pk, state="waiting").update(
        state=ArchiveRow.State.REFUSED, outcome=sentence[:300]
    )


def _finish(archive: ArchiveImport) -> None:
    with transaction.atomic():
        held = archives.locked(archive.pk)
        if held.state != State.RUNNING or held.rows.filter(state="waiting").exists():
            return
        held.state, held.finished_at = State.DONE, timezone.now()
        held.save(update_fields=["state", "finished_at"])
        counts = {state: held.rows.filter(state=state).count() for state in ArchiveRow.State.values}
        audit.record("archive.finish", held, by=None, council=held.council, after=counts)
        for name, args in (
            ("portal.index_archive", [held.pk]), ("portal.purge", [held.council.slug]),
        ):  # fmt: skip
            jobs.enqueue(
                name, key=f"{name}.archive.{held.pk}", title="Đưa hồ sơ lưu lên trang công khai",
                args=args, council=held.council,
            )  # fmt: skip
