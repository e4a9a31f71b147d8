"""The agenda as a tree: moves keep it a tree, numbers follow reading order."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from sessions.rules import agenda
from sessions.rules.agenda import Place, Step, Target

TREE = (
    Place(1, None, 1),
    Place(2, None, 2),
    Place(3, None, 3),
    Place(21, 2, 1),
    Place(22, 2, 2),
    Place(221, 22, 1),
)


def places(tree):
    return {place.item: (place.parent, place.position) for place in tree}


def test_numbers_follow_the_tree():
    assert agenda.labels(TREE) == {1: "1", 2: "2", 21: "2.1", 22: "2.2", 221: "2.2.1", 3: "3"}
    assert agenda.in_order(TREE) == (1, 2, 21, 22, 221, 3)


def test_moving_down_among_siblings_renumbers_them():
    moved = agenda.move(TREE, 1, Target(None, 3))
    assert [places(moved)[item] for item in (2, 3, 1)] == [(None, 1), (None, 2), (None, 3)]


def test_moving_to_another_parent_closes_the_gap_behind():
    moved = agenda.move(TREE, 21, Target(None, 1))
    assert places(moved)[21] == (None, 1)
    assert places(moved)[22] == (2, 1)
    assert places(moved)[3] == (None, 4)


def test_a_position_beyond_the_last_or_before_the_first_is_the_end():
    assert places(agenda.move(TREE, 1, Target(None, 10**99)))[1] == (None, 3)
    assert places(agenda.move(TREE, 3, Target(None, -5)))[3] == (None, 1)


@pytest.mark.parametrize("target", [2, 22, 221])
def test_no_item_goes_under_itself(target):
    with pytest.raises(Refusal) as refusal:
        agenda.move(TREE, 2, Target(target, 1))
    assert refusal.value.code == "agenda.under_itself"


@pytest.mark.parametrize(("item", "target"), [(1, 221), (22, 21), (2, 1)])
def test_no_fourth_level(item, target):
    with pytest.raises(Refusal) as refusal:
        agenda.move(TREE, item, Target(target, 1))
    assert refusal.value.code == "agenda.too_deep"


@pytest.mark.parametrize(("item", "parent"), [(99, None), (1, 99)])
def test_an_item_that_someone_removed_is_refused(item, parent):
    with pytest.raises(Refusal) as refusal:
        agenda.move(TREE, item, Target(parent, 1))
    assert refusal.value.code == "agenda.unknown_item"


@pytest.mark.parametrize(
    ("item", "direction", "target"),
    [
        (2, Step.UP, Target(None, 1)),
        (1, Step.UP, Target(None, 1)),
        (2, Step.DOWN, Target(None, 3)),
        (3, Step.DOWN, Target(None, 3)),
        (3, Step.INDENT, Target(2, 3)),
        (1, Step.INDENT, Target(None, 1)),
        (21, Step.OUTDENT, Target(None, 3)),
        (2, Step.OUTDENT, Target(None, 2)),
    ],
)
def test_steps_by_keyboard_lead_where_one_expects(item, direction, target):
    assert agenda.step(TREE, item, direction) == target


def test_a_step_that_leads_nowhere_leaves_the_tree_as_it_is():
    for item, direction in ((1, Step.UP), (3, Step.DOWN), (1, Step.INDENT), (2, Step.OUTDENT)):
        assert agenda.move(TREE, item, agenda.step(TREE, item, direction)) == TREE


@st.composite
def trees(draw):
    tree = []
    depth = {None: 0}
    for item in range(1, draw(st.integers(2, 14))):
        parent = draw(st.sampled_from([one for one, level in depth.items() if level < 3]))
        depth[item] = depth[parent] + 1
        position = 1 + sum(place.parent == parent for place in tree)
        tree.append(Place(item, parent, position))
    return tuple(tree)


@given(trees(), st.data())
def test_any_move_keeps_a_gapless_tree_of_three_levels_with_all_items(tree, data):
    items = [place.item for place in tree]
    item = data.draw(st.sampled_from(items))
    target = Target(
        data.draw(st.sampled_from([None, *items])), data.draw(st.integers(-2, len(items) + 2))
    )
    try:
        moved = agenda.move(tree, item, target)
    except Refusal as refusal:
        assume(refusal.code in {"agenda.under_itself", "agenda.too_deep"})
        return
    assert {place.item for place in moved} == set(items)
    assert sorted(agenda.in_order(moved)) == sorted(items)
    assert max(label.count(".") for label in agenda.labels(moved).values()) < agenda.DEPTH_MAX
    for parent in {place.parent for place in moved}:
        positions = sorted(place.position for place in moved if place.parent == parent)
        assert positions == list(range(1, len(positions) + 1))
    back = next(place for place in tree if place.item == item)
    assert places(agenda.move(moved, item, Target(back.parent, back.position))) == places(tree)


def test_minutes_are_those_of_the_item_or_of_what_is_below_it():
    planned = agenda.minutes_of(TREE, {1: 10, 2: 5, 21: 20, 22: None, 221: 15, 3: None})
    assert planned == {1: 10, 2: 35, 21: 20, 22: 15, 221: 15, 3: 0}
