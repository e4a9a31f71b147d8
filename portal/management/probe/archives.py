"""Past resolutions of a probe council: one import that is out, one that waits for a decision."""

import csv
import io
import zipfile
from datetime import date
from typing import Final

from django.core.files.base import ContentFile

from portal.management.demo import papers as demo_papers
from portal.management.demo.stage import Stage, work_off
from portal.management.probe.words import Words
from resolutions.models import ArchiveImport
from resolutions.services import archives
from sessions.models import Session

COLUMNS: Final = (
    "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Kỳ họp", "Người ký", "Tệp", "Thay thế",
)  # fmt: skip
SESSION_COLUMNS: Final = ("Nhiệm kỳ", "Kỳ họp", "Loại", "Khai mạc", "Bế mạc", "Địa điểm")


def bring(stage: Stage, words: Words, held: Session) -> None:
    """Both imports; each file says what it is in a canary."""
    first = handed_in(stage, words, held, number=words.number(101, 300))
    archives.submit(first, by=stage.clerk)
    archives.approve(first, by=stage.approver)
    work_off()
    handed_in(stage, words, held, number=words.number(301, 500))


def handed_in(stage: Stage, words: Words, held: Session, *, number: int) -> ArchiveImport:
    """A list of one resolution with its file, one that cannot be read, and one past session."""
    year = held.opens_on.year - 1
    name = f"{number}.pdf"
    row = [
        f"{number}/NQ-HĐND", date(year, 7, 5).strftime("%d/%m/%Y"), words.text("Về việc cũ"),
        words.text("Kỳ họp"), words.person(), name, words.text("Thay thế Nghị quyết"),
    ]  # fmt: skip
    bad = [words.word(), "không rõ", words.text("Về việc không rõ"), "", words.person(), "", ""]
    past = [words.text("Khóa"), words.text("thứ"), "thường lệ", "", "", words.text("Hội trường")]
    archive = archives.hand_in(
        stage.council, title=words.text("Nghị quyết cũ"),
        table=sheet("bang-ke.csv", [*COLUMNS, words.text("Cột lạ")], [[*row, ""], [*bad, ""]]),
        session_table=sheet("ky-hop.csv", list(SESSION_COLUMNS), [past]),
        bundle=bundle(
            {
                name: demo_papers.sheet(stage, held, words.text("Nội dung văn bản cũ")),
                f"{words.word()}.exe": words.text("MZ").encode(),
            }
        ),
        by=stage.clerk,
    )  # fmt: skip
    work_off()
    return ArchiveImport.objects.get(pk=archive.pk)


def sheet(name: str, columns: list[str], rows: list[list[str]]) -> "ContentFile[bytes]":
    """A table as CSV with a byte order mark, as Excel writes it."""
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return ContentFile(text.getvalue().encode("utf-8-sig"), name=name)


def bundle(files: dict[str, bytes]) -> "ContentFile[bytes]":
    """The files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return ContentFile(out.getvalue(), name="ho-so.zip")
