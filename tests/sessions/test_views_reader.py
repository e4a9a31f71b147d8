"""Papers page by page: rendered once by content, seen by whoever may read the file."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sessions.models import Document, Rendition
from sessions.services import papers, renditions
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of
from tests.sessions.real_files import (
    docx_of,
    encrypted_pdf,
    long_pdf,
    pdf_of,
    png_of,
    upload,
    xlsx_of,
)

WORK = "/lam-viec/tinh-thu"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def status(client: Client, path: str) -> int:
    """The answer's code; a file is read to its end, so that it is closed."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def reading(document: Document) -> str:
    return f"{WORK}/tep-tai-lieu/{document.versions.get().pk}"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", pdf_of("Kính gửi đại biểu"), "Kính gửi đại biểu"),
        ("a.docx", docx_of("Tờ trình về ngân sách"), "Tờ trình về ngân sách"),
        ("a.xlsx", xlsx_of(("Chỉ tiêu", "Kế hoạch"), ("Thu", 100)), "Chỉ tiêu"),
        ("a.png", png_of(), ""),
    ],
)
def test_every_kind_of_file_becomes_pages_with_their_text(
    desk: Desk, client: Client, run_jobs: Any, name: str, content: bytes, words: str
) -> None:
    document = desk.paper(file=upload(name, content))
    run_jobs()
    client.force_login(desk.user("clerk"))
    page = shown(client, f"{reading(document)}/doc/")
    assert "Trang 1 trên 1" in page
    assert ("Nội dung văn bản của trang" in page) == bool(words)
    assert words in page
    assert 'loading="eager"' in page
    for width in (720, 1440):
        picture = client.get(f"{reading(document)}/trang/1/{width}.webp")
        content = b"".join(picture.streaming_content)  # type: ignore[attr-defined]
        assert content[:4] + content[8:12] == b"RIFFWEBP"
        assert picture["Content-Type"] == "image/webp"
        assert "no-store" in picture["Cache-Control"]


def test_a_long_paper_is_read_ten_pages_at_a_time(
    desk: Desk, client: Client, run_jobs: Any
) -> None:
    document = desk.paper(file=upload("dai.pdf", long_pdf(12)))
    run_jobs()
    total = Rendition.objects.get().page_count
    assert total > 10
    client.force_login(desk.user("clerk"))
    first = shown(client, f"{reading(document)}/doc/")
    assert f"Trang 1 đến 10 trên {total}" in first
    assert first.count('loading="lazy"') == 9
    assert 'href="?trang=11#trang-11"' in first
    second = shown(client, f"{reading(document)}/doc/?trang=12")
    assert 'id="trang-11"' in second
    assert 'href="?trang=1#trang-1"' in second
    for odd in ("0", "-1", "x", "9" * 50, "²", ""):
        assert shown(client, f"{reading(document)}/doc/?trang={odd}")


def test_the_same_bytes_are_rendered_once(desk: Desk, run_jobs: Any, settings: Any) -> None:
    content = pdf_of("Một")
    desk.paper(file=upload("a.pdf", content))
    desk.paper(file=upload("b.pdf", content))
    run_jobs()
    assert Rendition.objects.count() == 1
    made = Rendition.objects.get()
    version = Document.objects.earliest("pk").versions.get()
    path = Path(version.file.path)
    again = renditions.make(version.sha256, path=path, media_type=version.media_type)
    assert (again, again.made_at) == (made, made.made_at)
    assert len(list((Path(settings.MEDIA_ROOT) / "renditions").rglob("*.webp"))) == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kin.pdf", encrypted_pdf("Kín"), "Tệp đặt mật khẩu nên không xem trước được."),
        ("vo.pdf", b"%PDF-1.7\nrac", "Không đọc được trang nào của tệp này."),
    ],
)
def test_what_cannot_be_shown_says_why(
    desk: Desk, client: Client, run_jobs: Any, name: str, content: bytes, sentence: str
) -> None:
    document = desk.paper(file=upload(name, content))
    client.force_login(desk.user("clerk"))
    assert "Bản xem trước đang được tạo" in shown(client, f"{reading(document)}/doc/")
    run_jobs()
    assert sentence in shown(client, f"{reading(document)}/doc/")
    assert client.get(f"{reading(document)}/trang/1/720.webp").status_code == 404


