"""Power cuts while a pile of scans is read and written down: every paper is there once.

A real worker on a real broker is killed with its whole process group in the middle of reading and,
once, while the pile is written down.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from council.models import Job
from council.services import jobs
from elections.models import ScanRun, ScanUpload
from elections.services import scan_folders, scan_runs, scan_uploads
from tests.elections import scan_stage
from tests.elections.stage import Stage, build, candidate, election
from tests.processes import Worker, wait_until

KILLS = 2
PAPERS = 24
pytestmark = [
    pytest.mark.broker,
    pytest.mark.timeout(400),
    pytest.mark.django_db(transaction=True),
]


def let_leases_run_out() -> None:
    """The clock goes on by the lease of a dead worker; then the sweeper comes round."""
    past = timezone.now() - timedelta(minutes=1)
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=past)
    Job.objects.filter(state=Job.State.WAITING).update(not_before=past)
    jobs.sweep(timezone.now())


def a_pile(stage: Stage) -> tuple[ScanRun, list[dict[str, str]]]:
    """A run with two files in it, and what was marked on its papers."""
    poll = election(stage)
    candidate(stage, poll, 20)
    poll = scan_stage.scanning(stage, poll, returned=33)
    run = scan_stage.started(stage, poll)
    form, heap = scan_stage.form_of(poll), scan_stage.heap_of(poll, PAPERS)
    sides = [scan_stage.paper(form, marks, seed=n)[0] for n, marks in enumerate(heap)]
    files = [scan_stage.pdf_of(sides[:16]), scan_stage.pdf_of(sides[16:])]
    scan_uploads.add(run, files=files, by=stage.user("counter1"))
    return run, heap


def has_read(run: ScanRun, pages: int) -> bool:
    """So many pages lie there."""
    return len(list(scan_folders.work_folder(run).glob("*/*.json"))) >= pages


def test_a_pile_survives_the_kills_of_its_workers(start_worker: Callable[..., Worker]) -> None:
    chance, stage = random.Random(7), build()
    run, heap = a_pile(stage)
    worker = start_worker()
    for kill in range(1, KILLS + 1):
        assert wait_until(partial(has_read, run, kill * 5), seconds=60, every=0.02), worker.output
        time.sleep(chance.uniform(0, 0.2))
        worker.kill()
        let_leases_run_out()
        worker = start_worker()
    read = run.uploads.filter(state=ScanUpload.State.READ)
    assert wait_until(lambda: read.count() == 2, seconds=90), worker.output
    scan_runs.finish(run, by=stage.user("counter1"))
    time.sleep(chance.uniform(0, 0.5))
    worker.kill()
    let_leases_run_out()
    worker = start_worker()
    settled = ScanRun.objects.filter(pk=run.pk, state=ScanRun.State.READ)
    assert wait_until(settled.exists, seconds=60), worker.output
    found = sorted(str(sheet.marks) for sheet in run.sheets.all())
    assert found == sorted(str(marks) for marks in heap)
    assert len(list(scan_folders.kept_folder(run).iterdir())) == PAPERS
    assert wait_until(lambda: not scan_folders.work_folder(run).exists(), seconds=10)
