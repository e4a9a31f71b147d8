"""The digest of a text: the same for the same text, another for any other."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import layout, parsing, serial
from resolutions.rules.layout import ArticleText, WholeText


def body(*articles: ArticleText) -> dict[str, object]:
    return serial.data_of(parsing.body_of(articles))


TEXTS = st.text(alphabet="aàăđêƠ Điều1.;\n", max_size=12)
ARTICLES = st.lists(
    st.builds(ArticleText, heading=TEXTS, paragraphs=st.lists(TEXTS, max_size=3).map(tuple)),
    max_size=3,
)
DRAFTS = st.builds(
    WholeText,
    title=TEXTS,
    bases=st.lists(TEXTS, max_size=3).map(tuple),
    body=ARTICLES.map(lambda articles: body(*articles)),
    closing=TEXTS,
    recipients=st.lists(TEXTS, max_size=3).map(tuple),
)
DRAFT = WholeText(
    "Về việc xác nhận kết quả bầu",
    ("Căn cứ Luật;",),
    body(ArticleText("", ("Xác nhận.",))),
    "Thông qua ./.",
    ("Lưu: VT",),
)


def test_the_digest_of_a_known_text_never_changes():
    assert (
        layout.digest(DRAFT) == "6bacb04958efe6c55520c7366bdb07decc1f9a9bf175d0da329f7993b3e51bfb"
    )


def test_composed_and_decomposed_letters_are_the_same_text():
    decomposed = replace(DRAFT, title=unicodedata.normalize("NFD", DRAFT.title))
    assert decomposed.title != DRAFT.title
    assert layout.digest(decomposed) == layout.digest(DRAFT)


def test_what_is_printed_around_the_text_is_bound_too():
    signed = layout.digest(DRAFT, {"signatory": "Nguyễn Văn Mẫu", "effective_on": "2023-12-12"})
    other = layout.digest(DRAFT, {"effective_on": "2023-12-12", "signatory": "Lê Thị Ví Dụ"})
    assert len({layout.digest(DRAFT), signed, other}) == 3
    assert signed == layout.digest(
        DRAFT, {"effective_on": "2023-12-12", "signatory": "Nguyễn Văn Mẫu"}
    )


def test_numbers_truths_and_nothing_are_told_apart():
    values = [0, 1, True, False, None, "", "1", [], ["1"], {}]
    assert len({layout.digest(DRAFT, {"value": value}) for value in values}) == len(values)


@pytest.mark.parametrize("value", [1.5, date(2023, 12, 12), b"x"])
def test_what_has_no_canonical_form_is_an_error(value):
    with pytest.raises(TypeError):
        layout.digest(DRAFT, {"value": value})


def test_moving_a_paragraph_to_the_next_article_is_another_text():
    one = replace(DRAFT, body=body(ArticleText("", ("a", "b")), ArticleText("", ("c",))))
    other = replace(DRAFT, body=body(ArticleText("", ("a",)), ArticleText("", ("b", "c"))))
    assert layout.digest(one) != layout.digest(other)


@given(DRAFTS, DRAFTS)
def test_two_drafts_share_a_digest_only_if_they_are_the_same(one, other):
    assert (layout.digest(one) == layout.digest(other)) == (one == other)
