"""Papers: what may be uploaded, who sees which version, four eyes for each release."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from council.services.versions import StaleEdit
from sessions.models import Document, DocumentVersion
from sessions.queries import papers as queries
from sessions.services import papers, uploads
from tests.cast import Cast
from tests.sessions.cleared import cleared
from tests.sessions.desk import (
    JPEG,
    PDF,
    PNG,
    Desk,
    desk_of,
    office,
    pdf,
    refusal_of,
    verbs_of,
)

WORD, EXCEL, SLIDES = "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def stored_files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def test_a_paper_is_stored_hashed_and_seen_by_the_staff_only(desk: Desk, settings: Any) -> None:
    document = desk.paper(item=desk.roots[1], issued_on=date(2026, 11, 1))
    version = document.versions.get()
    assert (version.sha256, version.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert (version.media_type, version.ordinal) == ("application/pdf", 1)
    with version.file.open() as content:
        assert content.read() == PDF
    assert "bao-cao" not in str(version.file.name)
    assert len(stored_files(settings)) == 1
    assert document.visibility == "staff"
    assert verbs_of(document) == ["paper.add"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF), ("a.png", PNG), ("a.jpg", JPEG), ("a.JPEG", JPEG),
        ("a.docx", office(WORD)), ("a.xlsx", office(EXCEL)), ("a.pptx", office(SLIDES)),
    ],
)  # fmt: skip
def test_these_types_are_taken(desk: Desk, name: str, content: bytes) -> None:
    assert desk.paper(file=upload(name, content)).versions.get().size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "upload.empty"),
        ("a.pdf", b"<html><script>alert(1)</script>", "upload.lies"),
        ("a.pdf", PNG, "upload.lies"),
        ("a.pdf", office(WORD), "upload.lies"),
        ("a.docx", office(EXCEL), "upload.lies"),
        ("a.docx", b"PK\x03\x04 not a zip at all", "upload.lies"),
        ("a.docx", office("readme.txt"), "upload.lies"),
        ("a.docx", office(WORD, "word/vbaProject.bin"), "upload.macros"),
        ("a.html", b"<html>", "upload.type_not_allowed"),
        ("a.svg", b"<svg/>", "upload.type_not_allowed"),
        ("a.exe", b"MZ", "upload.type_not_allowed"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(
    desk: Desk, settings: Any, name: str, content: bytes, code: str
) -> None:
    refusal = refusal_of(desk.paper, file=upload(name, content))
    assert (refusal.code, refusal.field) == (code, "file")
    assert not Document.objects.exists()
    assert stored_files(settings) == []


def test_a_file_above_the_limit_is_refused(desk: Desk, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = len(PDF)
    desk.paper()
    refusal = refusal_of(desk.paper, file=pdf(extra=b"x"))
    assert refusal.code == "upload.too_large"
    assert len(stored_files(settings)) == 1


def test_a_refused_row_takes_its_file_away_again(desk: Desk, settings: Any) -> None:
    with pytest.raises(Exception, match="kind|Loại"):
        desk.paper(kind="nonsense")
    assert stored_files(settings) == []


def test_a_large_file_is_never_read_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lon.pdf"
    path.write_bytes(PDF + b"\0" * (8 * 1024 * 1024))
    biggest = 0

    class Watched(File):
        def read(self, size: int = -1) -> bytes:
            nonlocal biggest
            assert self.file is not None
            content: bytes = self.file.read(size)
            biggest = max(biggest, len(content))
            return content

    with path.open("rb") as content:
        stored = uploads.store(Watched(content, name="lon.pdf"), folder="papers/1")
    assert stored.size == path.stat().st_size
    assert biggest <= uploads.CHUNK


def test_an_item_of_another_session_is_refused(desk: Desk) -> None:
    other = desk_of(desk.cast, number=6)
    refusal = refusal_of(desk.paper, item=other.roots[0])
    assert (refusal.code, refusal.field) == ("paper.item_of_another_session", "item")


@pytest.mark.parametrize("name", ["chair", "delegate", "counter1", "admin", "outsider"])
def test_only_those_who_prepare_upload(desk: Desk, name: str) -> None:
    assert refusal_of(desk.paper, by=desk.user(name)).code == "access.denied"


def test_release_is_a_second_persons(desk: Desk) -> None:
    document = desk.paper(by=desk.user("approver"))
    own = refusal_of(papers.release, document, visibility="delegates", by=desk.user("approver"))
    assert own.code == "paper.own_release"
    clerk = refusal_of(papers.release, document, visibility="delegates", by=desk.user("clerk"))
    assert clerk.code == "access.denied"
    papers.release(document, visibility="delegates", by=desk.user("chair"))
    document.refresh_from_db()
    assert (document.visibility, document.released_by) == ("delegates", desk.user("chair"))
    again = refusal_of(papers.release, document, visibility="delegates", by=desk.user("chair"))
    assert again.code == "paper.already_released"
    assert verbs_of(document) == ["paper.add", "paper.release"]


def test_a_release_only_widens(desk: Desk) -> None:
    document = desk.paper()
    papers.release(document, visibility="public", by=desk.user("approver"))
    for narrower in ("delegates", "staff"):
        refusal = refusal_of(
            papers.release, document, visibility=narrower, by=desk.user("approver")
        )
        assert refusal.code == "paper.not_wider"


def read_by_delegates(desk: Desk, document: Document) -> int | None:
    version = queries.delegate_version(desk.cast.council, document.pk)
    return version.ordinal if version else None


def read_by_public(desk: Desk, document: Document) -> int | None:
    version = queries.public_version(desk.cast.council.slug, document.pk)
    return version.ordinal if version else None


def test_readers_see_the_released_version_until_the_next_is_released(desk: Desk) -> None:
    document = desk.paper()
    assert read_by_delegates(desk, document) is None
    papers.release(document, visibility="delegates", by=desk.user("approver"))
    assert read_by_delegates(desk, document) is None, "the session is not convened"
    desk.convene()
    assert (read_by_delegates(desk, document), read_by_public(desk, document)) == (1, None)
    papers.add_version(
        document, file=pdf(extra=b"2"), change_note="sửa số liệu", by=desk.user("clerk")
    )
    assert read_by_delegates(desk, document) == 1
    assert queries.waiting_for_release(desk.council_session).get() == document
    cleared(document)
    papers.release(document, visibility="public", by=desk.user("approver"))
    assert (read_by_delegates(desk, document), read_by_public(desk, document)) == (2, 2)
    assert not queries.waiting_for_release(desk.council_session).exists()


def test_nobody_reads_papers_of_another_council(desk: Desk) -> None:
    document = desk.paper()
    papers.release(document, visibility="public", by=desk.user("approver"))
    desk.convene()
    assert queries.delegate_version(desk.cast.other_council, document.pk) is None
    assert queries.public_version(desk.cast.other_council.slug, document.pk) is None


def test_the_same_file_is_no_new_version(desk: Desk, settings: Any) -> None:
    document = desk.paper()
    refusal = refusal_of(
        papers.add_version, document, file=pdf(), change_note="", by=desk.user("clerk")
    )
    assert refusal.code == "paper.same_file"
    assert (DocumentVersion.objects.count(), len(stored_files(settings))) == (1, 1)


def test_a_withdrawn_paper_is_read_by_nobody_and_stays_in_the_books(desk: Desk) -> None:
    document = desk.paper()
    papers.release(document, visibility="public", by=desk.user("approver"))
    desk.convene()
    clerk = refusal_of(papers.withdraw, document, reason="Sai", by=desk.user("clerk"))
    assert clerk.code == "access.denied"
    blank = refusal_of(papers.withdraw, document, reason=" ", by=desk.user("approver"))
    assert blank.code == "paper.reason_missing"
    papers.withdraw(document, reason="Sai số liệu", by=desk.user("approver"))
    assert (read_by_delegates(desk, document), read_by_public(desk, document)) == (None, None)
    document.refresh_from_db()
    assert document.versions.count() == 1
    for verb, values in (
        (papers.withdraw, {"reason": "Nữa", "by": desk.user("approver")}),
        (papers.release, {"visibility": "public", "by": desk.user("approver")}),
        (papers.add_version, {"file": pdf(), "change_note": "", "by": desk.user("clerk")}),
    ):
        assert refusal_of(verb, document, **values).code == "paper.withdrawn"


def test_a_clerk_withdraws_what_only_the_staff_saw(desk: Desk) -> None:
    document = desk.paper()
    papers.withdraw(document, reason="Nhầm tệp", by=desk.user("clerk"))
    document.refresh_from_db()
    assert document.withdrawn_at is not None


def described(document: Document, **changes: Any) -> dict[str, Any]:
    given = {name: getattr(document, name) for name in papers.FIELDS}
    return {**given, **changes}


def test_editing_checks_the_version_and_stops_at_the_public(desk: Desk) -> None:
    document, clerk = desk.paper(), desk.user("clerk")
    papers.edit(document, **described(document, title="Báo cáo mới"), version=1, by=clerk)
    with pytest.raises(StaleEdit):
        papers.edit(document, **described(document, title="Khác"), version=1, by=clerk)
    far = refusal_of(papers.edit, document, **described(document, issued_on=date.max), by=clerk)
    assert (far.code, far.field) == ("date.implausible", "issued_on")
    papers.release(document, visibility="public", by=desk.user("approver"))
    public = refusal_of(papers.edit, document, **described(document), by=clerk)
    assert public.code == "paper.is_public"
    document.refresh_from_db()
    assert document.title == "Báo cáo mới"
