"""The recount starts from the papers where they were read one by one, typed or scanned."""

import json
import random
from pathlib import Path

import pytest

from elections.models import Poll
from elections.queries import exports
from elections.services import counts
from tests.elections import paper_stage, scan_stage
from tests.elections import stage as staging
from tests.elections.stage import Stage
from tests.elections.test_recount import recount, run

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def confirmed(stage: Stage, poll: Poll) -> dict:
    """The poll agreed and confirmed, and its file with the papers."""
    counts.agree(poll, by=stage.user("counter1"))
    counts.confirm(poll, by=stage.user("counter2"))
    return exports.file_of(exports.agreed_outcomes(poll=poll.pk), with_papers=True)


def by_ballots(stage: Stage, *, order: int) -> dict:
    """A poll read ballot by ballot, the pile turned before."""
    poll = paper_stage.by_ballots(stage, staging.counting(stage, staging.confidence(stage)))
    paper_stage.account(stage, poll)
    heap = paper_stage.heap_of(poll, 33)
    random.Random(order).shuffle(heap)
    paper_stage.all_read(stage, poll, heap)
    return confirmed(stage, poll)


def test_papers_keyed_one_by_one_are_counted_again_and_confirmed(
    stage: Stage, tmp_path: Path
) -> None:
    data = by_ballots(stage, order=1)
    path = tmp_path / "counts.json"
    path.write_text(json.dumps(data, ensure_ascii=False))
    done = run(path)
    assert done.returncode == 0, done.stdout + done.stderr
    (poll,) = data["polls"]
    assert (poll["way"], len(poll["papers"])) == ("ballots", 33)
    paper = next(paper for paper in poll["papers"] if paper["valid"])
    paper["marks"]["c01"] = "@over" if paper["marks"]["c01"] != "@over" else "@blank"
    path.write_text(json.dumps(data))
    assert run(path).returncode == 1


def test_the_order_of_the_pile_is_not_in_the_file(stage: Stage) -> None:
    (poll,) = by_ballots(stage, order=2)["polls"]
    text = [recount.paper_line(paper) for paper in poll["papers"]]
    assert text == sorted(text)
    heap = paper_stage.heap_of(Poll.objects.get(pk=poll["id"]), 33)
    in_reading = [recount.paper_line({"valid": p.is_valid, "marks": dict(p.marks)}) for p in heap]
    assert sorted(in_reading) == text != in_reading


def test_scanned_papers_are_counted_again_and_confirmed(stage: Stage) -> None:
    pytest.importorskip("cv2")
    poll = scan_stage.scanning(stage, returned=4)
    started = scan_stage.started(stage, poll)
    form, heap = scan_stage.form_of(poll), scan_stage.heap_of(poll, 4)
    sides = [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]
    scanned = scan_stage.settled(stage, started, [scan_stage.pdf_of(sides)])
    scan_stage.sampled(stage, scanned)
    scan_stage.answered(stage, scanned)
    data = confirmed(stage, poll)
    assert recount.check_file(json.dumps(data))[0][1] == []
    (exported,) = data["polls"]
    assert (exported["way"], len(exported["papers"])) == ("scans", 4)
