"""The worker's part of an upload: look through the file, guess what it is, or refuse it.

The file is read in a process with limits (`sessions.inspection`); the worker only hears how that
ended. What passed waits for the clerk, or becomes the new version that it was sent for.
"""

import logging
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from council.models import Job
from council.rules.refusals import Refusal
from council.services import audit, jobs
from sessions.inspection import runner
from sessions.inspection.limits import Limits
from sessions.inspection.runner import Outcome, Verdict
from sessions.inspection.tasks import Task
from sessions.models import PaperUpload
from sessions.rules import paper_guess, refused_files, uploads
from sessions.rules.uploads import FileType
from sessions.services import admissions, intake, photographs, quarantine

LIMITS: Final = Limits(cpu_seconds=30, wall_seconds=60.0)
BUSY_TRIES: Final = 3
"""So often a file may run into the clock on the wall: perhaps the machine was busy."""
_FIRST_PAGE: Final = {"first": 0, "count": 1, "characters": 8000}
logger = logging.getLogger(__name__)
State = PaperUpload.State


def check(job: Job, upload_pk: int) -> None:
    """Look through one file; a no-op where that is done.

    Raises:
        Refusal: what the file is refused for; it is written down and the file is gone.
        TimeoutError: the machine was too busy; the job is tried again.
    """
    upload = _waiting(upload_pk)
    if upload is None:
        return
    jobs.progress(job, done=0, total=2, step="Tìm nội dung không an toàn")
    refusal = inspect(upload, attempts=job.attempts)
    if refusal is not None:
        _refuse(upload_pk, refusal)
        raise refusal
    as_it_came, upload = upload.sha256, _without_traces(upload)
    jobs.progress(job, done=1, total=2, step="Đọc trang đầu")
    if upload.document is not None:
        try:
            admissions.as_version(upload, upload.document)
        except Refusal as late:
            _refuse(upload_pk, late)
            raise
    else:
        _pass(upload_pk, {**first_guess(upload), "cleaned": upload.sha256 != as_it_came})


def _waiting(upload_pk: int) -> PaperUpload | None:
    return (
        PaperUpload.objects.filter(pk=upload_pk, state=State.WAITING)
        .select_related("council_session__term__council", "document", "uploaded_by")
        .first()
    )


def inspect(upload: PaperUpload, *, attempts: int = BUSY_TRIES) -> Refusal | None:
    """Why the file is refused; None where nothing was found."""
    path, kind = quarantine.path_of(upload), uploads.type_by_name(upload.filename)
    if not path.exists() or quarantine.digest(upload) != upload.sha256:
        return refused_files.refusal_of("file.changed")
    task = _TASKS[kind]
    verdict = runner.run(task, path, arguments={"kind": kind.extension}, limits=LIMITS)
    logger.info("upload %s: %s %s %s", upload.pk, verdict.outcome, verdict.code, verdict.what)
    is_busy = verdict.outcome == Outcome.TIMED_OUT and verdict.what == runner.WALL
    if is_busy and attempts < BUSY_TRIES:
        raise TimeoutError
    return _refusal(verdict)


def refusal_of(path: Path, kind: FileType) -> Refusal | None:
    """Why a file that comes by another way than an upload is refused; None where nothing is found.

    The whole check of uploads, in a process with limits: active content, bombs, polyglots.
    """
    return _refusal(
        runner.run(_TASKS[kind], path, arguments={"kind": kind.extension}, limits=LIMITS)
    )


_TASKS: Final = {
    uploads.PDF: Task.INSPECT_PDF, uploads.PNG: Task.INSPECT_IMAGE,
    uploads.JPEG: Task.INSPECT_IMAGE, uploads.DOCX: Task.INSPECT_OFFICE,
    uploads.XLSX: Task.INSPECT_OFFICE, uploads.PPTX: Task.INSPECT_OFFICE,
}  # fmt: skip
_CODES: Final = {
    Outcome.TIMED_OUT: "file.too_heavy", Outcome.OUT_OF_MEMORY: "file.too_much_memory",
    Outcome.CRASHED: "file.unreadable",
}  # fmt: skip


def _refusal(verdict: Verdict) -> Refusal | None:
    if verdict.is_done:
        return None
    if verdict.outcome == Outcome.FOUND:
        return refused_files.refusal_of(verdict.code, verdict.params)
    return refused_files.refusal_of(_CODES[verdict.outcome])


def first_guess(upload: PaperUpload) -> dict[str, Any]:
    """What the form is filled with, as JSON values."""
    page = _first_page(quarantine.path_of(upload), uploads.type_by_name(upload.filename))
    found = asdict(paper_guess.guess(upload.filename, page))
    day = found["issued_on"]
    return {**found, "issued_on": day.isoformat() if day else ""}


def _first_page(path: Path, kind: uploads.FileType) -> str:
    if kind in uploads.PICTURES:
        return ""
    task = Task.PDF_TEXT if kind == uploads.PDF else Task.OFFICE_TEXT
    asked = {"kind": kind.extension, **_FIRST_PAGE}
    verdict = runner.run(task, path, arguments=asked, limits=LIMITS)
    pages = verdict.facts.get("pages") or [""]
    return str(pages[0])


def _without_traces(upload: PaperUpload) -> PaperUpload:
    """A photograph loses place, owner and device; the audit log keeps the hash it came with.

    The new bytes lie under a new key, so that row and file agree whenever the worker dies.
    """
    kind = uploads.type_by_name(upload.filename)
    try:
        content = photographs.cleaned(quarantine.path_of(upload), kind)
    except Refusal as refusal:
        _refuse(upload.pk, refusal)
        raise
    if content is None:
        return upload
    with transaction.atomic():
        held = _locked(upload.pk)
        if held is None:
            return upload
        old_key, before = held.key, {"sha256": held.sha256, "size": held.size}
        held.key, held.touched_at = secrets.token_hex(16), timezone.now()
        quarantine.write(held, 0, content)
        held.sha256, held.size = quarantine.digest(held), len(content)
        held.received = held.size
        held.full_clean()
        held.save(update_fields=["key", "touched_at", "sha256", "size", "received"])
        audit.record(
            "upload.clean", held, by=None, council=held.council_session.term.council,
            before=before, after={"sha256": held.sha256, "size": held.size},
        )  # fmt: skip
        transaction.on_commit(lambda: quarantine.discard(old_key))
    return _waiting(upload.pk) or held


def _locked(upload_pk: int) -> PaperUpload | None:
    return (
        PaperUpload.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council", "document")
        .filter(pk=upload_pk, state=State.WAITING)
        .first()
    )


def _refuse(upload_pk: int, refusal: Refusal) -> None:
    with transaction.atomic():
        held = _locked(upload_pk)
        if held is not None:
            intake.refuse(held, refusal, by=None)


def _pass(upload_pk: int, guess: dict[str, Any]) -> None:
    with transaction.atomic():
        held = _locked(upload_pk)
        if held is not None:
            held.state, held.guess, held.touched_at = State.PASSED, guess, timezone.now()
            held.full_clean()
            held.save(update_fields=["state", "guess", "touched_at"])
