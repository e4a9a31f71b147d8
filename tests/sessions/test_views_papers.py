"""The papers' pages: uploads good and bad, four eyes, and how files are served."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.models import Document, PaperUpload
from sessions.services import papers, quarantine
from tests.cast import Cast
from tests.hostile.kit import document
from tests.sessions.desk import PDF, PNG, Desk, desk_of, pdf

WORK = "/lam-viec/tinh-thu"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


@pytest.fixture
def clerk(desk: Desk, client: Client) -> Client:
    client.force_login(desk.user("clerk"))
    return client


def listing(desk: Desk) -> str:
    return f"{WORK}/ky-hop/{desk.council_session.pk}/tai-lieu/"


def plain(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def typed(**changes: Any) -> dict[str, Any]:
    given = {
        "kind": "report", "title": "Báo cáo kinh tế – xã hội", "number": "394/BC-UBND",
        "issued_on": "2026-11-20", "issuer": "UBND tỉnh", "item": "",
    }  # fmt: skip
    return {**given, **changes}


def row(upload: PaperUpload, **changes: Any) -> dict[str, Any]:
    """What the clerk types into the row of a file that passed."""
    return {f"u{upload.pk}-{name}": value for name, value in typed(**changes).items()}


def passed(desk: Desk, run_jobs: Any, **values: Any) -> PaperUpload:
    upload = desk.upload(SimpleUploadedFile("bao-cao.pdf", document()), **values)
    run_jobs()
    upload.refresh_from_db()
    assert upload.state == "passed"
    return upload


def test_a_paper_is_uploaded_and_waits_for_release(
    desk: Desk, clerk: Client, run_jobs: Any
) -> None:
    item = desk.roots[1]
    file = SimpleUploadedFile(
        "Báo cáo số 394_BC-UBND ngày 20-11-2026 về thu ngân sách.pdf", document()
    )
    answer = clerk.post(f"{listing(desk)}them/", {"file": file, "item": item.pk}, follow=True)
    assert "Đã nhận 1 tệp, đang kiểm tra." in plain(answer)
    assert not Document.objects.exists()
    assert "1 tệp đang kiểm tra" in plain(clerk.get(listing(desk)))
    run_jobs()
    shown = plain(clerk.get(f"{listing(desk)}them/"))
    assert 'value="394/BC-UBND"' in shown
    assert 'value="2026-11-20"' in shown
    upload = PaperUpload.objects.get()
    answer = clerk.post(f"{listing(desk)}luu/", row(upload, item=item.pk), follow=True)
    assert "Tài liệu chờ một người khác phát hành" in plain(answer)
    assert "chờ phát hành" in plain(clerk.get(listing(desk)))
    assert Document.objects.get().item == item
    assert not PaperUpload.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rong.pdf", b"", "Tệp này rỗng (0 byte)"),
        ("gia.pdf", b"<html>", "nội dung không phải PDF"),
        ("gia.pdf", PNG, "nội dung là PNG"),
        ("a.exe", b"MZ", "Không nhận loại tệp này"),
        ("a\u202efdp.exe", b"MZ", "Không nhận loại tệp này"),
    ],
)
def test_a_bad_file_gets_its_sentence_and_loses_no_other(
    desk: Desk,
    clerk: Client,
    django_capture_on_commit_callbacks: Any,
    name: str,
    content: bytes,
    sentence: str,
) -> None:
    bad = SimpleUploadedFile(name, content, "application/pdf")
    with django_capture_on_commit_callbacks(execute=True):
        answer = clerk.post(f"{listing(desk)}them/", {"file": [bad, pdf("tot.pdf")]}, follow=True)
    shown = plain(answer)
    assert sentence in shown
    assert "Không nhận 1 tệp" in shown
    assert [upload.state for upload in PaperUpload.objects.all()] == ["refused", "waiting"]
    assert len(list(quarantine.folder().iterdir())) == 1


def test_a_file_above_the_limit_is_told_its_size_and_the_limit(
    desk: Desk, clerk: Client, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    file = pdf(extra=b"\0" * 4 * 1024 * 1024)
    answer = clerk.post(f"{listing(desk)}them/", {"file": file}, follow=True)
    assert "Tệp nặng 4 MB, quá mức cho phép là 3 MB" in plain(answer)
    assert not quarantine.folder().exists()


def test_no_file_at_all_is_told(desk: Desk, clerk: Client) -> None:
    answer = clerk.post(f"{listing(desk)}them/", {})
    assert answer.status_code == 422
    assert "Chọn ít nhất một tệp." in plain(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"title": "a\x00b"}, {"title": "x" * 600}, {"kind": "thơ"},
        {"issued_on": "10000-01-01"}, {"issued_on": "0001-01-01"}, {"item": "9" * 30},
        {"item": "1e99"}, {"number": "x" * 50},
    ],
)  # fmt: skip
def test_bad_words_are_shown_again(
    desk: Desk, clerk: Client, run_jobs: Any, changes: dict[str, Any]
) -> None:
    upload = passed(desk, run_jobs)
    data = row(upload, **{"issuer": "Giữ lấy", **changes})
    answer = clerk.post(f"{listing(desk)}luu/", data)
    assert answer.status_code == 422
    assert "invalid" in plain(answer)
    assert "Giữ lấy" in plain(answer)
    assert not Document.objects.exists()


def test_good_rows_are_saved_where_another_is_not(desk: Desk, clerk: Client, run_jobs: Any) -> None:
    good, bad = passed(desk, run_jobs), passed(desk, run_jobs)
    data = {**row(good, title="Được"), **row(bad, title="")}
    shown = plain(clerk.post(f"{listing(desk)}luu/", data))
    assert "Đã đưa 1 tài liệu vào kỳ họp" in shown
    assert "Một số tệp chưa lưu được" in shown
    assert Document.objects.get().title == "Được"
    assert PaperUpload.objects.get() == bad


def test_a_file_is_served_as_an_attachment_that_runs_nowhere(desk: Desk, clerk: Client) -> None:
    held = desk.paper(file=pdf("Báo cáo số 5.pdf"))
    version = held.versions.get()
    answer = clerk.get(f"{WORK}/tep-tai-lieu/{version.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%205.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]


def test_the_uploader_cannot_release_and_another_can(desk: Desk, client: Client) -> None:
    held = desk.paper(by=desk.user("approver"))
    path = f"{WORK}/tai-lieu/{held.pk}/"
    client.force_login(desk.user("approver"))
    assert "phải nhờ một người khác phát hành" in plain(client.get(path))
    client.post(f"{path}phat-hanh/", {"visibility": "delegates"})
    held.refresh_from_db()
    assert held.visibility == "staff"
    client.force_login(desk.user("clerk"))
    assert client.post(f"{path}phat-hanh/", {"visibility": "public"}).status_code == 403
    client.force_login(desk.user("chair"))
    answer = client.post(f"{path}phat-hanh/", {"visibility": "delegates"}, follow=True)
    assert "Đã phát hành “Báo cáo kinh tế”." in plain(answer)
    nonsense = client.post(f"{path}phat-hanh/", {"visibility": "staff"})
    assert "invalid" in plain(nonsense)


def test_waiting_papers_are_released_from_the_list_one_click_each(
    desk: Desk, client: Client
) -> None:
    held = desk.paper()
    own = desk.paper(title="Của tôi", file=pdf(extra=b"2"), by=desk.user("approver"))
    client.force_login(desk.user("approver"))
    shown = plain(client.get(listing(desk)))
    assert shown.count("Phát hành cho đại biểu") == 1
    answer = client.post(
        f"{WORK}/tai-lieu/{held.pk}/phat-hanh/", {"visibility": "delegates", "to_list": "1"}
    )
    assert answer["Location"] == listing(desk)
    held.refresh_from_db()
    own.refresh_from_db()
    assert (held.visibility, own.visibility) == ("delegates", "staff")


def test_a_new_version_waits_and_the_page_says_so(desk: Desk, clerk: Client, run_jobs: Any) -> None:
    paper = desk.paper()
    papers.release(paper, visibility="delegates", by=desk.user("approver"))
    path = f"{WORK}/tai-lieu/{paper.pk}/"

    def send() -> SimpleUploadedFile:
        return SimpleUploadedFile("moi.pdf", document(), "application/pdf")

    clerk.post(f"{path}phien-ban/", {"file": send(), "change_note": "sửa bảng 3"})
    assert "đang kiểm tra" in plain(clerk.get(path))
    assert paper.versions.count() == 1
    run_jobs()
    shown = plain(clerk.get(path))
    assert "bản mới chờ phát hành" in shown
    assert "Người đọc vẫn thấy phiên bản cũ" in shown
    assert "sửa bảng 3" in shown
    clerk.post(f"{path}phien-ban/", {"file": send()})
    run_jobs()
    assert "giống hệt phiên bản hiện tại" in plain(clerk.get(path))
    upload = PaperUpload.objects.get()
    clerk.post(f"{WORK}/tep-dang-nhan/{upload.pk}/bo/")
    assert "giống hệt" not in plain(clerk.get(path))


def test_a_stale_description_shows_both(desk: Desk, clerk: Client) -> None:
    held = desk.paper()
    given = {name: getattr(held, name) for name in papers.FIELDS}
    papers.edit(held, **{**given, "title": "Bản của người khác"}, by=desk.user("clerk2"))
    data = typed(title="Bản của tôi", version="1")
    shown = plain(clerk.post(f"{WORK}/tai-lieu/{held.pk}/sua/", data))
    assert "<td>Bản của tôi</td><td>Bản của người khác</td>" in shown
    held.refresh_from_db()
    assert held.title == "Bản của người khác"


def test_withdrawing_needs_a_reason_and_shows_it(desk: Desk, clerk: Client) -> None:
    held = desk.paper()
    path = f"{WORK}/tai-lieu/{held.pk}/"
    assert "invalid" in plain(clerk.post(f"{path}rut/", {"reason": ""}))
    answer = clerk.post(f"{path}rut/", {"reason": "Nhầm tệp"}, follow=True)
    assert "Nhầm tệp" in plain(answer)
    assert "đã rút" in plain(clerk.get(listing(desk)))


def test_files_of_another_council_are_not_found(desk: Desk, client: Client) -> None:
    version = desk.paper().versions.get()
    client.force_login(desk.user("outsider"))
    for slug in ("tinh-thu", "tinh-khac"):
        assert client.get(f"/lam-viec/{slug}/tep-tai-lieu/{version.pk}/").status_code == 404
        assert client.get(f"/lam-viec/{slug}/tai-lieu/{version.document_id}/").status_code == 404
    client.force_login(desk.user("delegate"))
    assert client.get(f"{WORK}/tep-tai-lieu/{version.pk}/").status_code == 403


def test_a_file_lost_from_the_disk_is_not_found(desk: Desk, clerk: Client) -> None:
    version = desk.paper().versions.get()
    Path(version.file.path).unlink()
    assert clerk.get(f"{WORK}/tep-tai-lieu/{version.pk}/").status_code == 404


def test_queries_of_the_list_do_not_grow(desk: Desk, clerk: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(listing(desk)).status_code == 200
        return len(queries)

    desk.paper(item=desk.roots[1])
    count()
    before = count()
    for number in range(12):
        desk.paper(item=desk.roots[number % 4], title=f"Báo cáo {number}")
    assert count() == before
