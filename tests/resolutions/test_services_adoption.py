"""Adoption by open vote: the majority of all delegates, noted even when lost."""

import pytest

from council.rules.refusals import Refusal
from resolutions.models import Resolution
from resolutions.queries import pages
from resolutions.services import adoption, approvals, drafts
from sessions.models import OpenVote, Presence
from sessions.services import votes
from tests.resolutions.stage import DAY, Stage, drafted, submitted, voted


def test_more_than_half_of_all_delegates_carries(stage: Stage) -> None:
    resolution = submitted(stage)
    vote = voted(stage, resolution, in_favour=18)
    resolution.refresh_from_db()
    assert (vote.passed, vote.needed) == (True, 18)
    assert (resolution.adoption, resolution.adopted_on) == (vote, DAY)
    assert len(resolution.adopted_digest) == 64


def test_a_lost_vote_is_noted_and_may_be_taken_again(stage: Stage) -> None:
    resolution = submitted(stage)
    lost = voted(stage, resolution, in_favour=17)
    resolution.refresh_from_db()
    assert (lost.passed, resolution.adoption, resolution.adopted_on) == (False, lost, None)
    voted(stage, resolution, in_favour=20)
    resolution.refresh_from_db()
    assert pages.is_adopted(resolution)
    assert OpenVote.objects.count() == 2


def test_a_carried_text_is_not_voted_on_again(stage: Stage) -> None:
    resolution = submitted(stage)
    voted(stage, resolution)
    with pytest.raises(Refusal) as refused:
        voted(stage, resolution)
    assert refused.value.code == "resolution.adopted_already"
    assert OpenVote.objects.count() == 1


def test_totals_that_do_not_add_up_change_nothing(stage: Stage) -> None:
    resolution = submitted(stage)
    with pytest.raises(Refusal) as refused:
        adoption.vote_on(
            resolution, for_count=30, against_count=10, not_voting_count=0, by=stage.user["clerk"]
        )
    assert refused.value.code == "open_vote.exceeds_present"
    assert not OpenVote.objects.exists()
    assert Resolution.objects.get(pk=resolution.pk).adoption is None


def test_no_vote_without_a_sitting(stage: Stage) -> None:
    resolution = submitted(stage)
    type(stage.sitting).objects.update(state="closed", closed_at=stage.sitting.opened_at)
    with pytest.raises(Refusal) as refused:
        voted(stage, resolution)
    assert refused.value.code == "sitting.none_open"


def test_no_vote_without_a_quorum(stage: Stage) -> None:
    resolution = submitted(stage)
    Presence.objects.filter(
        pk__in=list(Presence.objects.values_list("pk", flat=True)[:20])
    ).delete()
    with pytest.raises(Refusal) as refused:
        adoption.vote_on(
            resolution, for_count=15, against_count=0, not_voting_count=0, by=stage.user["clerk"]
        )
    assert refused.value.code == "quorum.not_met"


def vote_on_something(stage: Stage, matter: str) -> OpenVote:
    return votes.take(
        stage.sitting, item=None, matter=matter, subject="Nội dung", for_count=35, against_count=0,
        not_voting_count=0, by=stage.user["clerk"],
    )  # fmt: skip


def test_a_vote_on_something_else_adopts_nothing(stage: Stage) -> None:
    with pytest.raises(Refusal) as refused:
        adoption.adopt(
            submitted(stage), vote=vote_on_something(stage, "agenda"), by=stage.user["clerk"]
        )
    assert refused.value.code == "resolution.foreign_vote"


def test_one_vote_adopts_one_resolution(stage: Stage) -> None:
    vote = vote_on_something(stage, "resolution")
    adoption.adopt(submitted(stage), vote=vote, by=stage.user["clerk"])
    with pytest.raises(Refusal) as refused:
        adoption.adopt(submitted(stage), vote=vote, by=stage.user["clerk"])
    assert refused.value.code == "resolution.vote_used"


def test_delegates_do_not_record_the_vote(stage: Stage) -> None:
    with pytest.raises(Refusal) as refused:
        adoption.vote_on(
            drafted(stage), for_count=35, against_count=0, not_voting_count=0,
            by=stage.user["delegate"],
        )  # fmt: skip
    assert refused.value.code == "access.denied"


def test_a_draft_that_was_sent_back_after_the_vote_keeps_it(stage: Stage) -> None:
    resolution = submitted(stage)
    voted(stage, resolution)
    approvals.send_back(resolution, reason="Sai nơi nhận", by=stage.user["approver"])
    again = drafts.submit(resolution, by=stage.user["clerk"])
    assert pages.is_adopted(again)
