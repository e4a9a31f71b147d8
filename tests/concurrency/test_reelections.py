"""Clerks who press the same button of a list, a round or a re-election at the same moment."""

from datetime import date

import pytest

from council.services import offices
from elections.models import ListChange, Poll, PollEntry
from elections.services import list_changes, reelections, rounds
from tests.concurrency.test_counting import at_once
from tests.elections import stage as staging
from tests.elections.stage import PRESENT, Stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CLERKS = ("clerk", "clerk2")


def failed(stage: Stage) -> Poll:
    poll = staging.election(stage)
    for person in (30, 31):
        staging.candidate(stage, poll, person)
    return staging.agreed(stage, poll, changes=staging.votes_for({"c01": 17, "c02": 10})).poll


def test_two_who_ask_for_the_next_round_at_once_get_the_same() -> None:
    stage = staging.build()
    poll = failed(stage)
    said = at_once(lambda name: rounds.prepare_next(poll, by=stage.user(name)), CLERKS)
    assert said == ["done", "done"]
    assert Poll.objects.filter(previous_round=poll).count() == 1


def test_two_who_prepare_the_election_again_at_once_get_the_same() -> None:
    stage = staging.build()
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    tenure, clerk = staging.agreed(stage, poll).lines.get().tenure, stage.user("clerk")
    tenure = offices.record_sent(tenure, sent_on=date(2028, 12, 13), by=clerk)
    tenure = offices.record_refused(tenure, decided_on=date(2028, 12, 14), decision="9", by=clerk)
    said = at_once(lambda name: reelections.after_refusal(tenure, by=stage.user(name)), CLERKS)
    assert said == ["done", "done"]
    assert Poll.objects.filter(refused_tenure=tenure).count() == 1


def test_two_votes_on_one_proposal_at_once_decide_it_once() -> None:
    stage = staging.build()
    poll = staging.election(stage)
    change = list_changes.propose(
        poll, person=stage.cast.people[31], post="Đại biểu", proposed_by=stage.cast.mandates[25],
        submitter="standing_committee", by=stage.user("clerk"),
    )  # fmt: skip

    def decide(name: str) -> ListChange:
        return list_changes.decide_by_totals(
            change, for_count=PRESENT, against_count=0, not_voting_count=0, by=stage.user(name)
        )

    assert at_once(decide, CLERKS) == ["done", "list.decided"]
    assert PollEntry.objects.filter(poll=poll).count() == 1
