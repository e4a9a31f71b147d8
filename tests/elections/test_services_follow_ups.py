"""Steps that results open, until something settles them; reports to the next session."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from council.rules.refusals import Refusal
from council.services import jobs, offices
from elections.models import FollowUp, Resignation, Trigger
from elections.queries import follow_ups as queries
from elections.services import departures, follow_ups, motions, resignations
from sessions.models import Session
from tests.elections import grounds, stage
from tests.elections.stage import DAY


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def refused(verb, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **kwargs)
    return caught.value


def later_session(hall: stage.Stage, number: int, opens_on: date, *, state="draft") -> Session:
    clerk = hall.user("clerk")
    return Session.objects.create(
        term=hall.cast.term, number=number, kind="thematic", opens_on=opens_on, closes_on=opens_on,
        place="Hội trường", state=state, created_by=clerk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "kind"),
    [(16, None), (17, "resign_or_vote"), (21, "resign_or_vote"), (22, "dismissal")],
)
def test_the_low_result_opens_its_step(hall, low, kind):
    outcome = grounds.low_result(hall, low)
    steps = list(FollowUp.objects.all())
    assert [step.kind for step in steps] == ([kind] if kind else [])
    for step in steps:
        assert step.person == hall.cast.people[grounds.VICE_CHAIR]
        assert step.line.outcome == outcome
        assert step.council_session == hall.council_session
        assert step.article.startswith("Điều 12 khoản")


def test_the_low_result_is_the_trigger_of_the_vote_which_settles_it(hall):
    grounds.low_result(hall, 20)
    step = FollowUp.objects.get()
    poll = grounds.no_confidence_poll(hall, follow_ups=(step,))
    trigger = Trigger.objects.get()
    assert (trigger.kind, trigger.line, trigger.entry.poll) == ("low_result", step.line, poll)
    stage.agreed(hall, poll)
    step.refresh_from_db()
    assert (step.state, step.settled_by, step.closed_on) == ("done", poll, DAY)


def test_two_thirds_low_leads_to_the_dismissal_and_to_no_vote_between(hall):
    grounds.low_result(hall, 22)
    step = FollowUp.objects.get()
    said = refused(grounds.no_confidence_poll, hall, follow_ups=(step,))
    assert said.code == "trigger.result_does_not_oblige"
    poll = grounds.dismissal(hall)
    stage.agreed(hall, poll, changes=grounds.lost(poll, (5, 27, 0)))
    step.refresh_from_db()
    assert (step.state, step.settled_by) == ("done", poll), "it was put to the vote and lost"


def test_a_dismissal_of_somebody_else_settles_nothing(hall):
    grounds.low_result(hall, 22)
    stage.agreed(hall, grounds.dismissal(hall, kind="pc_member"))
    assert FollowUp.objects.get().state == "open"


def test_a_granted_resignation_settles_it_and_a_refused_one_does_not(hall):
    grounds.low_result(hall, 20)
    poll = grounds.resignation(hall)
    stage.agreed(hall, poll, changes=grounds.lost(poll, (5, 27, 0)))
    step = FollowUp.objects.get()
    assert step.state == "open"
    again = grounds.motion_poll(hall, "resignation")
    motions.put_resignation(again, resignation=grounds.request(hall), by=hall.user("clerk"))
    stage.agreed(hall, again)
    step.refresh_from_db()
    assert (step.state, step.settled_by) == ("done", again)


def test_an_annulled_result_takes_its_steps_back(hall):
    grounds.low_result(hall, 20)
    step = FollowUp.objects.get()
    poll = grounds.no_confidence_poll(hall, follow_ups=(step,))
    stage.agreed(hall, poll, changes=grounds.lost(poll, (2, 30)))
    assert set(FollowUp.objects.values_list("kind", "state")) == {
        ("resign_or_vote", "done"), ("dismissal", "open"),
    }  # fmt: skip
    poll.refresh_from_db()
    grounds.annulled(hall, poll)
    assert set(FollowUp.objects.values_list("kind", "state")) == {
        ("resign_or_vote", "open"), ("dismissal", "overtaken"),
    }  # fmt: skip
    step.refresh_from_db()
    assert grounds.no_confidence_poll(hall, follow_ups=(step,)).entries.count() == 1


def test_a_person_closes_a_step_only_with_a_reason(hall):
    grounds.low_result(hall, 20)
    step = FollowUp.objects.get()
    denied = refused(
        follow_ups.close_by_hand, step, state="done", reason="x", by=hall.user("delegate")
    )
    assert denied.code == "access.denied"
    said = refused(follow_ups.close_by_hand, step, state="open", reason="x", by=hall.user("clerk"))
    assert said.code == "follow_up.state"
    with pytest.raises(Exception, match="lý do"):
        follow_ups.close_by_hand(step, state="done", reason="", by=hall.user("clerk"))
    step = follow_ups.close_by_hand(
        step, state="overtaken", reason="Đã chuyển công tác", by=hall.user("clerk")
    )
    assert (step.state, step.closed_by) == ("overtaken", hall.user("clerk"))
    said = refused(follow_ups.close_by_hand, step, state="done", reason="x", by=hall.user("clerk"))
    assert said.code == "follow_up.closed"


def test_that_session_or_the_next(hall):
    grounds.low_result(hall, 20)
    council = hall.cast.council

    def stands(today: date) -> tuple[str, str]:
        (row,) = queries.open_rows(council, today)
        return row.clock.state.value, row.due

    state, due = stands(date(2028, 12, 13))
    assert (state, due) == ("now", "hạn: kỳ họp này hoặc kỳ họp gần nhất (chưa có lịch)")
    later_session(hall, 10, date(2029, 9, 3))
    later_session(hall, 9, date(2029, 4, 3))
    assert stands(date(2029, 3, 30))[0] == "soon"
    assert "khai mạc ngày 03/04/2029" in stands(date(2029, 3, 30))[1]
    state, due = stands(date(2029, 4, 4))
    assert state == "late"
    assert "quá hạn" in due


# --- offices that end without a vote -------------------------------------------------------------


@pytest.mark.parametrize("reason", ["retired", "died"])
def test_retirement_and_death_need_no_vote_and_are_reported(hall, reason):
    grounds.low_result(hall, 20)
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    departures.record(tenure, ends_on=date(2028, 12, 20), reason=reason, by=hall.user("clerk"))
    report, step = FollowUp.objects.order_by("-pk")
    assert (report.kind, report.state, report.tenure) == ("report", "open", tenure)
    assert report.article == "Điều 37 khoản 6 Luật 72/2025/QH15"
    assert step.state == "overtaken"
    jobs.run_due()
    assert FollowUp.objects.count() == 2, "the job finds everything done"
    (row,) = queries.open_rows(hall.cast.council, date(2028, 12, 21))
    assert row.due == "hạn: kỳ họp gần nhất (chưa có lịch)"
    later_session(hall, 9, date(2029, 4, 3))
    (row,) = queries.open_rows(hall.cast.council, date(2029, 4, 4))
    assert row.is_late


def test_an_office_ended_on_the_list_of_offices_is_reported_too(hall):
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    offices.end(tenure, ends_on=date(2028, 12, 20), reason="died", by=hall.user("clerk"))
    assert not FollowUp.objects.exists()
    jobs.run_due()
    assert FollowUp.objects.get().kind == "report"


def test_everything_else_needs_a_vote(hall):
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    said = refused(
        departures.record, tenure, ends_on=DAY, reason="dismissed", by=hall.user("clerk")
    )
    assert said.code == "departure.needs_a_vote"
    said = refused(
        departures.record, tenure, ends_on=date(2025, 5, 5), reason="died", by=hall.user("clerk")
    )
    assert said.code == "law.no_rule"
    said = refused(departures.record, tenure, ends_on=DAY, reason="died", by=hall.user("chair"))
    assert said.code == "access.denied"


# --- resignations between sessions ---------------------------------------------------------------


def test_between_sessions_the_standing_committee_approves_and_reports(hall):
    asked = grounds.request(hall)
    day = date(2028, 12, 28)
    found = resignations.grant_between_sessions(
        asked, decided_on=day, decision="Nghị quyết 5/NQ-TTHĐND", by=hall.user("clerk")
    )
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert (found.state, tenure.ends_on, tenure.end_reason) == ("granted", day, "resigned")
    assert tenure.end_approvals.get().state == "to_send"
    assert FollowUp.objects.get().kind == "report"


def test_while_the_council_meets_it_decides_itself(hall):
    asked, clerk = grounds.request(hall), hall.user("clerk")
    said = refused(
        resignations.grant_between_sessions, asked, decided_on=DAY, decision="x", by=clerk
    )
    assert said.code == "resignation.in_session"
    said = refused(
        resignations.grant_between_sessions, asked, decided_on=date(2028, 10, 1), decision="x",
        by=clerk,
    )  # fmt: skip
    assert said.code == "resignation.before_request"


def test_a_request_without_consent_waits(hall):
    asked, clerk = grounds.request(hall, consent=""), hall.user("clerk")
    day = date(2028, 12, 28)
    said = refused(
        resignations.grant_between_sessions, asked, decided_on=day, decision="x", by=clerk
    )
    assert said.code == "resignation.without_consent"
    assert refused(grounds.request, hall).code == "resignation.pending"
    found = resignations.withdraw(asked, decided_on=day, by=clerk)
    assert found.state == "withdrawn"
    said = refused(resignations.record_consent, found, consent="x", version=found.version, by=clerk)
    assert said.code == "resignation.decided"
    assert grounds.request(hall).pk != found.pk


def test_requests_are_for_the_office_to_write_down(hall):
    said = refused(
        resignations.record, grounds.tenure_of(hall, "pc_chair"), requested_on=DAY, reason="x",
        consent="", by=hall.user("delegate"),
    )  # fmt: skip
    assert said.code == "access.denied"


def test_the_database_keeps_steps_and_requests_whole(hall):
    grounds.low_result(hall, 20)
    step, asked = FollowUp.objects.get(), grounds.request(hall, consent="")
    for change in ({"state": "done"}, {"line": None}, {"kind": "report"}, {"kind": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=step.pk).update(**change)
    for wrong in ({"state": "granted", "decided_on": DAY}, {"decided_on": DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resignation.objects.filter(pk=asked.pk).update(**wrong)
