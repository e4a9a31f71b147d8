"""Ballot papers and counting minutes as PDF, made by the worker, kept by content."""

from collections.abc import Callable
from pathlib import Path

import pytest

from council.models import Job
from council.rules.refusals import Refusal
from elections.models import PollFile
from elections.queries import papers
from elections.queries import polls as queries
from elections.services import counts, files, list_changes, polls
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def test_the_worker_makes_the_ballot_paper_with_its_box_map(
    stage: Stage, run_jobs: Callable[..., int]
) -> None:
    poll = staging.approved(stage, staging.confidence(stage))
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    assert run_jobs() == 1
    made = PollFile.objects.get()
    assert (made.kind, Path(made.file.path).read_bytes()[:5]) == ("ballot", b"%PDF-")
    boxes = {(box["entry"], box["option"]) for box in made.box_map["boxes"]}
    assert len(boxes) == 7 * 3
    assert Job.objects.get().state == "done"


def test_the_same_paper_is_made_once_and_a_changed_one_anew(stage: Stage) -> None:
    poll = staging.election(stage)
    first = staging.candidate(stage, poll, 30)
    staging.candidate(stage, poll, 31)
    once, twice = files.make_ballot(poll.pk), files.make_ballot(poll.pk)
    assert once == twice
    list_changes.withdraw(first, reason="Rút", by=stage.user("clerk"))
    assert files.make_ballot(poll.pk) != once
    assert PollFile.objects.count() == 2


def test_minutes_follow_the_confirmed_outcome(stage: Stage, run_jobs: Callable[..., int]) -> None:
    poll = staging.confidence(stage)
    with pytest.raises(Refusal) as refused:
        files.make_minutes(poll.pk)
    assert refused.value.code == "minutes.no_outcome"
    staging.agreed(stage, poll)
    run_jobs()
    made = PollFile.objects.get(kind="minutes")
    assert Path(made.file.path).read_bytes()[:5] == b"%PDF-"
    assert files.make_minutes(poll.pk) == made


def test_recounted_cells_are_told_in_the_minutes(stage: Stage) -> None:

    poll = staging.counting(stage, staging.confidence(stage))
    odd = {("c03", "confidence"): 4, ("c03", "low"): 3}
    staging.both_typed(stage, poll, changes=odd)
    for cell, agreed in (("c03:confidence", 4), ("c03:low", 3)):
        counts.resolve(
            poll, cell=cell, agreed=agreed, reason="Đọc nhầm.", by=stage.user("counter1")
        )
    counts.agree(poll, by=stage.user("counter1"))
    counts.confirm(poll, by=stage.user("counter2"))
    poll.refresh_from_db()
    sheet = papers.tally_sheet(poll, queries.outcome_of(poll))  # type: ignore[arg-type]
    name = stage.cast.people[2].full_name
    assert sheet.notes[1] == (
        f"Đếm lại ô “{name}, tín nhiệm thấp”: lần thứ nhất 2, lần thứ hai 3, kết quả đếm lại 3. "
        "Đọc nhầm."
    )
    assert (sheet.base_name, sheet.base_value, sheet.totals.valid) == (
        "tổng số phiếu thu về",
        33,
        32,
    )
    assert [post for _name, post in sheet.members][:2] == ["Trưởng ban", "Thư ký"]
