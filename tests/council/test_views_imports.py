"""The import's three pages: upload, look, confirm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from council.models import Person

GOOD = "Họ và tên,Xưng hô,Tổ\nĐặng Thị Thủy,bà,2\nLê Hữu Đức,ông,3\n"


@pytest.fixture
def address(cast, client):
    client.force_login(cast.user["clerk"])
    return f"/lam-viec/{cast.council.slug}/nhan-su/nhap/"


def upload(client, address, cast, content, **changes):
    file = SimpleUploadedFile("ds.csv", content)
    data = {"file": file, "term": cast.term.pk, "starts_on": "2026-06-01", **changes}
    return client.post(address, data)


def hidden(page):
    """What the confirmation form carries."""
    form = page.context["confirm"]
    return {name: form.initial[name] for name in form.fields}


def confirm(client, address, page, **changes):
    data = hidden(page)
    data["term"] = data["term"].pk
    data["starts_on"] = data["starts_on"].isoformat()
    return client.post(f"{address}xac-nhan/", {**data, **changes}, follow=True)


def test_look_then_confirm(cast, client, address):
    before = Person.objects.count()
    page = upload(client, address, cast, GOOD.encode())
    assert "Đọc được 2 người" in page.content.decode()
    assert Person.objects.count() == before
    done = confirm(client, address, page)
    assert "Đã ghi 2 người" in done.content.decode()
    assert Person.objects.count() == before + 2


def test_a_bad_cell_is_marked_and_there_is_nothing_to_confirm(cast, client, address):
    page = upload(client, address, cast, GOOD.replace("bà", "bác").encode())
    text = page.content.decode()
    assert "Có 1 ô chưa đúng" in text
    assert 'class="bad-cell"' in text
    assert "Ghi ông hoặc bà." in text
    assert "xac-nhan" not in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"PK\x03\x04not", "Không đọc được tệp"),
        (b"\x89PNG\r\n\x00", "Không nhận ra bảng mã"),
        (b"x" * (5 * 1024 * 1024 + 1), "lớn hơn 5 MB"),
    ],
    ids=["empty", "lying", "png", "too large"],
)
def test_a_file_that_cannot_be_taken_gets_its_sentence(cast, client, address, content, sentence):
    page = upload(client, address, cast, content)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_a_table_changed_on_its_way_is_refused(cast, client, address):
    before = Person.objects.count()
    page = upload(client, address, cast, GOOD.encode())
    for table in ("", "nonsense", hidden(page)["signed_table"][:-1] + "x", "x" * 4_000_001):
        refused = confirm(client, address, page, signed_table=table)
        assert refused.status_code == 200
        assert "note bad" in refused.content.decode()
    assert Person.objects.count() == before


def test_a_refusal_on_confirmation_is_said_and_writes_nothing(cast, client, address):
    before = Person.objects.count()
    content = "Họ và tên,Xưng hô,Chức vụ\nLê Thử,ông,Chủ tịch Ủy ban nhân dân\n"
    page = upload(client, address, cast, content.encode())
    refused = confirm(client, address, page)
    assert "đang do" in refused.content.decode()
    assert Person.objects.count() == before


def test_a_day_outside_the_term_is_said(cast, client, address):
    page = upload(client, address, cast, GOOD.encode(), starts_on="2020-01-01")
    assert "nhiệm kỳ" in confirm(client, address, page).content.decode()
    assert not Person.objects.filter(full_name="Lê Hữu Đức").exists()


def test_markup_in_a_cell_is_shown_as_text(cast, client, address):
    content = "Họ và tên,Xưng hô\n<script>alert(1)</script>,ông\n"
    page = upload(client, address, cast, content.encode()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_sample_can_be_imported_as_it_is(cast, client, address):
    sample = client.get(f"{address}mau/")
    assert sample["Content-Type"].startswith("text/csv")
    assert sample.content.startswith(b"\xef\xbb\xbf")
    page = upload(client, address, cast, sample.content)
    assert "Đọc được 1 người" in page.content.decode()
