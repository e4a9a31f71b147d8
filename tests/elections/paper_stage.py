"""Papers of a poll that is counted one by one: a heap, its account, batches and their readings."""

import random
from collections.abc import Sequence

from elections.models import PaperAccount, PaperBatch, Poll
from elections.queries import batches as queries
from elections.rules.papers import BLANK, OVER, Paper
from elections.services import batches, counting, paper_accounts, readings
from tests.elections.stage import Stage

ACCOUNT = {"printed": 40, "issued": 33, "unused": 6, "spoiled": 1, "returned": 33}


def by_ballots(stage: Stage, poll: Poll) -> Poll:
    """The committee counts ballot by ballot."""
    return counting.choose(poll, way="ballots", by=stage.user("counter1"))


def account(stage: Stage, poll: Poll, *, returned: int = 33) -> PaperAccount:
    """The account of the papers."""
    return paper_accounts.record(
        poll, numbers={**ACCOUNT, "returned": returned}, remarks="", version=None,
        by=stage.user("counter1"),
    )  # fmt: skip


def heap_of(poll: Poll, size: int, *, seed: int = 7) -> list[Paper]:
    """So many papers with every kind of mark, some invalid; the same for the same seed."""
    shape, chance = queries.shape_of(poll), random.Random(seed)
    marks = [*shape.options, BLANK, OVER]
    weights = [60, 25, 10, 3, 2][-len(marks) :]
    return [
        Paper({}, is_valid=False)
        if chance.random() < 0.05
        else Paper({code: chance.choices(marks, weights)[0] for code in shape.codes})
        for _ in range(size)
    ]


def read(stage: Stage, batch: PaperBatch, counter: str, papers: Sequence[Paper]) -> None:
    """One member reads the whole batch and hands it in."""
    user = stage.user(counter)
    readings.start(batch, by=user)
    readings.keep(batch, papers=papers, version=1, by=user)
    readings.submit(batch, by=user)


def both_read(
    stage: Stage, batch: PaperBatch, first: Sequence[Paper], second: Sequence[Paper] | None = None
) -> PaperBatch:
    """Two members read the batch; the second the same unless told otherwise."""
    read(stage, batch, "counter1", first)
    read(stage, batch, "counter2", first if second is None else second)
    batch.refresh_from_db()
    return batch


def all_read(stage: Stage, poll: Poll, heap: Sequence[Paper], *, source: str = "box") -> None:
    """The heap in batches of 25, all settled."""
    for place in range(0, len(heap), 25):
        pile = heap[place : place + 25]
        batch = batches.open_batch(poll, source=source, size=len(pile), by=stage.user("counter1"))
        both_read(stage, batch, pile)