def test_pages_are_seen_by_those_who_may_read_the_file(
    desk: Desk, client: Client, run_jobs: Any
) -> None:
    hidden, open_to = desk.paper(file=upload("a.pdf", pdf_of("Mật"))), {}
    for who in ("delegates", "public"):
        document = desk.paper(file=upload("a.pdf", pdf_of(f"Cho {who}")))
        papers.release(document, visibility=who, by=desk.user("approver"))
        open_to[who] = document.pk
    desk.convene()
    run_jobs()
    delegate, public = f"{WORK}/dai-bieu/tai-lieu", "/tinh-thu/tai-lieu"
    cases = {
        hidden.pk: (404, 404), open_to["delegates"]: (200, 404), open_to["public"]: (200, 200),
    }  # fmt: skip
    for pk, (for_delegate, for_all) in cases.items():
        client.force_login(desk.user("delegate"))
        for path in (f"{delegate}/{pk}/doc/", f"{delegate}/{pk}/trang/1/720.webp"):
            assert status(client, path) == for_delegate
        client.logout()
        for path in (f"{public}/{pk}/doc/", f"{public}/{pk}/trang/1/1440.webp"):
            assert status(client, path) == for_all
    client.force_login(desk.user("delegate"))
    assert client.get(f"{reading(hidden)}/doc/").status_code == 403
    client.force_login(desk.user("outsider"))
    assert client.get(f"{reading(hidden)}/trang/1/720.webp").status_code == 404


def test_pages_of_a_withdrawn_paper_are_gone_and_a_new_version_waits(
    desk: Desk, client: Client, run_jobs: Any
) -> None:
    document = desk.paper(file=upload("a.pdf", pdf_of("Bản đầu")))
    papers.release(document, visibility="public", by=desk.user("approver"))
    desk.convene()
    papers.add_version(
        document, file=upload("a.pdf", pdf_of("Bản sau")), change_note="", by=desk.user("clerk")
    )
    run_jobs()
    path = f"/tinh-thu/tai-lieu/{document.pk}"
    assert "Bản đầu" in shown(client, f"{path}/doc/")
    assert "Bản sau" not in shown(client, f"{path}/doc/")
    papers.withdraw(document, reason="Nhầm", by=desk.user("approver"))
    assert client.get(f"{path}/doc/").status_code == 404
    assert client.get(f"{path}/trang/1/720.webp").status_code == 404


@pytest.mark.parametrize("page", ["0/720", "2/720", "1/721", "99999999999999999999/720"])
def test_a_page_or_width_that_is_not_there_is_404(
    desk: Desk, client: Client, run_jobs: Any, page: str
) -> None:
    document = desk.paper(file=upload("a.pdf", pdf_of("Một")))
    run_jobs()
    client.force_login(desk.user("clerk"))
    assert client.get(f"{reading(document)}/trang/{page}.webp").status_code == 404


def test_pages_that_are_missing_can_be_made_by_a_button(
    desk: Desk, client: Client, run_jobs: Any
) -> None:
    document = desk.paper(file=upload("a.pdf", pdf_of("Một")))
    run_jobs()
    Rendition.objects.all().delete()
    client.force_login(desk.user("clerk"))
    assert "Tạo bản xem trước" in shown(client, f"{reading(document)}/doc/")
    client.post(f"{reading(document)}/tao-ban-xem/")
    run_jobs()
    assert "Trang 1 trên 1" in shown(client, f"{reading(document)}/doc/")


def test_what_changed_is_told_in_words(desk: Desk, client: Client, run_jobs: Any) -> None:
    document = desk.paper(file=upload("a.pdf", pdf_of("Thu ngân sách đạt 34.550 tỷ đồng.")))
    client.force_login(desk.user("clerk"))
    path = f"{WORK}/tai-lieu/{document.pk}/so-sanh/"
    assert "mới có một phiên bản" in shown(client, path)
    papers.add_version(
        document, file=upload("a.docx", docx_of("Thu ngân sách đạt <b>34.889</b> tỷ đồng.")),
        change_note="Sửa số thu", by=desk.user("clerk"),
    )  # fmt: skip
    assert "Chưa có chữ của bản 1" in shown(client, path)
    run_jobs()
    page = shown(client, path)
    assert "<del>34.550</del>" in page
    assert "<ins>&lt;b&gt;34.889&lt;/b&gt;</ins>" in page
    assert "Người tải bản 2 ghi: Sửa số thu" in page
    for odd in ("?cu=2&moi=1", "?cu=1&moi=1", "?cu=x&moi=99", "?cu=%C2%B2"):
        assert "<ins>" in shown(client, path + odd)
