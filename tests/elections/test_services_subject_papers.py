"""Reports, declarations and papers before a confidence vote: ticked off, reminded, never barred."""

from datetime import date

import pytest
from django.urls import reverse

from council.models import AuditEntry
from council.rules.refusals import Refusal
from council.services import offices
from elections.models import SubjectPaper
from elections.queries import preflight, subject_papers
from elections.services import polls
from elections.services import subject_papers as service
from sessions.queries import deadlines
from tests.elections import grounds, stage

IN_TIME = date(2026, 11, 2)


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def refused(verb, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **kwargs)
    return caught.value


def reminders(poll) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in preflight.checklist(poll):
        if line.is_reminder:
            found.setdefault(line.code, []).append(line.message)
    return found


def test_what_is_missing_is_reminded_with_its_day_and_keeps_nothing_closed(hall):
    poll = stage.confidence(hall)
    said = reminders(poll)
    assert set(said) == {
        "open.papers_asked", "open.papers_report", "open.papers_declaration",
        "open.papers_opinion", "open.papers_sent",
    }  # fmt: skip
    (report,) = said["open.papers_report"]
    assert "0/7 người" in report
    assert "hạn 12/11/2028" in report
    assert "(+2)" in report, "only the first names are shown"
    assert stage.opened(hall, poll).state == "open"


def test_a_step_is_ticked_off_for_each_person_with_its_day(hall):
    poll, clerk = stage.confidence(hall), hall.user("clerk")
    entries = list(poll.entries.all())
    assert service.record(poll, step="report", done_on=IN_TIME, persons=entries, by=clerk) == 7
    assert "open.papers_report" not in reminders(poll)
    service.record(poll, step="report", done_on=date(2026, 11, 3), persons=entries[:1], by=clerk)
    assert SubjectPaper.objects.filter(step="report").count() == 7
    rows = subject_papers.rows_of(poll)
    assert [row.days[1] for row in rows[:2]] == [date(2026, 11, 3), IN_TIME]
    service.forget(poll, step="report", persons=entries[:1], by=clerk)
    assert "6/7 người" in reminders(poll)["open.papers_report"][0]
    assert AuditEntry.objects.filter(verb__startswith="poll.papers").count() == 3


def test_voters_opinions_are_sent_only_where_there_are_any(hall):
    poll = stage.confidence(hall)
    clerk, entries = hall.user("clerk"), list(poll.entries.all())

    def opinion() -> tuple[int, list[str]]:
        (standing,) = [one for one in subject_papers.standing(poll) if one.step == "opinion"]
        return standing.done, reminders(poll).get("open.papers_opinion", [])

    done, (said,) = opinion()
    assert done == 0
    assert "0/7 người" in said
    assert "“Mặt trận Tổ quốc báo không có ý kiến cử tri”" in said
    service.record(poll, step="opinion", done_on=IN_TIME, persons=entries[:3], by=clerk)
    done, (said,) = opinion()
    assert done == 3
    assert "3/7 người" in said
    service.record(poll, step="no_opinion", done_on=IN_TIME, persons=entries[3:], by=clerk)
    assert opinion() == (7, [])
    (line,) = [one for one in preflight.checklist(poll) if one.code == "open.papers_opinion"]
    assert line.is_met
    row = subject_papers.rows_of(poll)[-1]
    assert row.cells[3] == (None, True)
    page = stage.signed_in(hall, "clerk").get(
        reverse("elections:subject-papers", args=["tinh-thu", poll.pk])
    )
    assert "không có</td>" in page.text


def test_an_opinion_and_the_word_that_there_is_none_never_stand_together(hall):
    poll, clerk = stage.confidence(hall), hall.user("clerk")
    one = list(poll.entries.all())[:1]
    for step in ("no_opinion", "opinion", "no_opinion"):
        service.record(poll, step=step, done_on=IN_TIME, persons=one, by=clerk)
        assert list(SubjectPaper.objects.values_list("step", flat=True)) == [step]


