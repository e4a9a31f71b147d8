"""A question as a query of tantivy: built of terms, never parsed from what somebody typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from tantivy import Occur, Query

from portal.fulltext.schema import schema
from portal.rules.asking import Question
from portal.rules.words import Word, pairs, triples

TITLE_FIRST, SYMBOL_FIRST, NUMBER_FIRST = 200.0, 2000.0, 400.0
"""Steps between kinds of hits, each above what the relevance of the next can reach."""

_PAIR, _TITLE, _EXACT = 1.5, 2.0, 0.5
_ENOUGH: Final = 2 / 3
Clause = tuple[Occur, Query]
Endings = Callable[[str], Sequence[str]]
"""The words of the index that begin with some letters, the most frequent first."""


def term(field: str, value: object) -> Query:
    """One term of one field."""
    return Query.term_query(schema(), field, value)


def matching(question: Question, *, endings: Endings, enough: bool = False) -> Query:
    """What must be there: every word and phrase, or with `enough` two thirds of the words."""
    words = _required("words", question, endings)
    phrases = [(Occur.Must, _phrase_or_symbol(phrase)) for phrase in question.phrases]
    if not enough:
        return Query.boolean_query([*((Occur.Must, word) for word in words), *phrases])
    some = Query.boolean_query(
        [(Occur.Should, word) for word in words],
        minimum_number_should_match=max(1, int(len(words) * _ENOUGH)),
    )
    return Query.boolean_query([(Occur.Must, some), *phrases])


def foremost(matched: Query, question: Question, *, endings: Endings) -> Query:
    """Of the hits those that come first: with all words in the title, or the asked number."""
    titled = [(Occur.Must, word) for word in _required("title", question, endings)]
    own = [term("symbol", one) for one in (*question.symbols, *_numbers(question.numbers))]
    firsts = [Query.boolean_query(titled), *own]
    return Query.boolean_query(
        [
            (Occur.Must, matched),
            (Occur.Must, Query.boolean_query([(Occur.Should, first) for first in firsts])),
        ]
    )


def others(matched: Query, first: Query) -> Query:
    """The hits that are not among the foremost."""
    return Query.boolean_query([(Occur.Must, matched), (Occur.MustNot, first)])


def ranked(matched: Query, question: Question) -> Query:
    """The same hits with what lifts them: number, title, pairs of words, marks as typed."""
    return Query.boolean_query([(Occur.Must, matched), *_lifts(question)])


def narrowed(matched: Query, filters: Mapping[str, object]) -> Query:
    """Only hits with these values in the facets."""
    if not filters:
        return matched
    kept = [
        (Occur.Must, Query.const_score_query(term(name, value), 0.0))
        for name, value in filters.items()
    ]
    return Query.boolean_query([(Occur.Must, matched), *kept])


def _required(field: str, question: Question, endings: Endings) -> list[Query]:
    words = [term(field, folded) for folded in _distinct(question.closed_words)]
    if question.open_word is not None:
        words.append(_open(field, question.open_word, endings))
    return words


def _open(field: str, word: Word, endings: Endings) -> Query:
    """The word itself, or any that begins with it."""
    whole = term(field, word.folded)
    longer = [one for one in endings(word.folded) if one != word.folded]
    if not longer:
        return whole
    begun = Query.const_score_query(Query.term_set_query(schema(), field, longer), 0.5)
    return Query.boolean_query([(Occur.Should, whole), (Occur.Should, begun)])


def _phrase_or_symbol(phrase: Sequence[Word]) -> Query:
    """Words side by side; the sign of a document may also be the hit's own."""
    folded = [word.folded for word in phrase]
    side_by_side = _side_by_side(folded)
    if folded[0].isdigit():
        own = term("symbol", "-".join(folded))
        return Query.boolean_query([(Occur.Should, side_by_side), (Occur.Should, own)])
    marked = [term("exact", word.exact) for word in phrase if word.is_marked]
    return Query.boolean_query([(Occur.Must, one) for one in (side_by_side, *marked)])


def _side_by_side(folded: Sequence[str]) -> Query:
    if len(folded) == 2:  # noqa: PLR2004 - a pair
        return term("pairs", "_".join(folded))
    return Query.boolean_query([(Occur.Must, term("triples", one)) for one in triples(folded)])


def _lifts(question: Question) -> Iterable[Clause]:
    for symbol in question.symbols:
        yield Occur.Should, Query.const_score_query(term("symbol", symbol), SYMBOL_FIRST)
    for number in _numbers(question.numbers):
        yield Occur.Should, Query.const_score_query(term("symbol", number), NUMBER_FIRST)
    closed = _distinct(question.closed_words) or _distinct(question.words)
    in_title = Query.boolean_query([(Occur.Must, term("title", word)) for word in closed])
    yield Occur.Should, Query.const_score_query(in_title, TITLE_FIRST)
    for pair in dict.fromkeys(pairs([word.folded for word in question.words])):
        yield Occur.Should, Query.boost_query(term("pairs", pair), _PAIR)
        yield Occur.Should, Query.boost_query(term("title", pair), _TITLE)
    for word in dict.fromkeys(word.exact for word in question.words if word.is_marked):
        yield Occur.Should, Query.boost_query(term("exact", word), _EXACT)


def _numbers(numbers: Sequence[str]) -> list[str]:
    """Each number, and the first with another as its year: 12 and 2023 are 12-2023."""
    return [*numbers, *(f"{numbers[0]}-{other}" for other in numbers[1:])]


def _distinct(words: Iterable[Word]) -> list[str]:
    return list(dict.fromkeys(word.folded for word in words))
