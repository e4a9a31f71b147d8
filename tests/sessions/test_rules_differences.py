"""What changed between two texts: nothing is lost, nothing invented, line breaks change nothing."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.rules.differences import Change, Comparison, compare, paragraphs

WORDS = st.sampled_from(["Hội", "đồng", "nhân", "dân", "quyết", "nghị.", "34.550", "tỷ;", "năm"])
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), max_size=8)
TEXTS = LINES.map("\n".join)


def said(found: Comparison, *changes: Change) -> list[str]:
    """The words of pieces with these fates, in order."""
    return [
        word
        for passage in found.passages
        for piece in passage.pieces
        if piece.change in changes
        for word in piece.words.split()
    ]


@given(TEXTS, TEXTS)
def test_counts_are_those_of_the_words_that_went_and_came(old: str, new: str) -> None:
    found = compare(old, new)
    assert len(old.split()) - found.gone == len(new.split()) - found.new
    assert found.is_same == (paragraphs(old) == paragraphs(new))


@given(TEXTS, TEXTS)
def test_what_is_shown_comes_from_the_texts_in_their_order(old: str, new: str) -> None:
    found = compare(old, new)
    for text, change in ((old, Change.GONE), (new, Change.NEW)):
        words = iter(text.split())
        assert all(word in words for word in said(found, Change.SAME, change))


@given(TEXTS)
def test_a_text_is_the_same_as_itself_however_its_lines_are_broken(text: str) -> None:
    assert compare(text, text).is_same
    assert compare(text, text.replace(" ", "  \t")).is_same


def test_lines_of_a_page_are_joined_and_items_begin_anew() -> None:
    text = "Hội đồng nhân dân\nquận Hà Đông quyết nghị:\nĐiều 1. Giao\nỦy ban\n- một;\n- hai"
    assert paragraphs(text) == [
        "Hội đồng nhân dân quận Hà Đông quyết nghị:", "Điều 1. Giao Ủy ban", "- một;", "- hai",
    ]  # fmt: skip


def test_one_figure_that_changed_is_one_word_out_and_one_in() -> None:
    old = "Thu ngân sách đạt 34.550 tỷ đồng trong năm.\n" + "Đoạn không đổi.\n" * 10
    new = old.replace("34.550", "34.889")
    found = compare(old, new)
    assert (found.gone, found.new) == (1, 1)
    assert said(found, Change.GONE) == ["34.550"]
    assert said(found, Change.NEW) == ["34.889"]
    assert [passage.skipped for passage in found.passages if passage.skipped] == [9]


def test_a_paragraph_that_was_added_stands_whole() -> None:
    found = compare("Điều 1. Một.\nĐiều 3. Ba.", "Điều 1. Một.\nĐiều 2. Hai.\nĐiều 3. Ba.")
    assert (found.gone, found.new) == (0, 3)
    assert said(found, Change.NEW) == ["Điều", "2.", "Hai."]
