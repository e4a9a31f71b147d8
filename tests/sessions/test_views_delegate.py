"""A delegate's phone: now and next, released papers only, own group and attendance, calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from sessions.models import AgendaItem
from sessions.services import agenda, attendance, papers
from tests.cast import Cast
from tests.sessions.desk import PDF, Desk, desk_of, pdf
from tests.sessions.hall import Hall

HOME = "/lam-viec/tinh-thu/dai-bieu/"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


@pytest.fixture
def delegate(desk: Desk, client: Client) -> Client:
    client.force_login(desk.user("delegate"))
    return client


def plain(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_anything_is_convened_the_page_says_so(desk: Desk, delegate: Client) -> None:
    shown = plain(delegate.get(HOME))
    assert "Chưa có kỳ họp nào được triệu tập" in shown
    assert "Kỳ họp thứ 5" not in shown
    assert delegate.get(f"{HOME}ky-hop/{desk.council_session.pk}/").status_code == 404


def test_the_next_session_shows_its_agenda_with_released_papers_only(
    desk: Desk, delegate: Client
) -> None:
    item = desk.roots[1].children.first()
    AgendaItem.objects.filter(pk=item.pk).update(staff_note="BÍ MẬT VĂN PHÒNG")  # type: ignore[union-attr]
    released = desk.paper(item=item, title="Báo cáo đã phát hành", number="1/BC")
    desk.paper(item=item, title="Báo cáo còn giữ", number="2/BC", file=pdf(extra=b"2"))
    general = desk.paper(title="Nội quy kỳ họp", kind="other", number="3", file=pdf(extra=b"3"))
    for document in (released, general):
        papers.release(document, visibility="delegates", by=desk.user("approver"))
    desk.convene()
    shown = plain(delegate.get(HOME))
    assert "Kỳ họp thứ 5" in shown
    assert "1. Khai mạc kỳ họp" in shown
    assert "Báo cáo đã phát hành" in shown
    assert "Nội quy kỳ họp" in shown
    assert "2 tài liệu" in shown
    for hidden in (
        "Báo cáo còn giữ",
        "BÍ MẬT VĂN PHÒNG",
        "Nhân sự</a>",
        "/lam-viec/tinh-thu/ky-hop/",
    ):
        assert hidden not in shown


def test_own_group_and_attendance_are_there(desk: Desk, delegate: Client) -> None:
    desk.convene()
    shown = plain(delegate.get(HOME))
    assert "Điểm danh của tôi" in shown
    assert "Tổ đại biểu số 1: 7 đại biểu" in shown
    assert "chưa họp" in shown


def test_without_a_seat_there_is_no_personal_part(desk: Desk, client: Client) -> None:
    desk.convene()
    client.force_login(desk.user("clerk"))
    assert "Điểm danh của tôi" not in plain(client.get(HOME))


def test_now_and_next_follow_the_hall(hall: Hall, client: Client) -> None:
    hall.item.minutes = 40
    hall.item.save()
    AgendaItem.objects.create(
        council_session=hall.council_session, position=2, title="Bầu bổ sung", kind="election"
    )
    mine = hall.cast.mandates[20]
    attendance.arrive(hall.sitting, mandates=[mine], by=hall.user("clerk"))
    client.force_login(hall.user("delegate"))
    assert "Khai mạc hôm nay" in plain(client.get(HOME))
    hall.tick(hall.cast.mandates[:20])
    hall.tick(hall.cast.mandates[21:30])
    hall.open(0)
    agenda.start_item(hall.item, by=hall.user("chair"))
    shown = plain(client.get(HOME))
    assert "Đang diễn ra:</strong> 1. Thông qua chương trình." in shown
    assert "Tiếp theo khoảng 8 giờ 41: 2. Bầu bổ sung." in shown
    assert "từ 8 giờ" in shown
    part = client.get(HOME, headers={"HX-Request": "true"})
    assert "Đang diễn ra" in plain(part)
    assert "<html" not in plain(part)


def test_a_released_paper_is_read_and_no_other(desk: Desk, delegate: Client) -> None:
    document = desk.paper()
    path = f"{HOME}tai-lieu/{document.pk}/"
    assert delegate.get(path).status_code == 404
    papers.release(document, visibility="delegates", by=desk.user("approver"))
    assert delegate.get(path).status_code == 404, "not convened yet"
    desk.convene()
    answer = delegate.get(path)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    papers.withdraw(document, reason="Sai", by=desk.user("approver"))
    assert delegate.get(path).status_code == 404


def test_a_delegate_never_reads_a_newer_version_that_nobody_released(
    desk: Desk, delegate: Client
) -> None:
    document = desk.paper()
    papers.release(document, visibility="delegates", by=desk.user("approver"))
    desk.convene()
    papers.add_version(document, file=pdf(extra=b"moi"), change_note="", by=desk.user("clerk"))
    answer = delegate.get(f"{HOME}tai-lieu/{document.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


def test_the_calendar_holds_the_convened_sittings(desk: Desk, delegate: Client) -> None:
    empty = Calendar.from_ical(delegate.get(f"{HOME}lich.ics").content)
    assert not empty.walk("VEVENT")
    desk.convene()
    answer = delegate.get(f"{HOME}lich.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert "Kỳ họp thứ 5" in str(event["summary"])


def test_the_running_session_comes_before_the_next_and_the_last(
    desk: Desk, delegate: Client, time_machine: Any
) -> None:
    time_machine.move_to(date(2026, 12, 1))
    desk.convene()
    later = desk_of(desk.cast, number=6, opens_on=date(2026, 12, 20), closes_on=date(2026, 12, 20))
    later.convene()
    delegate.force_login(desk.user("delegate"))
    assert "<h1>Kỳ họp thứ 5</h1>" in plain(delegate.get(HOME))
    time_machine.shift(timedelta(days=12))
    delegate.force_login(desk.user("delegate"))
    assert "<h1>Kỳ họp thứ 6</h1>" in plain(delegate.get(HOME))
    shown = plain(delegate.get(f"{HOME}ky-hop/{desk.council_session.pk}/"))
    assert "<h1>Kỳ họp thứ 5</h1>" in shown


@pytest.mark.parametrize(("name", "status"), [("outsider", 404), ("admin", 403), (None, 302)])
def test_outsiders_are_turned_away(
    desk: Desk, client: Client, name: str | None, status: int
) -> None:
    if name:
        client.force_login(desk.user(name))
    assert client.get(HOME).status_code == status


def test_queries_do_not_grow(desk: Desk, delegate: Client) -> None:
    desk.convene()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            plain(delegate.get(HOME))
        return len(queries)

    count()
    before = count()
    for number in range(8):
        document = desk.paper(item=desk.roots[number % 4], file=pdf(extra=str(number).encode()))
        papers.release(document, visibility="public", by=desk.user("approver"))
    assert count() == before
