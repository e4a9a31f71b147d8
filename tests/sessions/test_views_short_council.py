"""A council with few delegates is told so where votes are taken, and votes by its majority."""

from datetime import date

import pytest
from django.urls import reverse

from sessions.queries import votes as queries
from tests.elections import stage


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def page_of(hall: stage.Stage, statutory: int, ends_on: date) -> str:
    term = hall.cast.term
    term.statutory_delegates, term.ends_on = statutory, ends_on
    term.save()
    address = reverse("sessions:vote-take", args=["tinh-thu", hall.sitting.pk])
    return stage.signed_in(hall, "clerk").get(address).content.decode()


def test_a_full_council_is_told_nothing(hall):
    assert "Điều 49" not in page_of(hall, 35, date(2031, 3, 19))


def test_a_short_council_sees_its_majority_and_decides_by_it(hall):
    page = page_of(hall, 60, date(2030, 5, 1))
    assert "Hội đồng còn 35/60 đại biểu" in page
    assert "Điều 49 khoản 2 điểm b Luật 72/2025/QH15" in page
    assert "trên hai phần ba tổng số đại biểu hiện có" in page
    hall.sitting.council_session.term.refresh_from_db()
    for votes, passed in ((23, False), (24, True)):
        vote = stage.take_vote(hall, "resolution", for_count=votes)
        assert (vote.rule_id, vote.needed, vote.passed) == ("resolution.short_council", 24, passed)


def test_a_by_election_is_reminded_of_and_the_usual_majority_holds(hall):
    assert "phải bầu bổ sung đại biểu" in page_of(hall, 60, date(2031, 3, 19))
    hall.sitting.council_session.term.refresh_from_db()
    (usual, *_rest) = queries.majorities_for(hall.sitting, 35)
    assert usual.needed == 18
