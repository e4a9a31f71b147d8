"""The rulebook: the law that the product encodes, as data with dates and levels.

Each row of ``provisions/*.toml`` is one rule: what it says, where it is written, from when to when
and for which levels it holds, and how sure we are of the wording (its mark). A result is computed
with the row that was in force on its day, so an old result still comes out as it did then. A rule
that no text settles carries ``setting = true``: it is the council's own regulation, and ours is
only the default.

Source: the project's collection of the law (``docs/rules/index.md`` tells the marks).
"""

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Self, assert_never

from council.rules import figures
from council.rules.provision import Change, Ending, Level, Mark, Provision, from_row
from council.rules.refusals import Refusal, gettext_noop

__all__ = [
    "LEVEL_ENDED",
    "PROVISIONS_DIR",
    "RULEBOOK",
    "Asked",
    "Change",
    "CurrentRulebook",
    "Ending",
    "Level",
    "Mark",
    "Provision",
    "Rulebook",
]

PROVISIONS_DIR: Final = Path(__file__).with_name("provisions")

LEVEL_ENDED: Final = "level.ended"
"""The subject of the rule that a level of local government no longer exists."""


class Asked(ABC):
    """Whatever can be asked for the rule on a subject, a day and a level; never for "today"."""

    @abstractmethod
    def find(self, subject: str, day: date, level: Level | str) -> Provision | None:
        """The provision in force, or None where there is none."""

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


class Rulebook(Asked):
    """Provisions, none of which changes; a book with one more row is another book."""

    def __init__(
        self, provisions: Iterable[Provision], *, superseded: Iterable[Provision] = ()
    ) -> None:
        self._rows = tuple(provisions)
        self._superseded = tuple(superseded)
        self._by_id: dict[str, Provision] = {}
        self._by_subject: dict[str, list[Provision]] = {}
        seen: dict[str, frozenset[Level]] = {}
        for row in self._rows:
            if row.levels & seen.get(row.id, frozenset()):
                raise ValueError(f"two provisions named {row.id}")
            seen[row.id] = seen.get(row.id, frozenset()) | row.levels
            self._by_id.setdefault(row.id, row)
            self._by_subject.setdefault(row.subject, []).append(row)
        for row in self._superseded:
            self._by_id.setdefault(row.id, row)

    @classmethod
    def from_directory(cls, folder: Path) -> Self:
        """The rulebook in a folder's TOML files, one table ``[[provision]]`` a rule."""
        rows = (
            from_row(row)
            for path in sorted(folder.glob("*.toml"))
            for row in tomllib.loads(path.read_text(encoding="utf-8"))["provision"]
        )
        return cls(rows)

    def __iter__(self) -> Iterator[Provision]:
        return iter(self._rows)

    def all(self) -> tuple[Provision, ...]:
        """Every provision, past ones included.

        A row that ends on different days at different levels stands once for each of them.
        """
        return self._rows

    def has(self, provision_id: str) -> bool:
        """Whether there is a row of this name."""
        return provision_id in self._by_id

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

    def with_addition(self, row: Provision) -> "Rulebook":
        """The book with one more row: of two rows of a subject the one that starts later prevails.

        The earlier row ends on the day before, at the levels that both are for; of two that start
        on the same day the added one stands. No day before the added row's first day changes.

        Raises:
            ValueError: the identifier is taken.
        """
        if row.id in self._by_id:
            raise ValueError(f"two provisions named {row.id}")
        kept: list[Provision] = []
        added, gone = [row], list(self._superseded)
        for other in self._rows:
            if other.subject != row.subject:
                kept.append(other)
            elif other.effective_from > row.effective_from:
                kept.append(other)
                added = [part for one in added for part in _left_beside(one, other)]
            else:
                left = list(_left_beside(other, row))
                kept += left
                gone += [] if left else [other]
        return Rulebook(kept + added, superseded=gone)

    def with_ending(self, ending: Ending) -> "Rulebook":
        """The book in which a row holds no longer than a last day; nothing follows it.

        Raises:
            KeyError: no such row.
        """
        self.by_id(ending.rule_id)
        kept: list[Provision] = []
        gone = list(self._superseded)
        for row in self._rows:
            ends = row.effective_to
            if row.id != ending.rule_id or (ends is not None and ends <= ending.last_day):
                kept.append(row)
            elif row.effective_from <= ending.last_day:
                kept.append(replace(row, effective_to=ending.last_day))
            else:
                gone.append(row)
        return Rulebook(kept, superseded=gone)

    def changed_by(self, change: Change) -> "Rulebook":
        """The book with an approved change."""
        match change:
            case Ending():
                return self.with_ending(change)
            case Provision():
                return self.with_addition(change)
            case _:
                assert_never(change)


