"""What somebody typed into the search field, understood."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from council.rules import text
from portal.rules.words import Word, words_of

WORDS_MAX: Final = 12
LENGTH_MAX: Final = 200
_QUOTED: Final = re.compile('["“”«»„]([^"“”«»„]*)["“”«»„]')
_SYMBOL: Final = re.compile(
    r"\b\d{1,6}(?:\s*[/-]\s*\d{4})?\s*[/-]?\s*(?:nq|qd|nd|ct|kh|bc|ttr|tb|tt|pl|vbhn)\s*[-/]\s*[a-z]{2,8}\d*\b"
)
"""Number and sign of a document as people write them: 12/NQ-HĐND, 12/2023/nq-hdnd, 12 nq-hdnd."""

_DIGITS: Final = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Question:
    """The parts of a question; nothing in it is a command of a query language.

    Args:
        words: all words, those of phrases and symbols too, each of which must be there.
        phrases: words that must stand side by side, in order.
        symbols: numbers of documents as slugs, `12-nq-hdnd`: those that bear one come first.
        numbers: other numbers, which may be the number of a resolution.
        is_open: the last word may not be finished yet.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    symbols: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.words

    @property
    def closed_words(self) -> tuple[Word, ...]:
        """The words that are surely finished."""
        return self.words[:-1] if self.is_open else self.words

    @property
    def open_word(self) -> Word | None:
        """The beginning of a word, where the last one may not be finished."""
        return self.words[-1] if self.is_open else None


def understand(asked: str) -> Question:
    """The question behind what was typed; whatever is typed, there is one."""
    typed = text.without_controls(asked)[:LENGTH_MAX]
    words = tuple(words_of(typed)[:WORDS_MAX])
    phrases = [tuple(words_of(part)[:WORDS_MAX]) for part in _QUOTED.findall(typed)]
    signs = [found.group() for found in _SYMBOL.finditer(text.fold(typed))]
    phrases += [tuple(words_of(sign)) for sign in signs]
    within = {part for sign in signs for part in _DIGITS.findall(sign)}
    return Question(
        words=words,
        phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
        symbols=tuple(text.slug(sign) for sign in signs),
        numbers=tuple(
            word.folded
            for word in words
            if _DIGITS.fullmatch(word.folded) and word.folded not in within
        ),
        is_open=_is_open(typed, words),
    )


def _is_open(typed: str, words: tuple[Word, ...]) -> bool:
    """Whether the last word may go on: typed to the end, no number, not within quotes."""
    if not words or not (typed[-1].isalnum() or unicodedata.combining(typed[-1])):
        return False
    last = words[-1].folded
    quotes = len(re.findall('["“”«»„]', typed))
    return quotes % 2 == 0 and last.isalpha() and len(words_of(typed)) <= WORDS_MAX


def symbols_of(symbol: str, year: int | None) -> list[str]:
    """The ways in which people write a resolution's number, as slugs.

    ``12/2023/NQ-HĐND`` is found by ``12-2023-nq-hdnd``, ``12-nq-hdnd``, ``12-2023`` and ``12``.
    """
    whole = text.slug(symbol)
    number = _DIGITS.match(whole)
    if number is None:
        return [whole] if whole else []
    first = number.group()
    rest = re.sub(r"^\d+(?:-\d{4}(?=-))?-?", "", whole)
    forms = [whole, f"{first}-{rest}".strip("-"), first]
    if year is not None:
        forms += [f"{first}-{year}-{rest}".strip("-"), f"{first}-{year}"]
    return list(dict.fromkeys(forms))
