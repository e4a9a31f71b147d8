"""Words as the search sees them: syllables with and without marks, and pairs of neighbours.

Vietnamese words are mostly two syllables, so a pair (`nghi_quyet`) stands for a word where a
syllable alone says little. Nothing here is law; it is the alphabet (practice.md section 4).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from council.rules import text

_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff'’‘ʼ´`]")  # noqa: RUF001
"""What stands inside a word without parting it: invisible signs, the apostrophe of K'Ré."""

_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
_VOWELS: Final = frozenset("aăâeêioôơuưy")
_MARKED: Final = "ơêôâăư"
"""Vowels that draw the tone to themselves, the strongest first: ươ carries it on ơ."""

_TRIPLE: Final = 3
LENGTH_MAX: Final = 40
"""Longer runs of letters are no words (a digest, a long number); they are cut here."""


class Word(NamedTuple):
    """One syllable: as it is written (small letters, tone in its usual place), and folded."""

    exact: str
    folded: str

    @property
    def is_marked(self) -> bool:
        """Whether it was written with a mark, so that the mark means something."""
        return self.exact != self.folded


class Span(NamedTuple):
    """A word of a text with the place where it stands."""

    word: Word
    start: int
    end: int


def words_of(written: str) -> list[Word]:
    """The words of a text in order; punctuation parts them and is forgotten."""
    plain = unicodedata.normalize("NFC", written).lower()
    if _JOINED.search(plain):
        plain = _JOINED.sub("", plain)
    return list(map(word_of, _WORD.findall(plain)))


def spans_of(written: str) -> Iterator[Span]:
    """The words of a composed (NFC) text with their places in it."""
    for found in _WORD.finditer(written):
        yield Span(word_of(found.group().lower()), found.start(), found.end())


@lru_cache(maxsize=1 << 16)
def word_of(token: str) -> Word:
    """One run of letters and digits as a word."""
    cut = token[:LENGTH_MAX]
    return Word(tone_in_place(cut), text.fold(cut).replace(" ", ""))


def pairs(tokens: Sequence[str]) -> list[str]:
    """Each two neighbours as one term."""
    return list(map("_".join, pairwise(tokens)))


def triples(tokens: Sequence[str]) -> list[str]:
    """Each three neighbours as one term."""
    return list(map("_".join, zip(tokens, tokens[1:], tokens[2:], strict=False)))


@lru_cache(maxsize=1 << 16)
def tone_in_place(syllable: str) -> str:
    """The syllable with its tone where most print it: ``hoà`` and ``hòa`` are both ``hòa``.

    What is no Vietnamese syllable stays as it is.
    """
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [sign for sign in decomposed if sign in _TONES]
    if len(tones) != 1:
        return syllable
    letters = unicodedata.normalize("NFC", decomposed.replace(tones[0], ""))
    place = _tone_place(letters)
    if place is None:
        return syllable
    return unicodedata.normalize("NFC", letters[: place + 1] + tones[0] + letters[place + 1 :])


def _tone_place(letters: str) -> int | None:
    """The letter that carries the tone, counted from 0; None where there is no vowel."""
    start = _onset(letters)
    end = start
    while end < len(letters) and letters[end] in _VOWELS:
        end += 1
    cluster = letters[start:end]
    if not cluster:
        return None
    for marked in _MARKED:
        if marked in cluster:
            return start + cluster.index(marked)
    if len(cluster) >= _TRIPLE or (len(cluster) == _TRIPLE - 1 and end < len(letters)):
        return start + 1
    return start


def _onset(letters: str) -> int:
    """How many letters stand before the first vowel; those of qu and gi count as consonants."""
    if letters[:2] in {"qu", "gi"} and set(letters[2:3]) & _VOWELS:
        return 2
    return next((at for at, letter in enumerate(letters) if letter in _VOWELS), len(letters))
