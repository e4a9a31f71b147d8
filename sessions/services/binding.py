"""Put the files of a session together: a ZIP with folders, or one PDF with bookmarks.

The ZIP takes the files as they are; the PDF takes their pages, in a process with limits.
"""

import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Job
from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from council.services import jobs
from sessions.inspection import runner
from sessions.inspection.limits import MEGABYTE, Limits
from sessions.inspection.tasks import Task
from sessions.models import Rendition, Session, Visibility
from sessions.queries import reading, sheets
from sessions.queries.reading import Part, ReadableFile
from sessions.rules.archive_names import Names, file_name, safe_part
from sessions.services import renditions
from sessions.typesetting import archive_index, bundle
from sessions.typesetting.archive_index import IndexedFile, IndexedSection
from sessions.typesetting.bundle import AttachedFile, BoundPaper, BoundSection, BundleFront

INDEX: Final = "MUC-LUC.html"
STAMP: Final = (2000, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the same content, the same bytes."""
FOLDER_MAX: Final = 60
PAGES_BYTES_MAX: Final = 250 * MEGABYTE
"""Files beyond this sum are named on the sheet of attachments; one PDF must stay openable."""
BINDING: Final = Limits(
    memory=2048 * MEGABYTE, cpu_seconds=150, wall_seconds=150, written_bytes=600 * MEGABYTE,
    open_files=512,
)  # fmt: skip
_FOR: Final = {
    Visibility.STAFF: "Bản dùng trong Văn phòng: có cả tài liệu chưa phát hành.",
    Visibility.DELEGATES: "Tài liệu đã phát hành cho đại biểu.",
    Visibility.PUBLIC: "Tài liệu đã công khai.",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A bundle that was just made, in a folder that is about to go."""

    path: Path
    attached_count: int = 0
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A file that goes into the PDF: where its pages lie and how many there are."""

    one: ReadableFile
    path: Path
    count: int


def zip_of(
    held: Session, readers: str, parts: list[Part], *, folder: Path, job: Job | None = None
) -> Bound:
    """All files in folders by agenda item, and an index that opens in a browser."""
    path, names, sections, done = folder / "all.zip", Names(), [], 0
    total = sum(len(part.files) for part in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for part in parts:
            inside, rows = folder_name(part), []
            for place, one in enumerate(part.files, start=1):
                name = names.take(f"{inside}/{paper_file_name(place, one)}")
                info = zipfile.ZipInfo(name, STAMP)
                info.external_attr = 0o644 << 16
                with one.file.open("rb") as source, archive.open(info, "w", force_zip64=True) as to:
                    for chunk in source.chunks():
                        to.write(chunk)
                rows.append(IndexedFile(name, _name(one), one.document.title, _details(one)))
                done += 1
                tell(job, done, total + 1, _("Gộp từng tệp"))
            sections.append(IndexedSection(_heading(part), rows))
        index = archive_index.page(
            f"Tài liệu {sheets.session_title(held)}", _lead(held, readers), sections
        )
        archive.writestr(zipfile.ZipInfo(INDEX, STAMP), index, zipfile.ZIP_DEFLATED)
    tell(job, total + 1, total + 1, _("Gộp từng tệp"))
    return Bound(path)


def folder_name(part: Part) -> str:
    """``02.01 Báo cáo kinh tế - xã hội``: sorts as the agenda is read."""
    number = ".".join(piece.zfill(2) for piece in part.label.split(".")) if part.label else "00"
    return f"{number} {safe_part(part.title, limit=FOLDER_MAX)}"


def paper_file_name(place: int, one: ReadableFile) -> str:
    """``01 Báo cáo 394-BC-UBND Về tình hình….pdf``."""
    extension = one.filename.rpartition(".")[2] if "." in one.filename else ""
    return file_name(f"{place:02d} {_name(one)} {one.document.title}", extension)


def pdf_of(
    held: Session, readers: str, parts: list[Part], *, folder: Path, job: Job | None = None
) -> Bound:
    """One PDF: cover, contents, every paper that has pages; the others are named on a sheet.

    Raises:
        Refusal: ``bundle.too_heavy``, ``bundle.not_bound``, ``document.letter_missing``.
    """
    pages, attached = _gather(parts, job)
    for _turn in range(2):
        made, failed = _bind(held, readers, parts, pages, attached, folder)
        if not failed:
            return made
        for one in [page.one for place, page in enumerate(pages.values()) if place in failed]:
            del pages[one.version.pk]
            attached[one.version.pk] = "Tệp PDF hỏng nên không lấy được trang."
    raise Refusal(
        "bundle.not_bound",
        gettext_noop("Không gộp được các tệp này thành một PDF. Hãy dùng tệp ZIP."),
    )


def _gather(parts: list[Part], job: Job | None) -> tuple[dict[int, Page], dict[int, str]]:
    """Which files have pages, and why the others have none; both by version."""
    files = [one for part in parts for one in part.files]
    pages: dict[int, Page] = {}
    attached: dict[int, str] = {}
    budget = PAGES_BYTES_MAX
    for done, one in enumerate(files):
        tell(job, done, len(files) + 1, _("Đọc từng tệp"))
        made = renditions.make(one.sha256, path=Path(one.file.path), media_type=one.media_type)
        path = Path(made.pdf.path) if made.pdf else Path(one.file.path)
        if made.problem:
            attached[one.version.pk] = _reason(made)
        elif (budget := budget - path.stat().st_size) < 0:
            attached[one.version.pk] = "Vượt quá dung lượng của một tệp PDF."
        else:
            pages[one.version.pk] = Page(one, path, made.page_count)
    tell(job, len(files), len(files) + 1, _("Gộp các trang"))
    return pages, attached


def _reason(made: Rendition) -> str:
    return {
        Rendition.Problem.ENCRYPTED: "Tệp đặt mật khẩu.",
        Rendition.Problem.TOO_HEAVY: "Tệp quá nặng để chuyển thành trang.",
        Rendition.Problem.NO_CONVERTER: "Máy chủ chưa có LibreOffice để chuyển sang PDF.",
    }.get(Rendition.Problem(made.problem), "Không đọc được trang nào.")


def _bind(
    held: Session, readers: str, parts: list[Part], pages: dict[int, Page],
    attached: dict[int, str], folder: Path,
) -> tuple[Bound, list[int]]:  # fmt: skip
    """The whole PDF, or the places of the files whose pages could not be taken."""
    sections, bookmarks, starts = _contents(parts, pages)
    front = folder / "front.pdf"
    title = f"Tài liệu {sheets.session_title(held)}"
    moment = reading.newest_moment(parts, datetime.combine(held.opens_on, time(), UTC))
    front.write_bytes(
        bundle.typeset(
            BundleFront(
                council_upper=str(held.term.council).upper(),
                session=sheets.session_title(held), days=_days(held),
                readers=_FOR[Visibility(readers)], standing=_standing(moment),
                sections=sections, attached=_attached(parts, attached),
                note=held.illustrative_note or held.term.council.notice,
            ),
            created=moment,
        )
    )  # fmt: skip
    verdict = runner.run(
        Task.BIND, front,
        arguments={
            "parts": [str(page.path) for page in pages.values()], "bookmarks": bookmarks,
            "title": title,
        },
        limits=BINDING,
    )  # fmt: skip
    if not verdict.is_done:
        raise Refusal(
            "bundle.too_heavy",
            gettext_noop("Các tệp này quá nặng để gộp thành một PDF. Hãy dùng tệp ZIP."),
        )
    if verdict.facts["failed"]:
        return Bound(front), list(verdict.facts["failed"])
    path = folder / "all.pdf"
    path.write_bytes(verdict.content)
    return Bound(path, len(attached), starts - 1), []


def _contents(
    parts: list[Part], pages: dict[int, Page]
) -> tuple[list[BoundSection], list[list[object]], int]:
    """Sections of the contents, bookmarks, and the page behind the last one."""
    sections: list[BoundSection] = []
    bookmarks: list[list[object]] = []
    place, page = 0, 1
    for part in parts:
        bound = [one for one in part.files if one.version.pk in pages]
        if not bound:
            continue
        bookmarks.append([_heading(part), 0, place])
        rows = []
        for one in bound:
            rows.append(BoundPaper(_name(one), one.document.title, place, page))
            bookmarks.append([f"{_name(one)}. {one.document.title}", 1, place])
            place, page = place + 1, page + pages[one.version.pk].count
        sections.append(BoundSection(part.label, part.title, part.depth, rows))
    return sections, bookmarks, page


def _attached(parts: list[Part], attached: dict[int, str]) -> list[AttachedFile]:
    return [
        AttachedFile(_name(one), one.document.title, one.filename, attached[one.version.pk])
        for part in parts
        for one in part.files
        if one.version.pk in attached
    ]


def _name(one: ReadableFile) -> str:
    return sheets.paper_name(one.document.kind, one.document.number)


def _heading(part: Part) -> str:
    return f"{part.label}. {part.title}" if part.label else part.title


def _details(one: ReadableFile) -> str:
    paper = one.document
    day = figures.date_short(paper.issued_on) if paper.issued_on else ""
    return " · ".join(words for words in (paper.issuer, day, one.filename) if words)


def _days(held: Session) -> str:
    first, last = (figures.date_in_document(day) for day in (held.opens_on, held.closes_on))
    return first if held.opens_on == held.closes_on else f"Từ {first} đến {last}"


def _standing(moment: datetime) -> str:
    day = figures.date_short(timezone.localdate(moment))
    return f"Tài liệu mới nhất trong bộ này được tải lên ngày {day}."


def _lead(held: Session, readers: str) -> list[str]:
    note = held.illustrative_note or held.term.council.notice
    return [_days(held), _FOR[Visibility(readers)], note]


def tell(job: Job | None, done: int, total: int, step: str) -> None:
    """Progress, where a job waits for it."""
    if job is not None:
        jobs.progress(job, done=done, total=total, step=step)