class Recorded(Asked):
    """A book that writes down which row answered each question; `used` is stored with a result."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self.used: dict[str, str] = {}

    def find(self, subject: str, day: date, level: Level | str) -> Provision | None:
        """The provision in force, written down; an empty identifier where there was none."""
        found = self._book.find(subject, day, level)
        self.used[f"{subject}@{Level(level).value}"] = found.id if found else ""
        return found


class Pinned(Asked):
    """A book that answers as it did when a result was made, whatever became law since."""

    def __init__(
        self, book: Rulebook, used: Mapping[str, str], by_id: Callable[[str], Provision]
    ) -> None:
        self._book = book
        self._used = used
        self._by_id = by_id

    def find(self, subject: str, day: date, level: Level | str) -> Provision | None:
        """The row that answered then; what was not asked then is answered by the day.

        Raises:
            KeyError: the row is gone from the rulebook.
        """
        answer = self._used.get(f"{subject}@{Level(level).value}")
        if answer is None:
            return self._book.find(subject, day, level)
        return self._by_id(answer) if answer else None


_READING: Final[ContextVar[Asked | None]] = ContextVar("reading", default=None)


class CurrentRulebook(Asked):
    """The rulebook that this process goes by: the files, and what administrators approved since.

    `take` replaces the book in one step, so nobody ever sees half of a change; within `recorded`
    and `pinned` the thread keeps the book with which it began.
    """

    def __init__(self, base: Rulebook) -> None:
        self.base = base
        self._now: tuple[Rulebook, tuple[int, ...]] = (base, ())
        self.look_again: Callable[[], None] | None = None
        """Reads what other processes approved, where a result names a row not known here yet."""

    @property
    def book(self) -> Rulebook:
        """The book as it is now."""
        return self._now[0]

    @property
    def editions(self) -> tuple[int, ...]:
        """Which approved versions the book holds."""
        return self._now[1]

    def take(self, changes: Iterable[tuple[int, Change]]) -> None:
        """Go by the files' rows and these changes, each with its edition, in their order.

        A version that a later release took over into the files is there already.
        """
        book, editions = self.base, []
        for edition, change in changes:
            if isinstance(change, Ending) or not self.base.has(change.id):
                book = book.changed_by(change)
            editions.append(edition)
        self._now = (book, tuple(editions))

    def find(self, subject: str, day: date, level: Level | str) -> Provision | None:
        """The provision in force, or None where the rulebook has none."""
        return (_READING.get() or self.book).find(subject, day, level)

    def __iter__(self) -> Iterator[Provision]:
        return iter(self.book)

    def all(self) -> tuple[Provision, ...]:
        """Every provision of the book, past ones included."""
        return self.book.all()

    def by_id(self, provision_id: str) -> Provision:
        """The provision that a stored result names.

        Raises:
            KeyError: no such row.
        """
        if self.look_again is not None and not self.book.has(provision_id):
            self.look_again()
        return self.book.by_id(provision_id)

    @contextmanager
    def recorded(self) -> Iterator[dict[str, str]]:
        """Decide with one book from the first to the last question; yields what answered."""
        reading = Recorded(self.book)
        token = _READING.set(reading)
        try:
            yield reading.used
        finally:
            _READING.reset(token)

    @contextmanager
    def pinned(self, used: Mapping[str, str]) -> Iterator[None]:
        """Decide once more as it was decided then."""
        token = _READING.set(Pinned(self.book, used, self.by_id))
        try:
            yield
        finally:
            _READING.reset(token)


def _left_beside(older: Provision, newer: Provision) -> Iterator[Provision]:
    """What is left of a row beside one that starts on the same day or later."""
    shared = older.levels & newer.levels
    ends = older.effective_to
    if not shared or (ends is not None and ends < newer.effective_from):
        yield older
        return
    if older.levels - shared:
        yield replace(older, levels=older.levels - shared)
    if older.effective_from < newer.effective_from:
        last_day = newer.effective_from - timedelta(days=1)
        yield replace(older, levels=shared, effective_to=last_day)


RULEBOOK: Final = CurrentRulebook(Rulebook.from_directory(PROVISIONS_DIR))
