"""Lines and buttons: no word is lost, whatever is pressed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import actions, document, editing, labels, serial
from resolutions.rules.content import Content, dumps, loads
from resolutions.rules.document import MAY_HOLD, Body, Node, NodeKind
from resolutions.rules.editing import Row
from tests.resolutions.bodies import bodies, changed

pytestmark = pytest.mark.pure
K = NodeKind


def words_of(rows: list[Row]) -> list[str]:
    return sorted(word for row in rows for word in f"{row.heading} {row.text}".split())


@given(bodies())
def test_lines_make_the_same_tree_again(body: Body) -> None:
    assert editing.nodes_of(editing.rows_of(body.nodes)) == body.nodes


@given(st.data(), bodies(), st.sampled_from(["move_up", "move_down", "move_in", "move_out"]))
def test_moving_keeps_every_word_and_stands_where_it_may(
    data: st.DataObject, body: Body, verb: str
) -> None:
    rows = editing.rows_of(body.nodes)
    place = data.draw(st.integers(0, len(rows) - 1))
    try:
        moved, at = getattr(editing, verb)(rows, place)
    except Refusal:
        return
    assert words_of(moved) == words_of(rows)
    assert moved[at].key == rows[place].key
    for here, row in enumerate(moved):
        parent = editing.parent_of(moved, here)
        allowed = MAY_HOLD[None if parent is None else moved[parent].kind]
        assert row.kind in allowed or verb in ("move_up", "move_down")


@given(st.data(), bodies())
def test_up_then_down_is_where_it_was(data: st.DataObject, body: Body) -> None:
    rows = editing.rows_of(body.nodes)
    place = data.draw(st.integers(0, len(rows) - 1))
    moved, at = editing.move_up(rows, place)
    if moved != rows:
        assert editing.move_down(moved, at) == (rows, place)


@given(st.data(), bodies(), st.sampled_from(list(K)))
def test_what_is_offered_can_be_added(data: st.DataObject, body: Body, kind: NodeKind) -> None:
    rows = editing.rows_of(body.nodes)
    place = data.draw(st.integers(0, len(rows) - 1))
    if kind not in editing.offered(rows, place):
        with pytest.raises(Refusal):
            editing.add(rows, place, [editing.blank(kind)])
        return
    added, at = editing.add(rows, place, [editing.blank(kind)])
    assert len(added) == len(rows) + 1
    assert added[at].kind is kind
    parent = editing.parent_of(added, at)
    assert kind in MAY_HOLD[None if parent is None else added[parent].kind]
    kinds = [row.kind for row in added if not row.depth]
    if K.ANNEX in kinds:
        assert set(kinds[kinds.index(K.ANNEX) :]) == {K.ANNEX}


@given(bodies(), st.text(max_size=30), st.text(max_size=8))
def test_any_button_on_any_text_gives_a_text_or_a_sentence(
    body: Body, action: str, at: str
) -> None:
    content = Content(body=body, bases=("a", "b"))
    try:
        done = actions.act(content, action, at=at, words="x")
    except Refusal:
        return
    assert loads(dumps(done.content)) == done.content


@given(bodies())
def test_contents_survive_being_written_and_read(body: Body) -> None:
    content = Content(title="Về", bases=("a",), body=body, papers=("3",), effective_on="2026-01-01")
    assert loads(dumps(content)) == content


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"bases":"x"}', '{"title":1}', "[" * 5000])
def test_what_is_no_content_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        loads(written)
    assert refused.value.code == "document.broken"


def clause(text: str, *children: Node) -> Node:
    return Node(K.CLAUSE, text=text, children=children)


def sample() -> Body:
    article = Node(
        K.ARTICLE, heading="Tên",
        children=(clause("một"), clause("hai", Node(K.POINT, text="điểm"))),
    )  # fmt: skip
    return document.with_keys(Body((article,)))


def test_a_clause_moved_in_becomes_a_point_and_its_points_dashes() -> None:
    rows = editing.rows_of(sample().nodes)
    moved, _at = editing.move_in(rows, 2)
    assert [(row.kind, row.depth) for row in moved] == [
        (K.ARTICLE, 0), (K.CLAUSE, 1), (K.POINT, 2), (K.DASH, 3),
    ]  # fmt: skip
    back, _at = editing.move_out(moved, 2)
    assert [row.kind for row in back] == [K.ARTICLE, K.CLAUSE, K.CLAUSE, K.DASH]


def test_a_clause_moved_out_becomes_an_article_with_its_text() -> None:
    moved, at = editing.move_out(editing.rows_of(sample().nodes), 1)
    body = document.with_keys(Body(editing.nodes_of(moved)))
    document.check(body)
    assert moved[at].kind is K.ARTICLE
    assert (moved[at + 1].kind, moved[at + 1].text) == (K.PARAGRAPH, "một")


def test_turning_keeps_heading_and_text() -> None:
    rows = editing.rows_of(sample().nodes)
    rows[1] = replace(rows[1], heading="Thu ngân sách")
    turned, _at = editing.turn_into(rows, 1, K.PARAGRAPH)
    assert turned[1].text == "Thu ngân sách một"
    with pytest.raises(Refusal):
        editing.turn_into(rows, 1, K.CHAPTER)


def test_references_are_shown_by_words_and_stored_by_keys() -> None:
    body = sample()
    table = labels.labels_of(body)
    book, keys = editing.words_to_keys(table), frozenset(table)
    assert editing.stored("xem [[ Khoản 2  Điều 1]]", [book], keys) == "xem [[n3]]"
    assert editing.shown("xem [[n3]] và [[n99]]", table) == "xem [[khoản 2 Điều 1]] và [[n99]]"
    assert editing.stored("[[Điều 9]]", [book], keys) == "[[Điều 9]]"
    assert editing.stored("[[Điều 9]]", [{"điều 9": "n1"}], keys) == "[[n1]]"


def test_plain_mentions_become_references_once() -> None:
    body = sample()
    mention = replace(body.nodes[0].children[0], text="theo khoản 2 Điều 1, Điều 7")
    article = replace(body.nodes[0], children=(mention, *body.nodes[0].children[1:]))
    linked = actions.linked(replace(body, nodes=(article,)))
    assert linked.nodes[0].children[0].text == "theo [[n3]], Điều 7"
    assert actions.linked(linked) == linked


def test_a_spreadsheet_becomes_a_table_with_numbers_to_the_right() -> None:
    table = actions.table_from("Chỉ tiêu\tSố\r\nThu\t1.234,5\r\nChi\t\r\n")
    assert table is not None
    assert [column.align for column in table.columns] == ["left", "right"]
    assert table.rows == (("Thu", "1.234,5"), ("Chi", ""))
    assert actions.table_from("một dòng") is None


@given(st.data(), bodies())
def test_pressing_many_buttons_leaves_a_readable_body(data: st.DataObject, body: Body) -> None:
    after = data.draw(changed(body, times=8))
    assert serial.body_of(serial.data_of(after)) == after
    keys = [row.key for row in editing.rows_of(after.nodes)]
    assert len(keys) == len(set(keys))
