"""From the find to the masked copy: nothing masked survives, nothing unresolved is published.

All names and numbers are made up.
"""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from sessions.models import (
    Document,
    MaskedCopy,
    PersonalDataCheck,
    PersonalDataFind,
    Rendition,
)
from sessions.queries import personal_data as queries
from sessions.services import papers, personal_data
from sessions.services.personal_data import Choice
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of, refusal_of, verbs_of
from tests.sessions.real_files import docx_of, pdf_of, png_of, upload, xlsx_of

pytestmark = pytest.mark.timeout(300)
CCCD, PHONE, HOME = "001085012345", "0912 345 678", "Số 12, ngõ 34, phố Mẫu"
LINES = (
    f"Bà Lê Thị Ví Dụ, căn cước {CCCD}, điện thoại {PHONE}.",
    f"Nơi ở hiện nay: {HOME}", "Nghị quyết số 12/NQ-HĐND; kinh phí 3.874.112.000.000 đồng.",
)  # fmt: skip
MASK, WORK = Choice("mask"), "/lam-viec/tinh-thu"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def looked_through(desk: Desk, name: str, content: bytes) -> Document:
    """A paper whose finds are written down, as the worker does it."""
    document = desk.paper(file=upload(name, content))
    PersonalDataCheck.objects.all().delete()  # the desk's papers count as looked through
    personal_data.look(document.versions.get().pk)
    return document


def standing(desk: Desk, document: Document) -> queries.Standing:
    return queries.standing(document.versions.get(), desk.cast.council)


def decide(desk: Desk, document: Document, choice: Choice, *kinds: str) -> queries.Standing:
    finds = standing(desk, document).finds
    choices = {one.pk: choice for one in finds if not kinds or one.kind in kinds}
    return personal_data.decide(document.versions.get(), choices, by=desk.user("clerk"))


def copy_of(document: Document) -> bytes:
    with MaskedCopy.objects.get(version__document=document).file.open() as stream:
        return bytes(stream.read())


