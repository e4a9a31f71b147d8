"""The table of indicators: Vietnamese figures, warnings that stay, stale forms, bad input."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.models import Indicator
from sessions.services import indicators
from tests.sessions.hall import Hall

WORK = "/lam-viec/tinh-thu"
TYPED = {
    "name": "Giá trị sản xuất", "unit": "triệu đồng", "group": "economy",
    "period": "11 tháng năm 2026", "direction": "higher", "plan_lower": "38.240.000",
    "plan_upper": "38.240.000", "result": "34.550.889", "prior": "31.127.000",
    "stated_plan": "90,35", "stated_plan_form": "ratio", "stated_prior": "11",
    "stated_prior_form": "growth", "assessment": "on_track", "source": "", "note": "",
}  # fmt: skip


@pytest.fixture
def clerk(hall: Hall, client: Client) -> Client:
    client.force_login(hall.user("clerk"))
    return client


def list_url(hall: Hall) -> str:
    return f"{WORK}/ky-hop/{hall.council_session.pk}/chi-tieu/"


def flat(answer: object) -> str:
    assert answer.status_code == 200  # type: ignore[attr-defined]
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def add(client: Client, hall: Hall, **typed: str) -> str:
    return flat(client.post(f"{list_url(hall)}them/", {**TYPED, **typed}, follow=True))


def test_vietnamese_figures_are_read_compared_and_shown(hall: Hall, clerk: Client) -> None:
    shown = add(clerk, hall)
    row = Indicator.objects.get()
    assert (row.result, row.stated_plan) == (Decimal(34550889), Decimal("90.35"))
    assert "34.550 tỷ 889 triệu đồng" in shown
    assert "90,35%" in shown
    assert "+11%" in shown
    assert "không khớp" not in shown
    assert "<svg" in shown


def test_a_percentage_that_does_not_follow_is_saved_with_a_warning_that_stays(
    hall: Hall, clerk: Client
) -> None:
    add(clerk, hall, stated_plan="95,1")
    sentence = "Báo cáo nêu 95,1%, nhưng theo số liệu thì là 90,35%."
    assert sentence in flat(clerk.get(list_url(hall)))
    assert "1 chỉ tiêu có tỷ lệ báo cáo nêu không khớp" in flat(clerk.get(list_url(hall)))
    edit = f"{WORK}/chi-tieu/{Indicator.objects.get().pk}/sua/"
    assert sentence in flat(clerk.get(edit))


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [("7,5", "", "từ 7,5% trở lên"), ("", "35", "không quá 35%"), ("6,5", "7", "6,5 – 7%")],
)
def test_one_sided_plans_and_ranges_are_put_in_words(
    hall: Hall, clerk: Client, lower: str, upper: str, words: str
) -> None:
    shown = add(
        clerk, hall, unit="%", is_rate="on", plan_lower=lower, plan_upper=upper, result="6,8",
        prior="7", stated_plan="", stated_prior="", assessment="",
    )  # fmt: skip
    assert words in shown
    assert "điểm %" in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"result": "34,550.889"}, "có thể hiểu theo hai cách"),
        ({"result": "90.35"}, "có thể hiểu theo hai cách"),
        ({"result": "nhiều"}, "không phải là số"),
        ({"result": "9" * 25}, "quá lớn"),
        ({"result": "9" * 5000}, "không phải là số"),
        ({"result": "1,23456"}, "tối đa 4 chữ số sau dấu phẩy"),
        ({"stated_plan": "1.000.000"}, "quá lớn"),
        ({"result": "1\x002"}, "không phải là số"),
        ({"result": "NaN"}, "không phải là số"),
        ({"result": "1e9"}, "không phải là số"),
        ({"plan_lower": "8", "plan_upper": "7"}, "số đầu phải nhỏ hơn"),
        ({"name": ""}, "invalid-feedback"),
        ({"name": "x" * 301}, "invalid-feedback"),
        ({"unit": "a\x00"}, "invalid-feedback"),
        ({"direction": "sideways"}, "invalid-feedback"),
        ({"stated_plan_form": ""}, "invalid-feedback"),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    hall: Hall, clerk: Client, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in add(clerk, hall, **typed)
    assert not Indicator.objects.exists()


def test_the_form_shows_the_figures_as_they_were_typed(hall: Hall, clerk: Client) -> None:
    add(clerk, hall)
    shown = flat(clerk.get(f"{WORK}/chi-tieu/{Indicator.objects.get().pk}/sua/"))
    for typed in ("34.550.889", "90,35", "38.240.000"):
        assert f'value="{typed}"' in shown


def test_a_stale_form_shows_both_and_the_next_click_saves(hall: Hall, clerk: Client) -> None:
    add(clerk, hall)
    row = Indicator.objects.get()
    url = f"{WORK}/chi-tieu/{row.pk}/sua/"
    indicators.save(
        hall.council_session, indicator=row, note="của người khác", by=hall.user("clerk2")
    )
    stale = flat(clerk.post(url, {**TYPED, "note": "của tôi", "version": "1"}))
    assert "Người khác vừa lưu nội dung này." in stale
    assert "của người khác" in stale
    assert 'value="của tôi"' in stale
    assert 'name="version" value="2"' in stale
    clerk.post(url, {**TYPED, "note": "của tôi", "version": "2"})
    row.refresh_from_db()
    assert (row.note, row.version) == ("của tôi", 3)


def test_rows_are_moved_and_removed_by_buttons(hall: Hall, clerk: Client) -> None:
    for name in ("một", "hai"):
        add(clerk, hall, name=name)
    second = Indicator.objects.get(name="hai")
    clerk.post(f"{WORK}/chi-tieu/{second.pk}/chuyen/", {"position": "1"})
    assert list(Indicator.objects.values_list("name", flat=True)) == ["hai", "một"]
    shown = flat(clerk.post(f"{WORK}/chi-tieu/{second.pk}/xoa/", follow=True))
    assert "Đã xóa chỉ tiêu “hai”." in shown
    assert Indicator.objects.count() == 1
    assert clerk.post(f"{WORK}/chi-tieu/{second.pk}/xoa/").status_code == 404


@pytest.mark.parametrize("position", ["", "x", "-1", "9" * 400, "1\x00", "٣"])
def test_a_bad_position_moves_nothing(hall: Hall, clerk: Client, position: str) -> None:
    add(clerk, hall)
    row = Indicator.objects.get()
    shown = flat(
        clerk.post(f"{WORK}/chi-tieu/{row.pk}/chuyen/", {"position": position}, follow=True)
    )
    assert "Vị trí phải là một số từ 1 trở lên." in shown


def test_the_chair_reads_and_does_not_write(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("chair"))
    assert "Thêm chỉ tiêu" not in flat(client.get(list_url(hall)))
    assert client.get(f"{list_url(hall)}them/").status_code == 403


def test_the_number_of_queries_does_not_grow_with_rows(hall: Hall, clerk: Client) -> None:
    add(clerk, hall)
    flat(clerk.get(list_url(hall)))
    with CaptureQueriesContext(connection) as few:
        flat(clerk.get(list_url(hall)))
    for place in range(30):
        indicators.save(
            hall.council_session, name=f"Chỉ tiêu {place}", unit="%", period="năm 2026",
            by=hall.user("clerk"),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        flat(clerk.get(list_url(hall)))
    assert len(many) == len(few)
