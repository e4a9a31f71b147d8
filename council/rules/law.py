"""The rulebook: the law that the product encodes, as data with dates and levels.

Each row of ``provisions/*.toml`` is one rule: what it says, where it is written, from when to when
and for which levels it holds, and how sure we are of the wording (its mark). A result is computed
with the row that was in force on its day, so an old result still comes out as it did then. A rule
that no text settles carries ``setting = true``: it is the council's own regulation, and ours is
only the default.

Source: the project's collection of the law (``docs/rules/index.md`` tells the marks).
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Self

from council.rules import figures
from council.rules.majorities import Base, Threshold
from council.rules.refusals import Refusal, gettext_noop

PROVISIONS_DIR: Final = Path(__file__).with_name("provisions")

LEVEL_ENDED: Final = "level.ended"
"""The subject of the rule that a level of local government no longer exists."""


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


class Rulebook:
    """All provisions, asked by subject, day and level; it never looks up "today"."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._by_id: dict[str, Provision] = {}
        self._by_subject: dict[str, list[Provision]] = {}
        for provision in provisions:
            if provision.id in self._by_id:
                raise ValueError(f"two provisions named {provision.id}")
            self._by_id[provision.id] = provision
            self._by_subject.setdefault(provision.subject, []).append(provision)

    @classmethod
    def from_directory(cls, folder: Path) -> Self:
        """The rulebook in a folder's TOML files, one table ``[[provision]]`` a rule."""
        rows = (
            _provision(row)
            for path in sorted(folder.glob("*.toml"))
            for row in tomllib.loads(path.read_text(encoding="utf-8"))["provision"]
        )
        return cls(rows)

    def __iter__(self) -> Iterator[Provision]:
        return iter(self._by_id.values())

    def all(self) -> tuple[Provision, ...]:
        """Every provision, past ones included, in the order of the files."""
        return tuple(self._by_id.values())

    def by_id(self, provision_id: str) -> Provision:
        """The provision that a stored result names.

        Raises:
            KeyError: no such row; a stored identifier must never be removed from the rulebook.
        """
        return self._by_id[provision_id]

    def find(self, subject: str, day: date, level: Level | str) -> Provision | None:
        """The provision in force, or None where the rulebook has none."""
        wanted = Level(level)
        if subject != LEVEL_ENDED and self.find(LEVEL_ENDED, day, wanted):
            return None
        return next(
            (
                provision
                for provision in self._by_subject.get(subject, ())
                if wanted in provision.levels and provision.in_force(day)
            ),
            None,
        )

    def provision_on(self, subject: str, day: date, level: Level | str) -> Provision:
        """The provision in force on a day at a level.

        Raises:
            Refusal: ``law.no_rule``; the sentence says whether the level had ended.
        """
        found = self.find(subject, day, level)
        if found is not None:
            return found
        ended = self.find(LEVEL_ENDED, day, level)
        if ended is not None:
            raise Refusal(
                "law.no_rule",
                gettext_noop(
                    "Ngày %(day)s chính quyền địa phương %(level)s không còn, nên không có quy "
                    "định để áp dụng. Hãy kiểm tra lại ngày hoặc cấp."
                ),
                params={"day": figures.date_short(day), "level": Level(level).words},
                cites=ended.article,
            )
        raise Refusal(
            "law.no_rule",
            gettext_noop(
                "Sổ quy định chưa có điều khoản về việc này cho %(level)s vào ngày %(day)s. Hãy "
                "kiểm tra lại ngày; nếu ngày đúng, xin ý kiến người phụ trách pháp chế."
            ),
            params={
                "subject": subject,
                "day": figures.date_short(day),
                "level": Level(level).words,
            },
        )


def _provision(row: Mapping[str, Any]) -> Provision:
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


RULEBOOK: Final = Rulebook.from_directory(PROVISIONS_DIR)
