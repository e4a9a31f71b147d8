"""`/xac-minh/`: good files, bad files, garbage, codes; no 500, nothing stored, not too often."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from council.services import jobs
from portal.views import verification as views
from resolutions.models import Resolution
from resolutions.queries import verification
from resolutions.services import electronic, signing
from tests.cast import PASSWORD
from tests.resolutions.stage import approved, build_stage
from tests.signing.stage import key_of, ready

pytestmark = pytest.mark.django_db
URL = "/xac-minh/"


def pdf_of(resolution: Resolution) -> bytes:
    with resolution.publication.pdf.open("rb") as stored:
        read: bytes = stored.read()
    return read


@pytest.fixture
def signed(db) -> Resolution:
    stage, resolution = ready()
    chair, clerk = stage.user["chair"], stage.user["clerk"]
    electronic.with_pkcs12(resolution, part="person", by=chair, **key_of("Chủ tịch"))
    electronic.with_pkcs12(resolution, part="council", by=clerk, **key_of("Con dấu"))
    jobs.run_due()
    return Resolution.objects.get(pk=resolution.pk)


@pytest.fixture
def on_paper(db) -> Resolution:
    stage = build_stage()
    resolution = approved(stage)
    signing.sign(resolution, password=PASSWORD, by=stage.user["chair"])
    jobs.run_due()
    return Resolution.objects.get(pk=resolution.pk)


def upload(content: bytes, name: str = "tep.pdf", **headers: str):
    data = {"tep": SimpleUploadedFile(name, content)}
    return Client().post(URL, data, headers=headers or None)


def test_the_published_file_is_good(signed: Resolution) -> None:
    answer = upload(pdf_of(signed))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Hợp lệ: đúng văn bản đã ban hành" in page
    assert signed.get_absolute_url() in page
    assert signed.signatory_name in page
    assert page.count(">hợp lệ<") == 2
    assert "hiệu lực" in page
    assert "Cookie" not in answer.headers.get("Vary", "") or not answer.cookies


def test_a_changed_file_is_bad_and_says_why(signed: Resolution) -> None:
    pdf = pdf_of(signed)
    for changed in (
        pdf.replace(b"/Type", b"/type", 1), pdf + b"\nxin chao", pdf[: len(pdf) // 2] + b"\0" + pdf,
    ):  # fmt: skip
        page = upload(changed).content.decode()
        assert "Không xác minh được" in page
        assert "Hợp lệ: đúng" not in page


def test_the_file_before_the_seal_is_told_to_lack_it(signed: Resolution) -> None:
    with signed.signed_files.get(part="person").file.open("rb") as stored:
        page = upload(stored.read()).content.decode()
    assert "Thiếu chữ ký số của cơ quan" in page


def test_a_paper_councils_file_is_known_byte_for_byte(on_paper: Resolution) -> None:
    page = upload(pdf_of(on_paper)).content.decode()
    assert "Đúng tệp đã ban hành" in page
    assert "ký trên giấy" in page
    page = upload(pdf_of(on_paper) + b"\n").content.decode()
    assert "Không xác minh được" in page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"xin chao",
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"[" * 50_000,
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n",
        b"PK\x03\x04" + b"\0" * 500,
        bytes(range(256)) * 40,
    ],
)
def test_garbage_is_answered_in_a_sentence(db, content: bytes) -> None:
    answer = upload(content)
    assert answer.status_code in {200, 400}
    page = answer.content.decode()
    assert "Không xác minh được" in page or 'role="alert"' in page


@pytest.mark.parametrize("name", ["a\r\nb.pdf", "\u202epdf.exe", "x" * 300, "<script>.pdf", ""])
def test_a_hostile_name_does_no_harm(db, name: str) -> None:
    answer = upload(b"%PDF-1.7 khong", name or "x")
    assert answer.status_code in {200, 400}
    assert "<script>.pdf" not in answer.content.decode()


def test_a_form_without_file_and_a_body_too_long(db, monkeypatch) -> None:
    assert Client().post(URL).status_code == 400
    monkeypatch.setattr(verification, "FILE_MAX_BYTES", 1000)
    assert "25 MB" in upload(b"%PDF-" + b"0" * 20_000).content.decode()


def test_the_code_on_the_paper(signed: Resolution) -> None:
    code = signed.signing_copies.get().code
    page = Client().get(f"{URL}{code}/")
    assert page.status_code == 200
    assert signed.get_absolute_url() in page.content.decode()
    assert "Chữ ký số" in page.content.decode()
    typed = code.replace("-", " ").lower()
    answer = Client().get(URL, {"ma": typed})
    assert answer.url == reverse("portal:verify-code", args=[code])
    assert Client().get(f"{URL}{code.lower()}/").url == answer.url


def test_unknown_and_unpublished_codes_say_the_same(db) -> None:
    stage = build_stage()
    code = approved(stage).signing_copies.get().code
    for asked in (code, "2222-2222-2222"):
        page = Client().get(f"{URL}{asked}/")
        assert page.status_code == 404
        assert "Không có văn bản đã ban hành nào mang mã này" in page.content.decode()
    assert Client().get(URL, {"ma": "abc"}).status_code == 400
    assert Client().get(f"{URL}abc/").status_code == 302


def test_trying_codes_ends(db, monkeypatch) -> None:
    cache.clear()
    monkeypatch.setattr(views, "CODES_MAX", 3)
    found = [Client().get(f"{URL}2222-2222-222{n}/").status_code for n in range(3, 8)]
    assert found == [404, 404, 404, 429, 429]
    monkeypatch.setattr(views, "FILES_MAX", 1)
    assert [upload(b"%PDF-x").status_code for _ in range(3)] == [200, 429, 429]


def test_another_language_and_no_cookie(db) -> None:
    assert Client().get(URL, {"lang": "en"}).status_code == 200
    assert not Client().get(URL).cookies
