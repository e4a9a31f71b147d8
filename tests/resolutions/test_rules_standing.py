"""In force or not, on any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import standing
from resolutions.rules.document import Node, NodeKind
from resolutions.rules.relations import Action, RelationKind
from resolutions.rules.standing import Standing
from tests.resolutions.amendments import BEGINS, LATER, action

R, S = RelationKind, Standing
A_DAY = timedelta(days=1)


def on(day: date, *actions: Action) -> Standing:
    return standing.standing_on(day, effective_on=BEGINS, actions=actions)


def test_each_act_works_from_its_day_on() -> None:
    amended = action(R.AMENDS, "n3", Node(NodeKind.POINT, text="x"))
    assert on(BEGINS - A_DAY) is S.NOT_YET
    assert on(BEGINS) is S.IN_FORCE
    assert on(LATER - A_DAY, amended) is S.IN_FORCE
    assert on(LATER, amended) is S.AMENDED
    corrected = action(R.CORRECTS, "n3", old="x", new="y")
    assert on(LATER, corrected) is S.CORRECTED
    assert on(LATER, corrected, amended) is S.AMENDED
    assert on(LATER, action(R.REPEALS, "n3")) is S.PARTLY
    assert on(LATER, action(R.REPEALS)) is S.ENDED
    assert on(LATER, action(R.REPLACES)) is S.ENDED
    assert on(LATER, action(R.WITHDRAWS), action(R.REPEALS)) is S.WITHDRAWN
    assert on(LATER, action(R.IMPLEMENTS)) is S.IN_FORCE


def test_what_was_repealed_before_it_began_never_was_in_force() -> None:
    early = action(R.REPEALS, day=BEGINS - A_DAY)
    assert on(BEGINS - 2 * A_DAY, early) is S.NOT_YET
    assert on(BEGINS, early) is S.ENDED


def test_without_a_known_beginning_it_counts_as_in_force_until_an_act_ends_it() -> None:
    ended = (action(R.REPEALS),)
    assert standing.standing_on(BEGINS, effective_on=None, actions=ended) is S.IN_FORCE
    assert standing.standing_on(LATER, effective_on=None, actions=ended) is S.ENDED


def test_the_story_names_the_act_of_each_turn() -> None:
    amended = action(R.AMENDS, "n3", Node(NodeKind.POINT, text="x"))
    ended = action(R.REPLACES, day=date(2027, 1, 1), act_id=9)
    story = standing.periods(effective_on=BEGINS, actions=[ended, amended])
    assert [(one.standing, one.since, one.until) for one in story] == [
        (S.NOT_YET, None, BEGINS - A_DAY),
        (S.IN_FORCE, BEGINS, LATER - A_DAY),
        (S.AMENDED, LATER, date(2026, 12, 31)),
        (S.ENDED, date(2027, 1, 1), None),
    ]
    assert story[3].by == (ended,)


KINDS = st.sampled_from(list(R))
DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))
ACTS = st.lists(
    st.builds(lambda kind, day, key: action(kind, key, day=day), KINDS, DAYS,
              st.sampled_from(["", "n3"])), max_size=6,
)  # fmt: skip


@given(ACTS, DAYS)
def test_the_periods_hold_every_day_once_and_agree_with_the_day(
    acts: list[Action], day: date
) -> None:
    story = standing.periods(effective_on=BEGINS, actions=acts)
    holding = [
        one for one in story
        if (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
    ]  # fmt: skip
    assert len(holding) == 1
    assert holding[0].standing is on(day, *acts)
