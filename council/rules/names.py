"""Vietnamese personal names: family, middle and given part, with an override for all others.

Delegates sort by given name, then family, then middle name (practice.md section 4). A name is
never split silently: `split_full_name` makes a proposal that a person confirms.
"""

from collections.abc import Container
from dataclasses import dataclass
from itertools import count
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop

SORT_KEY_MAX: Final = 400
"""Characters of the longest sort key that is stored; longer keys are cut, which keeps the order."""
SLUG_MAX: Final = 70
"""Characters of a name in an address, before the number that tells namesakes apart."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts; ``full_override`` is how it is written where the parts do not give it.

    Names such as "Y Thanh Hà Niê Kđăm" (given name in the middle) or "Phạm S" (no middle name)
    keep their spelling by the override, and their place in lists by ``given``.

    Raises:
        Refusal: ``name.empty`` when neither a given name nor an override is there.
    """

    family: str = ""
    middle: str = ""
    given: str = ""
    full_override: str = ""

    def __post_init__(self) -> None:
        for part in ("family", "middle", "given", "full_override"):
            object.__setattr__(self, part, text.nfc(getattr(self, part)))
        if not (self.given or self.full_override):
            raise Refusal("name.empty", gettext_noop("Hãy ghi tên."), field="given_name")

    @property
    def full(self) -> str:
        """The name as it is written."""
        parts = (self.family, self.middle, self.given)
        return self.full_override or " ".join(part for part in parts if part)

    @property
    def sort_key(self) -> str:
        """Given name, then family, then middle, each by the Vietnamese alphabet; see `text`."""
        given = self.given or self.full_override
        keys = (text.sort_key(part) for part in (given, self.family, self.middle))
        return text.FIELD_BREAK.join(keys)[:SORT_KEY_MAX]

    @property
    def search_key(self) -> str:
        """The folded name: no tones, no marks, lower case."""
        return text.fold(self.full)


def split_full_name(full: str) -> PersonName:
    """A proposal: the first word is the family name, the last the given name.

    A single word is a given name. The parts always join to the name that came in; where they are
    wrong (names of ethnic minorities), a person corrects them and the override keeps the spelling.

    Raises:
        Refusal: ``name.empty``, and those of `council.rules.text.nfc`.
    """
    words = text.nfc(full).split(" ")
    if len(words) == 1:
        return PersonName(given=words[0])
    return PersonName(family=words[0], middle=" ".join(words[1:-1]), given=words[-1])


def free_slug(full: str, taken: Container[str]) -> str:
    """The name as words of an address: ``le-thi-vi-du``, for a namesake ``le-thi-vi-du-2``.

    Never empty: a name without a Latin letter is ``nguoi``.

    Args:
        taken: what the council's other persons are called by.
    """
    bare = text.slug(full)[:SLUG_MAX].strip("-") or "nguoi"
    if bare not in taken:
        return bare
    return next(f"{bare}-{number}" for number in count(2) if f"{bare}-{number}" not in taken)
