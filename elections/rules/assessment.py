"""A counted poll judged without a database: the rulebook's answer as plain data.

Each row is judged with its own totals, as published tables give them. A row whose sums do not hold
gets no verdict.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import shares
from council.rules.law import LEVEL_ENDED, RULEBOOK, Level, Provision
from council.rules.majorities import Base
from council.rules.refusals import Refusal, gettext_noop
from elections.rules import outcome, sentences, tally
from elections.rules.counted_csv import CountedRow
from elections.rules.outcome import EntryOutcome, Outcome
from elections.rules.polls import PollKind, options_of
from elections.rules.tally import EntryCount, Problem, Severity, SheetTotals

RESOLUTION: Final = "resolution"
KINDS: Final = ("confidence", "no-confidence", "election", "dismissal", "removal", RESOLUTION)
"""Kinds as typed on the command line."""

_BASE_UNKNOWN: Final = {
    Base.RETURNED: gettext_noop(
        "Không rõ tổng số phiếu thu về nên không tính được tỷ lệ và không kết luận được."
    ),
    Base.TOTAL: gettext_noop(
        "Không rõ tổng số đại biểu nên không tính được tỷ lệ và không kết luận được. Thêm --total."
    ),
}
_NO_NAME: Final = gettext_noop("Dòng %(line)s không có họ tên.")
_NAME_TWICE: Final = gettext_noop("Có hai dòng cùng họ tên %(name)s.")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: kind as typed, day, level, and what the file itself does not hold.

    Attributes:
        seats: how many are to be elected; None judges each row by itself.
    """

    kind: str
    on: date
    level: Level
    total: int | None = None
    present: int | None = None
    seats: int | None = None

    @property
    def poll_kind(self) -> PollKind | None:
        """The secret poll's kind; None for an open vote on a resolution."""
        return None if self.kind == RESOLUTION else PollKind(self.kind.replace("-", "_"))

    @property
    def options(self) -> tuple[str, ...]:
        """The columns of the kind."""
        return options_of(self.poll_kind or PollKind.DISMISSAL)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer; ``rule`` and the rows' verdicts are empty where the law has none."""

    outcomes: tuple[Outcome, ...]
    entries: tuple[EntryOutcome, ...]
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def as_data(self) -> dict[str, object]:
        """The contract's JSON object."""
        rule = self.outcomes[0].rule if self.outcomes else None
        ends = rule.effective_to.isoformat() if rule and rule.effective_to else None
        return {
            "rule": rule
            and {
                "id": rule.id,
                "article": rule.article,
                "effective_from": rule.effective_from.isoformat(),
                "effective_to": ends,
                "mark": str(rule.mark),
            },
            "entries": [_entry_data(entry) for entry in self.entries],
            "problems": [
                {
                    "severity": str(problem.severity),
                    "code": problem.code,
                    "entry": problem.entry,
                    "message": problem.message,
                }
                for problem in self.problems
            ],
        }


def assess(question: Question, rows: Sequence[CountedRow]) -> Assessment:
    """Judge each row by the rule of its day.

    Args:
        question: kind, day, level and the council's numbers.
        rows: as read by `elections.rules.counted_csv.read`, at least one.
    """
    problems = _counts_problems(question, rows)
    ended = RULEBOOK.find(LEVEL_ENDED, question.on, question.level)
    try:
        if ended is not None and question.kind == "confidence":
            found = _without_consequence(question, rows, ended)
        else:
            found = _outcomes(question, rows)
    except Refusal as refusal:
        problem = Problem(Severity.ERROR, "no_rule", "", "date", refusal.sentence, refusal.params)
        return Assessment((), tuple(_bare(row) for row in rows), (problem, *problems))
    problems = [*_base_problems(question, rows, found), *problems]
    broken = {
        problem.params["line"] for problem in tally.errors(problems) if "line" in problem.params
    }
    entries = tuple(
        _withheld(entry) if row.line in broken and entry.verdict is not None else entry
        for row, entry in zip(rows, _entries(found), strict=True)
    )
    return Assessment(tuple(found), entries, tuple(problems))


def _outcomes(question: Question, rows: Sequence[CountedRow]) -> list[Outcome]:
    """One outcome a row, since each has its own totals; seats are shared by all."""
    if question.kind == "election" and question.seats is not None:
        counts = [row.count for row in rows]
        return [_outcome(question, rows[0].totals, counts, question.seats)]
    return [_outcome(question, row.totals, [row.count], 1) for row in rows]


