"""Questions: words, phrases, numbers of documents, the last word that may not be finished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.asking import WORDS_MAX, symbols_of, understand


def folded(words):
    return [word.folded for word in words]


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("12/NQ-HĐND", "12-nq-hdnd"), ("12/nq-hdnd", "12-nq-hdnd"), ("12 nq-hdnd", "12-nq-hdnd"),
        ("12/2023/NQ-HĐND", "12-2023-nq-hdnd"), ("nghị quyết số 5/NQ-HĐND về đất", "5-nq-hdnd"),
        ("15/2021/NĐ-CP", "15-2021-nd-cp"), ("12 / NQ - HĐND", "12-nq-hdnd"),
    ],
)  # fmt: skip
def test_numbers_of_documents_are_recognised(typed, symbol):
    assert understand(typed).symbols == (symbol,)


@pytest.mark.parametrize("typed", ["12", "nghị quyết 12", "12 năm 2023", "NQ-HĐND", "3 ha"])
def test_a_number_alone_is_no_document(typed):
    assert understand(typed).symbols == ()


def test_loose_numbers_are_kept_and_those_of_a_symbol_are_not():
    assert understand("nghị quyết 12 năm 2023").numbers == ("12", "2023")
    assert understand("12/NQ-HĐND").numbers == ()


@pytest.mark.parametrize("quotes", ['"{}"', "“{}”", "«{}»", "„{}“"])
def test_quoted_words_stand_side_by_side(quotes):
    question = understand(quotes.format("hoà giải ở cơ sở") + " xã")
    assert [folded(phrase) for phrase in question.phrases] == [["hoa", "giai", "o", "co", "so"]]
    assert "xa" in folded(question.words)


def test_one_quoted_word_is_a_word():
    assert understand('"đất"').phrases == ()


@pytest.mark.parametrize("typed", ["ngân s", "ngân sách", "ngân sa\u0301"])
def test_the_last_word_may_go_on(typed):
    assert understand(typed).open_word is not None
    assert folded(understand(typed).closed_words) == ["ngan"]


@pytest.mark.parametrize(
    "typed", ["ngân sách ", "ngân sách,", "năm 2023", '"ngân sách"', '"ngân sá']
)
def test_a_finished_word_does_not(typed):
    assert understand(typed).open_word is None


@given(st.text())
def test_whatever_is_typed_is_understood(typed):
    question = understand(typed)
    assert len(question.words) <= WORDS_MAX
    assert question.is_empty == (question.words == ())
    for phrase in question.phrases:
        assert len(phrase) > 1


@pytest.mark.parametrize(
    ("symbol", "year", "forms"),
    [
        ("12/NQ-HĐND", 2023, {"12-nq-hdnd", "12", "12-2023-nq-hdnd", "12-2023"}),
        ("12/2023/NQ-HĐND", 2023, {"12-2023-nq-hdnd", "12-nq-hdnd", "12", "12-2023"}),
        ("12/NQ-HĐND", None, {"12-nq-hdnd", "12"}),
        ("NQ-HĐND", 2023, {"nq-hdnd"}),
        ("", 2023, set()),
    ],
)
def test_a_resolution_is_found_by_each_way_to_write_its_number(symbol, year, forms):
    assert set(symbols_of(symbol, year)) == forms


@given(st.integers(1, 999), st.integers(1990, 2050), st.booleans())
def test_how_people_write_a_number_is_among_its_forms(number, year, has_year):
    symbol = f"{number}/{year}/NQ-HĐND" if has_year else f"{number}/NQ-HĐND"
    forms = symbols_of(symbol, year)
    for typed in (symbol, symbol.lower(), f"{number}/nq-hdnd", f"{number}/{year}/nq-hdnd"):
        assert understand(typed).symbols[0] in forms
