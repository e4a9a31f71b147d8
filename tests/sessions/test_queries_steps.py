"""Steps and deadlines of a session as its books tell them; nothing is made up."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from council.rules.work import Step
from sessions.models import Session
from sessions.queries import deadlines, facts, steps
from sessions.services import papers
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of, pdf


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast, has_confidence_vote=True)


def course(desk: Desk) -> dict[str, Step]:
    held = desk.reload()
    return {step.title: step for step in steps.steps(held, facts.of(held))}


def where(desk: Desk) -> str:
    return next(title for title, step in course(desk).items() if step.state == "now")


def test_the_work_is_where_the_state_says(desk: Desk) -> None:
    assert where(desk) == "Chương trình"
    desk.submit()
    assert where(desk) == "Duyệt"
    assert "chờ người khác duyệt" in course(desk)["Duyệt"].detail
    desk.council_session = desk.reload()
    Session.objects.filter(pk=desk.council_session.pk).update(
        state="approved", approved_by=desk.user("approver"), approved_at=timezone.now()
    )
    assert where(desk) == "Triệu tập"


def test_a_plan_longer_than_its_sittings_is_told_before_the_session_only(desk: Desk) -> None:
    assert course(desk)["Chương trình"].label.startswith("Thừa ")
    desk.convene()
    Session.objects.update(state="in_progress")
    assert course(desk)["Chương trình"].label == "Xong"


def test_papers_are_done_when_all_are_released(desk: Desk) -> None:
    document = desk.paper(item=desk.roots[1].children.first())
    assert course(desk)["Tài liệu"].label == "1 chờ phát hành"
    papers.release(document, visibility="delegates", by=desk.user("approver"))
    assert course(desk)["Tài liệu"].state == "done"
    papers.add_version(document, file=pdf(extra=b"2"), change_note="", by=desk.user("clerk"))
    assert course(desk)["Tài liệu"].label == "1 chờ phát hành"


def test_a_failed_letter_shows_at_the_convening(desk: Desk) -> None:
    held = desk.convene()
    assert course(desk)["Triệu tập"].label == "Xong"
    held.deliveries.filter(mandate=desk.cast.mandates[0]).update(state="failed")
    assert course(desk)["Triệu tập"].label == "1 chưa gửi được"


def lines(desk: Desk, today: date) -> dict[str, deadlines.ChecklistLine]:
    held = desk.reload()
    found = deadlines.checklist(held, facts.of(held), today)
    return {line.deadline.code: line for line in found}


def test_a_confidence_vote_brings_its_deadlines_and_each_has_a_state(desk: Desk) -> None:
    found = lines(desk, date(2026, 11, 8))
    assert found["confidence.t_minus_45"].state == "late"
    assert found["confidence.t_minus_45"].left == "quá hạn 13 ngày"
    assert (found["confidence.t_minus_30"].state, found["confidence.t_minus_30"].left) == (
        "soon", "còn 2 ngày",
    )  # fmt: skip
    assert found["session.papers"].state == "ok"
    assert found["info.publish"].left.endswith("ngày làm việc")
    assert found["session.papers"].source == "theo quy chế, chưa đối chiếu nguyên văn"


def test_convening_in_time_or_late_is_told_from_the_books(desk: Desk) -> None:
    held = desk.convene()
    assert lines(desk, date(2026, 12, 1))["session.convene_ordinary"].left == "xong, trễ"
    Session.objects.filter(pk=held.pk).update(convened_at=datetime(2026, 11, 1, 2, tzinfo=UTC))
    assert lines(desk, date(2026, 12, 1))["session.convene_ordinary"].state == "done"


def test_once_the_session_runs_no_alarm_is_made_up(desk: Desk) -> None:
    desk.convene()
    Session.objects.update(state="in_progress")
    found = lines(desk, date(2026, 12, 10))
    assert (found["confidence.t_minus_45"].state, found["confidence.t_minus_45"].left) == (
        "open", "đã qua",
    )  # fmt: skip
