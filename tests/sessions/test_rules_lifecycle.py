"""States of sessions and sittings: only the drawn arrows exist."""

import pytest

from council.rules.refusals import Refusal
from sessions.rules import lifecycle
from sessions.rules.lifecycle import SessionState, SessionVerb, SittingState, SittingVerb


def test_a_session_walks_from_draft_to_closed():
    state = SessionState.DRAFT
    for verb in ("submit", "approve", "convene", "begin", "close"):
        state = lifecycle.next_session_state(state, verb)
    assert state is SessionState.CLOSED


def test_a_returned_session_is_a_draft_again_until_it_is_convened():
    for state in (SessionState.SUBMITTED, SessionState.APPROVED):
        assert lifecycle.next_session_state(state, SessionVerb.RETURN) is SessionState.DRAFT
    with pytest.raises(Refusal):
        lifecycle.next_session_state(SessionState.CONVENED, SessionVerb.RETURN)


@pytest.mark.parametrize("state", SessionState)
@pytest.mark.parametrize("verb", SessionVerb)
def test_every_other_verb_of_a_session_is_refused_with_what_to_do(state, verb):
    if verb in lifecycle.SESSION_VERBS[state]:
        assert lifecycle.next_session_state(state, verb) in SessionState
        return
    with pytest.raises(Refusal) as refusal:
        lifecycle.next_session_state(state, verb)
    assert refusal.value.code == "session.not_now"
    assert str(refusal.value).endswith(".")


def test_a_sitting_is_suspended_and_resumed_and_closes_only_when_open():
    state = SittingState.PLANNED
    for verb in ("open", "suspend", "resume", "close"):
        state = lifecycle.next_sitting_state(state, verb)
    assert state is SittingState.CLOSED


@pytest.mark.parametrize("state", SittingState)
@pytest.mark.parametrize("verb", SittingVerb)
def test_every_other_verb_of_a_sitting_is_refused(state, verb):
    if verb in lifecycle.SITTING_VERBS[state]:
        return
    with pytest.raises(Refusal) as refusal:
        lifecycle.next_sitting_state(state, verb)
    assert refusal.value.code == "sitting.not_now"


def test_only_a_draft_is_prepared():
    lifecycle.check_may_prepare(SessionState.DRAFT)
    with pytest.raises(Refusal) as refusal:
        lifecycle.check_may_prepare(SessionState.CONVENED)
    assert refusal.value.code == "session.not_a_draft"


@pytest.mark.parametrize(
    ("state", "is_adopted", "has_decision", "code"),
    [
        ("draft", False, False, None),
        ("submitted", False, False, "agenda.approved"),
        ("convened", False, True, "agenda.approved"),
        ("in_progress", True, False, "agenda.needs_decision"),
        ("in_progress", True, True, None),
        ("closed", True, True, "agenda.closed"),
    ],
)
def test_an_adopted_agenda_changes_only_by_a_decision(state, is_adopted, has_decision, code):
    def change():
        lifecycle.check_agenda_change(state, is_adopted=is_adopted, has_decision=has_decision)

    if code is None:
        change()
        return
    with pytest.raises(Refusal) as refusal:
        change()
    assert refusal.value.code == code
