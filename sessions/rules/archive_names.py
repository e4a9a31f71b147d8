"""Names of folders and files in an archive that anybody unpacks, on Windows too.

Source: practice, no article; the limits are those of Windows (reserved names, 260 characters of a
whole path, no dot or space at the end).
"""

import unicodedata
from typing import Final

_RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))]
)
_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
PART_MAX: Final = 80
"""Characters of one folder's or file's name; two of them and a long download folder stay < 260."""
EXTENSION_MAX: Final = 8


def safe_part(words: str, *, limit: int = PART_MAX) -> str:
    """Words as one name in a path: NFC, no sign that Windows refuses, cut between words.

    Nothing left of them: ``tai-lieu``.
    """
    kept = "".join(
        "-" if sign in _FORBIDDEN else " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", words)
        if sign.isspace() or not unicodedata.category(sign).startswith("C")
    )
    name = _cut(" ".join(kept.split()), limit).strip(" .-") or "tai-lieu"
    return f"{name}_" if name.split(".")[0].strip().lower() in _RESERVED else name


def _cut(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    shorter = words[: limit - 1]
    at = shorter.rfind(" ")
    return (shorter[:at] if at > limit // 2 else shorter) + "…"


def file_name(words: str, extension: str, *, limit: int = PART_MAX) -> str:
    """A file's name of words and extension."""
    ending = "".join(sign for sign in extension.lower() if sign.isascii() and sign.isalnum())
    ending = ending[:EXTENSION_MAX]
    return f"{safe_part(words, limit=limit)}.{ending}" if ending else safe_part(words, limit=limit)


class Names:
    """Hands out names within one archive, each only once: Windows does not tell a from A."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, path: str) -> str:
        """The path, or the path with (2), (3)… before its extension."""
        stem, dot, extension = path.rpartition(".")
        if not dot or "/" in extension:
            stem, dot, extension = path, "", ""
        turn, found = 1, path
        while found.casefold() in self._taken:
            turn += 1
            found = f"{stem} ({turn}){dot}{extension}"
        self._taken.add(found.casefold())
        return found
