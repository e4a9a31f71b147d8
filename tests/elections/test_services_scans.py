"""A pile from the scanner to the outcome: taken in, read, written down without order, agreed."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from council.models import AuditEntry, Job
from council.rules.refusals import Refusal
from council.services import jobs
from elections.models import PaperBatch, Poll, ScanRun, ScanSheet, ScanUpload
from elections.queries import records, scan_records
from elections.queries import scans as queries
from elections.rules import papers as rules
from elections.rules.papers import Paper
from elections.scanning import geometry, images
from elections.scanning.reader import read_image
from elections.services import (
    counts,
    polls,
    scan_folders,
    scan_people,
    scan_reading,
    scan_runs,
    scan_settling,
    scan_uploads,
)
from tests.elections import paper_stage, scan_stage
from tests.elections.stage import Stage, build, candidate, election

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


@pytest.fixture
def stage() -> Stage:
    return build()


def small_poll(stage: Stage, *, returned: int = 6):
    """Two persons stand: papers of two rows."""
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    return scan_stage.scanning(stage, poll, returned=returned)


def sides_of(poll, heap):
    form = scan_stage.form_of(poll)
    return [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]


def agreed(stage, run, poll):
    scan_stage.sampled(stage, run)
    scan_stage.answered(stage, run)
    return records.agreed_figures(poll)


def refused(code, call, **arguments):
    with pytest.raises(Refusal) as error:
        call(**arguments)
    assert error.value.code == code


def test_the_scans_come_to_the_papers_that_were_marked(stage):
    poll = scan_stage.scanning(stage, returned=6)
    heap = scan_stage.heap_of(poll, 6)
    run = scan_stage.started(stage, poll)
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides_of(poll, heap))])
    assert run.state == ScanRun.State.READ
    assert run.reader
    assert run.thresholds
    assert [sheet.why for sheet in run.sheets.filter(status="refused")] == []
    figures = agreed(stage, run, poll)
    truth = rules.count(
        [Paper(marks) for marks in heap], list(heap[0]), ("high", "confidence", "low")
    )
    assert figures.lines == truth.lines
    counts.agree(poll, by=stage.user("counter1"))
    outcome = counts.confirm(poll, by=stage.user("counter2"))
    assert outcome.count.way == "scans"
    assert records.broken_counts() == []
    assert scan_records.broken_pictures() == []
    call_command("verify")
    picture = scan_folders.kept(run, run.sheets.first().sides[0]["file"])
    picture.write_bytes(picture.read_bytes() + b"x")
    with pytest.raises(CommandError):
        call_command("verify")


def test_reading_the_kept_pictures_again_gives_the_same_marks(stage):
    poll = small_poll(stage)
    run = scan_stage.started(stage, poll)
    heap = scan_stage.heap_of(poll, 6)
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides_of(poll, heap))])
    box_map = scan_stage.form_of(poll).box_map
    for sheet in run.sheets.all():
        path = scan_folders.kept(run, sheet.sides[0]["file"])
        page = next(images.pages(path))
        assert read_image(page.gray, box_map, geometry.style_of(poll.pk, box_map)).answers == (
            sheet.marks
        )


FED, HALF = 20, 10
"""So many that a random order splits them by file once in 90,000 runs."""


def test_nothing_that_is_kept_tells_the_order_of_feeding(stage):
    """Every paper is recognised by its marks; nothing stored sorts them as they were fed."""
    poll = election(stage)
    for person in range(20, 25):
        candidate(stage, poll, person)
    poll = scan_stage.scanning(stage, poll, returned=FED)
    codes = list(poll.entries.values_list("code", flat=True))
    fed = [
        {code: "for" if n >> place & 1 else "against" for place, code in enumerate(codes)}
        for n in range(FED)
    ]
    assert len(set(map(str, fed))) == FED, "each is known by its marks"
    run = scan_stage.started(stage, poll)
    two_files = [
        scan_stage.pdf_of(sides_of(poll, fed)[:HALF]), scan_stage.pdf_of(sides_of(poll, fed)[HALF:])
    ]  # fmt: skip
    run = scan_stage.settled(stage, run, two_files)
    assert run.sheets.count() == FED
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        for order in (hidden, "key"):
            cursor.execute(f"SELECT marks FROM elections_scansheet ORDER BY {order}")
            stored = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor]
            assert sorted(map(str, stored)) == sorted(map(str, fed))
            assert stored != fed
            halves = {fed.index(marks) < HALF for marks in stored[:HALF]}
            assert halves == {True, False}, "files lie one after the other"
    folder = scan_folders.kept_folder(run)
    assert {path.stat().st_mtime for path in folder.iterdir()} == {scan_folders.SAME_DATE}
    assert not scan_folders.work_folder(run).exists()
    fields = {field.name for field in ScanSheet._meta.get_fields() if field.concrete}
    assert fields == {
        "key", "run", "status", "code", "why", "why_values", "sides", "marks", "rows", "signatures",
        "treatment", "treated_by",
    }  # fmt: skip
    assert not any(field.get_internal_type() in {"DateTimeField", "DateField", "BigAutoField"}
                   for field in ScanSheet._meta.concrete_fields)  # fmt: skip


def test_neither_jobs_nor_the_audit_log_name_a_sheet_or_a_figure(stage):
    poll = small_poll(stage)
    run = scan_stage.started(stage, poll)
    heap = scan_stage.heap_of(poll, 6)
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides_of(poll, heap))])
    scan_stage.sampled(stage, run)
    scan_stage.answered(stage, run)
    counts.agree(poll, by=stage.user("counter1"))
    said = "".join(
        f"{row.payload}{row.object_id}{row.object_label}"
        for row in AuditEntry.objects.filter(verb__regex="^(scan|count|batch|reading)")
    )
    told = "".join(f"{job.title}{job.step}{job.args}{job.key}" for job in Job.objects.all())
    pictures = [side["file"] for sheet in run.sheets.all() for side in sheet.sides]
    for key in [*run.sheets.values_list("key", flat=True), *pictures]:
        assert key not in said + told
    for word in ("against", "@blank", "@over", "marks"):
        assert word not in said + told


def test_what_the_machine_refuses_is_counted_by_hand_into_the_same_record(stage):
    poll = small_poll(stage)
    heap = scan_stage.heap_of(poll, 6)
    sides = sides_of(poll, heap)
    blank = sides[0] * 0 + 250
    torn = sides[5].copy()
    torn[int(torn.shape[0] * 0.5) :, :] = 255
    run = scan_stage.started(stage, poll)
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of([*sides[:5], torn, blank])])
    pile = queries.pile_of(run)
    assert len(pile.counted) == 5
    assert len(pile.open_refused) == 2
    refused("scan.refused_open", records.agreed_figures, poll=poll)
    first, second = pile.open_refused
    by = stage.user("counter1")
    assert scan_people.treat(run, keys=[first.key], treatment="hand", by=by) == 1
    assert scan_people.treat(run, keys=[second.key], treatment="no_paper", by=by) == 1
    refused(
        "scan.not_refused", scan_people.treat, run=run, keys=[pile.counted[0].key],
        treatment="hand", by=by,
    )  # fmt: skip
    scan_stage.sampled(stage, run)
    scan_stage.answered(stage, run)
    refused("scan.hand_missing", records.agreed_figures, poll=poll)
    paper_stage.all_read(stage, poll, [Paper(heap[5])], source="refused")
    figures = records.agreed_figures(poll)
    truth = rules.count([Paper(marks) for marks in heap], list(heap[0]), ("for", "against"))
    assert figures.lines == truth.lines
    assert figures.totals["returned"] == 6


def test_a_paper_scanned_twice_counts_once_when_people_say_so(stage):
    poll = small_poll(stage)
    heap = [{"c01": "for", "c02": "for"}] * 3 + [{"c01": "against", "c02": "for"}] * 3
    codes = list(poll.entries.values_list("code", flat=True))
    heap = [dict(zip(codes, marks.values(), strict=True)) for marks in heap]
    sides = sides_of(poll, heap)
    again = [
        scan_stage.scanned_again(sides[0], seed=90),
        scan_stage.scanned_again(sides[4], seed=9),
    ]
    run = scan_stage.started(stage, poll)
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of([*sides, *again])])
    pile = queries.pile_of(run)
    assert len(pile.open_pairs) == 2, "not more: papers alike in their marks are different papers"
    refused("scan.pairs_open", records.agreed_figures, poll=poll)
    by = stage.user("counter1")
    same, different = pile.open_pairs
    scan_people.judge_pair(run, key=same.key, is_same=True, by=by)
    refused("scan.pair_judged", scan_people.judge_pair, run=run, key=same.key, is_same=True, by=by)
    scan_people.judge_pair(run, key=different.key, is_same=False, by=by)
    assert len(queries.pile_of(run).counted) == 7
    scan_stage.sampled(stage, run)
    scan_stage.answered(stage, run)
    refused("count.papers_missing", records.agreed_figures, poll=poll)


def test_test_papers_are_never_counted_and_stand_in_the_way_of_the_official_run(
    stage, django_capture_on_commit_callbacks
):
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    poll = scan_stage.printed(stage, poll)
    run = scan_stage.started(stage, poll, mode="test")
    run = scan_stage.settled(
        stage, run, [scan_stage.pdf_of(sides_of(poll, scan_stage.heap_of(poll, 2)))]
    )
    assert run.state == ScanRun.State.READ
    poll = polls.open_poll(poll, by=stage.user("chair"))
    poll = polls.close_poll(poll, by=stage.user("chair"))
    by = stage.user("counter1")
    refused("scan.wrong_state", scan_uploads.register, upload=ScanUpload(run=run), by=by)
    ScanRun.objects.filter(pk=run.pk).update(state="taking")
    refused("scan.test_too_late", scan_uploads.register, upload=ScanUpload(run=run), by=by)
    refused("scan.only_a_test", scan_records.papers_of, poll=poll, hand_counted=0)
    Poll.objects.filter(pk=poll.pk).update(counting="scans")
    refused("scan.test_stands", scan_runs.start, poll=poll, mode="official", is_strict=False, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        scan_runs.void(run, reason="Thử xong", by=by)
    assert not scan_folders.kept_folder(run).exists()
    assert scan_runs.start(poll, mode="official", is_strict=False, by=by).mode == "official"


def test_no_test_is_begun_once_papers_may_be_out(stage):
    poll = small_poll(stage)
    refused(
        "scan.test_too_late", scan_runs.start, poll=poll, mode="test", is_strict=False,
        by=stage.user("counter1"),
    )  # fmt: skip


def test_a_paused_run_reads_nothing_and_goes_on_where_it_was(stage):
    poll, by = small_poll(stage), stage.user("counter1")
    run = scan_stage.started(stage, poll)
    file = scan_stage.pdf_of(sides_of(poll, scan_stage.heap_of(poll, 6)))
    scan_uploads.add(run, files=[file], by=by)
    run = scan_runs.pause(run, by=by)
    jobs.run_due()
    assert run.uploads.get().state == ScanUpload.State.WAITING
    refused("scan.wrong_state", scan_runs.finish, run=run, by=by)
    run = scan_runs.resume(run, by=by)
    jobs.run_due()
    assert run.uploads.get().state == ScanUpload.State.READ


def test_a_run_is_not_finished_while_a_file_waits_or_nothing_came(stage):
    poll, by = small_poll(stage), stage.user("counter1")
    run = scan_stage.started(stage, poll)
    refused("scan.nothing_read", scan_runs.finish, run=run, by=by)
    scan_uploads.add(run, files=[scan_stage.png_of(sides_of(poll, [
        dict.fromkeys(poll.entries.values_list("code", flat=True), "for")
    ])[0])], by=by)  # fmt: skip
    refused("scan.still_reading", scan_runs.finish, run=run, by=by)


def test_a_void_run_takes_its_hand_counted_papers_with_it_and_the_papers_are_read_by_hand(stage):
    poll, by = small_poll(stage), stage.user("counter1")
    run = scan_stage.started(stage, poll)
    heap = [Paper(marks) for marks in scan_stage.heap_of(poll, 2)]
    for _paper in heap:
        ScanSheet.objects.create(
            run=run, status="refused", code="scan.no_code", why="x", treatment="hand",
            treated_by=by,
        )  # fmt: skip
    paper_stage.all_read(stage, poll, heap, source="refused")
    run = scan_runs.count_by_hand(run, reason="Mẫu kiểm tra khác", by=by)
    poll.refresh_from_db()
    assert (run.state, poll.counting) == ("void", "ballots")
    assert set(PaperBatch.objects.values_list("state", flat=True)) == {"void"}


def test_only_the_committee_touches_the_scans(stage):
    poll = small_poll(stage)
    for name in ("clerk", "chair", "outsider"):
        refused(
            "access.denied", scan_runs.start, poll=poll, mode="official", is_strict=False,
            by=stage.user(name),
        )  # fmt: skip


def test_a_worker_that_died_leaves_whole_pages_and_the_next_goes_on(stage, monkeypatch):
    poll, by = small_poll(stage), stage.user("counter1")
    run = scan_stage.started(stage, poll)
    file = scan_stage.pdf_of(sides_of(poll, scan_stage.heap_of(poll, 4)))
    scan_uploads.add(run, files=[file], by=by)
    upload, read = run.uploads.get(), scan_reading.read_image
    calls: list[int] = []

    def dying(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return read(*arguments)

    monkeypatch.setattr(scan_reading, "read_image", dying)
    with pytest.raises(KeyboardInterrupt):
        scan_reading.read_upload(upload.key)
    assert len(list(scan_folders.pages_of(upload).glob("*.json"))) == 2
    scan_reading.read_upload(upload.key)
    upload.refresh_from_db()
    assert upload.state == ScanUpload.State.READ
    assert len(calls) == 5, "pages read before are not read again"


def test_settling_twice_makes_each_paper_once(stage):
    poll = small_poll(stage)
    run = scan_stage.started(stage, poll)
    run = scan_stage.settled(
        stage, run, [scan_stage.pdf_of(sides_of(poll, scan_stage.heap_of(poll, 3)))]
    )
    scan_settling.settle(run.pk)
    assert run.sheets.count() == 3
    assert len(list(scan_folders.kept_folder(run).iterdir())) == 3


def test_front_and_back_of_a_long_paper_are_one_paper(stage):
    poll = election(stage)
    for person in [*range(1, 10), *range(17, 35)]:
        candidate(stage, poll, person)
    poll = scan_stage.scanning(stage, poll, returned=3)
    form, heap = scan_stage.form_of(poll), scan_stage.heap_of(poll, 3)
    assert len(form.pages) == 2
    sides = sides_of(poll, heap)
    run = scan_stage.started(stage, poll)
    upside_down = [sides[5], sides[4]]
    files = [scan_stage.pdf_of(sides[:4]), scan_stage.pdf_of(upside_down)]
    run = scan_stage.settled(stage, run, files)
    sheets = list(run.sheets.all())
    assert sorted(sheet.status for sheet in sheets) == ["read", "read", "refused"]
    assert all(len(sheet.sides) == 2 for sheet in sheets)
    marks = [sheet.marks for sheet in sheets if sheet.status == "read"]
    as_text = [{str(sorted(one.items())) for one in some} for some in (marks, heap[:2])]
    assert as_text[0] == as_text[1]
