"""What stands between a draft and the chair's signature."""

from dataclasses import replace

import pytest

from council.rules.refusals import Refusal
from resolutions.rules import lifecycle
from resolutions.rules.lifecycle import ResolutionState, ResolutionVerb, SigningCase

READY = SigningCase(
    state=ResolutionState.APPROVED,
    text_digest="a" * 64,
    approved_digest="a" * 64,
    author=1,
    approver=2,
    is_adopted=True,
)


def codes(case):
    return [problem.code for problem in lifecycle.may_sign(case)]


def test_a_resolution_walks_from_draft_to_published():
    state = ResolutionState.DRAFT
    for verb in ("edit", "submit", "adopt", "approve", "sign", "publish", "finish"):
        state = lifecycle.next_state(state, verb, is_adopted=verb == "approve")
    assert state is ResolutionState.PUBLISHED


def test_adoption_comes_before_approval():
    for state in (ResolutionState.DRAFT, ResolutionState.SUBMITTED):
        assert lifecycle.next_state(state, ResolutionVerb.ADOPT) is state
    with pytest.raises(Refusal) as refusal:
        lifecycle.next_state(ResolutionState.SUBMITTED, ResolutionVerb.APPROVE)
    assert refusal.value.code == "resolution.not_adopted"


@pytest.mark.parametrize("state", ResolutionState)
@pytest.mark.parametrize("verb", ResolutionVerb)
def test_every_other_verb_is_refused_with_what_to_do(state, verb):
    if verb in lifecycle.VERBS[state]:
        return
    with pytest.raises(Refusal) as refusal:
        lifecycle.next_state(state, verb)
    assert refusal.value.code == "resolution.not_now"
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("state", ["signed", "publishing", "published", "withdrawn"])
def test_nothing_signed_is_ever_edited_returned_or_signed_again(state):
    for verb in ("edit", "return", "submit", "approve", "sign", "adopt", "revote"):
        with pytest.raises(Refusal):
            lifecycle.next_state(state, verb)


def test_a_worker_that_comes_twice_changes_nothing():
    again = lifecycle.next_state(ResolutionState.PUBLISHING, ResolutionVerb.PUBLISH)
    assert again is ResolutionState.PUBLISHING
    done = lifecycle.next_state(ResolutionState.PUBLISHED, ResolutionVerb.FINISH)
    assert done is ResolutionState.PUBLISHED


def test_an_adopted_text_is_edited_only_after_its_vote_is_set_aside():
    for verb, code in (("edit", "resolution.adopted"), ("adopt", "resolution.adopted_already")):
        with pytest.raises(Refusal) as refusal:
            lifecycle.next_state(ResolutionState.DRAFT, verb, is_adopted=True)
        assert refusal.value.code == code
    assert lifecycle.next_state("draft", "revote", is_adopted=True) is ResolutionState.DRAFT
    with pytest.raises(Refusal) as refusal:
        lifecycle.next_state("draft", "revote")
    assert refusal.value.code == "resolution.not_adopted_yet"


def test_nobody_approves_what_he_or_she_wrote():
    lifecycle.four_eyes(1, 2)
    with pytest.raises(Refusal) as refusal:
        lifecycle.four_eyes(1, 1)
    assert refusal.value.code == "resolution.own_draft"


def test_approved_and_adopted_may_be_signed():
    assert codes(READY) == []
    lifecycle.check_may_sign(READY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_adopted": False}, "resolution.not_adopted"),
        ({"approved_digest": None}, "resolution.not_approved"),
        ({"approver": None}, "resolution.not_approved"),
        ({"state": ResolutionState.SUBMITTED}, "resolution.not_approved"),
        ({"state": ResolutionState.DRAFT}, "resolution.not_approved"),
        ({"approver": 1}, "resolution.own_draft"),
        ({"text_digest": "b" * 64}, "resolution.changed_since_approval"),
        ({"adopted_digest": "b" * 64}, "resolution.changed_since_adoption"),
        ({"state": ResolutionState.SIGNED}, "resolution.not_now"),
        ({"state": ResolutionState.PUBLISHED}, "resolution.not_now"),
    ],
)
def test_each_missing_condition_is_named(change, code):
    case = replace(READY, **change)
    assert codes(case) == [code]
    with pytest.raises(Refusal) as refusal:
        lifecycle.check_may_sign(case)
    assert refusal.value.code == code


def test_everything_missing_is_named_at_once():
    case = replace(READY, state=ResolutionState.DRAFT, is_adopted=False)
    assert codes(case) == ["resolution.not_approved", "resolution.not_adopted"]
