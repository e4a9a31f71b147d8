"""Make a file readable in a browser: PDF of what is none, pictures of its pages, their text.

Kept by the file's content: the same bytes are rendered once, whoever uploaded them how often.
All reading of the file happens in a process with limits (`sessions.inspection.runner`).
"""

import logging
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Council, Job, User
from council.services import jobs
from sessions.inspection import runner
from sessions.inspection.limits import MEGABYTE, Limits
from sessions.inspection.runner import Outcome, Verdict
from sessions.inspection.tasks import Task
from sessions.models import DocumentVersion, MaskedCopy, Rendition, RenditionPage
from sessions.models.renditions import WIDTHS
from sessions.queries import renditions as queries
from sessions.rules import uploads

JOB: Final = "sessions.render_pages"
PAGES_MAX: Final = 300
"""Pages beyond these are read in the file itself."""
ROUND: Final = 10
"""Pages rendered by one process: what a broken page costs at most."""
CONVERSION: Final = Limits(
    memory=4096 * MEGABYTE, cpu_seconds=110, wall_seconds=110, written_bytes=512 * MEGABYTE,
    open_files=512,
)  # fmt: skip
RENDERING: Final = Limits(memory=1024 * MEGABYTE, cpu_seconds=60, wall_seconds=90)
_BY_MEDIA_TYPE: Final = {kind.media_type: kind for kind in uploads.TYPES.values()}
_PICTURES: Final = (uploads.PNG, uploads.JPEG)
_PROBLEMS: Final = {
    "pdf.encrypted": Rendition.Problem.ENCRYPTED,
    "sheets.no_converter": Rendition.Problem.NO_CONVERTER,
}
_WORTH_ANOTHER_TRY: Final = (Rendition.Problem.NO_CONVERTER, Rendition.Problem.TOO_HEAVY)
logger = logging.getLogger(__name__)


def request(
    version: DocumentVersion | MaskedCopy, *, council: Council, by: User | None
) -> Job | None:
    """Have the pages of a version rendered; runs inside the caller's transaction.

    None where they are rendered already, or cannot be.
    """
    found = Rendition.objects.filter(sha256=version.sha256).first()
    if found is not None and found.problem not in _WORTH_ANOTHER_TRY:
        return None
    return jobs.enqueue(
        JOB,
        key=f"rendition:{version.sha256}",
        title=_("Tạo bản xem trước: %(name)s") % {"name": version.filename[:160]},
        args=[version.sha256],
        council=council,
        by=by,
    )


def run(job: Job) -> None:
    """Render the file that the job names by its content; nothing where no paper has it any more."""
    sha256 = str(job.args[0])
    version = DocumentVersion.objects.filter(sha256=sha256).first()
    masked = MaskedCopy.objects.filter(sha256=sha256).first()
    file = version or masked
    if file is not None:
        made = make(sha256, path=Path(file.file.path), media_type=file.media_type, job=job)
        if masked is not None:
            _add_texts(made, masked.texts)


def _add_texts(made: Rendition, texts: dict[str, str]) -> None:
    """Pages that a mask turned into pictures keep their words, with blocks where it lies."""
    for number, text in texts.items():
        made.pages.filter(number=int(number), text="").update(text=text)


def make(sha256: str, *, path: Path, media_type: str, job: Job | None = None) -> Rendition:
    """The readable form of a file, made now where it is not made yet; also one with a problem."""
    found = Rendition.objects.filter(sha256=sha256).first()
    if found is not None and found.problem not in _WORTH_ANOTHER_TRY:
        return found
    made = _as_pdf(path, media_type)
    if made is not None and not made.is_done:
        return _keep(sha256, problem=_problem(made), pages=[], count=0)
    rendition = Rendition(sha256=sha256, made_at=timezone.now())
    stored = ""
    if made is not None:
        stored = default_storage.save(f"{rendition.folder}/all.pdf", ContentFile(made.content))
        path = Path(default_storage.path(stored))
    pages, count, problem = _pages(path, rendition.folder, job)
    return _keep(sha256, problem=problem, pages=pages, count=count, pdf=stored)


def _as_pdf(path: Path, media_type: str) -> Verdict | None:
    """The file turned into a PDF; None where it is one."""
    kind = _BY_MEDIA_TYPE.get(media_type, uploads.PDF)
    if kind == uploads.PDF:
        return None
    if kind in _PICTURES:
        return runner.run(Task.PICTURE_PDF, path, limits=RENDERING)
    return runner.run(
        Task.OFFICE_PDF, path,
        arguments={"extension": kind.extension}, limits=CONVERSION,
    )  # fmt: skip


def _pages(
    path: Path, folder: str, job: Job | None
) -> tuple[list[RenditionPage], int, Rendition.Problem]:
    """Render round by round; stops at the first round that fails and says why.

    Returns: the rendered pages, how many the file has, and the problem where there is one.
    """
    pages: list[RenditionPage] = []
    count, first = 1, 1
    while first <= min(count, PAGES_MAX):
        verdict = runner.run(
            Task.PAGE_PICTURES, path,
            arguments={"first": first, "last": first + ROUND - 1, "widths": list(WIDTHS)},
            limits=RENDERING,
        )  # fmt: skip
        if not verdict.is_done:
            return pages, count, _problem(verdict)
        count = int(verdict.facts["count"])
        pages += _store(verdict, folder)
        first += ROUND
        if job is not None:
            done = min(first - 1, count, PAGES_MAX)
            jobs.progress(job, done=done, total=min(count, PAGES_MAX), step=_("Vẽ từng trang"))
    return pages, count, Rendition.Problem.NONE if pages else Rendition.Problem.UNREADABLE


def _store(verdict: Verdict, folder: str) -> list[RenditionPage]:
    """Write the pictures of one round into the storage."""
    pages, at = [], 0
    for told in verdict.facts["pages"]:
        for width, size in zip(WIDTHS, told["sizes"], strict=True):
            path = queries.picture_path(folder, told["number"], width)
            default_storage.delete(path)  # of a round that was broken off
            default_storage.save(path, ContentFile(verdict.content[at : at + size]))
            at += size
        pages.append(RenditionPage(number=told["number"], text=told["text"], shape=told["shape"]))
    return pages


def _keep(
    sha256: str, *, problem: str, pages: list[RenditionPage], count: int, pdf: str = ""
) -> Rendition:
    with transaction.atomic():
        rendition, _created = Rendition.objects.update_or_create(
            sha256=sha256,
            defaults={
                "problem": "" if pages else problem or Rendition.Problem.UNREADABLE,
                "page_count": count if pages else 0, "shown_count": len(pages), "pdf": pdf,
                "made_at": timezone.now(),
            },
        )  # fmt: skip
        rendition.pages.all().delete()
        for page in pages:
            page.rendition = rendition
        RenditionPage.objects.bulk_create(pages)
    return rendition


def _problem(verdict: Verdict) -> Rendition.Problem:
    if verdict.outcome in (Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY):
        return Rendition.Problem.TOO_HEAVY
    if verdict.outcome == Outcome.CRASHED:
        logger.warning("rendering failed: %s", verdict.what)
    return _PROBLEMS.get(verdict.code, Rendition.Problem.UNREADABLE)
