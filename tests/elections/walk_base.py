"""What every random walk shares: how a verb is tried, and what holds after each step."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
)

from council.models import Tenure
from council.rules.refusals import Refusal
from elections.models import Count, Outcome, Poll, PollState
from elections.queries import counts as count_queries
from elections.queries import figures, results
from elections.queries import polls as queries
from elections.queries import posts as post_queries
from elections.rules import lifecycle
from elections.rules.outcome import Verdict
from sessions.models import Sitting
from tests.elections.stage import Stage

CONFIRMED = (PollState.AGREED, PollState.PUBLISHED, PollState.ANNULLED)
TRANSITIONS = {
    (source.value, (step.to or source).value)
    for step in lifecycle.VERBS.values()
    for source in step.sources
}


class WalkBase(RuleBasedStateMachine):
    """One poll and those that follow from it; `polls` are their keys, the last is walked on."""

    begin: ClassVar[Any]
    stage: ClassVar[Stage]
    reached: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.keys: list[int] = []
        self.seen: dict[int, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(steps=st.integers(0, 5))
    def prepare(self, steps: int) -> None:
        """A new poll, led so many usual steps on its way."""
        self.follow(type(self).begin(self.stage))
        for _step in range(steps):
            self.usual_step()

    def usual_step(self) -> None:
        """What usually comes next; the machine with the verbs knows."""
        raise NotImplementedError

    # --- the tools of a walk ---------------------------------------------------------------------

    @property
    def poll(self) -> Poll:
        return queries.polls_of(self.stage.cast.council).get(pk=self.keys[-1])

    def follow(self, poll: Poll) -> None:
        if poll.pk not in self.keys:
            self.keys.append(poll.pk)
            self.seen[poll.pk] = poll.state

    @contextmanager
    def trying(self, verb: str, *, moves: bool = True) -> Iterator[None]:
        """A verb of the lifecycle: refused where its state forbids it, and it leads where it says.

        `moves` False: the verb's name stands for a step that keeps the state.
        """
        before = self.poll.state
        try:
            with transaction.atomic():
                yield
        except (Refusal, ValidationError):
            assert self.poll.state == before, "a refusal changes nothing"
            return
        assert lifecycle.is_allowed(verb, before), f"{verb} worked in {before}"
        expected = lifecycle.check(verb, before).value if moves else before
        assert self.poll.state == expected

    def user(self, name: str) -> Any:
        return self.stage.user(name)

    def sitting(self) -> Sitting:
        return Sitting.objects.get(pk=self.stage.sitting.pk)

    # --- what holds after every step -------------------------------------------------------------

    @invariant()
    def states_follow_the_lifecycle(self) -> None:
        for pk, state in Poll.objects.filter(pk__in=self.keys).values_list("pk", "state"):
            before = self.seen[pk]
            assert before == state or reachable(before, state), (before, state)
            self.seen[pk] = state
            self.reached[state] += before != state

    @invariant()
    def rows_keep_their_constraints(self) -> None:
        for poll in Poll.objects.filter(pk__in=self.keys[-2:]):
            poll.full_clean()
            for count in Count.objects.filter(poll=poll):
                count.full_clean()

    @invariant()
    def no_outcome_without_two_members(self) -> None:
        found = Outcome.objects.filter(poll__in=self.keys).select_related(
            "poll__council_session__term__council", "poll__office", "count"
        )
        confirmed = set(
            Poll.objects.filter(pk__in=self.keys, state__in=["agreed", "published"]).values_list(
                "pk", flat=True
            )
        )
        outcomes = list(found)
        assert confirmed <= {outcome.poll_id for outcome in outcomes}
        for outcome in outcomes:
            assert outcome.poll.state in CONFIRMED
            assert outcome.agreed_by_id != outcome.confirmed_by_id
            assert outcome.count.kind == Count.Kind.AGREED
            for member in (outcome.agreed_by, outcome.confirmed_by):
                assert count_queries.membership_of(outcome.poll, member) is not None
            assert results.follows(outcome), "the frozen outcome follows from its count"

    @invariant()
    def nobody_sees_figures_before_both_counts_are_in(self) -> None:
        if not self.keys:
            return
        poll = self.poll
        states = count_queries.states_of_counts(poll)
        both = states["first"] == states["second"] == "submitted"
        assert (figures.comparison(poll) is not None) is both
        if poll.state not in CONFIRMED:
            assert queries.outcome_of(poll) is None

    @invariant()
    def offices_have_no_more_holders_than_seats(self) -> None:
        for office in self.stage.cast.offices.values():
            held = Tenure.objects.filter(office=office, ends_on=None).count()
            assert held <= office.seats
        for pk in self.keys:
            poll = queries.polls_of(self.stage.cast.council).get(pk=pk)
            outcome = queries.outcome_of(poll)
            elected = [] if outcome is None else [
                line for line in outcome.lines.all() if line.verdict == Verdict.ELECTED
            ]  # fmt: skip
            assert all(line.tenure is not None for line in elected)
            for found in post_queries.lists_of(
                post_queries.posts_of(poll), [line.entry for line in elected]
            ):
                assert len(found.entries) <= found.post.seats


def reachable(before: str, after: str) -> bool:
    """Whether some verbs of the lifecycle lead from one state to the other within one step."""
    found, edge = {before}, {before}
    while edge:
        edge = {to for start, to in TRANSITIONS if start in edge} - found
        found |= edge
    return after in found
