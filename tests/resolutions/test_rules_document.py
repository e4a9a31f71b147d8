"""The tree of a resolution: numbering, references, nesting, lines in and out without loss."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import blocks, document, labels, parsing, serial
from resolutions.rules.document import Body, Column, Node, NodeKind, Table
from resolutions.rules.layout import ArticleText

pytestmark = pytest.mark.pure
K = NodeKind
WORDS = st.sampled_from(
    ["Giao Ủy ban nhân dân", "Xác nhận kết quả", "ngân sách 34.550 tỷ", "1. x", "a) y", "- z"]
)


def paragraph(text: str = "Nội dung.") -> Node:
    return Node(K.PARAGRAPH, text=text)


def sample() -> Body:
    """Two chapters; the second article has clauses, points đ and all; two annexes with a table."""
    points = tuple(Node(K.POINT, text=f"điểm thứ {n}") for n in range(1, 8))
    clauses = (
        Node(K.CLAUSE, text="Khoản một.", children=points),
        Node(K.CLAUSE, text="Khoản hai."),
    )
    table = Table((Column("STT"), Column("Chỉ tiêu", 3)), (("1", "Thu ngân sách"),))
    return document.with_keys(
        Body(
            (
                Node(
                    K.CHAPTER,
                    heading="QUY ĐỊNH CHUNG",
                    children=(Node(K.ARTICLE, heading="Phạm vi", children=(paragraph(),)),),
                ),
                Node(
                    K.CHAPTER,
                    heading="TỔ CHỨC",
                    children=(
                        Node(
                            K.SECTION,
                            heading="MỘT",
                            children=(Node(K.ARTICLE, children=(paragraph(), *clauses)),),
                        ),
                        Node(
                            K.SECTION,
                            heading="HAI",
                            children=(Node(K.ARTICLE, children=(paragraph(),)),),
                        ),
                    ),
                ),
                Node(K.ANNEX, heading="BIỂU", children=(Node(K.TABLE, table=table),)),
                Node(K.ANNEX, heading="DANH MỤC", children=(paragraph(),)),
            )
        )
    )


def key_of(body: Body, words: str) -> str:
    return next(key for key, label in labels.labels_of(body).items() if label.words == words)


def test_articles_count_through_chapters_and_points_know_the_letter_dd() -> None:
    found = [label.words for label in labels.labels_of(sample()).values() if label.number]
    assert "Điều 3" in found
    assert "điểm đ khoản 1 Điều 2" in found
    assert "Mục 2" in found
    assert "Phụ lục II" in found
    assert labels.labels_of(sample())[key_of(sample(), "điểm đ khoản 1 Điều 2")].anchor == (
        "dieu-2-khoan-1-diem-dd"
    )


def test_a_single_annex_has_no_number() -> None:
    body = sample()
    alone = replace(body, nodes=body.nodes[:-1])
    assert "Phụ lục" in [label.printed for label in labels.labels_of(alone).values()]


def test_a_reference_follows_its_node_and_speaks_from_where_it_stands() -> None:
    body = sample()
    target = key_of(body, "khoản 2 Điều 2")
    own = labels.labels_of(body)
    assert labels.resolved(f"theo [[{target}]]", own) == "theo khoản 2 Điều 2"
    within = own[key_of(body, "khoản 1 Điều 2")]
    assert labels.resolved(f"theo [[{target}]]", own, within=within) == "theo khoản 2 Điều này"
    moved = replace(body, nodes=(Node(K.ARTICLE, key="n99", children=(paragraph(),)), *body.nodes))
    moved = document.with_keys(moved)
    assert labels.resolved(f"[[{target}]]", labels.labels_of(moved)) == "khoản 2 Điều 3"


def test_what_is_typed_in_brackets_is_looked_up_in_the_text_on_the_screen_first() -> None:
    before, target = sample(), key_of(sample(), "Điều 2")
    after = document.with_keys(
        replace(before, nodes=(Node(K.ARTICLE, children=(paragraph(),)), *before.nodes))
    )
    typed = labels.tokenised("[[điều 2]]", labels.labels_of(before), labels.labels_of(after))
    assert typed == f"[[{target}]]"
    assert labels.shown(typed, labels.labels_of(after)) == "[[Điều 3]]"
    with pytest.raises(Refusal, match="viện dẫn") as refused:
        labels.tokenised("[[Điều 77]]", labels.labels_of(before))
    assert refused.value.code == "document.unknown_reference"


def test_a_reference_to_a_removed_node_is_refused_with_the_words_around_it() -> None:
    with pytest.raises(Refusal) as refused:
        labels.resolved("thực hiện theo [[n77]]", labels.labels_of(sample()))
    assert refused.value.code == "document.lost_reference"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (Body(), "document.no_article"),
        (
            Body((Node(K.CLAUSE, text="x"), Node(K.ARTICLE, children=(paragraph(),)))),
            "document.misplaced",
        ),
        (Body((Node(K.ARTICLE),)), "document.empty"),
        (Body((Node(K.ANNEX, heading="A"), Node(K.ARTICLE, heading="x"))), "document.annex_first"),
        (
            Body((Node(K.ARTICLE, children=tuple(Node(K.POINT, text="x") for _ in range(24))),)),
            "document.too_many_points",
        ),
        (
            Body(
                (
                    Node(
                        K.ARTICLE,
                        children=(Node(K.TABLE, table=Table((Column("a"),), (("1", "2"),))),),
                    ),
                )
            ),
            "document.ragged_table",
        ),
        (Body((Node(K.ARTICLE, children=(paragraph("x" * 20_001),)),)), "document.text_too_long"),
    ],
)
def test_what_is_no_resolution_is_refused(body: Body, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        document.check(document.with_keys(body))
    assert refused.value.code == code


def test_the_sample_is_sound() -> None:
    document.check(sample())
    assert serial.loads(serial.dumps(sample())) == sample()


@pytest.mark.parametrize(
    "written", ["", "[]", "{}", '{"format":"nghi-quyet/2","nodes":[{"kind":"poem"}]}', "[" * 5000]
)
def test_broken_structure_is_a_sentence(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        serial.loads(written)
    assert refused.value.code == "document.broken"


def test_keys_are_given_once() -> None:
    body = sample()
    first = body.nodes[0].key
    without = document.with_keys(replace(body, nodes=body.nodes[1:]))
    again = document.with_keys(
        replace(without, nodes=(Node(K.ARTICLE, heading="Mới"), *without.nodes))
    )
    keys = [node.key for node, _depth in document.walk(again.nodes)]
    assert len(keys) == len(set(keys))
    assert first not in keys


@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=4))
def test_lines_come_out_of_the_tree_as_they_went_in(articles: list[list[str]]) -> None:
    body = parsing.body_of([ArticleText("", tuple(lines)) for lines in articles])
    written = list(parsing.lines_of(body))
    assert written == _as_typed(articles)


def _as_typed(articles: list[list[str]]) -> list[str]:
    """Label and first paragraph of an article stand on one line, unless it begins with a piece."""
    lines = []
    for number, paragraphs in enumerate(articles, start=1):
        first, *rest = paragraphs
        if first in ("1. x", "a) y", "- z"):
            lines += [f"Điều {number}.", first, *rest]
        else:
            lines += [f"Điều {number}. {first}", *rest]
    return lines


def test_a_whole_text_is_read_from_its_lines() -> None:
    body = parsing.whole(
        [
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "QUYẾT NGHỊ:",
            "Chương I",
            "QUY ĐỊNH CHUNG",
            "Điều 1. Phạm vi điều chỉnh",
            "1. Một;",
            "a) a;",
            "b) b.",
            "2. Hai.",
            "Điều 2. Nghị quyết này có hiệu lực kể từ ngày thông qua.",
            "Mục 2 này không phải tiêu đề.",
            "Phụ lục I",
            "DANH MỤC",
            "- một",
        ]
    )
    assert [block.label for block in blocks.blocks_of(body)] == [
        "Chương I",
        "Điều 1.",
        "1.",
        "a)",
        "b)",
        "2.",
        "Điều 2.",
        "",
        "Phụ lục",
        "-",
    ]
    assert body.articles[0].heading == "Phạm vi điều chỉnh"
    assert body.annexes[0].heading == "DANH MỤC"


def test_words_for_another_resolution_keep_their_own_numbers_within_quotation_marks() -> None:
    inner = Node(K.CLAUSE, number="5a", text="Bổ sung.")
    body = document.with_keys(
        Body(
            (
                Node(
                    K.ARTICLE,
                    children=(
                        paragraph("Bổ sung khoản 5a vào sau khoản 5 Điều 2 như sau:"),
                        Node(K.QUOTE, children=(inner,)),
                    ),
                ),
            )
        )
    )
    document.check(body)
    assert parsing.lines_of(body)[-1] == "“5a. Bổ sung.”"


def test_a_clause_that_acts_on_another_text_mentions_no_piece_of_its_own() -> None:
    body = document.with_keys(Body((Node(NodeKind.ARTICLE, heading="A"),)))
    known = labels.labels_of(body)
    assert labels.plain_mentions("Theo Điều 1.", known) == ["Điều 1"]
    for words in ("Sửa đổi Điều 1 như sau:", "Bãi bỏ Điều 1.", "Bổ sung vào Điều 1:"):
        assert labels.plain_mentions(words, known) == []
        assert labels.bracketed(words, known) == words


def test_a_mention_typed_as_plain_words_is_found_but_not_one_of_a_law() -> None:
    found = labels.plain_mentions(
        "theo Điều 2, khoản 1 Điều 2 và Điều 3 của Luật Ngân sách", labels.labels_of(sample())
    )
    assert list(found) == ["Điều 2", "khoản 1 Điều 2"]
