"""A suspended delegate: the Standing Committee reports it at the next session."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from council.services import jobs, mandates
from elections.models import FollowUp
from elections.queries import follow_ups as queries
from elections.services import suspensions
from tests.elections import stage

SUSPENDED = date(2028, 11, 15)


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def suspended(hall: stage.Stage, starts_on: date = SUSPENDED):
    """A delegate whom the Standing Committee suspended; the worker has caught up."""
    pause = mandates.suspend(
        hall.cast.mandates[20], starts_on=starts_on, reason="Quyết định 7/QĐ-TTHĐND (giả định)",
        by=hall.user("clerk"),
    )  # fmt: skip
    jobs.run_due()
    return pause


def test_a_suspension_is_reported_at_the_next_session(hall):
    pause = suspended(hall)
    step = FollowUp.objects.get()
    assert (step.kind, step.state, step.suspension) == ("report", "open", pause)
    assert (step.person, step.opened_on) == (pause.mandate.person, SUSPENDED)
    assert step.article == "Điều 38 khoản 4 Luật 72/2025/QH15"
    (row,) = queries.open_rows(hall.cast.council, SUSPENDED)
    assert row.following == hall.council_session
    assert row.clock.due_on == date(2028, 12, 14)
    (late,) = queries.open_rows(hall.cast.council, date(2028, 12, 20))
    assert late.is_late


def test_the_report_is_asked_for_once_and_stays_when_the_delegate_works_again(hall):
    pause = suspended(hall)
    suspensions.after_suspension(pause.pk)
    assert FollowUp.objects.count() == 1
    mandates.resume(pause, ends_on=date(2028, 11, 30), by=hall.user("clerk"))
    jobs.run_due()
    assert FollowUp.objects.get().state == "open", "what was done is told, over or not"
    suspended(hall, date(2028, 12, 1))
    assert FollowUp.objects.count() == 2, "a second suspension is a second report"


def test_the_page_says_who_was_suspended_and_by_what(hall, client):
    suspended(hall)
    client.force_login(hall.user("clerk"))
    shown = client.get(f"/lam-viec/{hall.cast.council.slug}/can-cu/").content.decode()
    assert "tạm đình chỉ nhiệm vụ đại biểu, Quyết định 7/QĐ-TTHĐND" in shown
    assert "Điều 38 khoản 4" in shown


def test_a_report_has_one_origin_only(hall):
    pause = suspended(hall)
    for change in ({"mandate": pause.mandate}, {"suspension": None}, {"kind": "vote"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.update(**change)
