"""The letters of a PDF's page, each with its box: where words stand that must be covered."""

import unicodedata
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True, slots=True)
class Letters:
    """A page's text in NFC; ``origins[i]`` are the page's letters behind sign ``i``."""

    text: str
    origins: list[range]


def letters_of(words: pypdfium2.PdfTextPage) -> Letters:
    """All letters in reading order. A base letter and the marks behind it become one sign."""
    signs = [raw.FPDFText_GetUnicode(words.raw, at) for at in range(words.count_chars())]
    text: list[str] = []
    origins: list[range] = []
    at = 0
    while at < len(signs):
        end = at + 1
        while end < len(signs) and signs[end] and unicodedata.combining(_sign(signs[end])):
            end += 1
        cluster = unicodedata.normalize("NFC", "".join(map(_sign, signs[at:end])))
        for sign in cluster:
            if sign != "\r":
                text.append(sign)
                origins.append(range(at, end))
        at = end
    return Letters("".join(text), origins)


def _sign(code: int) -> str:
    """A letter by its number; what PDFium could not tell is a blank."""
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004
    return " " if code == 0 or surrogate or code > 0x10FFFF else chr(code)  # noqa: PLR2004


def boxes_of(
    words: pypdfium2.PdfTextPage, letters: Letters, start: int, end: int
) -> list[tuple[float, float, float, float]]:
    """Boxes (left, bottom, right, top in points of the page) of the signs from start to end."""
    found = []
    for at in sorted({one for origin in letters.origins[start:end] for one in origin}):
        left, bottom, right, top = words.get_charbox(at, loose=True)
        if right > left and top > bottom:
            found.append((left, bottom, right, top))
    return found
