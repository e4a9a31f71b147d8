"""One rule of the law as a row: what it says, where it stands, when and for whom it holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from council.rules.majorities import Base, Threshold

_AMENDMENT: Final = re.compile(r"\.v[1-9][0-9]*$")


class Level(StrEnum):
    """Levels of elected bodies; the district level ended on 1 July 2025."""

    NATIONAL = "national"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"

    @property
    def words(self) -> str:
        """The level in a Vietnamese sentence."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS: Final = {
    Level.NATIONAL: "Quốc hội",
    Level.PROVINCE: "cấp tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
}


class Mark(StrEnum):
    """How far a rule's wording is known."""

    TEXT = "text"
    """The wording was read at the source named."""
    MEMORY = "memory"
    """Recalled, not read: checked by a person before anyone relies on it."""
    UNCERTAIN = "uncertain"
    """Not settled: only ever a default of the council's own setting."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of the law, or one default of a council's setting.

    Attributes:
        id: stable identifier, stored with each result that the rule made.
        subject: what it settles; for a day and a level one row a subject is in force.
        article: Vietnamese citation, e.g. "Điều 19 khoản 3 Nghị quyết 96/2023/QH15".
        text_vi: what it says or entails, one Vietnamese sentence.
        text_en: the same in English.
        effective_from, effective_to: first and last day in force; ``None``: still in force.
        levels: the levels it holds for.
        mark: how far the wording is known.
        source: where the wording was read.
        note: what the mark does not cover (Vietnamese), empty where nothing.
        base: what percentages are taken of, where the rule settles that.
        threshold: the majority, where the rule is one.
        days: a deadline in days, where it is one (the unit stands in ``text_vi``).
        number: a size or a number of rounds, where the rule is one.
        setting: True where the council's own regulation decides and this is the default.
    """

    id: str
    subject: str
    article: str
    text_vi: str
    text_en: str
    effective_from: date
    effective_to: date | None
    levels: frozenset[Level]
    mark: Mark
    source: str
    note: str = ""
    base: Base | None = None
    threshold: Threshold | None = None
    days: int | None = None
    number: int | None = None
    setting: bool = False

    @property
    def is_amendment(self) -> bool:
        """Whether administrators added the row to those of the files: "subject.v2"."""
        return _AMENDMENT.search(self.id) is not None

    def in_force(self, day: date) -> bool:
        """Whether the rule held on the day, first and last day included."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )

    @property
    def needed_threshold(self) -> Threshold:
        """The majority of a rule that must have one.

        Raises:
            ValueError: the row is not a majority; a caller asked for the wrong subject.
        """
        if self.threshold is None:
            raise ValueError(f"{self.id} is not a majority")
        return self.threshold

    @property
    def needed_base(self) -> Base:
        """The base of a rule that must settle one, or of its majority.

        Raises:
            ValueError: the row names no base.
        """
        base = self.base or (self.threshold.base if self.threshold else None)
        if base is None:
            raise ValueError(f"{self.id} names no base")
        return base

    @property
    def needed_days(self) -> int:
        """The days of a rule that must be a deadline.

        Raises:
            ValueError: the row is not a deadline.
        """
        if self.days is None:
            raise ValueError(f"{self.id} is not a deadline")
        return self.days

    @property
    def needed_number(self) -> int:
        """The size of a rule that must be one.

        Raises:
            ValueError: the row is not a size.
        """
        if self.number is None:
            raise ValueError(f"{self.id} is not a size")
        return self.number


@dataclass(frozen=True, slots=True)
class Ending:
    """A row that ends without another one in its place.

    Attributes:
        rule_id: which row.
        last_day: its last day in force.
    """

    rule_id: str
    last_day: date


Change = Provision | Ending
"""What two administrators decide on."""


def from_row(row: Mapping[str, Any]) -> Provision:
    """One TOML table as a provision; what is misspelt there fails when the program starts."""
    fields = dict(row)
    majority = fields.pop("threshold", None)
    base = fields.pop("base", None)
    return Provision(
        levels=frozenset(Level(level) for level in fields.pop("levels")),
        mark=Mark(fields.pop("mark")),
        base=None if base is None else Base(base),
        threshold=None if majority is None else _threshold(majority),
        effective_to=fields.pop("effective_to", None),
        **fields,
    )


def _threshold(row: Mapping[str, Any]) -> Threshold:
    """The inline table ``{ share = "1/2", base = "total", strict = true }``."""
    return Threshold(
        share=Fraction(row["share"]), base=Base(row["base"]), strict=bool(row["strict"])
    )
