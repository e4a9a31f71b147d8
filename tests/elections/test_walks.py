"""Random walks: whatever anybody tries, a poll of any kind never reaches a forbidden state."""

from collections import Counter

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from elections.models import Poll
from sessions.models import Session
from tests.elections import stage as staging
from tests.elections.walk import KINDS, Walk

EXAMPLES = settings.default.max_examples if settings.default else 50
WALKS = EXAMPLES // 12 if connection.vendor == "sqlite" else EXAMPLES // 24
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300 + EXAMPLES)]


@pytest.mark.parametrize("kind", KINDS)
def test_random_walks_never_reach_a_forbidden_state(kind: str) -> None:
    stage = staging.build()

    class Kind(Walk):
        begin = staticmethod(KINDS[kind])

    Kind.stage, Kind.reached = stage, Counter()
    run_state_machine_as_test(
        Kind,
        settings=settings(
            max_examples=max(WALKS, 4),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Session.objects.filter(pk=stage.council_session.pk).exists()
    assert not Poll.objects.exists(), "every walk was undone"
    assert Kind.reached["list_approved"], "the walks got away from the draft"


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_way_of_the_machine_leads_to_the_published_result(kind: str) -> None:
    class Usual(Walk):
        begin = staticmethod(KINDS[kind])

    Usual.stage, Usual.reached = staging.build(), Counter()
    walk = Usual()
    walk.prepare(steps=5)
    for check in (
        walk.states_follow_the_lifecycle,
        walk.rows_keep_their_constraints,
        walk.no_outcome_without_two_members,
        walk.offices_have_no_more_holders_than_seats,
    ):
        check()
    assert walk.poll.state == "published"
    walk.teardown()


def test_the_machine_notices_a_verb_that_works_and_a_state_that_cannot_be() -> None:
    class Cheated(Walk):
        begin = staticmethod(staging.confidence)

    Cheated.stage, Cheated.reached = staging.build(), Counter()
    walk = Cheated()
    walk.prepare(steps=2)
    with pytest.raises(AssertionError, match="publish worked in open"), walk.trying("publish"):
        pass
    walk.states_follow_the_lifecycle()
    Poll.objects.filter(pk=walk.keys[-1]).update(state="list_approved")
    with pytest.raises(AssertionError, match="open"):
        walk.states_follow_the_lifecycle()
    walk.teardown()
