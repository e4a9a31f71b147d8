"""Words: syllables with and without marks, one place for the tone, pairs and triples."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import text
from portal.rules import words

ONSETS = ["", "b", "h", "th", "ngh", "qu", "gi", "kh", "tr", "l"]
RHYMES = [
    "a", "oa", "oe", "uy", "uya", "ia", "iê", "ươi", "ươ", "uô", "oai", "uê", "ai", "ua", "ưa",
    "oan", "iên", "uyên", "ương", "uân", "oăn", "e", "ơ", "uơ", "ay", "iêu", "eo",
]  # fmt: skip
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
syllables = st.tuples(st.sampled_from(ONSETS), st.sampled_from(RHYMES)).map("".join)


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("uỷ", "ủy"), ("loã", "lõa"),
        ("quý", "quý"), ("qúy", "quý"), ("già", "già"), ("gìa", "già"), ("gì", "gì"),
        ("toàn", "toàn"), ("tòan", "toàn"), ("nguyễn", "nguyễn"), ("nguỹên", "nguyễn"),
        ("người", "người"), ("ngừơi", "người"), ("mùa", "mùa"), ("giếng", "giếng"),
        ("khuỷu", "khuỷu"), ("ngoài", "ngoài"), ("kré", "kré"), ("xyz", "xyz"), ("12", "12"),
    ],
)  # fmt: skip
def test_the_tone_goes_to_its_usual_place(typed, usual):
    assert words.tone_in_place(unicodedata.normalize("NFC", typed)) == usual


@given(syllables, st.sampled_from(TONES[1:]), st.data())
def test_wherever_the_tone_was_typed_it_is_the_same_word(syllable, tone, data):
    vowels = [at for at, letter in enumerate(syllable) if letter in "aăâeêioôơuưy"]
    one, other = (data.draw(st.sampled_from(vowels)) for _ in range(2))
    spelled = [
        unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :])
        for at in (one, other)
    ]
    assert words.word_of(spelled[0]) == words.word_of(spelled[1])


@given(st.text(max_size=60))
def test_placing_the_tone_twice_changes_nothing_and_folding_forgets_it(typed):
    for word in words.words_of(typed):
        assert words.tone_in_place(word.exact) == word.exact
        assert text.fold(word.exact).replace(" ", "") == word.folded


@given(st.text(max_size=80))
def test_composed_or_not_the_words_are_the_same(typed):
    composed, taken_apart = (unicodedata.normalize(form, typed) for form in ("NFC", "NFD"))
    assert words.words_of(composed) == words.words_of(taken_apart)


@given(st.text(max_size=80))
def test_spans_cut_the_words_out_of_the_text(typed):
    composed = unicodedata.normalize("NFC", typed)
    for span in words.spans_of(composed):
        assert words.word_of(composed[span.start : span.end].lower()) == span.word


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=8))
def test_pairs_and_triples_are_neighbours_in_order(tokens):
    assert len(words.pairs(tokens)) == max(len(tokens) - 1, 0)
    assert len(words.triples(tokens)) == max(len(tokens) - 2, 0)
    assert all(pair in "_".join(tokens) for pair in words.pairs(tokens))


def test_names_with_apostrophes_are_one_word_and_soft_hyphens_are_nothing():
    assert [word.folded for word in words.words_of("Điểu K'Ré, K’Ré ng\u00adân")] == [
        "dieu", "kre", "kre", "ngan",
    ]  # fmt: skip


def test_what_is_too_long_for_a_word_is_cut():
    assert words.words_of("a" * 1000)[0].folded == "a" * words.LENGTH_MAX
