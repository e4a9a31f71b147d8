"""Abbreviations and what they stand for, so that whoever types one finds the other.

A text is enriched when it is indexed, not a question when it is asked: a question then costs no
more than its own words. The table is data, `abbreviations.toml`.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from portal.rules.words import Word, words_of

_FILE: Final = Path(__file__).with_name("abbreviations.toml")


def _read() -> tuple[tuple[Word, tuple[Word, ...]], ...]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple((words_of(short)[0], tuple(words_of(long))) for short, long in table.items())


TABLE: Final = _read()
"""Each abbreviation with the words that it stands for."""

_LONG: Final = {short.folded: long for short, long in TABLE}
_BY_FIRST_PAIR: Final[dict[str, list[tuple[str, Word]]]] = {}
for _short, _words in TABLE:
    _spelled = [word.exact for word in _words]
    _BY_FIRST_PAIR.setdefault("_".join(_spelled[:2]), []).append(
        (f" {' '.join(_spelled)} ", _short)
    )


def version() -> str:
    """Changes when the table does, so that an index made with another table is made anew."""
    return _FILE.read_text(encoding="utf-8")


def implied(words: Sequence[Word], exact_pairs: Sequence[str]) -> list[tuple[Word, ...]]:
    """What the text says without writing it, each once.

    For an abbreviation the words that it stands for; for the words, written with their marks, the
    abbreviation.

    Args:
        words: the text.
        exact_pairs: each two neighbours of it as they are written (`words.pairs`).
    """
    found = [_LONG[short] for short in sorted(_LONG.keys() & {word[1] for word in words})]
    begun = _BY_FIRST_PAIR.keys() & set(exact_pairs)
    if begun:
        spelled = f" {' '.join(word[0] for word in words)} "
        candidates = [one for pair in sorted(begun) for one in _BY_FIRST_PAIR[pair]]
        found += [(short,) for long, short in candidates if long in spelled]
    return found
