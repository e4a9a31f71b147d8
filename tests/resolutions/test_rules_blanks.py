"""What is left to be filled in is found with its place; dots that say something else are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import blanks, document, parsing
from resolutions.rules.blanks import Blank, Where
from resolutions.rules.document import Body, Column, Node, NodeKind, Table
from resolutions.rules.templates_session import LOOK_UP

WORDS = st.text("abcđêô ,.;()“”", max_size=40)


@pytest.mark.parametrize(
    "words",
    [
        "Căn cứ Nghị định số …", "Tờ trình số …/TTr-UBND", "ngày … tháng", "Thu … triệu đồng.",
        "…", "số…", "năm… của", "ngày…tháng", "ở mức …%", "gồm: …", "Thu ... triệu đồng", "Số ____",
        f"Căn cứ Luật Đầu tư công {LOOK_UP}", "Thu …… triệu đồng", "“…”",
    ],
)  # fmt: skip
def test_a_place_to_fill_in_is_a_blank(words):
    assert blanks.excerpts(words)


@pytest.mark.parametrize(
    "words",
    [
        "đường, trường, trạm, …", "trạm bơm…", "trạm bơm….", "đường, trường,…", "điện, nước, ...",
        "bỏ cụm từ “(…) theo quy định”", "“[…] theo quy định”", "v.v…", "Điều 1. Phê duyệt.", "a_b",
    ],
)  # fmt: skip
def test_dots_that_say_and_so_on_or_left_out_are_no_blank(words):
    assert blanks.excerpts(words) == ()


@given(WORDS, WORDS)
def test_each_blank_is_told_with_the_words_around_it(before, after):
    words = f"{before} chỗ … nữa {after}"
    found = blanks.excerpts(words)
    assert len(found) == 1
    assert "chỗ … nữa" in found[0]
    assert found[0] in words


@given(st.integers(0, 9))
def test_all_blanks_of_a_line_are_counted(count):
    assert len(blanks.excerpts("mức … và " * count)) == count


def body() -> Body:
    table = Table(columns=(Column("TT"), Column("Nguồn …")), rows=(("1", "…"), ("2", "đủ")))
    nodes = parsing.whole(["Điều 1. Phê duyệt", "1. Thu … đồng.", "2. Chi 5 đồng."]).nodes
    annex = Node(NodeKind.ANNEX, heading="Biểu", children=(Node(NodeKind.TABLE, table=table),))
    return document.with_keys(Body((*nodes, annex)))


def test_every_part_is_looked_through_in_the_order_of_reading():
    found = blanks.blanks_of(
        title="Về …", bases=["Căn cứ Luật A", "Căn cứ số …"], body=body(),
        closing="thông qua ngày … tháng … năm … tại …", recipients=["- Sở …;", "- Lưu: VT."],
    )  # fmt: skip
    assert [(one.where, one.label) for one in found] == [
        (Where.TITLE, ""), (Where.BASIS, "2"), (Where.BODY, "khoản 1 Điều 1"),
        (Where.BODY, "Phụ lục"), (Where.BODY, "Phụ lục"), (Where.CLOSING, ""),
        (Where.RECIPIENT, ""),
    ]  # fmt: skip
    assert found[1] == Blank(Where.BASIS, "2", "Căn cứ số …")


def test_the_day_of_adoption_in_the_closing_is_left_to_the_program():
    whole = {"title": "A", "bases": ["B"], "body": Body(), "recipients": []}
    assert blanks.blanks_of(closing=f"thông qua {blanks.DATE_DOTS}./.", **whole) == ()
