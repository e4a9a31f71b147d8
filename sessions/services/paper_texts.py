"""The words of each version, read by the worker in a process with limits.

Pages that hold no letters are pictures of pages: tesseract reads them, one at a time, where it is
installed. A worker that dies leaves whole pages; the next one goes on after them.
"""

import time
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from council.models import Job, User
from council.services import jobs
from sessions.inspection import runner
from sessions.inspection.limits import Limits
from sessions.inspection.tasks import Task
from sessions.models import DocumentVersion, VersionText
from sessions.rules import paper_words, uploads
from sessions.services import locks

JOB: Final = "sessions.read_paper"
PAGES_A_CALL: Final = 100
OCR_PAGES_MAX: Final = 300
BUDGET_S: Final = 30.0
"""Seconds of one job; the rest of a long scan waits behind other people's work."""
_READING: Final = Limits(cpu_seconds=40, wall_seconds=70.0)
_OCR: Final = Limits(cpu_seconds=70, wall_seconds=80.0, open_files=128)
State, Note = VersionText.State, VersionText.Note


def request(version: DocumentVersion, *, by: User | None, read: int = 0) -> None:
    """Ask for the words of a version, or for those of its pages that are not read yet."""
    jobs.enqueue(
        JOB, key=f"{JOB}:{version.pk}:{read}", args=[version.pk],
        council=locks.council_of(version.document.council_session), by=by,
        title=f"Đọc chữ trong tệp {version.filename}"[:200],
    )  # fmt: skip


def read(job: Job, version_pk: int) -> None:
    """Read what is not read yet, as far as this job's time goes; a no-op where all is read."""
    version = DocumentVersion.objects.select_related(
        "document__council_session__term__council", "uploaded_by"
    ).get(pk=version_pk)
    row, _made = VersionText.objects.get_or_create(
        version=version, defaults={"updated_at": timezone.now()}
    )
    if row.state in (State.DONE, State.FAILED):
        return
    path = Path(version.file.path)
    if not row.pages:
        _read_letters(job, row, path)
    started = time.monotonic()
    while None in row.pages and time.monotonic() - started < BUDGET_S:
        _read_picture(job, row, path)
    if None in row.pages:
        request(version, by=None, read=row.read_count)
        return
    has_words = any(row.pages)
    _keep(
        row, state=State.DONE if has_words or row.note else State.FAILED,
        note=row.note if has_words or row.note else Note.UNREADABLE,
        folded=paper_words.folded(row.pages),
    )  # fmt: skip


def _keep(row: VersionText, **values: Any) -> None:
    if "pages" in values:
        pages = values["pages"]
        values["page_count"] = len(pages)
        values["read_count"] = len(pages) - pages.count(None)
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = timezone.now()
    row.full_clean(exclude=["version"])
    row.save(update_fields=[*values, "updated_at"])


def _kind(row: VersionText) -> uploads.FileType:
    return uploads.type_by_name(row.version.filename)


def _read_letters(job: Job, row: VersionText, path: Path) -> None:
    """What lies in the file as text; pages without any are left open for the pictures."""
    kind, pages, note = _kind(row), list[str | None](), row.note
    if kind in uploads.PICTURES:
        pages = [None]
    elif kind == uploads.PDF:
        pages, note = _pdf_pages(job, path)
    else:
        verdict = runner.run(
            Task.OFFICE_TEXT, path, arguments={"kind": kind.extension}, limits=_READING
        )
        pages = [paper_words.clean(page) for page in verdict.facts.get("pages", [])]
    _keep(row, pages=pages or [""], note=note, state=State.READING)


def _pdf_pages(job: Job, path: Path) -> tuple[list[str | None], str]:
    pages, total = list[str | None](), 1
    while len(pages) < total:
        asked = {"first": len(pages), "count": PAGES_A_CALL}
        verdict = runner.run(Task.PDF_TEXT, path, arguments=asked, limits=_READING)
        if not verdict.facts.get("pages"):
            break
        total = int(verdict.facts["total"])
        cleaned = [paper_words.clean(page) for page in verdict.facts["pages"]]
        pages += [None if paper_words.is_scanned(page) else page for page in cleaned]
        jobs.progress(job, done=len(pages), total=total, step="Đọc chữ trong tệp")
    open_pages = [number for number, page in enumerate(pages) if page is None]
    for number in open_pages[OCR_PAGES_MAX:]:
        pages[number] = ""
    return pages, Note.TOO_LONG if len(open_pages) > OCR_PAGES_MAX else ""


def _read_picture(job: Job, row: VersionText, path: Path) -> None:
    """One page by tesseract; without it the rest stays without words, and the page says so."""
    number = row.pages.index(None)
    jobs.progress(job, done=number, total=len(row.pages), step="Nhận dạng chữ trên bản quét")
    asked = {"number": number, "is_picture": _kind(row) in uploads.PICTURES}
    verdict = runner.run(Task.OCR_PAGE, path, arguments=asked, limits=_OCR)
    pages, note = list(row.pages), row.note or Note.OCR
    if verdict.code == "ocr.missing":
        pages, note = [page or "" for page in pages], Note.NO_OCR
    else:
        pages[number] = paper_words.clean(verdict.facts.get("text", ""))
    _keep(row, pages=pages, note=note)
