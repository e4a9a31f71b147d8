"""Random walks: whatever anybody tries, a poll of any kind never reaches a forbidden state."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from elections.models import Poll
from sessions.models import Session
from tests.elections import stage as staging
from tests.elections.walk import KINDS, Walk

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kind", KINDS)
def test_random_walks_never_reach_a_forbidden_state(kind: str) -> None:
    stage = staging.build()

    class Kind(Walk):
        begin = staticmethod(KINDS[kind])

    Kind.stage, Kind.reached = stage, Counter()
    profile = settings.default
    assert profile is not None
    run_state_machine_as_test(
        Kind,
        settings=settings(
            max_examples=max(profile.max_examples // 10, 4),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Session.objects.filter(pk=stage.council_session.pk).exists()
    assert not Poll.objects.exists(), "every walk was undone"
    assert set(Kind.reached) >= {"list_approved", "open", "counting", "agreed"}, Kind.reached


def test_the_machine_would_notice_a_forbidden_step() -> None:
    """A verb that works where the lifecycle forbids it fails the walk."""
    stage = staging.build()

    class Broken(Walk):
        begin = staticmethod(staging.confidence)

        @rule()
        def cheat(self) -> None:
            with self.trying("publish"):
                Poll.objects.filter(pk=self.keys[-1]).update(title="x")

    Broken.stage, Broken.reached = stage, Counter()
    with pytest.raises(AssertionError, match="publish worked in draft"):
        run_state_machine_as_test(
            Broken,
            settings=settings(
                max_examples=20, stateful_step_count=5, deadline=None,
                suppress_health_check=list(HealthCheck), report_multiple_bugs=False, database=None,
                phases=[phase for phase in settings.default.phases if phase.name != "shrink"],
            ),
        )  # fmt: skip
