"""Real little files for tests: PDF made by typst, DOCX and XLSX by their libraries, pictures."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.writer.excel import save_workbook
from PIL import Image

from sessions.typesetting.agenda import AgendaLine, AgendaPart, AgendaSheet, typeset

MOMENT = datetime(2026, 11, 1, 8, tzinfo=UTC)


def pdf_of(*lines: str, title: str = "Dự họp thử") -> bytes:
    """A PDF whose text layer has these lines."""
    sheet = AgendaSheet(
        issuer_lines=["HỘI ĐỒNG NHÂN DÂN"], symbol_number="", place="Hà Nội", dated=None,
        title=title, standing="", introduction=list(lines),
        parts=[AgendaPart("Buổi sáng", [AgendaLine("1", 0, "Khai mạc")])],
    )  # fmt: skip
    return typeset(sheet, created=MOMENT)


def long_pdf(pages: int, word: str = "Đoạn văn") -> bytes:
    """A PDF of about so many pages."""
    return pdf_of(*[f"{word} số {number}. " + "Nội dung. " * 60 for number in range(pages * 6)])


def docx_of(*lines: str) -> bytes:
    """A Word file of these paragraphs."""
    document, content = docx.Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(content)
    return content.getvalue()


def xlsx_of(*rows: tuple[object, ...]) -> bytes:
    """An Excel file of these rows."""
    workbook, content = Workbook(), BytesIO()
    for row in rows:
        workbook.active.append(row)
    save_workbook(workbook, content)
    return content.getvalue()


def png_of(width: int = 300, height: int = 200) -> bytes:
    """A plain picture."""
    content = BytesIO()
    Image.new("RGB", (width, height), "#dde6f0").save(content, "PNG")
    return content.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content, "application/octet-stream")


def encrypted_pdf(*lines: str) -> bytes:
    """A PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer, content = PdfWriter(), BytesIO()
    writer.append(PdfReader(BytesIO(pdf_of(*lines))))
    writer.encrypt("mat-khau")
    writer.write(content)
    return content.getvalue()


def on_disk(content: bytes, folder: Path | TemporaryDirectory[str], name: str = "tep") -> Path:
    """The bytes as a file."""
    path = Path(folder if isinstance(folder, Path) else folder.name) / name
    path.write_bytes(content)
    return path
