"""An act upon an act: the first one's provision is carried out as it reads when it begins."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import blocks, chains, consolidation, standing
from resolutions.rules.chains import Source
from resolutions.rules.document import Node, NodeKind
from resolutions.rules.relations import Action, RelationKind
from resolutions.rules.standing import Standing
from tests.resolutions.amendments import BEGINS, LATER, action, fees, quoting

K, R = NodeKind, RelationKind
NEW = Node(K.POINT, text="người lớn 30.000 đồng;", number="a")
BODY, CLAUSE = quoting(NEW)
A_DAY = timedelta(days=1)
BEFORE, AFTER = LATER - A_DAY, LATER + A_DAY


def on_act(kind: RelationKind, *pieces: Node, key: str = CLAUSE, **more) -> Action:
    """What act no. 9 does to the amending act no. 7."""
    return action(kind, key, *pieces, act_id=9, **more)


def followed(*upon: Action, first: Action | None = None, key: str = CLAUSE) -> Action:
    return chains.followed(first or action(R.AMENDS, "n3", NEW), Source(BODY, key, LATER, upon))


def read(*actions: Action, day: date = AFTER) -> list[str]:
    text = consolidation.consolidated(fees(), actions, day=day, effective_on=BEGINS)
    assert not text.problems, text.problems
    return [block.words for block in blocks.blocks_of(text.body)]


def problems(*actions: Action) -> list[str]:
    text = consolidation.consolidated(fees(), actions, day=AFTER, effective_on=BEGINS)
    return [one.code for one in text.problems]


@pytest.mark.parametrize("day", [BEFORE, LATER])
def test_words_changed_by_the_day_it_begins_are_taken_as_changed(day: date) -> None:
    done = followed(on_act(R.REWORDS, old="30.000", new="35.000", day=day))
    assert "a) người lớn 35.000 đồng;" in read(done)
    assert [one.act for one in done.touched_by] == ["09/NQ-HĐND"]


def test_words_changed_later_are_told_and_change_nothing_by_themselves() -> None:
    done = followed(on_act(R.REWORDS, old="30.000", new="35.000", day=AFTER))
    assert "a) người lớn 30.000 đồng;" in read(done)
    assert done.touched_by


def test_a_correction_says_what_was_meant_from_the_beginning() -> None:
    """A correction works from the act's own beginning, whenever it was made."""
    slip = replace(on_act(R.CORRECTS, old="30.000", new="33.000", day=LATER), dated=AFTER)
    assert "a) người lớn 33.000 đồng;" in read(followed(slip))


@pytest.mark.parametrize("key", [CLAUSE, BODY.nodes[0].key])
def test_what_is_repealed_before_it_begins_never_works(key: str) -> None:
    for day, is_in_force in ((BEFORE, True), (LATER, True), (AFTER, False)):
        done = followed(on_act(R.REPEALS, key=key, day=day))
        assert (standing.standing_on(AFTER, effective_on=BEGINS, actions=[done])
                is Standing.IN_FORCE) == is_in_force  # fmt: skip
        words = "20.000" if is_in_force else "30.000"
        assert f"a) người lớn {words} đồng;" in read(done)


def test_a_provision_rewritten_before_it_begins_brings_its_new_words() -> None:
    new = Node(
        K.CLAUSE, text="Sửa đổi như sau:", number="1",
        children=(Node(K.QUOTE, children=(replace(NEW, text="người lớn 40.000 đồng;"),)),),
    )  # fmt: skip
    done = followed(on_act(R.AMENDS, new, day=BEFORE))
    assert "a) người lớn 40.000 đồng;" in read(done)
    bare = replace(new, children=())
    assert problems(followed(on_act(R.AMENDS, bare, day=BEFORE))) == ["no_text"]


def test_a_change_of_words_follows_a_change_of_words_but_no_rewriting() -> None:
    first = action(R.REWORDS, "n3", old="20.000", new="30.000")
    done = followed(on_act(R.REWORDS, old="30.000", new="31.000", day=BEFORE), first=first)
    assert "a) người lớn 31.000 đồng;" in read(done)
    new = Node(K.CLAUSE, text="Thay bằng cụm từ khác.", number="1")
    unclear = followed(on_act(R.AMENDS, new, day=BEFORE), first=first)
    assert problems(unclear) == ["changed_before"]


def test_the_whole_act_taken_back_stops_and_repealed_early_never_works() -> None:
    back = followed(action(R.WITHDRAWS, act_id=9, day=AFTER))
    assert (back.works_on(LATER), back.works_on(AFTER)) == (True, False)
    assert not followed(action(R.REPEALS, act_id=9, day=LATER)).works_on(LATER)
    assert followed(action(R.REPEALS, act_id=9, day=AFTER)).works_on(AFTER + A_DAY)
    void = replace(action(R.REPEALS, act_id=9, day=LATER), void_from=LATER)
    assert followed(void) == action(R.AMENDS, "n3", NEW), "an act that never worked does nothing"


def test_what_concerns_another_provision_is_not_told_here() -> None:
    other = on_act(R.REWORDS, key="n1", old="không có chữ này", new="x", day=BEFORE)
    assert followed(other, on_act(R.IMPLEMENTS, key="")).touched_by == ()
    assert followed(on_act(R.REPEALS, key="n99", day=BEFORE)).works_on(LATER)


@given(
    kind=st.sampled_from([R.REWORDS, R.REPEALS, R.AMENDS, R.WITHDRAWS]),
    shift=st.integers(-40, 40), key=st.sampled_from([CLAUSE, "", BODY.nodes[0].key, "n99"]),
)  # fmt: skip
def test_an_act_of_later_never_changes_what_was_read_before_it(
    kind: RelationKind, shift: int, key: str
) -> None:
    day = LATER + timedelta(days=shift)
    pieces = (replace(NEW, text="x 99.000"),) if kind is R.AMENDS else ()
    key = "" if kind is R.WITHDRAWS else key
    if kind is R.AMENDS and not key:
        return
    upon = on_act(kind, *pieces, key=key, day=day, old="30.000", new="9")
    done = followed(upon)
    assert done.effective_on == LATER
    if day > LATER:
        assert read(done, day=LATER) == read(action(R.AMENDS, "n3", NEW), day=LATER)
    assert read(done, day=BEFORE) == read(day=BEFORE)
