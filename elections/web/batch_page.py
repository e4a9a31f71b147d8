"""Batches as their page shows them: how far each is, and what this member may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from council.models import User
from elections.models import BATCH_SIZE, PaperAccount, PaperBatch, PaperReading, Poll, ScanRun
from elections.queries import batches as queries
from elections.queries import scans

READ, CONTINUE, SETTLE, WAIT, NOTHING = "read", "continue", "settle", "wait", ""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch: who reads it and how far, never what was read."""

    batch: PaperBatch
    readers: tuple[str, ...]
    action: str

    @property
    def is_mine(self) -> bool:
        """Whether this member has something to do here."""
        return self.action in {READ, CONTINUE, SETTLE}


@dataclass(frozen=True, slots=True)
class BatchPage:
    """All batches of one source, and the next step."""

    rows: tuple[BatchRow, ...]
    source: str
    taken: int
    left: int
    next_size: int

    @property
    def next_row(self) -> BatchRow | None:
        """What waits for this member: go on, settle, else take a batch."""
        for action in (CONTINUE, SETTLE, READ):
            for row in self.rows:
                if row.action == action:
                    return row
        return None

    @property
    def settled_papers(self) -> int:
        """Papers in settled batches."""
        return sum(
            row.batch.size for row in self.rows if row.batch.state == PaperBatch.State.SETTLED
        )

    @property
    def is_done(self) -> bool:
        """Whether every paper lies in a settled batch."""
        return bool(self.rows) and not self.left and self.settled_papers == self.taken


def papers_of(poll: Poll, *, source: str, account: PaperAccount | None) -> int | None:
    """How many papers there are to read: all of the box, or those that the scan pulled out."""
    if source == PaperBatch.Source.REFUSED:
        run = scans.standing_run(poll)
        is_read = run is not None and run.state == ScanRun.State.READ
        return scans.pile_of(run).hand_count if run is not None and is_read else 0
    return account.returned if account else None


def page_of(poll: Poll, user: User, *, source: str, returned: int | None) -> BatchPage:
    """The page for one member; `returned` papers are to be read, None where nobody says."""
    batches = list(queries.batches_of(poll, source))
    taken = sum(each.size for each in batches if each.state != PaperBatch.State.VOID)
    left = max((returned or 0) - taken, 0)
    rows = tuple(
        BatchRow(each, readers_of(each.readings.all()), action_of(each, user)) for each in batches
    )
    return BatchPage(rows, source, taken, left, min(BATCH_SIZE, left))


def readers_of(readings: Iterable[PaperReading]) -> tuple[str, ...]:
    """Who reads and how far."""
    words = {PaperReading.State.DRAFT: _("đang đọc"), PaperReading.State.SUBMITTED: _("đã nộp")}
    return tuple(
        f"{reading.reader}: {words[PaperReading.State(reading.state)]}" for reading in readings
    )


def action_of(batch: PaperBatch, user: User) -> str:
    """What this member may do with the batch now."""
    if batch.state != PaperBatch.State.READING:
        return NOTHING
    readings = list(batch.readings.all())
    submitted = [each for each in readings if each.state == PaperReading.State.SUBMITTED]
    mine = [each for each in readings if each.reader_id == user.pk]
    if len(submitted) == len(PaperReading.Place):
        return SETTLE
    if mine:
        return CONTINUE if mine[0].state == PaperReading.State.DRAFT else WAIT
    return READ if len(readings) < len(PaperReading.Place) else WAIT
