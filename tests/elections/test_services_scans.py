"""A pile from the scanner to the outcome: read, settled, looked at by two, sampled, agreed."""

import pytest

from elections.models import ScanRun
from elections.queries import records, scan_records
from elections.rules import papers as rules
from elections.rules.papers import Paper
from elections.services import counts
from tests.elections import scan_stage
from tests.elections.stage import Stage, build, candidate, election

pytest.importorskip("cv2")
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(60)]
PAPERS = 6


@pytest.fixture
def stage() -> Stage:
    return build()


def small_election(stage: Stage):
    """One person stands: a paper of one row."""
    poll = election(stage)
    candidate(stage, poll, 20)
    return poll


def test_the_scans_come_to_the_papers_that_were_marked(stage):
    poll = scan_stage.scanning(stage, returned=PAPERS)
    run = scan_stage.started(stage, poll)
    form, heap = scan_stage.form_of(poll), scan_stage.heap_of(poll, PAPERS)
    sides = [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides)])
    assert run.state == ScanRun.State.READ
    assert [sheet.why for sheet in run.sheets.filter(status="refused")] == []
    scan_stage.sampled(stage, run, PAPERS)
    scan_stage.answered(stage, run)
    agreed = records.agreed_figures(poll)
    truth = rules.count(
        [Paper(marks) for marks in heap], list(heap[0]), ("high", "confidence", "low")
    )
    assert agreed.lines == truth.lines
    counts.agree(poll, by=stage.user("counter1"))
    outcome = counts.confirm(poll, by=stage.user("counter2"))
    assert outcome.count.way == "scans"
    assert records.broken_counts() == []
    assert scan_records.broken_pictures() == []
