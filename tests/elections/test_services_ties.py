"""Ties in an election: nobody of the tied is elected; what follows is the council's regulation."""

from datetime import date

import pytest

from council.models import CouncilSetting
from council.rules.refusals import Refusal
from elections.models import Poll
from elections.queries import rounds as queries
from elections.services import rounds
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def tied(stage: Stage) -> Poll:
    """One seat, two candidates, each with 20 of 35 delegates."""
    poll = staging.election(stage)
    for person in (30, 31):
        staging.candidate(stage, poll, person)
    votes = {("c01", "for"): 20, ("c01", "against"): 12, ("c02", "for"): 20, ("c02", "against"): 12}
    return staging.agreed(stage, poll, changes=votes).poll


def test_nobody_of_the_tied_is_elected_and_another_round_follows(stage: Stage, tied: Poll) -> None:
    assert set(tied.outcome.lines.values_list("verdict", flat=True)) == {"not_elected"}
    assert rounds.prepare_next(tied, by=stage.user("clerk")).round == 2


def test_a_regulation_may_send_a_tie_back_to_the_nomination(stage: Stage, tied: Poll) -> None:
    CouncilSetting.objects.create(
        council=stage.cast.council, key="election_tie", value="renominate",
        effective_from=date(2026, 1, 1), source="Điều 12 Quy chế",
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        rounds.prepare_next(tied, by=stage.user("clerk"))
    assert (refused.value.code, refused.value.cites) == ("round.no_more", "Điều 12 Quy chế")
    assert queries.offices_left(tied) == [(stage.cast.offices["pc_vice_chair"], 1)]


def test_without_a_tie_that_regulation_changes_nothing(stage: Stage) -> None:
    CouncilSetting.objects.create(
        council=stage.cast.council, key="election_tie", value="renominate",
        effective_from=date(2026, 1, 1), source="Điều 12 Quy chế",
    )  # fmt: skip
    poll = staging.election(stage)
    for person in (30, 31):
        staging.candidate(stage, poll, person)
    votes = {("c01", "for"): 17, ("c01", "against"): 15, ("c02", "for"): 10, ("c02", "against"): 22}
    lost = staging.agreed(stage, poll, changes=votes).poll
    assert rounds.prepare_next(lost, by=stage.user("clerk")).round == 2
