"""The scanned pile of a poll: what is decided, what waits for people, which papers it comes to.

Nothing here is shown to anybody as a figure before the count is agreed; pages get only how many
rows, pairs and pictures are still open.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from council.models import SettingKey
from council.queries import setting_on
from elections.models import (
    Poll,
    ScanAnswer,
    ScanPair,
    ScanRun,
    ScanSample,
    ScanSheet,
    ScanTask,
)
from elections.rules import sampling
from elections.rules import scans as rules

READ, REFUSED = ScanSheet.Status.READ, ScanSheet.Status.REFUSED
Treatment = ScanSheet.Treatment


def standing_run(poll: Poll) -> ScanRun | None:
    """The run that was not made void."""
    return standing_run_of(poll.pk)


def standing_run_of(poll_pk: int) -> ScanRun | None:
    """The same, with its poll, by the poll's key."""
    return (
        ScanRun.objects.filter(poll_id=poll_pk)
        .exclude(state=ScanRun.State.VOID)
        .select_related("poll__council_session__term__council", "poll__office", "started_by")
        .first()
    )


@dataclass(frozen=True)
class Row:
    """One row for people with what was answered, by place."""

    task: ScanTask
    sheet: ScanSheet
    answers: Mapping[str, ScanAnswer]

    @property
    def said(self) -> dict[str, str]:
        """The answers alone."""
        return {place: answer.answer for place, answer in self.answers.items()}

    @property
    def settled(self) -> str | None:
        """What people decided, or None."""
        return rules.settled(self.said)

    @property
    def is_disputed(self) -> bool:
        """Two differ and the head has not spoken."""
        return rules.is_disputed(self.said)

    @property
    def is_sample(self) -> bool:
        """It is asked only to check the machine."""
        return self.task.purpose == ScanTask.Purpose.SAMPLE

    @property
    def differs(self) -> bool:
        """People saw something else than the machine was certain of."""
        told = self.settled
        return (
            self.is_sample
            and told not in {None, rules.HAND}
            and told != self.sheet.marks[self.task.entry_code]
        )

    def waits_for(self, user_pk: int) -> bool:
        """Whether this person may still answer it."""
        is_free = not self.answers.keys() >= {"first", "second"}
        return is_free and user_pk not in {row.person_id for row in self.answers.values()}


def smallest_sample(poll: Poll, rows: int) -> int:
    """How many of so many rows people look at, at least, by the council's own regulation."""
    council = poll.council_session.term.council
    value, _source = setting_on(council, SettingKey.SCAN_SAMPLE, poll.held_on)
    return sampling.smallest(rows, usual=int(value))


