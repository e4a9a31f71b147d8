"""What goes into the index; abbreviations; near words; snippets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import abbreviations, nearness, snippets
from portal.rules.asking import understand
from portal.rules.terms import terms_of
from portal.rules.words import pairs, words_of


def test_a_text_gives_syllables_pairs_triples_and_the_marked_ones():
    terms = terms_of("Giá đất ở")
    assert terms.words == "gia dat o"
    assert terms.pairs == "gia_dat dat_o"
    assert terms.triples == "gia_dat_o"
    assert terms.exact == "giá đất ở"


def test_nothing_gives_nothing():
    assert terms_of(" … ") == ("", "", "", "")


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Thường trực HĐND", "hoi_dong dong_nhan nhan_dan"),
        ("Chủ tịch ubnd xã", "uy_ban ban_nhan nhan_dan"),
    ],
)
def test_an_abbreviation_brings_the_words_that_it_stands_for(written, other):
    assert other in terms_of(written).pairs


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("Hội đồng nhân dân tỉnh", "hdnd"), ("Uỷ ban nhân dân", "ubnd"),
        ("Ủy ban nhân dân", "ubnd"),
        ("dự toán ngân sách nhà nước", "nsnn"), ("Nghị quyết", "nq"),
    ],
)  # fmt: skip
def test_the_words_bring_their_abbreviation(written, short):
    assert short in terms_of(written).words.split()


def test_words_with_other_marks_bring_none():
    assert "nq" not in terms_of("nghi quyết nghỉ quyết").words.split()
    assert "hdnd" not in terms_of("hội đồng nhân").words.split()


def test_each_abbreviation_means_one_thing():
    shorts = [short.folded for short, _long in abbreviations.TABLE]
    assert len(set(shorts)) == len(shorts)
    for short, long in abbreviations.TABLE:
        spelled = [word.exact for word in long]
        assert (short,) in abbreviations.implied(long, pairs(spelled))
        assert long in abbreviations.implied([short], [])


@given(st.text(max_size=200))
def test_terms_of_any_text_hold_its_words(written):
    terms = terms_of(written).words.split()
    assert {word.folded for word in words_of(written) if word.folded} <= set(terms)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("quyet", "quyet", 0), ("quet", "quyet", 1), ("quyte", "quyet", 1), ("", "ab", 2),
     ("nha", "ban", 3)],
)  # fmt: skip
def test_slips_are_counted(one, other, count):
    assert nearness.edits(one, other) == count


words = st.text("abcd", max_size=7)


@given(words, words)
def test_slips_are_the_same_both_ways_and_bounded(one, other):
    away = nearness.edits(one, other)
    assert away == nearness.edits(other, one)
    assert abs(len(one) - len(other)) <= away <= max(len(one), len(other))
    assert (away == 0) == (one == other)


BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương. " * 12
    + "Phê duyệt dự toán ngân sách nhà nước năm 2027 của thành phố. "
    + "Giao Ủy ban nhân dân tổ chức thực hiện. " * 12
)


def whole(parts):
    return "".join(part.text for part in parts)


def test_a_snippet_shows_the_place_in_the_spelling_of_the_text():
    parts = snippets.snippet(BODY, understand("du toan ngan sach "))
    assert [part.text for part in parts if part.is_hit] == ["dự toán ngân sách"]
    assert whole(parts).startswith("… ")
    assert whole(parts).endswith(" …")


def test_marks_as_typed_choose_the_words_and_without_them_all_do():
    written = "Nhân dân xác nhận"
    both = ["Nhân", "nhận"]
    for typed, marked in (("nhận ", ["nhận"]), ("nhan ", both), ("nhản ", both)):
        parts = snippets.marked(written, understand(typed))
        assert [part.text for part in parts if part.is_hit] == marked


def test_a_beginning_marks_the_words_that_begin_so():
    parts = snippets.marked("Về ngân sách và Ngân hàng", understand("ngân"))
    assert [part.text for part in parts if part.is_hit] == ["ngân", "Ngân"]


def test_a_text_without_hits_shows_its_beginning():
    assert whole(snippets.snippet(BODY, understand("khủng long "))).startswith("Căn cứ Luật")
    assert snippets.snippet("", understand("a")) == ()


@given(st.text(max_size=300), st.text(max_size=30))
def test_marking_loses_nothing_of_the_text(written, asked):
    parts = snippets.marked(written, understand(asked))
    assert whole(parts) == unicodedata.normalize("NFC", written)
    assert all(part.text for part in parts)


@given(st.text(max_size=300), st.text(max_size=30))
def test_a_snippet_is_a_piece_of_the_text(written, asked):
    shown = whole(snippets.snippet(written, understand(asked)))
    text = " ".join(unicodedata.normalize("NFC", written).split())
    assert shown.removeprefix("… ").removesuffix(" …") in text or shown in text


def test_words_are_spelled_as_the_text_spells_them_beside_each_other():
    text = "Nghỉ hè. Nghị quyết về quỹ đất"
    assert snippets.spelled(text, ["nghi", "quyet", "quy", "dat", "xyz"]) == [
        "nghị", "quyết", "quỹ", "đất", "xyz",
    ]  # fmt: skip
