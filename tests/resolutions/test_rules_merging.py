"""Two people on one text: what only one changed is taken, what both changed is asked."""

from dataclasses import replace

import pytest
from hypothesis import given

from resolutions.rules import document, merging
from resolutions.rules.content import Content
from resolutions.rules.document import Body, Node, NodeKind
from resolutions.rules.editing import rows_of
from tests.resolutions.bodies import pairs, triples

pytestmark = pytest.mark.pure
K = NodeKind


def of(body: Body) -> Content:
    return Content(body=body)


@given(pairs())
def test_where_only_one_person_changed_something_that_is_the_result(
    pair: tuple[Body, Body],
) -> None:
    base, changed = pair
    by_me = merging.merge(of(base), of(changed), of(base))
    assert (by_me.conflicts, by_me.content.body.nodes) == ((), changed.nodes)
    by_them = merging.merge(of(base), of(base), of(changed))
    assert (by_them.conflicts, by_them.content.body.nodes) == ((), changed.nodes)


@given(pairs())
def test_the_same_change_by_both_is_no_conflict(pair: tuple[Body, Body]) -> None:
    base, changed = pair
    kept = {row.key for row in rows_of(base.nodes)}
    if any(row.key not in kept for row in rows_of(changed.nodes)):
        return  # two new pieces are two, even where they say the same
    merged = merging.merge(of(base), of(changed), of(changed))
    assert (merged.conflicts, merged.content.body.nodes) == ((), changed.nodes)


@given(triples())
def test_keys_stay_single_and_nothing_new_is_lost(triple: tuple[Body, Body, Body]) -> None:
    base, mine, theirs = triple
    merged = merging.merge(of(base), of(mine), of(theirs))
    keys = [row.key for row in rows_of(merged.content.body.nodes)]
    assert len(keys) == len(set(keys))
    old = {row.key for row in rows_of(base.nodes)}
    words = [row.heading + row.text for row in rows_of(merged.content.body.nodes)]
    asked = " ".join(one.mine + one.theirs for one in merged.conflicts)
    for side in (mine, theirs):
        for row in rows_of(side.nodes):
            if row.key not in old:
                assert row.heading + row.text in [*words, ""] or asked


@given(triples())
def test_after_choosing_everything_nothing_is_asked_any_more(
    triple: tuple[Body, Body, Body],
) -> None:
    base, mine, theirs = triple
    merged = merging.merge(of(base), of(mine), of(theirs))
    for side in (merging.MINE, merging.THEIRS):
        choices = {one.name: side for one in merged.conflicts}
        again = merging.merge(of(base), of(mine), of(theirs), choices)
        assert {one.name for one in again.conflicts} <= {
            row.key for row in rows_of(base.nodes)
        } - set(choices)


def clause(text: str, key: str) -> Node:
    return Node(K.CLAUSE, key, text=text)


def article(*children: Node) -> Body:
    return document.with_keys(Body((Node(K.ARTICLE, "n1", children=children),), 9))


BASE = article(clause("một", "n2"), clause("hai", "n3"))


def test_changes_of_different_clauses_come_together() -> None:
    mine = article(clause("MỘT", "n2"), clause("hai", "n3"), clause("của tôi", "n9"))
    theirs = article(clause("một", "n2"), clause("HAI", "n3"), clause("của họ", "n9"))
    merged = merging.merge(of(BASE), of(mine), of(theirs))
    assert merged.conflicts == ()
    texts = [row.text for row in rows_of(merged.content.body.nodes)]
    assert texts == ["", "MỘT", "HAI", "của tôi", "của họ"]


def test_the_same_clause_changed_twice_is_asked_with_all_three() -> None:
    mine, theirs = (
        article(clause("A", "n2"), clause("hai", "n3")),
        article(clause("B", "n2"), clause("hai", "n3")),
    )
    merged = merging.merge(of(BASE), of(mine), of(theirs))
    (asked,) = merged.conflicts
    assert (asked.label, asked.base, asked.mine, asked.theirs) == (
        "khoản 1 Điều 1", "1. một", "1. A", "1. B",
    )  # fmt: skip
    chosen = merging.merge(of(BASE), of(mine), of(theirs), {"n2": merging.MINE})
    assert chosen.conflicts == ()
    assert rows_of(chosen.content.body.nodes)[1].text == "A"


@pytest.mark.parametrize("side", [merging.MINE, merging.THEIRS])
def test_what_one_removed_and_the_other_changed_is_asked(side: str) -> None:
    changed, removed = article(clause("A", "n2"), clause("hai", "n3")), article(clause("hai", "n3"))
    mine, theirs = (changed, removed) if side == merging.MINE else (removed, changed)
    merged = merging.merge(of(BASE), of(mine), of(theirs))
    (asked,) = merged.conflicts
    assert asked.name == "n2"
    kept = merging.merge(of(BASE), of(mine), of(theirs), {"n2": side})
    assert "A" in [row.text for row in rows_of(kept.content.body.nodes)]
    other = merging.THEIRS if side == merging.MINE else merging.MINE
    gone = merging.merge(of(BASE), of(mine), of(theirs), {"n2": other})
    assert "A" not in [row.text for row in rows_of(gone.content.body.nodes)]


def test_references_follow_a_node_that_got_another_key() -> None:
    mine = article(*BASE.nodes[0].children, clause("xem [[n9]]", "n8"), clause("đích", "n9"))
    theirs = article(*BASE.nodes[0].children, clause("khác", "n9"))
    merged = merging.merge(of(BASE), of(mine), of(theirs))
    rows = {row.text: row.key for row in rows_of(merged.content.body.nodes)}
    assert f"xem [[{rows['đích']}]]" in rows
    assert rows["đích"] != rows["khác"]


def test_fields_are_merged_one_by_one() -> None:
    base = Content(title="a", bases=("x",), closing="z", body=BASE)
    mine = replace(base, title="b", closing="mine")
    theirs = replace(base, bases=("y",), closing="theirs")
    merged = merging.merge(base, mine, theirs)
    assert (merged.content.title, merged.content.bases) == ("b", ("y",))
    assert [one.name for one in merged.conflicts] == ["closing"]


def test_a_form_can_choose_only_what_there_is() -> None:
    typed = {"n2": "mine", "title": "theirs", "x": "mine", "n3": "both", "csrf": "mine"}
    assert merging.names_of(typed) == {"n2": "mine", "title": "theirs"}
