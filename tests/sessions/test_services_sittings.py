"""Sittings: planned within the session, opened with a quorum, suspended, resumed, closed."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from council.models import AuditEntry
from council.rules.refusals import Refusal
from sessions.models import Session, Sitting
from sessions.queries import sittings as queries
from sessions.services import attendance, sittings, votes
from tests.sessions.hall import DAY, Hall


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def plan(hall: Hall, *, day: date = DAY, part: str = "afternoon", by: str = "clerk") -> Sitting:
    return sittings.plan(
        hall.council_session, held_on=day, part=part, starts_at=time(14), by=hall.user(by)
    )


def test_a_sitting_gets_the_next_number_and_an_audit_row(hall: Hall) -> None:
    assert plan(hall).ordinal == 2
    assert verbs() == ["sitting.plan"]


@pytest.mark.parametrize("day", [date(2026, 7, 9), date(2026, 7, 13)])
def test_a_sitting_outside_the_session_is_refused(hall: Hall, day: date) -> None:
    with pytest.raises(Refusal) as refused:
        plan(hall, day=day)
    assert (refused.value.code, refused.value.field) == ("sitting.outside_session", "held_on")
    assert hall.council_session.sittings.count() == 1


def test_a_closed_session_gets_no_more_sittings(hall: Hall) -> None:
    Session.objects.update(state="closed")
    with pytest.raises(Refusal) as refused:
        plan(hall)
    assert refused.value.code == "sitting.session_closed"


def test_the_same_half_day_twice_is_refused_with_a_sentence(hall: Hall) -> None:
    with pytest.raises(ValidationError, match="Buổi này của kỳ họp đã có"):
        plan(hall, part="morning")


@pytest.mark.parametrize("name", ["delegate", "admin", "outsider", "counter1"])
def test_who_has_no_role_for_it_plans_and_opens_nothing(hall: Hall, name: str) -> None:
    with pytest.raises(Refusal) as planned:
        plan(hall, by=name)
    with pytest.raises(Refusal) as opened:
        sittings.open_sitting(hall.sitting, by=hall.user(name))
    assert {planned.value.code, opened.value.code} == {"access.denied"}


def test_without_a_quorum_nothing_opens_and_the_sentence_counts_the_missing(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:23])
    with pytest.raises(Refusal) as refused:
        sittings.open_sitting(hall.sitting, by=hall.user("chair"))
    assert refused.value.code == "quorum.not_met"
    assert refused.value.params == {"present": 23, "total": 35, "needed": 24, "missing": 1}
    hall.council_session.refresh_from_db()
    assert hall.council_session.state == "convened"


def test_the_first_sitting_begins_the_session(hall: Hall) -> None:
    assert hall.open(24).state == "open"
    hall.council_session.refresh_from_db()
    assert hall.council_session.state == "in_progress"
    assert verbs() == ["attendance.arrive", "session.begin", "sitting.open"]


def test_a_session_that_is_not_convened_does_not_begin(hall: Hall) -> None:
    Session.objects.update(state="approved", convened_at=None)
    hall.tick(hall.cast.mandates)
    with pytest.raises(Refusal) as refused:
        sittings.open_sitting(hall.sitting, by=hall.user("chair"))
    assert refused.value.code == "session.not_now"
    hall.sitting.refresh_from_db()
    assert hall.sitting.state == "planned"


def test_opening_twice_is_refused(hall: Hall) -> None:
    hall.open()
    with pytest.raises(Refusal) as refused:
        sittings.open_sitting(hall.sitting, by=hall.user("chair"))
    assert refused.value.code == "sitting.not_now"


def test_two_sittings_do_not_run_at_once(hall: Hall) -> None:
    hall.open()
    second = plan(hall)
    attendance.arrive(second, mandates=hall.cast.mandates, by=hall.user("clerk"))
    with pytest.raises(ValidationError, match="đang có một phiên khác"):
        sittings.open_sitting(second, by=hall.user("chair"))


def test_a_break_keeps_who_is_there_and_resuming_asks_for_the_quorum_again(hall: Hall) -> None:
    hall.open(24)
    sitting = sittings.suspend(hall.sitting, by=hall.user("chair"))
    assert queries.present_count(sitting) == 24
    attendance.leave(sitting, mandate=hall.cast.mandates[0], by=hall.user("clerk"))
    with pytest.raises(Refusal) as refused:
        sittings.resume(sitting, by=hall.user("chair"))
    assert refused.value.code == "quorum.not_met"
    attendance.arrive(sitting, mandates=hall.cast.mandates[30:31], by=hall.user("clerk"))
    assert sittings.resume(sitting, by=hall.user("chair")).state == "open"


def test_at_the_end_everybody_leaves_and_closing_twice_is_refused(hall: Hall) -> None:
    hall.open()
    sitting = sittings.close_sitting(hall.sitting, by=hall.user("chair"))
    assert queries.present_count(sitting) == 0
    assert set(sitting.presences.values_list("left_at", flat=True)) == {sitting.closed_at}
    with pytest.raises(Refusal) as refused:
        sittings.close_sitting(sitting, by=hall.user("chair"))
    assert refused.value.code == "sitting.not_now"
    assert verbs()[-1] == "sitting.close"


def test_a_sitting_with_an_open_vote_does_not_close(hall: Hall) -> None:
    hall.open()
    votes.open_by_name(hall.sitting, matter="other", subject="Việc khác", by=hall.user("clerk"))
    with pytest.raises(Refusal) as refused:
        sittings.close_sitting(hall.sitting, by=hall.user("chair"))
    assert refused.value.code == "sitting.vote_open"
