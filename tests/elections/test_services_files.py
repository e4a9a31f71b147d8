"""Ballot papers and counting minutes as PDF, made by the worker, kept by content."""

from collections.abc import Callable
from pathlib import Path

import pytest

from council.models import Job
from council.rules.refusals import Refusal
from elections.models import PaperBatch, PaperDifference, PollFile
from elections.queries import papers
from elections.queries import polls as queries
from elections.services import counts, files, list_changes, polls
from tests.elections import docx_probe, paper_stage
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
    kinds = set(PollFile.objects.exclude(kind="ballot").values_list("kind", flat=True))
    assert kinds == {"minutes", "minutes_docx", "reading"}
    docx = PollFile.objects.get(kind="minutes_docx")
    assert Path(docx.file.path).suffix == ".docx"
    words = docx_probe.text(Path(docx.file.path).read_bytes())
    assert "Cách kiểm phiếu: đếm tay; hai thành viên nhập tổng số độc lập với nhau" in words
    assert "Số phiếu hợp lệ: 32 phiếu" in words
    assert "75,76" in words  # 25 of 33


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


def test_rows_read_differently_are_told_without_their_batch(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    poll = paper_stage.by_ballots(stage, poll)
    paper_stage.account(stage, poll)
    heap = paper_stage.heap_of(poll, 33)
    paper_stage.all_read(stage, poll, heap)
    batch = PaperBatch.objects.filter(poll=poll).order_by("number")[0]
    PaperDifference.objects.create(
        batch=batch, entry_code="c03", first="high", second="@over", agreed="@over",
        reason="Nhìn lại phiếu.", recorded_by=stage.user("counter1"),
    )  # fmt: skip
    counts.agree(poll, by=stage.user("counter1"))
    counts.confirm(poll, by=stage.user("counter2"))
    poll.refresh_from_db()
    outcome = queries.outcome_of(poll)
    assert outcome is not None
    sheet = papers.tally_sheet(poll, outcome)
    assert sheet.way.startswith("đọc từng phiếu theo tập không quá 25 phiếu")
    name = stage.cast.people[2].full_name
    (note,) = sheet.notes
    assert note == (
        f"Xem lại một phiếu, {name}: người thứ nhất đọc tín nhiệm cao, người thứ hai đọc đánh dấu "
        "từ hai ô, thống nhất là đánh dấu từ hai ô. Nhìn lại phiếu."
    )