@dataclass(frozen=True)
class Pile:
    """A run that was read, with everything that people said about it since."""

    run: ScanRun
    sheets: list[ScanSheet]
    pairs: list[ScanPair]
    all_rows: list[Row]
    sample: ScanSample | None

    @cached_property
    def to_hand(self) -> set[str]:
        """Papers that the machine read and people send to the hand count."""
        return {row.sheet.key for row in self.all_rows if row.settled == rules.HAND}

    @cached_property
    def counted(self) -> list[ScanSheet]:
        """Sheets whose marks count."""
        return [
            sheet
            for sheet in self.sheets
            if sheet.status == READ and not sheet.treatment and sheet.key not in self.to_hand
        ]

    @cached_property
    def by_machine(self) -> dict[str, tuple[ScanSheet, str]]:
        """Rows of papers that count which people need not decide, by `sampling.unit`."""
        doubtful = {
            (row.sheet.key, row.task.entry_code) for row in self.all_rows if not row.is_sample
        }
        return {
            sampling.unit(sheet.key, code): (sheet, code)
            for sheet in self.counted
            for code in sheet.marks
            if (sheet.key, code) not in doubtful
        }

    @cached_property
    def rows(self) -> list[Row]:
        """Rows of papers that count."""
        keys = {sheet.key for sheet in self.counted}
        return [row for row in self.all_rows if row.sheet.key in keys]

    @property
    def open_rows(self) -> list[Row]:
        """Rows that people have not decided."""
        return [row for row in self.rows if row.settled is None]

    @property
    def disputed(self) -> list[Row]:
        """Rows that wait for the head."""
        return [row for row in self.rows if row.is_disputed]

    @property
    def differing(self) -> list[Row]:
        """Rows of the sample in which people contradict the machine."""
        return [row for row in self.rows if row.differs]

    @property
    def open_pairs(self) -> list[ScanPair]:
        """Doubles that nobody decided; a pair of which one is out needs no decision."""
        keys = {sheet.key for sheet in self.counted}
        return [
            pair
            for pair in self.pairs
            if not pair.verdict and pair.first_id in keys and pair.second_id in keys
        ]

    @cached_property
    def refused(self) -> list[ScanSheet]:
        """Pictures that the machine did not read, and papers that people could not decide."""
        return [
            sheet
            for sheet in self.sheets
            if sheet.status == REFUSED or (sheet.key in self.to_hand and not sheet.treatment)
        ]

    @property
    def open_refused(self) -> list[ScanSheet]:
        """Refused pictures that nobody has dealt with."""
        return [sheet for sheet in self.refused if sheet.status == REFUSED and not sheet.treatment]

    @property
    def hand_count(self) -> int:
        """How many papers are counted by hand."""
        pulled = sum(sheet.treatment == Treatment.HAND for sheet in self.sheets)
        return pulled + sum(
            sheet.key in self.to_hand and not sheet.treatment for sheet in self.sheets
        )

    def marks_of(self, sheet: ScanSheet) -> dict[str, str] | None:
        """The paper's marks, people's word before the machine's; None while a row is open."""
        said = {row.task.entry_code: row.settled for row in self.rows_by_sheet.get(sheet.key, ())}
        return rules.decided(sheet.marks, said)

    @cached_property
    def rows_by_sheet(self) -> dict[str, list[Row]]:
        """Rows for people by the sheet's key."""
        found: dict[str, list[Row]] = {}
        for row in self.all_rows:
            found.setdefault(row.sheet.key, []).append(row)
        return found

    def refused_by_reason(self) -> list[tuple[str, list[ScanSheet]]]:
        """Code and pictures that nobody has dealt with, the most frequent first."""
        counts = Counter(sheet.code for sheet in self.open_refused)
        return [
            (code, same)
            for code, _count in counts.most_common()
            if (same := [sheet for sheet in self.open_refused if sheet.code == code])
        ]

    def next_for(self, user_pk: int) -> Row | None:
        """The next row for this person, in an order of his or her own."""
        return next(iter(self.turn_of(user_pk)), None)

    def turn_of(self, user_pk: int) -> list[Row]:
        """All rows that wait for this person, in an order of his or her own."""
        waiting = {row.task.key: row for row in self.rows if row.waits_for(user_pk)}
        return [waiting[key] for key in rules.in_turn(waiting, user_pk)]

    def waiting_for(self, user_pk: int) -> int:
        """How many rows this person may still answer."""
        return sum(row.waits_for(user_pk) for row in self.rows)


def pile_of(run: ScanRun) -> Pile:
    """Everything about a run that was read: five queries, however many papers there are."""
    sheets = list(ScanSheet.objects.filter(run=run).order_by("key"))
    by_key = {sheet.key: sheet for sheet in sheets}
    answers = Prefetch("answers", queryset=ScanAnswer.objects.order_by("pk"))
    tasks = ScanTask.objects.filter(sheet__run=run).order_by("key").prefetch_related(answers)
    rows = [
        Row(task, by_key[task.sheet_id], {one.place: one for one in task.answers.all()})
        for task in tasks
    ]
    pairs = list(ScanPair.objects.filter(first__run=run).order_by("key"))
    return Pile(run, sheets, pairs, rows, ScanSample.objects.filter(run=run).first())


def task_of(run: ScanRun, key: str) -> ScanTask | None:
    """A row of the run by its random key."""
    return ScanTask.objects.filter(sheet__run=run, pk=key).select_related("sheet").first()


def pair_of(run: ScanRun, key: str) -> ScanPair | None:
    """A pair of the run by its random key."""
    return ScanPair.objects.filter(first__run=run, pk=key).select_related("first", "second").first()


def sheet_of(run: ScanRun, key: str) -> ScanSheet | None:
    """A sheet of the run by its random key."""
    return ScanSheet.objects.filter(run=run, pk=key).first()