def unpacked(content: bytes) -> bytes:
    """All parts of an Office file in a row."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return b"\n".join(archive.read(name) for name in archive.namelist())


def text_of_pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_bounded() for page in pages)


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def test_finds_are_written_down_once_with_their_pages(desk: Desk) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES, f"Nhắc lại {CCCD}."))
    finds = {one.kind: one for one in standing(desk, document).finds}
    assert set(finds) == {"citizen_id", "phone", "address"}
    assert (finds["citizen_id"].text, finds["citizen_id"].count) == (CCCD, 2)
    assert finds["citizen_id"].pages == [1]
    personal_data.look(document.versions.get().pk)
    assert PersonalDataFind.objects.count() == 3


def test_a_masked_pdf_holds_nothing_of_it_and_keeps_the_rest(desk: Desk, run_jobs: Any) -> None:
    many = [f"Trang tiếp theo, đoạn {number}. " + "Nội dung. " * 60 for number in range(8)]
    document = looked_through(desk, "a.pdf", pdf_of(*LINES, *many))
    decide(desk, document, MASK)
    run_jobs()
    content = copy_of(document)
    text = text_of_pdf(content)
    assert CCCD not in text
    assert digits(PHONE) not in digits(text)
    for secret in (CCCD, digits(PHONE), HOME):
        assert secret.encode() not in content
        assert secret.encode("utf-16-be") not in content
    assert "Trang tiếp theo, đoạn 7." in text, "pages without a find stay text"
    assert b"/Title" not in content
    copy = MaskedCopy.objects.get()
    assert CCCD not in str(copy.texts)
    assert "12/NQ-HĐND" in copy.texts["1"]
    shown = Rendition.objects.get(sha256=copy.sha256).pages.get(number=1).text
    assert "12/NQ-HĐND" in shown
    assert "████" in shown
    with document.versions.get().file.open() as original:
        assert CCCD in text_of_pdf(original.read()), "the staff's file stays as it was"


def test_a_masked_word_file_has_lost_it_everywhere(desk: Desk, run_jobs: Any) -> None:
    written = docx.Document(BytesIO(docx_of(*LINES)))
    split = written.add_paragraph("Số ")
    for piece in (CCCD[:5], CCCD[5:9], CCCD[9:]):
        split.add_run(piece).bold = True
    written.sections[0].header.paragraphs[0].text = f"Liên hệ {PHONE.replace(' ', '.')}"
    written.core_properties.author = "Nguyễn Văn Mẫu"
    written.core_properties.comments = f"gọi {PHONE}"
    written.add_comment(split.runs, text=f"Xem lại {CCCD}", author="Mẫu", initials="M")
    content = BytesIO()
    written.save(content)
    document = looked_through(desk, "a.docx", content.getvalue())
    decide(desk, document, MASK)
    run_jobs()
    masked = copy_of(document)
    raw = unpacked(masked)
    text = "\n".join(one.text for one in docx.Document(BytesIO(masked)).paragraphs)
    for secret in (CCCD, CCCD[5:9], PHONE, PHONE.replace(" ", "."), HOME):
        assert secret.encode() not in raw
    assert "Nguyễn Văn Mẫu".encode() not in raw
    assert "12/NQ-HĐND" in text
    assert "3.874.112.000.000 đồng" in text
    assert "█" in text


def test_a_masked_spreadsheet_opens_and_has_lost_it(desk: Desk, run_jobs: Any) -> None:
    rows = (("Họ tên", "Căn cước", "Số tiền"), ("Mẫu", CCCD, 250000000), ("Dụ", 912345678, 5))
    document = looked_through(desk, "a.xlsx", xlsx_of(*rows))
    assert sorted(one.text for one in standing(desk, document).finds) == [CCCD, "912345678"]
    decide(desk, document, MASK)
    run_jobs()
    masked = copy_of(document)
    assert CCCD.encode() not in unpacked(masked)
    assert b"912345678" not in unpacked(masked)
    page = load_workbook(BytesIO(masked)).active
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values == [
        ["Họ tên", "Căn cước", "Số tiền"],
        ["Mẫu", "█" * 12, 250000000],
        ["Dụ", "█" * 9, 5],
    ]


def test_nothing_unresolved_is_published(desk: Desk, run_jobs: Any) -> None:
    document = desk.paper(file=upload("a.pdf", pdf_of(*LINES)))
    PersonalDataCheck.objects.all().delete()

    def publish(who: str) -> str:
        refusal = refusal_of(papers.release, document, visibility="public", by=desk.user(who))
        return refusal.code

    assert publish("approver") == "personal_data.not_checked"
    personal_data.look(document.versions.get().pk)
    assert publish("approver") == "personal_data.open"
    papers.release(document, visibility="delegates", by=desk.user("approver"))
    decide(desk, document, Choice("keep", "Số của cơ quan"), "phone")
    assert publish("approver") == "personal_data.open"
    decide(desk, document, MASK, "citizen_id", "address")
    assert publish("approver") == "personal_data.not_masked_yet"
    run_jobs()
    papers.release(document, visibility="public", by=desk.user("approver"))
    assert verbs_of(document)[-2:] == ["paper.mask", "paper.release"]


def test_who_decided_does_not_publish(desk: Desk, run_jobs: Any) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES))
    finds = {one.pk: MASK for one in standing(desk, document).finds}
    personal_data.decide(document.versions.get(), finds, by=desk.user("approver"))
    run_jobs()
    refusal = refusal_of(papers.release, document, visibility="public", by=desk.user("approver"))
    assert refusal.code == "personal_data.own_decision"


def test_the_public_gets_the_copy_everywhere_and_the_canary_nowhere(
    desk: Desk, client: Client, run_jobs: Any
) -> None:
    document = looked_through(desk, "a.docx", docx_of(*LINES))
    desk.convene()
    decide(desk, document, MASK)
    run_jobs()
    papers.release(document, visibility="public", by=desk.user("approver"))
    run_jobs()
    public = f"/tinh-thu/tai-lieu/{document.pk}"
    file = b"".join(client.get(f"{public}/").streaming_content)  # type: ignore[attr-defined]
    assert CCCD.encode() not in unpacked(file)
    page = client.get(f"{public}/doc/").content.decode()
    assert "12/NQ-HĐND" in page
    assert CCCD not in page
    session = "/tinh-thu/ky-hop/2026-2031/5/tai-lieu"
    whole = b"".join(client.get(f"{session}.zip").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        inside = [archive.read(name) for name in archive.namelist() if name.endswith(".docx")]
    assert CCCD.encode() not in unpacked(inside[0])
    bound = b"".join(client.get(f"{session}.pdf").streaming_content)  # type: ignore[attr-defined]
    assert CCCD not in text_of_pdf(bound)
    client.force_login(desk.user("delegate"))
    mine = f"{WORK}/dai-bieu/tai-lieu/{document.pk}/"
    whole = b"".join(client.get(mine).streaming_content)  # type: ignore[attr-defined]
    assert CCCD.encode() in unpacked(whole), "delegates read the paper as it is"


def test_a_decision_that_changes_makes_the_old_copy_go(desk: Desk, run_jobs: Any) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES))
    decide(desk, document, MASK)
    run_jobs()
    assert MaskedCopy.objects.exists()
    decide(desk, document, Choice("keep", "Đã đồng ý công khai"))
    assert not MaskedCopy.objects.exists()
    assert standing(desk, document).is_ready


def test_after_publication_nothing_is_decided_any_more(desk: Desk, run_jobs: Any) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES))
    decide(desk, document, Choice("keep", "Đã đồng ý"))
    papers.release(document, visibility="public", by=desk.user("approver"))
    refusal = refusal_of(decide, desk, document, MASK)
    assert refusal.code == "personal_data.is_public"


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice("keep", " "), "personal_data.reason_missing"),
        (MASK, "personal_data.cannot_mask"),
    ],
)
def test_a_picture_must_be_looked_at_and_said_so(desk: Desk, choice: Choice, code: str) -> None:
    document = looked_through(desk, "a.png", png_of())
    assert [one.kind for one in standing(desk, document).finds] == ["unreadable"]
    assert refusal_of(decide, desk, document, choice).code == code
    assert standing(desk, document).open_count == 1
    decide(desk, document, Choice("keep", "Đã xem, không có dữ liệu cá nhân"))
    papers.release(document, visibility="public", by=desk.user("approver"))


def test_finds_of_another_paper_are_refused(desk: Desk) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES))
    refusal = refusal_of(
        personal_data.decide, document.versions.get(), {999_999: MASK}, by=desk.user("clerk")
    )
    assert refusal.code == "personal_data.unknown_find"
    denied = refusal_of(personal_data.decide, document.versions.get(), {}, by=desk.user("delegate"))
    assert denied.code == "access.denied"


def test_the_database_holds_no_half_decision(desk: Desk) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES))
    find = standing(desk, document).finds[0]
    rows = PersonalDataFind.objects.filter(pk=find.pk)
    for values in ({"decision": "mask"}, {"decision": "keep", "decided_by": desk.user("clerk")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_the_clerk_decides_on_a_page_that_loses_nothing(
    desk: Desk, client: Client, run_jobs: Any
) -> None:
    document = looked_through(desk, "a.pdf", pdf_of(*LINES))
    client.force_login(desk.user("clerk"))
    path = f"{WORK}/tai-lieu/{document.pk}/du-lieu-ca-nhan/"
    page = client.get(path).content.decode()
    assert CCCD in page
    assert "Còn 3 mục chưa quyết định" in page
    first, second, third = standing(desk, document).finds
    typed = {
        f"decision_{first.pk}": "mask", f"decision_{second.pk}": "keep",
        f"reason_{second.pk}": "", f"reason_{third.pk}": "Giữ lời đã gõ",
    }  # fmt: skip
    answer = client.post(f"{path}quyet-dinh/", typed)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Ghi lý do để nguyên" in page
    assert "Giữ lời đã gõ" in page
    assert standing(desk, document).open_count == 3
    answer = client.post(
        f"{path}quyet-dinh/", {f"decision_{first.pk}": "mask", "rest_reason": "Đã công bố"},
        follow=True,
    )  # fmt: skip
    assert "Đang làm bản công khai đã che" in answer.content.decode()
    run_jobs()
    assert "Mở bản công khai" in client.get(path).content.decode()
    masked = client.get(f"{WORK}/tep-tai-lieu/{document.versions.get().pk}/ban-cong-khai/")
    assert b"".join(masked.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    client.force_login(desk.user("delegate"))
    assert client.get(path).status_code == 403
