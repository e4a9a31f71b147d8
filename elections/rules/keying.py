"""A ballot paper as a row of keys: one key a mark, in the order of the paper's rows.

``1``, ``2``, ``3`` are the options from left to right, ``0`` a row without a mark, ``x`` a row with
more than one, ``!`` alone a paper that does not count as a whole. The page that people key on and
the server speak in these words, so that a batch of 25 papers travels in less than a kilobyte.

Source: practice, no article.
"""

from collections.abc import Sequence
from typing import Final

from elections.rules.papers import BLANK, OVER, Paper

BLANK_KEY: Final = "0"
OVER_KEY: Final = "x"
INVALID_KEY: Final = "!"


def marks_of(options: Sequence[str]) -> dict[str, str]:
    """Key → mark, for the options of a kind of poll (at most nine)."""
    keyed = {str(place): option for place, option in enumerate(options, start=1)}
    return {**keyed, BLANK_KEY: BLANK, OVER_KEY: OVER}


def paper_of(keys: str, codes: Sequence[str], options: Sequence[str]) -> Paper:
    """The paper that these keys say.

    Args:
        keys: one a row, or `INVALID_KEY` alone.
        codes: the entries in the order of the paper.
        options: the options in the order of the paper.

    Raises:
        ValueError: too many or too few keys, or a key without meaning.
    """
    if keys == INVALID_KEY:
        return Paper({}, is_valid=False)
    marks = marks_of(options)
    if len(keys) != len(codes) or not set(keys) <= set(marks):
        raise ValueError("these keys are no paper of this poll")
    return Paper({code: marks[key] for code, key in zip(codes, keys, strict=True)})


def keys_of(paper: Paper, codes: Sequence[str], options: Sequence[str]) -> str:
    """The keys that say this paper; the inverse of `paper_of`."""
    if not paper.is_valid:
        return INVALID_KEY
    keys = {mark: key for key, mark in marks_of(options).items()}
    return "".join(keys[paper.marks[code]] for code in codes)
