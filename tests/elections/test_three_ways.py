"""The same papers give the same count, whichever of the three ways they are counted in."""

import random
from collections.abc import Sequence

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from elections.models import Count, Poll, ScanAnswer, ScanRun, ScanSample, ScanSheet, ScanTask
from elections.queries import batches as queries
from elections.queries import counts as count_queries
from elections.queries import figures, records
from elections.rules import keying, papers, readings, tally
from elections.rules import scans as scan_rules
from elections.rules.papers import BLANK, OVER, Paper
from elections.rules.readings import Decision
from elections.services import batches, counting, counts
from elections.services import readings as reading_service
from tests.elections import paper_stage
from tests.elections import stage as staging
from tests.elections.stage import Stage

CODES = ("c01", "c02", "c03")
OPTIONS = ("high", "confidence", "low")
SPOILED = 0.1
"""Share of marks that a hand or the machine gets wrong at first."""


def any_paper(codes: Sequence[str], options: Sequence[str]) -> st.SearchStrategy[Paper]:
    marks = st.sampled_from([*options, BLANK, OVER])
    return st.one_of(
        st.fixed_dictionaries(dict.fromkeys(codes, marks)).map(Paper),
        st.just(Paper({}, is_valid=False)),
    )


def slipped(paper: Paper, options: Sequence[str], chance: random.Random) -> Paper:
    """The paper as a hasty hand keys it."""
    if not paper.is_valid or chance.random() < SPOILED / 5:
        return Paper({}, is_valid=False)
    marks = [*options, BLANK, OVER]
    return Paper(
        {
            code: chance.choice(marks) if chance.random() < SPOILED else mark
            for code, mark in paper.marks.items()
        }
    )


def truth(
    pile: Sequence[Paper], found: Sequence[readings.Difference]
) -> dict[tuple[int, str], Decision]:
    """What both see when they look at the papers again."""
    return {
        (row.place, row.code): Decision(
            readings.seen(pile[row.place - 1], row.code), "Xem lại tờ phiếu"
        )
        for row in found
    }


@given(st.lists(any_paper(CODES, OPTIONS), max_size=60), st.randoms())
def test_keyed_and_scanned_papers_are_the_heap_that_was_tallied(
    heap: list[Paper], chance: random.Random
) -> None:
    keyed: list[Paper] = []
    pile = chance.sample(heap, len(heap))
    for place in range(0, len(pile), 25):
        batch = pile[place : place + 25]
        keys = [keying.keys_of(paper, CODES, OPTIONS) for paper in batch]
        first = [keying.paper_of(each, CODES, OPTIONS) for each in keys]
        second = [slipped(paper, OPTIONS, chance) for paper in batch]
        decisions = truth(batch, readings.differences(first, second))
        keyed += readings.settled(first, second, decisions)
    scanned = [Paper({}, is_valid=False) for paper in heap if not paper.is_valid]
    for paper in chance.sample(heap, len(heap)):
        doubtful = {code for code in paper.marks if chance.random() < SPOILED}
        machine = {
            code: "@review" if code in doubtful else mark for code, mark in paper.marks.items()
        }
        said = {code: paper.marks[code] for code in doubtful}
        if paper.is_valid:
            scanned.append(Paper(scan_rules.decided(machine, said) or {}))
    tallied = papers.count(heap, CODES, OPTIONS)
    assert papers.count(keyed, CODES, OPTIONS) == tallied
    assert papers.count(scanned, CODES, OPTIONS) == tallied
    assert papers.digest(keyed) == papers.digest(scanned) == papers.digest(heap)


class ThreeWays(TestCase):
    """On the database, by the services that the pages use."""

    stage: Stage
    poll: Poll

    @classmethod
    def setUpTestData(cls) -> None:
        cls.stage = staging.build()
        cls.poll = staging.counting(cls.stage, staging.confidence(cls.stage))

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(26, 33), st.integers(0, 10_000))
    @pytest.mark.timeout(300)
    def test_the_three_ways_agree(self, size: int, seed: int) -> None:
        heap, chance = paper_stage.heap_of(self.poll, size, seed=seed), random.Random(seed)
        found = {}
        for way, count_it in (("totals", typed), ("ballots", keyed), ("scans", scanned)):
            with transaction.atomic():
                counting.choose(self.poll, way=way, by=self.stage.user("counter1"))
                self.poll.refresh_from_db()
                count_it(self.stage, self.poll, heap, chance)
                agreed = counts.agree(self.poll, by=self.stage.user("counter1"))
                found[way] = figures_of(agreed)
                assert records.follows(agreed)
                transaction.set_rollback(True)
            self.poll.refresh_from_db()
        assert found["totals"] == found["ballots"] == found["scans"]
        assert found["totals"][0]["returned"] == size


