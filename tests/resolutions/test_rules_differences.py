"""What differs between two texts, by node and by word."""

import pytest
from hypothesis import given

from resolutions.rules import differences, document
from resolutions.rules.content import Content
from resolutions.rules.document import Body, Column, Node, NodeKind, Table
from tests.resolutions.bodies import WORDS, pairs

pytestmark = pytest.mark.pure
K = NodeKind


@given(pairs())
def test_the_difference_makes_either_text_from_the_other(pair: tuple[Body, Body]) -> None:
    old, new = pair
    found = differences.compared(old, new)
    assert differences.applied(found, next_key=new.next_key) == new
    assert differences.undone(found, next_key=old.next_key) == old


@given(pairs())
def test_a_text_does_not_differ_from_itself(pair: tuple[Body, Body]) -> None:
    old, new = pair
    assert all(piece.sign == "same" for piece in differences.compared(new, new))
    assert (old.nodes == new.nodes) == differences.between(
        Content(body=old), Content(body=new)
    ).is_empty


@given(WORDS, WORDS)
def test_words_that_went_and_came_make_both_texts(old: str, new: str) -> None:
    runs = differences.runs_of(old, new)
    assert differences.old_words(runs) == old
    assert differences.new_words(runs) == new


def body(*nodes: Node) -> Body:
    return document.with_keys(Body(nodes))


def clause(text: str, key: str = "") -> Node:
    return Node(K.CLAUSE, key, text=text)


def test_a_moved_clause_is_moved_and_its_neighbours_are_not() -> None:
    old = body(Node(K.ARTICLE, children=(clause("một"), clause("hai"), clause("ba"))))
    one, two, three = old.nodes[0].children
    article = Node(K.ARTICLE, old.nodes[0].key, children=(three, one, two))
    found = differences.compared(old, Body((article,), old.next_key))
    assert [(piece.key, piece.sign) for piece in found if piece.sign != "same"] == [
        (three.key, "moved")
    ]


def test_added_removed_and_reworded_pieces_say_so_word_by_word() -> None:
    old = body(Node(K.ARTICLE, children=(clause("Thu 10 tỷ đồng."), clause("Chi."))))
    first = old.nodes[0].children[0]
    article = Node(
        K.ARTICLE, old.nodes[0].key,
        children=(clause("Thu 12 tỷ đồng.", first.key), clause("Mới.", "n9")),
    )  # fmt: skip
    found = {
        piece.sign: piece
        for piece in differences.compared(old, Body((article,), 10))
        if piece.sign != "same"
    }
    assert set(found) == {"changed", "removed", "added"}
    runs = [(run.sign, run.words) for run in found["changed"].text]
    assert runs == [("same", "Thu "), ("del", "10"), ("ins", "12"), ("same", " tỷ đồng.")]
    assert found["removed"].before is not None
    assert found["removed"].before.label == "khoản 2 Điều 1"


def test_rows_of_a_table_are_compared_row_by_row() -> None:
    columns = (Column("Tên"), Column("Số"))
    old = body(
        Node(K.ARTICLE, children=(Node(K.TABLE, table=Table(columns, (("a", "1"), ("b", "2")))),))
    )
    table = Node(K.TABLE, "n2", table=Table(columns, (("a", "1"), ("b", "3"))))
    new = Body((Node(K.ARTICLE, "n1", children=(table,)),), old.next_key)
    (piece,) = differences.between(Content(body=old), Content(body=new)).changes
    assert piece.rows == [
        ("same", ("Tên", "Số")), ("same", ("a", "1")), ("del", ("b", "2")), ("ins", ("b", "3")),
    ]  # fmt: skip


def test_a_reference_whose_target_was_renumbered_is_no_change() -> None:
    old = body(Node(K.ARTICLE, children=(clause("Theo [[n3]]."), clause("Chi."))))
    one, two = old.nodes[0].children
    article = Node(K.ARTICLE, "n1", children=(one, clause("Mới.", "n4"), two))
    found = differences.between(Content(body=old), Content(body=Body((article,), 5)))
    assert [piece.sign for piece in found.changes] == ["added"]


def test_fields_around_the_tree_are_compared_too() -> None:
    found = differences.between(
        Content(title="Về dự toán", bases=("a",)), Content(title="Về dự toán năm", bases=("a",))
    )
    assert [field.name for field in found.fields] == ["title"]
    assert not found.is_empty
