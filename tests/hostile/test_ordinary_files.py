"""Thirty ordinary documents made by LibreOffice pass; their words and particulars are read."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File

from council.services import jobs
from sessions.models import PaperUpload, VersionText
from sessions.services import admissions
from tests import libreoffice
from tests.cast import Cast
from tests.hostile import ordinary
from tests.sessions.desk import desk_of

pytestmark = [
    pytest.mark.broker,  # as slow as what needs a worker
    pytest.mark.once,
    pytest.mark.skipif(libreoffice.SOFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.timeout(420),
]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return ordinary.make(tmp_path_factory.mktemp("ordinary"))


def test_ordinary_documents_pass_and_are_read(cast: Cast, documents: list[Path]) -> None:
    assert len(documents) >= 30
    desk = desk_of(cast)
    for path in documents:
        with path.open("rb") as stream:
            desk.upload(File(stream, name=path.name))
    jobs.run_due()
    found = {upload.filename: upload for upload in PaperUpload.objects.all()}
    assert {name: x.refusal_sentence for name, x in found.items() if x.state != "passed"} == {}
    report = PaperUpload.objects.filter(filename__startswith="Báo cáo số 191", size__gt=0).first()
    assert report is not None
    assert report.guess["number"] == "191/BC-UBND"
    assert report.guess["issued_on"] == "2023-12-01"
    assert report.guess["kind"] == "report"
    assert report.guess["issuer"] == "UBND quận Mẫu"


def first_of(documents: list[Path], *endings: str) -> list[Path]:
    return [next(path for path in documents if path.name.endswith(ending)) for ending in endings]


def test_their_words_are_found_without_marks(cast: Cast, documents: list[Path]) -> None:
    desk = desk_of(cast)
    chosen = first_of(documents, ".docx", ".xlsx", ".pptx", ".pdf")
    for path in chosen:
        with path.open("rb") as stream:
            upload = desk.upload(File(stream, name=path.name))
        jobs.run_due()
        upload.refresh_from_db()
        admissions.as_paper(
            upload, item=None, kind="report", title=path.name, by=desk.user("clerk")
        )
    jobs.run_due()
    texts = list(VersionText.objects.order_by("pk"))
    assert [row.state for row in texts] == ["done"] * 4
    words = ("uy ban nhan dan", "khoan thu", "uy ban", "khoan thu")
    for row, word in zip(texts, words, strict=True):
        assert word in row.folded


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize("ending", ["quét tờ trình.pdf", "Ảnh văn bản.png"])
def test_a_scan_is_read_by_tesseract(cast: Cast, documents: list[Path], ending: str) -> None:
    desk = desk_of(cast)
    (path,) = first_of(documents, ending)
    with path.open("rb") as stream:
        document: Any = desk.paper(file=File(stream, name=path.name))
    jobs.run_due()
    row = VersionText.objects.get(version=document.versions.get())
    assert (row.state, row.note) == ("done", "ocr")
    assert "phan bo ngan sach" in row.folded
    assert (row.read_count, row.page_count) == (1, 1)
