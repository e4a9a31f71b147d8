"""An office ended by the council is public with its poll, not before; appointments say by whom."""

from datetime import date

import pytest
from django.test import Client

from council.models import Mandate
from council.services import appointments
from elections.services import results
from portal import queries
from tests.elections import grounds, stage

LATER = date(2028, 12, 20)


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def test_an_office_ends_for_the_public_when_the_result_is_published(hall):
    poll = grounds.dismissal(hall)
    stage.agreed(hall, poll)
    name = hall.cast.people[grounds.VICE_CHAIR].full_name
    page = Client().get("/tinh-thu/chuc-vu/").content.decode()
    assert name in page
    assert "miễn nhiệm" not in page
    held = queries.office_holders(hall.cast.council, LATER)
    assert name in {tenure.person.full_name for tenure in held}
    results.mark_published(poll, by=hall.user("chair"))
    page = Client().get("/tinh-thu/chuc-vu/").content.decode()
    assert "12/12/2028, miễn nhiệm" in page
    held = queries.office_holders(hall.cast.council, LATER)
    assert name not in {tenure.person.full_name for tenure in held}


def test_a_removed_delegate_is_one_for_the_public_until_then(hall):
    poll = grounds.removal(hall)
    stage.agreed(hall, poll)
    removed = hall.cast.mandates[20]

    def seen() -> set[int]:
        return {one.pk for one in queries.delegates(hall.cast.term, LATER)}

    assert Mandate.objects.get(pk=removed.pk).ends_on == stage.DAY
    assert removed.pk in seen()
    results.mark_published(poll, by=hall.user("chair"))
    assert removed.pk not in seen()


def test_an_appointment_names_body_and_decision_on_the_public_page(hall):
    term = hall.cast.term
    term.starts_on, term.ends_on = date(2025, 7, 1), date(2026, 3, 31)
    term.save()
    appointments.appoint(
        hall.cast.offices["pc_vice_chair"], person=hall.cast.people[-1], term=term,
        starts_on=date(2025, 7, 1), body="Ủy ban Thường vụ Quốc hội",
        decision="Nghị quyết 1700/NQ-UBTVQH15", decided_on=date(2025, 6, 30),
        by=hall.user("clerk"),
    )  # fmt: skip
    page = Client().get("/tinh-thu/chuc-vu/").content.decode()
    assert "Nghị quyết 1700/NQ-UBTVQH15, Ủy ban Thường vụ Quốc hội" in page
    assert "được chỉ định" in page
