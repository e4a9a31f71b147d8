"""Papers read one by one, as the pages need them: batches, one's own reading, differences.

A reading is seen by its reader alone until both members handed in theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, Sum

from council.models import Council, User
from elections.models import (
    BATCH_SIZE,
    Count,
    PaperBatch,
    PaperDifference,
    PaperReading,
    Poll,
    ScanRun,
)
from elections.queries import polls as poll_queries
from elections.queries.records import account_of, paper_of
from elections.rules import keying, papers, readings
from elections.rules import polls as kinds
from elections.rules.papers import Paper


def has_records(poll: Poll) -> bool:
    """Whether any paper was counted, so that the way can no longer change.

    The account of the papers alone binds nobody: it tells where they are, not what they say.
    """
    return (
        Count.objects.filter(poll=poll).exists()
        or PaperBatch.objects.filter(poll=poll).exists()
        or ScanRun.objects.filter(poll=poll).exclude(state=ScanRun.State.VOID).exists()
    )


def batches_of_council(council: Council) -> QuerySet[PaperBatch]:
    """Batches of the council's polls, for looking one up by its key."""
    return PaperBatch.objects.filter(poll__council_session__term__council=council).select_related(
        "poll__council_session__term__council"
    )


def batches_of(poll: Poll, source: str) -> QuerySet[PaperBatch]:
    """The poll's batches from one source in their order, each with who reads it."""
    own = PaperReading.objects.select_related("reader").defer("papers").order_by("place")
    return (
        PaperBatch.objects.filter(poll=poll, source=source)
        .defer("papers")
        .prefetch_related(Prefetch("readings", queryset=own))
        .order_by("number")
    )


def own_reading(batch: PaperBatch, user: User) -> PaperReading | None:
    """The reading that this account types; never another's."""
    return PaperReading.objects.filter(batch=batch, reader=user).first()


def submitted_readings(batch: PaperBatch) -> list[PaperReading]:
    """First and second reading when both are submitted, else an empty list."""
    rows = list(
        PaperReading.objects.filter(batch=batch, state=PaperReading.State.SUBMITTED)
        .select_related("reader")
        .order_by("place")
    )
    return rows if len(rows) == len(PaperReading.Place) else []


def open_differences(batch: PaperBatch) -> tuple[readings.Difference, ...] | None:
    """Rows still to be settled, or None while the readings may not be laid side by side."""
    both = submitted_readings(batch)
    if batch.state != PaperBatch.State.READING or not both:
        return None
    first, second = (papers_in(reading) for reading in both)
    return readings.differences(first, second)


def settled_differences(poll: Poll, source: str) -> QuerySet[PaperDifference]:
    """What two members read differently in the poll's batches, and what both saw then."""
    return (
        PaperDifference.objects.filter(batch__poll=poll, batch__source=source)
        .select_related("batch", "recorded_by")
        .order_by("batch__number", "entry_code", "pk")
    )


def papers_in(reading: PaperReading) -> list[Paper]:
    """The reading's papers as the rules read them."""
    return [paper_of(stored) for stored in reading.papers]


@dataclass(frozen=True, slots=True)
class Shape:
    """What every paper of a poll has: its entries and its options, in the order of the paper."""

    codes: tuple[str, ...]
    options: tuple[str, ...]

    def keys_in(self, reading: PaperReading) -> list[str]:
        """The reading's papers as rows of keys."""
        return [keying.keys_of(paper, self.codes, self.options) for paper in papers_in(reading)]

    def papers_of(self, keys: Sequence[str]) -> list[Paper]:
        """Rows of keys as papers.

        Raises:
            ValueError: keys that are no paper of this poll.
        """
        return [keying.paper_of(each, self.codes, self.options) for each in keys]

    def strokes(self, heap: Sequence[Paper]) -> dict[tuple[str, str], int]:
        """(entry code, option) → marks in the heap."""
        return dict(papers.count(heap, self.codes, self.options).lines)


def shape_of(poll: Poll) -> Shape:
    """The entries and options of the poll's paper."""
    standing = poll_queries.standing_entries(poll).values_list("code", flat=True)
    return Shape(tuple(standing), kinds.options_of(poll.kind))


def taken(poll: Poll, source: str) -> int:
    """Papers that lie in batches which are read or settled."""
    live = PaperBatch.objects.filter(poll=poll, source=source).exclude(state=PaperBatch.State.VOID)
    return live.aggregate(sum=Sum("size"))["sum"] or 0


def left_to_batch(poll: Poll, source: str) -> int:
    """Papers returned that lie in no batch yet; 0 without an account."""
    account = account_of(poll)
    return max(account.returned - taken(poll, source), 0) if account else 0


def next_size(poll: Poll, source: str) -> int:
    """How many papers the next batch takes: 25, or what is left."""
    return min(BATCH_SIZE, left_to_batch(poll, source))


def next_number(poll: Poll, source: str) -> int:
    """Batches are numbered within their source; void ones keep their number."""
    last = PaperBatch.objects.filter(poll=poll, source=source).order_by("-number").first()
    return last.number + 1 if last else 1
