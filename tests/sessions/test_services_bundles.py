"""All papers of a session in one file: each reader's own, never more, never stale unseen."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from council.models import Job
from sessions.models import Bundle, Visibility
from sessions.queries import bundles as queries
from sessions.services import bundles, papers
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of, refusal_of
from tests.sessions.real_files import docx_of, encrypted_pdf, pdf_of, png_of, upload

CANARY = "Hoàngyếnbímật"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def released(desk: Desk, visibility: str, **values: Any) -> Any:
    """A paper that an approver released."""
    document = desk.paper(**values)
    return papers.release(document, visibility=visibility, by=desk.user("approver"))


def made(desk: Desk, readers: str, kind: str, run_jobs: Any) -> Bundle:
    bundles.request(desk.reload(), readers=readers, kind=kind, by=desk.user("clerk"))
    run_jobs()
    bundle = queries.handed_out(desk.council_session, readers, kind)
    assert bundle is not None
    return bundle


def content_of(bundle: Bundle) -> bytes:
    with bundle.file.open("rb") as stream:
        return bytes(stream.read())


def names_in(bundle: Bundle) -> list[str]:
    with zipfile.ZipFile(BytesIO(content_of(bundle))) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def whole_text(bundle: Bundle) -> str:
    """Every name and every text of the file, unpacked."""
    raw = content_of(bundle)
    if bundle.kind == "pdf":
        reader = PdfReader(BytesIO(raw))
        titles = " ".join(str(one) for one in _flat(reader.outline))
        return titles + " ".join(page.extract_text() for page in reader.pages)
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        pdfs = [
            page.extract_text()
            for name in archive.namelist()
            if name.endswith(".pdf")
            for page in PdfReader(BytesIO(archive.read(name))).pages
        ]
        return " ".join([*archive.namelist(), *parts, *pdfs])


def _flat(outline: Any) -> list[str]:
    found: list[str] = []
    for one in outline:
        found += _flat(one) if isinstance(one, list) else [one.title]
    return found


def test_a_zip_has_folders_by_agenda_item_and_an_index(desk: Desk, run_jobs: Any) -> None:
    item = desk.roots[1]
    desk.paper(item=item, title="Về kinh tế: năm 2026?", file=upload("a.pdf", pdf_of("Một")))
    desk.paper(item=item, title="Về kinh tế: năm 2026?", file=upload("b.pdf", pdf_of("Hai")))
    desk.paper(title="Giấy mời", kind="notice", number="", file=upload("c.docx", docx_of("Mời")))
    names = names_in(made(desk, "staff", "zip", run_jobs))
    assert names[-1] == "MUC-LUC.html"
    assert "00 Tài liệu chung của kỳ họp/01 Thông báo, giấy mời Giấy mời.docx" in names
    folder = [name for name in names if name.startswith("02 ")]
    assert len(folder) == 2
    assert all("Báo cáo 12-BC-UBND Về kinh tế- năm 2026" in name for name in folder)


def test_the_same_papers_give_the_same_bytes_and_are_made_once(desk: Desk, run_jobs: Any) -> None:
    desk.paper(file=upload("a.pdf", pdf_of("Một")))
    first = made(desk, "staff", "zip", run_jobs)
    before = first.sha256
    assert (
        bundles.request(desk.reload(), readers="staff", kind="zip", by=desk.user("clerk")) is None
    )
    first.delete()
    assert made(desk, "staff", "zip", run_jobs).sha256 == before


def test_the_pdf_has_cover_contents_bookmarks_labels_and_jumps(desk: Desk, run_jobs: Any) -> None:
    item = desk.roots[2]
    desk.paper(title="Chung", file=upload("a.pdf", pdf_of("Trang chung")))
    desk.paper(item=item, title="Tờ trình ảnh", kind="submission", file=upload("b.png", png_of()))
    bundle = made(desk, "staff", "pdf", run_jobs)
    reader = PdfReader(BytesIO(content_of(bundle)))
    text = [page.extract_text() for page in reader.pages]
    assert "TÀI LIỆU KỲ HỌP" in text[0]
    assert "MỤC LỤC" in text[1]
    assert "Trang chung" in text[2]
    assert bundle.page_count == len(reader.pages) - 2
    assert list(reader.page_labels)[:4] == ["i", "ii", "1", "2"]
    titles = _flat(reader.outline)
    assert titles[0] == "Tài liệu chung của kỳ họp"
    assert f"3. {item.title}" in titles
    last = reader.outline[-1][0]
    assert reader.get_destination_page_number(last) == len(reader.pages) - 1
    jumps = [note.get_object() for note in reader.pages[1]["/Annots"]]
    assert len(jumps) == 2
    assert all("/Dest" in note and "/A" not in note for note in jumps)
    assert b"bundle.invalid" not in content_of(bundle)


def test_what_has_no_pages_is_named_on_a_sheet(desk: Desk, run_jobs: Any) -> None:
    desk.paper(title="Đọc được", file=upload("a.pdf", pdf_of("Nội dung")))
    desk.paper(title="Khóa kín", file=upload("khoa.pdf", encrypted_pdf("Kín")))
    bundle = made(desk, "staff", "pdf", run_jobs)
    text = whole_text(bundle)
    assert bundle.attached_count == 1
    assert "TỆP KÈM THEO" in text
    assert "khoa.pdf" in text
    assert "Tệp đặt mật khẩu." in text


@pytest.mark.parametrize("kind", ["zip", "pdf"])
def test_nobody_finds_what_he_may_not_read(desk: Desk, run_jobs: Any, kind: str) -> None:
    """A canary in every paper that these readers may not see, in words and in the file."""
    hidden = {"title": CANARY, "number": CANARY[:20], "issuer": CANARY}
    desk.paper(**hidden, file=upload(f"{CANARY}.pdf", pdf_of(CANARY)))
    released(desk, "public", title="Công khai", file=upload("a.pdf", pdf_of("Ai cũng đọc")))
    newer = released(desk, "public", title="Hai bản", file=upload("b.pdf", pdf_of("Bản đầu")))
    papers.add_version(
        newer, file=upload("b.pdf", pdf_of(CANARY)), change_note=CANARY, by=desk.user("clerk")
    )
    gone = released(desk, "public", **hidden, file=upload("c.pdf", pdf_of(CANARY)))
    papers.withdraw(gone, reason=CANARY, by=desk.user("approver"))
    only = released(
        desk, "delegates", title="Cho đại biểu", file=upload("d.pdf", pdf_of("Kín đáo"))
    )
    desk.convene()
    for readers in ("public", "delegates"):
        text = whole_text(made(desk, readers, kind, run_jobs))
        assert CANARY not in text
        assert "Ai cũng đọc" in text
        assert "Bản đầu" in text
        assert ("Kín đáo" in text) == (readers == "delegates")
    assert only.visibility == "delegates"
    staff = whole_text(made(desk, "staff", kind, run_jobs))
    assert CANARY in staff


def test_nothing_for_delegates_or_the_public_before_the_session_is_convened(desk: Desk) -> None:
    released(desk, "public", file=upload("a.pdf", pdf_of("Sớm")))
    for readers in ("delegates", "public"):
        refusal = refusal_of(
            bundles.request, desk.reload(), readers=readers, kind="zip", by=desk.user("clerk")
        )
        assert refusal.code == "bundle.nothing_to_read"


def test_a_withdrawn_paper_closes_the_bundle_at_once_and_it_is_made_again(
    desk: Desk, run_jobs: Any
) -> None:
    released(desk, "public", title="Ở lại", file=upload("a.pdf", pdf_of("Ở lại")))
    leaving = released(desk, "public", title="Rút", file=upload("b.pdf", pdf_of("Rút đi")))
    desk.convene()
    run_jobs()
    held = desk.council_session
    before = queries.handed_out(held, "public", "zip")
    assert before is not None
    assert "Rút đi" in whole_text(before)
    papers.withdraw(leaving, reason="Nhầm", by=desk.user("approver"))
    assert queries.handed_out(held, "public", "zip") is None
    run_jobs()
    after = queries.handed_out(held, "public", "zip")
    assert after is not None
    assert "Rút đi" not in whole_text(after)
    assert not Bundle.objects.filter(pk=before.pk).exists()


def test_a_stale_bundle_goes_on_being_read_and_says_so(desk: Desk, run_jobs: Any) -> None:
    desk.paper(file=upload("a.pdf", pdf_of("Một")))
    first = made(desk, "staff", "zip", run_jobs)
    desk.paper(title="Mới", file=upload("b.pdf", pdf_of("Hai")))
    offer = queries.offers(desk.reload(), "staff", council=desk.cast.council)[0]
    assert (offer.bundle, offer.is_stale) == (first, True)
    assert offer.job is not None
    run_jobs()
    offer = queries.offers(desk.reload(), "staff", council=desk.cast.council)[0]
    assert offer.bundle != first
    assert (offer.is_stale, offer.job) == (False, None)


def test_a_job_of_yesterday_does_nothing(desk: Desk, run_jobs: Any) -> None:
    desk.paper(file=upload("a.pdf", pdf_of("Một")))
    bundles.request(desk.reload(), readers="staff", kind="zip", by=desk.user("clerk"))
    desk.paper(title="Mới", file=upload("b.pdf", pdf_of("Hai")))
    run_jobs()
    assert not Bundle.objects.exists()
    assert Job.objects.get(name=bundles.JOB).state == "done"


def test_who_has_no_role_gets_none_made(desk: Desk) -> None:
    desk.paper()
    for who, readers in (("delegate", "staff"), ("outsider", "delegates")):
        refusal = refusal_of(
            bundles.request, desk.reload(), readers=readers, kind="zip", by=desk.user(who)
        )
        assert refusal.code == "access.denied"


def test_the_pages_offer_make_and_hand_out(desk: Desk, client: Client, run_jobs: Any) -> None:
    released(desk, "public", title="Công khai", file=upload("a.pdf", pdf_of("Ai cũng đọc")))
    desk.convene()
    run_jobs()
    session = f"/lam-viec/tinh-thu/ky-hop/{desk.council_session.pk}"
    client.force_login(desk.user("clerk"))
    assert "Làm tệp PDF" in client.get(f"{session}/tron-bo/").content.decode()
    answer = client.post(
        f"{session}/tron-bo/lam/", {"readers": "staff", "kind": "pdf"}, follow=True
    )
    assert "Đang gộp tài liệu" in answer.content.decode()
    run_jobs()
    file = client.get(f"{session}/tron-bo.pdf")
    assert b"".join(file.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "tai-lieu-ky-hop-5-tinh-thu-van-phong.pdf" in file["Content-Disposition"]
    assert client.get(f"{session}/tron-bo.zip").status_code == 302
    client.force_login(desk.user("delegate"))
    mine = f"/lam-viec/tinh-thu/dai-bieu/ky-hop/{desk.council_session.pk}/tron-bo"
    client.post(f"{mine}/lam/", {"readers": "staff", "kind": "zip"})
    run_jobs()
    assert not Bundle.objects.filter(readers=Visibility.STAFF, kind="zip").exists()
    assert b"".join(client.get(f"{mine}.zip").streaming_content)  # type: ignore[attr-defined]
    assert client.get(f"{session}/tron-bo.zip").status_code == 403
    client.logout()
    public = "/tinh-thu/ky-hop/2026-2031/5/tai-lieu"
    assert "Trọn bộ trong một tệp" in client.get(f"{public}/").content.decode()
    answer = client.get(f"{public}.pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert answer["Cache-Control"] == "public, max-age=300"
