"""Made-up archives: a list and a ZIP of small PDF files. Every number and name is invented."""

import csv
import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from resolutions.models import ArchiveImport
from resolutions.services import archives
from tests.cast import Cast

HEAD = ["Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Kỳ họp", "Người ký", "Tệp", "Thay thế"]


def pdf(title: str = "mẫu") -> bytes:
    """One empty page; each title makes other bytes."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def table(rows: list[list[Any]]) -> SimpleUploadedFile:
    """The list as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return SimpleUploadedFile("bang-ke.csv", text.getvalue().encode("utf-8-sig"))


def bundle(files: dict[str, bytes]) -> SimpleUploadedFile:
    """The files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("ho-so.zip", out.getvalue())


def row(number: int, year: int = 2019, **more: str) -> list[str]:
    """One row of the list."""
    given = {"day": f"05/07/{year}", "title": f"Về việc mẫu số {number}", "session": "", "file": ""}
    said = {**given, **more}
    return [
        f"{number:02d}/NQ-HĐND", said["day"], said["title"], said["session"], "Nguyễn Văn Mẫu",
        said["file"], "",
    ]  # fmt: skip


SESSION_HEAD = ["Nhiệm kỳ", "Kỳ họp", "Loại", "Khai mạc", "Bế mạc", "Địa điểm"]


def sessions_table(rows: list[list[Any]]) -> SimpleUploadedFile:
    """The list of past sessions as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([SESSION_HEAD, *rows])
    return SimpleUploadedFile("ky-hop.csv", text.getvalue().encode("utf-8-sig"))


def handed_in(
    cast: Cast,
    rows: list[list[str]],
    files: dict[str, bytes],
    *,
    sessions: list[list[str]] | None = None,
) -> ArchiveImport:
    """An import that waits for the worker."""
    return archives.hand_in(
        cast.council, title="Nghị quyết cũ", table=table(rows), bundle=bundle(files),
        session_table=sessions_table(sessions) if sessions else None, by=cast.user["clerk"],
    )  # fmt: skip
