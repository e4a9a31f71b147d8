"""Appointment instead of election during the mergers of 2025."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from council.models import Appointment, AuditEntry
from council.rules.refusals import Refusal
from council.services import appointments

DAY = date(2025, 7, 1)


@pytest.fixture
def merged(cast):
    """The council's term ends with the mergers'."""
    cast.term.starts_on, cast.term.ends_on = date(2025, 7, 1), date(2026, 3, 31)
    cast.term.label = "2021-2026"
    cast.term.save()
    return cast


def appoint(cast, **more):
    ask = {
        "person": cast.people[-1], "term": cast.term, "starts_on": DAY,
        "body": "Ủy ban Thường vụ Quốc hội", "decision": "Nghị quyết 1700/NQ-UBTVQH15",
        "decided_on": date(2025, 6, 30), "by": cast.user["clerk"], **more,
    }  # fmt: skip
    return appointments.appoint(cast.offices["pc_vice_chair"], **ask)


def test_an_appointed_holder_needs_no_vote_and_no_approval(merged):
    tenure = appoint(merged)
    assert (tenure.basis, tenure.approval, tenure.send_due_on) == ("appointed", "not_needed", None)
    found = Appointment.objects.get(tenure=tenure)
    assert found.legal_basis == "Điều 2 khoản 3 Nghị quyết 203/2025/QH15"
    assert (found.allowed_from, found.allowed_to) == (DAY, date(2026, 3, 31))
    assert AuditEntry.objects.filter(verb="tenure.appoint").count() == 1


def test_in_any_other_term_the_council_elects(cast):
    with pytest.raises(Refusal) as refused:
        appoint(cast, starts_on=date(2026, 5, 4))
    assert refused.value.code == "appointment.not_allowed"
    assert not Appointment.objects.exists()


def test_a_full_office_takes_nobody_more(merged):
    for place in (-1, -2, -3):
        appoint(merged, person=merged.people[place])
    with pytest.raises(Refusal) as refused:
        appoint(merged, person=merged.people[-4])
    assert refused.value.code == "office.no_free_seat"


def test_it_is_written_down_by_who_keeps_the_offices(merged):
    with pytest.raises(Refusal) as refused:
        appoint(merged, by=merged.user["delegate"])
    assert refused.value.code == "access.denied"


def test_the_database_wants_body_number_and_basis(merged):
    appoint(merged)
    wrong = [{"body": ""}, {"decision": ""}, {"legal_basis": ""}, {"allowed_to": date(2025, 6, 1)}]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.update(**change)
