"""States of a poll and the verbs each allows."""

import pytest

from council.rules.refusals import Refusal
from elections.models import PollState as ModelPollState
from elections.rules import lifecycle
from elections.rules.lifecycle import VERBS, PollState


def test_a_poll_goes_from_draft_to_published():
    state = PollState.DRAFT
    for verb in ("approve_list", "open", "close", "agree", "publish"):
        state = lifecycle.check(verb, state)
    assert state is PollState.PUBLISHED


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", PollState)
def test_a_verb_works_in_its_states_and_is_refused_in_all_others(verb, state):
    if lifecycle.is_allowed(verb, state):
        assert verb in lifecycle.allowed_verbs(state)
        assert lifecycle.check(verb, str(state)) is (VERBS[verb].to or state)
        return
    assert verb not in lifecycle.allowed_verbs(state)
    with pytest.raises(Refusal) as refusal:
        lifecycle.check(verb, state)
    assert refusal.value.code == "poll.wrong_state"
    assert state.words in str(refusal.value)


def test_nothing_follows_an_annulment_and_no_verb_leads_back_from_counting():
    assert lifecycle.allowed_verbs(PollState.ANNULLED) == ()
    order = list(PollState)
    for verb, step in VERBS.items():
        if step.to is not None and verb != "return_list":
            assert all(order.index(step.to) > order.index(state) for state in step.sources)


def test_figures_can_be_typed_only_while_counting():
    for verb in ("enter_count", "submit_count", "resolve_difference"):
        assert VERBS[verb].sources == {PollState.COUNTING}


def test_rules_and_models_use_the_same_words():
    assert [(state.value) for state in PollState] == ModelPollState.values