def figures_of(count: Count) -> tuple[dict[str, int | None], dict[tuple[str, str], int | None]]:
    return figures.totals_of(count), count_queries.figures_of(count)


def typed(stage: Stage, poll: Poll, heap: Sequence[Paper], _chance: random.Random) -> None:
    """Two members tally the heap by hand and type the totals; one misreads a cell."""
    shape = queries.shape_of(poll)
    tallied = papers.count(heap, shape.codes, shape.options)
    totals = {
        **paper_stage.ACCOUNT, "returned": len(heap), "not_returned": 33 - len(heap),
        "valid": tallied.valid, "invalid": tallied.invalid,
    }  # fmt: skip
    assert set(totals) == set(tally.TOTAL_FIELDS)
    cell = next(cell for cell, votes in tallied.lines.items() if votes)
    for counter, lines in (
        ("counter1", dict(tallied.lines)),
        ("counter2", {**tallied.lines, cell: tallied.lines[cell] - 1}),
    ):
        user = stage.user(counter)
        count = counts.start(poll, by=user)
        count = counts.save_figures(
            count, totals=totals, lines=lines, remarks="", version=count.version, by=user
        )
        counts.submit(count, by=user)
    counts.resolve(
        poll, cell=":".join(cell), agreed=tallied.lines[cell], reason="Đếm lại trước Ban",
        by=stage.user("counter1"),
    )  # fmt: skip


def keyed(
    stage: Stage, poll: Poll, heap: Sequence[Paper], chance: random.Random, source: str = "box"
) -> None:
    """Batches of 25 in any order, the second reader with slips, all of them settled."""
    if source == "box":
        paper_stage.account(stage, poll, returned=len(heap))
    pile, options = chance.sample(list(heap), len(heap)), queries.shape_of(poll).options
    for place in range(0, len(pile), 25):
        papers_in = pile[place : place + 25]
        batch = batches.open_batch(
            poll, source=source, size=len(papers_in), by=stage.user("counter1")
        )
        for counter, seen in (
            ("counter1", papers_in),
            ("counter2", [slipped(paper, options, chance) for paper in papers_in]),
        ):
            user = stage.user(counter)
            reading_service.start(batch, by=user)
            reading_service.keep(batch, papers=seen, version=1, by=user)
            reading_service.submit(batch, by=user)
        batch.refresh_from_db()
        found = queries.open_differences(batch)
        if found:
            batches.settle(batch, decisions=truth(papers_in, found), by=stage.user("counter2"))


def scanned(stage: Stage, poll: Poll, heap: Sequence[Paper], chance: random.Random) -> None:
    """The machine reads valid papers, people decide what it doubts, refused ones are keyed."""
    paper_stage.account(stage, poll, returned=len(heap))
    one, two = stage.user("counter1"), stage.user("counter2")
    run = ScanRun.objects.create(
        poll=poll, mode="official", state="read", template="0" * 64, started_by=one
    )
    for paper in chance.sample(list(heap), len(heap)):
        if not paper.is_valid:
            ScanSheet.objects.create(
                run=run, status="refused", code="no_marks", why="x", treatment="hand",
                treated_by=one,
            )  # fmt: skip
            continue
        doubtful = {code for code in paper.marks if chance.random() < SPOILED}
        machine = {
            code: "@review" if code in doubtful else mark for code, mark in paper.marks.items()
        }
        sheet = ScanSheet.objects.create(run=run, status="read", marks=machine)
        for code in doubtful:
            task = ScanTask.objects.create(sheet=sheet, entry_code=code, purpose="review")
            for place, person in (("first", one), ("second", two)):
                ScanAnswer.objects.create(
                    task=task, place=place, person=person, answer=paper.marks[code]
                )
    ScanSample.objects.create(run=run, seed="1", size=1, drawn_by=one)
    invalid = [paper for paper in heap if not paper.is_valid]
    if invalid:
        keyed(stage, poll, invalid, chance, source="refused")
