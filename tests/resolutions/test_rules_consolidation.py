"""Amended texts read as they should on every day; what does not fit is told, never dropped."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import blocks, consolidation, document, labels, relations
from resolutions.rules.document import Body, Node, NodeKind
from resolutions.rules.relations import Action, RelationKind
from resolutions.rules.standing import Standing
from tests.resolutions.amendments import BEGINS, LATER, action, fees
from tests.resolutions.bodies import bodies

K, R = NodeKind, RelationKind


def read(body: Body) -> list[str]:
    return [block.words for block in blocks.blocks_of(body)]


def on(day: date, *actions: Action, body: Body | None = None) -> consolidation.Consolidated:
    return consolidation.consolidated(body or fees(), actions, day=day, effective_on=BEGINS)


def test_before_its_day_an_act_changes_nothing() -> None:
    change = action(R.REPEALS, "n5")
    assert read(on(LATER - timedelta(days=1), change).body) == read(fees())
    assert read(on(LATER, change).body) != read(fees())


def test_a_point_gets_new_words_and_keeps_number_and_key() -> None:
    made = on(LATER, action(R.AMENDS, "n3", Node(K.POINT, text="người lớn 30.000 đồng;")))
    assert "a) người lớn 30.000 đồng;" in read(made.body)
    assert "b) trẻ em 5.000 đồng." in read(made.body)
    assert document.find(made.body, "n3") is not None
    assert made.events["n3"][0].before == ("a) người lớn 20.000 đồng;",)
    assert made.standing is Standing.AMENDED


def test_an_article_put_in_moves_no_number_and_no_reference() -> None:
    new = Node(K.ARTICLE, heading="Thu nộp", number="1a",
               children=(Node(K.PARAGRAPH, text="Nộp hằng tháng."),))  # fmt: skip
    words = read(on(LATER, action(R.SUPPLEMENTS, "n1", new)).body)
    assert words[5] == "Điều 1a. Thu nộp"
    assert "Điều 2. Miễn giảm" in words
    assert "Hộ nghèo được miễn phí tại khoản 1 Điều 1." in words


def test_pieces_put_in_one_after_the_other_stand_in_their_order() -> None:
    first = action(R.SUPPLEMENTS, "n5", Node(K.CLAUSE, text="Hai a.", number="2a"), act_id=7)
    second = action(
        R.SUPPLEMENTS, "n5", Node(K.CLAUSE, text="Hai b.", number="2b"),
        day=LATER + timedelta(days=1), act_id=8,
    )  # fmt: skip
    words = read(on(date(2027, 1, 1), second, first).body)
    assert words[words.index("2. Phí gửi xe 3.000 đồng.") :][:3] == [
        "2. Phí gửi xe 3.000 đồng.", "2a. Hai a.", "2b. Hai b.",
    ]  # fmt: skip


def test_a_point_is_added_within_a_clause_and_an_article_before_the_annexes() -> None:
    point = action(R.SUPPLEMENTS, "n2", Node(K.POINT, text="học sinh miễn phí.", number="c"))
    article = action(R.SUPPLEMENTS, "", Node(K.ARTICLE, heading="Hiệu lực", number="4"), act_id=8)
    words = read(on(LATER, point, article).body)
    assert words.index("c) học sinh miễn phí.") == words.index("b) trẻ em 5.000 đồng.") + 1
    assert words.index("Điều 4. Hiệu lực") < words.index("Phụ lục Danh mục")


def test_what_is_repealed_keeps_its_place_and_its_story() -> None:
    made = on(LATER, action(R.REPEALS, "n5"), action(R.REPEALS, "n6"))
    words = read(made.body)
    assert "2. (được bãi bỏ)" in words
    assert "Điều 2. (được bãi bỏ)" in words
    assert not any("Hộ nghèo" in line for line in words)
    assert made.events["n6"][0].before == (
        "Điều 2. Miễn giảm",
        "Hộ nghèo được miễn phí tại khoản 1 Điều 1.",
    )
    assert made.standing is Standing.PARTLY


def test_a_later_act_finds_the_piece_that_an_earlier_one_brought() -> None:
    brought = action(R.SUPPLEMENTS, "n5", Node(K.CLAUSE, text="Ba đồng.", number="2a"))
    key = next(key for key in on(LATER, brought).events if key)
    change = action(
        R.AMENDS, key, Node(K.CLAUSE, text="Bốn đồng.", number="2a"),
        day=LATER + timedelta(days=30), act_id=9,
    )  # fmt: skip
    made = on(date(2027, 1, 1), brought, change)
    assert "2a. Bốn đồng." in read(made.body)
    assert [event.action.act_id for event in made.events[key]] == [7, 9]
    assert made.events[key][1].before == ("2a. Ba đồng.",)


def test_a_rewritten_article_hands_the_keys_of_its_clauses_on() -> None:
    new = Node(K.ARTICLE, heading="Mức thu mới", number="1", children=(
        Node(K.CLAUSE, text="Phí đọc sách:", number="1"),
        Node(K.CLAUSE, text="Phí gửi xe 4.000 đồng.", number="2"),
        Node(K.CLAUSE, text="Phí khác.", number="3"),
    ))  # fmt: skip
    made = on(LATER, action(R.AMENDS, "n1", new))
    article = document.find(made.body, "n1")
    assert article is not None
    assert [child.key for child in article.children[:2]] == ["n2", "n5"]
    assert article.children[2].key.startswith("7.")


def test_the_content_alone_can_be_replaced() -> None:
    made = on(LATER, action(R.AMENDS, "n8", Node(K.PARAGRAPH, text="Giao Thường trực.")))
    assert read(made.body)[7:9] == ["Điều 3. Tổ chức thực hiện", "Giao Thường trực."]


def test_words_are_replaced_in_the_piece_or_everywhere() -> None:
    everywhere = on(LATER, action(R.REWORDS, "", old="đồng", new="VND"))
    assert sum("VND" in line for line in read(everywhere.body)) == 3
    piece = on(LATER, action(R.REWORDS, "n2", old="đồng", new="VND"))
    assert sum("VND" in line for line in read(piece.body)) == 2
    assert set(piece.events) == {"n3", "n4"}


def test_a_correction_counts_from_the_beginning_and_comes_before_amendments() -> None:
    wrong = action(R.REWORDS, "n3", old="25.000", new="26.000", day=LATER)
    right = action(R.CORRECTS, "n3", old="20.000", new="25.000", day=BEGINS, act_id=8)
    made = on(LATER, wrong, right)
    assert "a) người lớn 26.000 đồng;" in read(made.body)
    assert not made.problems
    assert "a) người lớn 25.000 đồng;" in read(on(BEGINS, wrong, right).body)


def test_what_cannot_be_carried_out_is_told_and_changes_nothing() -> None:
    impossible = [
        (action(R.AMENDS, "n99", Node(K.POINT, text="x")), "gone"),
        (action(R.AMENDS, "n3"), "no_text"),
        (action(R.SUPPLEMENTS, "n3"), "no_text"),
        (action(R.AMENDS, "n3", Node(K.ARTICLE, heading="x")), "does_not_fit"),
        (action(R.SUPPLEMENTS, "n3", Node(K.ARTICLE, heading="x")), "does_not_fit"),
        (action(R.SUPPLEMENTS, "", Node(K.POINT, text="x")), "does_not_fit"),
        (action(R.REWORDS, "n3", old="không có", new="x"), "words_gone"),
    ]
    for change, code in impossible:
        made = on(LATER, change)
        assert [problem.code for problem in made.problems] == [code], change
        assert read(made.body) == read(fees())


def test_what_is_brought_spells_its_own_references_out() -> None:
    body = document.with_keys(
        Body((
            Node(K.ARTICLE, heading="Sửa đổi", children=(
                Node(K.CLAUSE, text="như sau:", children=(
                    Node(K.QUOTE, children=(Node(K.PARAGRAPH, text="theo [[n1]]."),)),
                )),
            )),
        ))
    )  # fmt: skip
    assert relations.pieces_of(body, "n2")[0].text == "theo Điều 1."


@given(bodies())
def test_without_acts_the_text_is_the_same_with_every_number_written_down(body: Body) -> None:
    made = consolidation.consolidated(body, (), day=LATER, effective_on=BEGINS)
    assert read(made.body) == read(body)
    assert made.standing is Standing.IN_FORCE
    assert consolidation.numbered(made.body) == made.body


@given(bodies(), st.data())
def test_any_one_act_leaves_every_other_piece_its_number(body: Body, data: st.DataObject) -> None:
    keys = [node.key for node, _ in document.walk(body.nodes)]
    target = data.draw(st.sampled_from(keys))
    node = document.find(body, target)
    assert node is not None
    kind = data.draw(st.sampled_from([R.AMENDS, R.REPEALS, R.SUPPLEMENTS, R.REWORDS]))
    new = Node(node.kind, heading="mới", number="9z")
    change = action(kind, target, new, old="thu", new="chi")
    made = on(LATER, change, body=body)
    before, after = labels.labels_of(body), labels.labels_of(made.body)
    inside = {one.key for one, _ in document.walk((node,))}
    for key in set(keys) - inside:
        assert after[key] == before[key]
    assert bool(made.problems) != bool(made.events)
