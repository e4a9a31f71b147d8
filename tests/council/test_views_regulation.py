"""The page of the council's own regulation: what holds today, who says so, how it is changed."""

import html
from datetime import date

import pytest
from django.test import Client

from council.models import CouncilSetting


@pytest.fixture
def work(cast):
    return f"/lam-viec/{cast.council.slug}/quy-che/"


@pytest.fixture
def clerk(cast):
    client = Client()
    client.force_login(cast.user["clerk"])
    return client


def words(response):
    return " ".join(html.unescape(response.content.decode()).split())


def typed(value, day="2026-04-01", **changes):
    return {"value": value, "effective_from": day, "source": "Điều 9 Quy chế", **changes}


def test_the_page_says_that_it_is_the_councils_regulation_and_shows_each_default(clerk, work):
    page = words(clerk.get(work))
    assert "Quy chế của hội đồng" in page
    assert "ít nhất 2/3 tổng số đại biểu" in page
    assert "chưa nhập quy chế của mình" in page
    assert '<span class="tag bad">chưa rõ</span>' in page, "an uncertain default is marked"
    assert "không ai trong số bằng phiếu trúng cử, bầu vòng tiếp theo" in page
    assert "lớn tuổi" not in page
    assert "Lấy phiếu tín nhiệm ở cấp xã" not in page, "no commune"


def test_a_value_is_set_from_a_day_with_its_source(clerk, work):
    answer = clerk.post(f"{work}quorum/", typed("3/4"))
    assert (answer.status_code, answer.url) == (302, work)
    page = words(clerk.get(work))
    assert "ít nhất 3/4 tổng số đại biểu" in page
    assert "Điều 9 Quy chế" in page
    assert "từ 01/04/2026" in page
    assert "Mặc định: ít nhất 2/3 tổng số đại biểu" in page


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("quorum", "1e999999999", "nhiều nhất 7 kí tự"),
        ("quorum", "1/4", "Giá trị không hợp lệ"),
        ("papers_days", "x", "Nhập một số nguyên."),
        ("election_tie", "older", "không phải"),
        ("election_max_rounds", "0", "lớn hơn hoặc bằng 1"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(clerk, work, key, value, said):
    page = words(clerk.post(f"{work}{key}/", typed(value)))
    assert said in page or "is-invalid" in page
    assert "Điều 9 Quy chế" in page, "what was typed is kept"
    assert not CouncilSetting.objects.exists()


def test_an_overlap_is_refused_in_a_sentence(clerk, work):
    clerk.post(f"{work}papers_days/", typed("5", "2026-06-01"))
    page = words(clerk.post(f"{work}papers_days/", typed("7", "2026-05-01")))
    assert "trùng với giá trị “5” áp dụng từ 01/06/2026" in page


def test_the_older_values_stay_on_the_page(clerk, work):
    clerk.post(f"{work}papers_days/", typed("5", "2026-04-01"))
    clerk.post(f"{work}papers_days/", typed("7", "2026-05-01"))
    page = words(clerk.get(work))
    assert "từ 01/04/2026 đến hết 30/04/2026" in page


def test_a_value_ends_on_a_day(cast, clerk, work):
    clerk.post(f"{work}election_max_rounds/", typed("3"))
    assert "dùng lại giá trị mặc định" in words(clerk.get(f"{work}election_max_rounds/"))
    row = CouncilSetting.objects.get()
    url = f"{work}{row.pk}/ket-thuc/"
    assert clerk.post(url, {"effective_to": "2026-04-30"}).status_code == 302
    row.refresh_from_db()
    assert row.effective_to == date(2026, 4, 30)
    assert "đã có ngày kết thúc" in words(clerk.post(url, {"effective_to": "2026-05-30"}))
    assert "giá trị mặc định" in words(clerk.get(work))


def test_a_setting_that_there_is_not_has_no_page(clerk, work):
    assert clerk.get(f"{work}bribes/").status_code == 404


def test_another_councils_value_is_not_ended_here(cast, clerk, work):
    row = CouncilSetting.objects.create(
        council=cast.other_council, key="quorum", value="2/3", effective_from=date(2026, 4, 1),
        source="x",
    )  # fmt: skip
    assert (
        clerk.post(f"{work}{row.pk}/ket-thuc/", {"effective_to": "2026-05-01"}).status_code == 404
    )
