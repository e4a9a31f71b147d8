"""How long the parts of a day are, for weighing an agenda against its sittings.

Source: practice, no article; half days of offices with a break, which the chair may stretch.
"""

from collections.abc import Mapping
from typing import Final

PART_MINUTES: Final[Mapping[str, int]] = {
    "morning": 210,
    "afternoon": 210,
    "day": 420,
    "evening": 150,
}
"""Minutes of business in a sitting, by the part of the day that it takes."""
