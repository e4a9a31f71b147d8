"""Appointment instead of election: only in units merged in 2025, only for the running term."""

from datetime import date

import pytest

from council.rules import appointments
from council.rules.periods import Interval
from council.rules.refusals import Refusal
from tests import rule_tables


@pytest.mark.parametrize("row", rule_tables.table("dismissal.md", "appointment"))
def test_the_appointments_of_the_page(row):
    day = date.fromisoformat
    term = Interval(day(row["term from"]), day(row["term to"]))
    ask = {"on": day(row["on"]), "term": term, "level": row["level"]}
    if row["answer"] != "allowed":
        with pytest.raises(Refusal) as refused:
            appointments.check(**ask)
        assert refused.value.code == row["answer"]
        assert refused.value.cites
        return
    found = appointments.check(**ask)
    assert found.period.start == max(term.start, date(2025, 7, 1))
    assert found.period.end == term.end
    assert found.provision.id == "appoint.merger"