def _without_consequence(
    question: Question, rows: Sequence[CountedRow], ended: Provision
) -> list[Outcome]:
    """A confidence vote at a level that no longer exists: figures on the day's base, no verdict."""
    there = dataclasses.replace(question, level=Level.COMMUNE)
    return [
        dataclasses.replace(
            found,
            entries=tuple(
                dataclasses.replace(
                    entry,
                    verdict=None,
                    consequence=sentences.LEVEL_ENDED,
                    article=ended.article,
                )
                for entry in found.entries
            ),
            note=sentences.LEVEL_ENDED,
            note_rule=ended,
        )
        for found in _outcomes(there, rows)
    ]


def _outcome(
    question: Question, totals: SheetTotals, entries: Sequence[EntryCount], seats: int
) -> Outcome:
    if question.poll_kind is None:
        return outcome.resolve(
            on=question.on,
            level=question.level,
            totals=totals,
            entries=entries,
            total_delegates=question.total,
        )
    return outcome.decide(
        question.poll_kind,
        on=question.on,
        level=question.level,
        totals=totals,
        entries=entries,
        total_delegates=question.total,
        present=question.present,
        seats=seats,
    )


def _entries(outcomes: Sequence[Outcome]) -> list[EntryOutcome]:
    return [entry for found in outcomes for entry in found.entries]


def _counts_problems(question: Question, rows: Sequence[CountedRow]) -> list[Problem]:
    """Every sum that does not hold, with the row's name; what concerns the hall only once."""
    found: list[Problem] = []
    names: set[str] = set()
    for row in rows:
        problems = tally.check_counts(
            row.totals, [row.count], total_delegates=question.total, present=question.present
        )
        short = tally.below_returned(row.count, row.totals)
        if short is not None and short not in problems:
            problems.append(short)
        for problem in problems:
            if problem.field == "present":
                found += [problem] if problem not in found else []
            else:
                found.append(_placed(problem, row))
        if not row.count.name:
            found.append(
                _placed(Problem(Severity.WARNING, "name_missing", "", "name", _NO_NAME), row)
            )
        elif row.count.name in names:
            found.append(
                Problem(
                    Severity.WARNING,
                    "name_twice",
                    row.count.name,
                    "name",
                    _NAME_TWICE,
                    {"name": row.count.name},
                )
            )
        names.add(row.count.name)
    return found


def _placed(problem: Problem, row: CountedRow) -> Problem:
    """The problem at its row."""
    params = {**problem.params, "line": row.line}
    return dataclasses.replace(problem, entry=row.count.name, params=params)


def _base_problems(
    question: Question, rows: Sequence[CountedRow], outcomes: Sequence[Outcome]
) -> list[Problem]:
    """A level that the law does not name, and a base that nobody told."""
    found: list[Problem] = []
    not_subject = outcomes[0].note_rule if question.kind == "confidence" else None
    if not_subject is not None:
        found.append(Problem(Severity.WARNING, "level_not_subject", "", "level", outcomes[0].note))
    base = outcomes[0].base
    if base is not Base.RETURNED:
        if outcomes[0].base_value is None:
            found.append(Problem(Severity.ERROR, "base_unknown", "", "total", _BASE_UNKNOWN[base]))
        return found
    for row in rows:
        if not row.totals.returned:
            problem = Problem(Severity.ERROR, "base_unknown", "", "returned", _BASE_UNKNOWN[base])
            found.append(_placed(problem, row))
    return found


def _bare(row: CountedRow) -> EntryOutcome:
    """A row for which there is no rule: its counts and nothing else."""
    return EntryOutcome(
        entry=row.count.entry,
        name=row.count.name,
        counts=dict(row.count.votes),
        void=tally.void_of(row.count, row.totals),
        base=None,
        base_value=None,
        percent={},
        verdict=None,
        consequence="",
        article="",
    )


def _withheld(entry: EntryOutcome) -> EntryOutcome:
    """A row whose sums do not hold: no verdict."""
    return dataclasses.replace(entry, verdict=None, consequence=sentences.ROW_WRONG, article="")


def _entry_data(entry: EntryOutcome) -> Mapping[str, object]:
    return {
        "name": entry.name,
        "counts": dict(entry.counts),
        "void": entry.void,
        "base": entry.base and str(entry.base),
        "base_value": entry.base_value,
        "percent": {name: shares.percent_plain(share) for name, share in entry.percent.items()},
        "verdict": entry.verdict and str(entry.verdict),
        "consequence": entry.consequence,
        "article": entry.article,
    }
