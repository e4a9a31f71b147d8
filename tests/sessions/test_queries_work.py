"""The first screen: what the session asks of whom, in every state, for every role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council.rules.work import Work
from council.services import access
from sessions.models import AgendaItem, Session
from sessions.queries.work import work_for
from sessions.services import sittings
from tests.sessions.hall import DAY, Hall


def work(hall: Hall, name: str = "clerk", *, days: int = 0) -> Work:
    user = hall.user(name)
    roles = access.roles_of(user, hall.cast.council)
    return work_for(hall.cast.council, user, roles, DAY + timedelta(days=days))


def actions(found: Work) -> list[str]:
    return [item.action for item in found.mine]


def set_state(hall: Hall, state: str) -> None:
    """Write a state before convening with the signs that belong to it."""
    signs: dict[str, object] = {"state": state, "convened_at": None}
    if state in ("draft", "submitted"):
        signs |= {"approved_by": None, "approved_at": None}
    Session.objects.filter(pk=hall.council_session.pk).update(**signs)


def test_without_a_session_the_clerk_is_asked_to_prepare_one(hall: Hall) -> None:
    Session.objects.update(state="closed")
    assert actions(work(hall)) == ["Chuẩn bị kỳ họp mới"]
    assert actions(work(hall, "chair")) == []


@pytest.mark.parametrize(
    ("state", "clerk", "approver", "chair"),
    [
        ("draft", ["Soạn tiếp"], ["Soạn tiếp"], []),
        ("submitted", [], ["Xem và duyệt"], ["Xem và duyệt"]),
        ("approved", ["Triệu tập"], ["Triệu tập"], []),
    ],
)
def test_each_state_asks_those_who_may(
    hall: Hall, state: str, clerk: list[str], approver: list[str], chair: list[str]
) -> None:
    set_state(hall, state)
    for name, expected in (("clerk", clerk), ("approver", approver), ("chair", chair)):
        found = work(hall, name, days=-20)
        assert actions(found) == expected
        assert len(found.mine) + len(found.others) == 1


def test_nobody_is_asked_to_approve_what_he_submitted(hall: Hall) -> None:
    set_state(hall, "submitted")
    Session.objects.update(submitted_by=hall.user("approver"))
    found = work(hall, "approver", days=-20)
    assert actions(found) == []
    assert [item.action for item in found.others] == ["Xem và duyệt"]


def test_on_the_morning_the_clerk_ticks_and_the_chair_waits(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:20])
    found = work(hall)
    assert found.headline == "Hôm nay: kỳ họp thứ 4, buổi sáng"
    assert found.lead == "20/35 đại biểu có mặt, cần 24, còn thiếu 4."
    assert actions(found)[0] == "Điểm danh"
    assert "Điểm danh" in [item.action for item in work(hall, "chair").others]


def test_with_a_quorum_the_sitting_can_be_opened(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:24])
    for name in ("clerk", "approver", "chair"):
        assert actions(work(hall, name))[0] == "Mở phiên họp"


def test_while_the_sitting_runs_the_lead_tells_quorum_and_place(hall: Hall) -> None:
    hall.open(30)
    AgendaItem.objects.create(
        council_session=hall.council_session, position=2, title="Báo cáo", kind="other",
        state="current",
    )  # fmt: skip
    found = work(hall)
    assert found.lead == (
        "30/35 đại biểu có mặt, đủ điều kiện họp (cần 24). Đang ở nội dung 2 trên 2."
    )
    assert actions(found)[0] == "Ghi biểu quyết"
    assert [(step.title, step.state) for step in found.steps] == [
        ("1. Thông qua chương trình", "next"), ("2. Báo cáo", "now"),
    ]  # fmt: skip


def test_a_break_offers_to_go_on_and_the_end_to_close(hall: Hall) -> None:
    hall.open(30)
    sitting = sittings.suspend(hall.sitting, by=hall.user("chair"))
    assert actions(work(hall, "chair"))[0] == "Tiếp tục phiên họp"
    sittings.resume(sitting, by=hall.user("chair"))
    sittings.close_sitting(sitting, by=hall.user("chair"))
    assert actions(work(hall, "chair"))[0] == "Bế mạc hoặc thêm phiên"


def test_the_steps_show_at_most_twelve_items_around_the_current_one(hall: Hall) -> None:
    hall.open(30)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            council_session=hall.council_session, position=place, title=f"Việc {place}",
            kind="other", state="current" if place == 20 else "planned",
        )
        for place in range(2, 31)
    )  # fmt: skip
    steps = work(hall).steps
    assert len(steps) == 12
    assert steps[4].state == "now"


def test_deadlines_stand_there_with_their_words(hall: Hall) -> None:
    found = work(hall, days=-20).deadlines
    assert found
    assert {due.state for due in found} <= {"done", "ok", "soon", "late", "open"}
    assert all(due.left and due.source for due in found)


def test_counters_and_administrators_get_no_staff_work(hall: Hall) -> None:
    for name in ("counter1", "admin"):
        found = work(hall, name)
        assert not found.mine
        assert not found.others
        assert not found.deadlines
        assert found.headline


def test_the_number_of_queries_does_not_grow(hall: Hall) -> None:
    hall.open(30)
    clerk = hall.user("clerk")
    with CaptureQueriesContext(connection) as few:
        work_for(hall.cast.council, clerk, frozenset({"clerk"}), DAY)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            council_session=hall.council_session, position=place, title=f"Việc {place}",
            kind="report",
        )
        for place in range(2, 31)
    )  # fmt: skip
    for number in range(5, 8):
        Session.objects.create(
            term=hall.cast.term, number=number, kind="thematic", opens_on=DAY, closes_on=DAY,
            place="Hội trường", created_by=clerk,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        work_for(hall.cast.council, clerk, frozenset({"clerk"}), DAY)
    assert len(many) == len(few)