def test_the_sessions_deadlines_count_those_without_an_opinion(hall):
    poll, clerk = stage.confidence(hall), hall.user("clerk")
    entries = list(poll.entries.all())

    def is_done() -> bool:
        return "confidence.t_minus_25" in deadlines._papers_done(hall.council_session)

    service.record(poll, step="opinion", done_on=IN_TIME, persons=entries[:2], by=clerk)
    assert not is_done(), "two of seven"
    service.record(poll, step="no_opinion", done_on=IN_TIME, persons=entries[2:], by=clerk)
    assert is_done()


def test_what_came_too_late_is_said(hall):
    poll = stage.confidence(hall)
    session = hall.council_session
    session.opens_on, session.closes_on = date(2026, 11, 20), date(2026, 11, 22)
    session.save()
    poll.refresh_from_db()
    entries = list(poll.entries.all())
    service.record(
        poll, step="sent", done_on=date(2026, 11, 10), persons=entries, by=hall.user("clerk")
    )
    (late,) = reminders(poll)["open.papers_sent"]
    assert "sau hạn 31/10/2026" in late


def test_refusals(hall):
    poll, clerk = stage.confidence(hall), hall.user("clerk")
    entries = list(poll.entries.all())
    ask = {"step": "report", "done_on": IN_TIME, "persons": entries}
    assert refused(service.record, poll, **ask, by=hall.user("chair")).code == "access.denied"
    late = {**ask, "done_on": date(2028, 11, 1)}
    assert refused(service.record, poll, **late, by=clerk).code == "papers.in_future"
    nobody = {**ask, "persons": []}
    assert refused(service.record, poll, **nobody, by=clerk).code == "papers.nobody"
    other = grounds.dismissal(hall)
    assert refused(service.record, other, **ask, by=clerk).code == "papers.not_confidence"
    strangers = {**ask, "persons": list(other.entries.all())}
    assert refused(service.record, poll, **strangers, by=clerk).code == "papers.other_list"
    assert refused(service.forget, poll, step="report", persons=[], by=clerk).code == (
        "papers.nobody"
    )


def test_a_draft_with_papers_may_be_thrown_away(hall):
    poll, clerk = stage.confidence(hall), hall.user("clerk")
    service.record(poll, step="asked", done_on=IN_TIME, persons=list(poll.entries.all()), by=clerk)
    polls.discard(poll, by=clerk)
    assert not SubjectPaper.objects.exists()


def test_the_list_is_compared_with_the_law_of_the_day(hall):
    poll, clerk = stage.confidence(hall), hall.user("clerk")
    lines = {line.code: line for line in preflight.checklist(poll)}
    assert lines["open.subjects"].state == "met"
    offices.end(
        grounds.tenure_of(hall, "pc_vice_chair"), ends_on=date(2028, 12, 1), reason="retired",
        by=clerk,
    )  # fmt: skip
    (extra,) = reminders(poll)["open.subjects"]
    assert "không thuộc diện lấy phiếu" in extra
    assert hall.cast.people[5].full_name in extra
    offices.begin(
        hall.cast.offices["pc_vice_chair"], person=hall.cast.people[30], term=hall.cast.term,
        basis="elected", starts_on=date(2027, 12, 1), by=clerk,
    )  # fmt: skip
    missing, _extra = reminders(poll)["open.subjects"]
    assert hall.cast.people[30].full_name in missing


def test_another_time_of_the_term_is_only_reminded(hall):
    poll = stage.confidence(hall)
    lines = {line.code: line for line in preflight.checklist(poll)}
    assert lines["open.third_year"].state == "met"
    hall.council_session.kind = "thematic"
    hall.council_session.save()
    poll.refresh_from_db()
    poll.council_session.refresh_from_db()
    (said,) = reminders(poll)["open.third_year"]
    assert "cuối năm thứ 3" in said
    line = next(one for one in preflight.checklist(poll) if one.code == "open.third_year")
    assert line.mark, "the article's number is from memory"
