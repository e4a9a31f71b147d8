"""What of a text goes into the index, field by field."""

from typing import NamedTuple

from portal.rules import abbreviations
from portal.rules.words import pairs, triples, words_of


class Terms(NamedTuple):
    """The terms of one text, with blanks between.

    Args:
        words: each syllable without marks.
        pairs: each two neighbours without marks.
        triples: each three neighbours without marks: longer phrases are looked up here.
        exact: the syllables that have marks, as they are written: they decide between likes.
    """

    words: str
    pairs: str
    triples: str
    exact: str


def terms_of(written: str) -> Terms:
    """The terms of a text, and what its abbreviations stand for."""
    words = words_of(written)
    if not words:
        return Terms("", "", "", "")
    spelled, bare = zip(*words, strict=True)
    spelled_pairs, bare_pairs = pairs(spelled), pairs(bare)
    exact = [one for one, other in words if one != other]
    all_words, all_pairs, all_triples = list(bare), bare_pairs, triples(bare)
    for group in abbreviations.implied(words, spelled_pairs):
        more = [word.folded for word in group]
        all_words += more
        all_pairs += pairs(more)
        all_triples += triples(more)
        exact += [word.exact for word in group if word.is_marked]
    return Terms(
        words=" ".join(all_words),
        pairs=" ".join(all_pairs),
        triples=" ".join(all_triples),
        exact=" ".join(exact),
    )
