"""The words of a paper as they are stored: readable by people, and folded for the search.

Source: practice, no article.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

from council.rules import text

FOLDED_MAX: Final = 1_000_000
PAGE_BREAK: Final = "\f"
SCANNED_BELOW: Final = 25
"""A page with fewer letters than that is a picture of a page; a stamp adds a few."""


def clean(page: str) -> str:
    """A page as the database takes it: NFC, its lines kept, nothing invisible, no half letters."""
    composed = unicodedata.normalize("NFC", page)
    kept = "".join(
        sign if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn"} else " "
        for sign in composed
    )
    lines = (" ".join(line.split(" ")).strip() for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)


def is_scanned(page: str) -> bool:
    """Whether so little text is on it that somebody must have put a picture there."""
    return sum(sign.isalpha() for sign in page) < SCANNED_BELOW


def folded(pages: Sequence[str | None]) -> str:
    """All pages in small letters without marks, blanks single: what the search looks at."""
    whole = " ".join(page for page in pages if page)[:FOLDED_MAX]
    return " ".join(text.fold(whole).split())
