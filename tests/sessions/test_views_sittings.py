"""The page of sittings: buttons by state, the quorum in sight, bad dates get sentences."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.models import Session, Sitting
from sessions.services import sittings
from tests.sessions.hall import DAY, Hall

WORK = "/lam-viec/tinh-thu"


@pytest.fixture
def clerk(hall: Hall, client: Client) -> Client:
    client.force_login(hall.user("clerk"))
    return client


def page(client: Client, hall: Hall) -> str:
    answer = client.get(f"{WORK}/ky-hop/{hall.council_session.pk}/phien/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def plan(client: Client, hall: Hall, **typed: str) -> str:
    data = {"held_on": "2026-07-11", "part": "morning", "starts_at": "08:00", **typed}
    answer = client.post(f"{WORK}/ky-hop/{hall.council_session.pk}/phien/them/", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, hall: Hall, verb: str) -> str:
    answer = client.post(f"{WORK}/phien/{hall.sitting.pk}/{verb}/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_quorum_stands_there_with_its_source_and_what_is_missing(
    hall: Hall, clerk: Client
) -> None:
    hall.tick(hall.cast.mandates[:20])
    shown = page(clerk, hall)
    assert "20/35 đại biểu có mặt" in shown
    assert "cần 24, còn thiếu 4" in shown
    assert "Căn cứ:" in shown
    assert "Chưa mở được: còn thiếu 4 đại biểu" in shown


def test_the_buttons_lead_through_the_day(hall: Hall, clerk: Client) -> None:
    hall.tick(hall.cast.mandates)
    assert "đủ điều kiện họp (cần 24)" in page(clerk, hall)
    assert "Phiên họp đã mở." in press(clerk, hall, "mo")
    assert "Phiên họp tạm nghỉ." in press(clerk, hall, "tam-nghi")
    assert "Phiên họp tiếp tục." in press(clerk, hall, "tiep-tuc")
    assert "Phiên họp đã kết thúc." in press(clerk, hall, "ket-thuc")
    assert Sitting.objects.get().state == "closed"


def test_a_refused_button_says_why_and_changes_nothing(hall: Hall, clerk: Client) -> None:
    assert "Chưa đủ số đại biểu để họp" in press(clerk, hall, "mo")
    assert "Phiên họp chưa mở" in press(clerk, hall, "ket-thuc")
    assert Sitting.objects.get().state == "planned"


def test_a_session_that_is_not_convened_shows_the_reason(hall: Hall, clerk: Client) -> None:
    Session.objects.update(state="approved", convened_at=None)
    assert "Chưa mở được: kỳ họp chưa được triệu tập." in page(clerk, hall)


def test_a_sitting_is_added(hall: Hall, clerk: Client) -> None:
    assert "Đã thêm phiên họp" in plan(clerk, hall)
    assert Sitting.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"held_on": "10000-01-01"}, {"held_on": "2026-07-20"}, {"held_on": ""},
        {"held_on": "2026-07-11\x00"}, {"part": "night"}, {"part": ""}, {"starts_at": "25:99"},
        {"starts_at": "9" * 400}, {"held_on": "2026-07-10"},
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_adds_nothing(
    hall: Hall, clerk: Client, typed: dict[str, str]
) -> None:
    shown = plan(clerk, hall, **typed)
    assert "invalid-feedback" in shown or "alert" in shown or "err" in shown
    assert Sitting.objects.count() == 1


def test_another_councils_clerk_finds_nothing(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("outsider"))
    for path in (f"{WORK}/ky-hop/{hall.council_session.pk}/phien/", f"{WORK}/phien/1/diem-danh/"):
        assert client.get(path).status_code == 404
    other = f"/lam-viec/tinh-khac/ky-hop/{hall.council_session.pk}/phien/"
    assert client.get(other).status_code == 404
    assert client.post(f"/lam-viec/tinh-khac/phien/{hall.sitting.pk}/mo/").status_code == 404


def test_delegates_have_no_business_here(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("delegate"))
    assert client.get(f"{WORK}/ky-hop/{hall.council_session.pk}/phien/").status_code == 403
    assert client.post(f"{WORK}/phien/{hall.sitting.pk}/mo/").status_code == 403


def test_the_number_of_queries_does_not_grow_with_sittings(hall: Hall, clerk: Client) -> None:
    page(clerk, hall)
    with CaptureQueriesContext(connection) as few:
        page(clerk, hall)
    for day in (DAY, DAY.replace(day=11), DAY.replace(day=12)):
        sittings.plan(
            hall.council_session,
            held_on=day,
            part="evening",
            starts_at=hall.sitting.starts_at,
            by=hall.user("clerk"),
        )
    with CaptureQueriesContext(connection) as many:
        page(clerk, hall)
    assert len(many) == len(few)
