"""Two versions of a paper side by side: which two are asked for, their words, what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sessions.models import DocumentVersion
from sessions.queries import renditions
from sessions.rules import differences
from sessions.rules.differences import Comparison

SIGNS_MAX: Final = 600_000
"""Longer texts are not compared while somebody waits for a page."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An older and a newer version.

    Attributes:
        comparison: None where one of the two has no words, or they are too long.
        wordless: the first version without words; None where both have them.
        is_too_long: both have words, but too many.
    """

    old: DocumentVersion
    new: DocumentVersion
    comparison: Comparison | None
    wordless: DocumentVersion | None
    is_too_long: bool


def pair(versions: Sequence[DocumentVersion], old: str, new: str) -> Pair | None:
    """The two versions by their numbers; the last two where the numbers make no sense.

    Args:
        versions: all of the paper, newest first. None for fewer than two.
    """
    if len(versions) < 2:  # noqa: PLR2004
        return None
    by_ordinal = {str(version.ordinal): version for version in versions}
    first, second = by_ordinal.get(old, versions[1]), by_ordinal.get(new, versions[0])
    if first.ordinal > second.ordinal:
        first, second = second, first
    elif first.ordinal == second.ordinal:
        first, second = versions[1], versions[0]
    texts = [words_of(version) for version in (first, second)]
    wordless = next(
        (one for one, text in zip((first, second), texts, strict=True) if not text), None
    )
    is_too_long = wordless is None and sum(map(len, texts)) > SIGNS_MAX
    comparison = None
    if wordless is None and not is_too_long:
        comparison = differences.compare(*texts)
    return Pair(first, second, comparison, wordless, is_too_long)


def words_of(version: DocumentVersion) -> str:
    """All words of a version; empty where none were read."""
    return "\n\n".join(renditions.texts(version.sha256) or []).strip()
