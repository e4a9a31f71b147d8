"""Licences under which a council may hand out its data; none where it has decided nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: the name by which it is known everywhere, and the address of its text."""

    name: str
    url: str


LICENCES: Final[Mapping[str, Licence]] = {
    "cc0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "cc-by-4.0": Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc-by-sa-4.0": Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "odc-by-1.0": Licence("ODC-By 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "odbl-1.0": Licence("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""By the code that the council's setting holds."""
