"""How names fall into lines on plates and cards, and how an addressee is written on a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SHORT: Final = 18
"""Letters of a name up to which one line of a plate holds it at full size."""


def balanced(name: str) -> tuple[str, ...]:
    """The name in one line, or in the two lines whose longer one is shortest.

    A name of one word is never cut; of two equal breaks the one with the longer last line wins,
    so that the given name keeps company.
    """
    words = name.split()
    if len(words) == 1 or len(" ".join(words)) <= SHORT:
        return (" ".join(words),)
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(breaks, key=lambda pair: (max(map(len, pair)), len(pair[0])))


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to; each part may be empty, but not name and organisation both."""

    honorific: str = ""
    full_name: str = ""
    post: str = ""
    organisation: str = ""
    address: str = ""

    @property
    def in_letter(self) -> str:
        """One line after the salutation: Ông Nguyễn Văn Mẫu, Giám đốc, Sở Nội vụ."""
        name = f"{self.honorific} {self.full_name}".strip()
        parts = [part for part in (name, self.post, self.organisation) if part]
        line = ", ".join(parts)
        return line[:1].upper() + line[1:]

    @property
    def on_cover(self) -> tuple[str, ...]:
        """Lines of an envelope or a label: name, post, organisation, address."""
        name = f"{self.honorific} {self.full_name}".strip()
        lines = [part for part in (name, self.post, self.organisation, self.address) if part]
        return tuple(line[:1].upper() + line[1:] for line in lines)


def numbers(seats: Sequence[int | None]) -> list[int]:
    """Numbers of the delegates' cards: their seats, where each has one of his or her own.

    Else they are counted from 1, because half a numbering would print a number twice.
    """
    known = [seat for seat in seats if seat is not None]
    if known and len(known) == len(seats) == len(set(known)):
        return known
    return list(range(1, len(seats) + 1))
