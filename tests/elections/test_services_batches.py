"""Ballot by ballot: the way is chosen, papers accounted for, each batch read by two and settled."""

import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council.models import AuditEntry, Job
from council.rules.refusals import Refusal
from elections.models import (
    Count,
    PaperBatch,
    PaperDifference,
    PaperReading,
    Poll,
    ScanRun,
    ScanSheet,
)
from elections.queries import batches as queries
from elections.queries import counts as count_queries
from elections.queries import records
from elections.rules import papers as rules
from elections.rules.papers import Paper
from elections.rules.readings import Decision
from elections.services import batches, counts, readings
from tests.elections import paper_stage as papers
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db
INVALID = Paper({}, is_valid=False)


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def poll(stage: Stage) -> Poll:
    poll = staging.counting(stage, staging.confidence(stage))
    return papers.by_ballots(stage, poll)


@pytest.fixture
def batch(stage: Stage, poll: Poll) -> PaperBatch:
    papers.account(stage, poll)
    return batches.open_batch(poll, size=3, by=stage.user("counter1"))


def refused(verb: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def other(paper: Paper, code: str, mark: str) -> Paper:
    return Paper({**paper.marks, code: mark})


# batches --------------------------------------------------------------------------------------


def test_batches_are_numbered_and_hold_what_was_returned(stage: Stage, poll: Poll) -> None:
    by = stage.user("counter1")
    assert refused(batches.open_batch, poll, size=25, by=by) == "count.no_account"
    papers.account(stage, poll)
    one = batches.open_batch(poll, size=25, by=by)
    assert (one.number, one.source, queries.next_size(poll, "box")) == (1, "box", 8)
    assert refused(batches.open_batch, poll, size=9, by=by) == "batch.too_many"
    assert batches.open_batch(poll, size=8, by=by).number == 2
    batches.void(one, reason="Đếm lại chỉ có 24 tờ", by=by)
    assert batches.open_batch(poll, size=24, by=by).number == 3


@pytest.mark.parametrize("size", [0, 26])
def test_a_batch_has_one_to_twenty_five_papers(stage: Stage, poll: Poll, size: int) -> None:
    papers.account(stage, poll)
    with pytest.raises(ValidationError, match="từ 1 đến 25"):
        batches.open_batch(poll, size=size, by=stage.user("counter1"))


def test_papers_of_the_scanner_have_batches_of_their_own(stage: Stage, poll: Poll) -> None:
    by = stage.user("counter1")
    for source in ("refused", "sample"):
        assert refused(batches.open_batch, poll, source=source, size=2, by=by) == "count.other_way"
    Poll.objects.filter(pk=poll.pk).update(counting="scans")
    poll.refresh_from_db()
    assert refused(batches.open_batch, poll, size=2, by=by) == "count.other_way"
    ask = {"source": "refused", "size": 2, "by": by}
    assert refused(batches.open_batch, poll, **ask) == "batch.more_than_pulled"
    run = ScanRun.objects.create(
        poll=poll, mode="official", state="read", template="x", started_by=by
    )
    for _paper in range(2):
        ScanSheet.objects.create(
            run=run,
            status="refused",
            code="scan.no_code",
            why="x",
            treatment="hand",
            treated_by=by,
        )
    assert refused(batches.open_batch, poll, **{**ask, "size": 3}) == "batch.more_than_pulled"
    kinds = [
        batches.open_batch(poll, source=source, size=2, by=by) for source in ("refused", "sample")
    ]
    assert [(each.source, each.number) for each in kinds] == [("refused", 1), ("sample", 1)]
    assert refused(batches.open_batch, poll, **{**ask, "size": 1}) == "batch.more_than_pulled"
    heap = papers.heap_of(poll, 2)
    papers.both_read(stage, kinds[0], heap)
    assert rules.same_heap(records.settled_papers(poll, "refused"), heap)


def test_only_members_while_counting(stage: Stage, poll: Poll, batch: PaperBatch) -> None:
    clerk = stage.user("clerk")
    assert refused(batches.open_batch, poll, size=1, by=clerk) == "access.denied"
    assert refused(readings.start, batch, by=clerk) == "access.denied"
    assert refused(batches.void, batch, reason="x", by=clerk) == "access.denied"
    assert refused(batches.settle, batch, decisions={}, by=clerk) == "access.denied"
    Poll.objects.filter(pk=poll.pk).update(state="agreed")
    for verb in (readings.start, readings.submit):
        assert refused(verb, batch, by=stage.user("counter1")) == "count.not_counting"


# reading --------------------------------------------------------------------------------------


def test_two_members_read_a_batch_and_no_third(stage: Stage, batch: PaperBatch) -> None:
    first = readings.start(batch, by=stage.user("counter1"))
    assert readings.start(batch, by=stage.user("counter1")) == first
    assert readings.start(batch, by=stage.user("counter2")).place == "second"
    assert refused(readings.start, batch, by=stage.user("counter3")) == "batch.both_taken"


def test_kept_papers_are_lossless_whatever_answer_was_lost(stage: Stage, batch: PaperBatch) -> None:
    by, heap = stage.user("counter1"), papers.heap_of(batch.poll, 3)
    readings.start(batch, by=by)
    kept = readings.keep(batch, papers=heap[:1], version=1, by=by)
    assert kept.version == 2
    again = readings.keep(batch, papers=heap[:1], version=1, by=by)
    assert again.version == 2, "sent twice, kept once"
    more = readings.keep(batch, papers=heap[:2], version=1, by=by)
    assert more.version == 3, "an answer was lost; the papers only grew"
    undone = [heap[0], other(Paper(dict(heap[0].marks)), "c01", "@over")]
    assert refused(readings.keep, batch, papers=undone, version=1, by=by) == "edit.stale"
    assert readings.keep(batch, papers=undone, version=3, by=by).version == 4
    assert queries.papers_in(readings.keep(batch, papers=undone, version=None, by=by)) == undone


def test_what_a_reading_refuses(stage: Stage, batch: PaperBatch) -> None:
    one, two, heap = stage.user("counter1"), stage.user("counter2"), papers.heap_of(batch.poll, 4)
    keep = readings.keep
    assert refused(keep, batch, papers=heap[:1], version=1, by=one) == "reading.not_started"
    readings.start(batch, by=one)
    assert refused(keep, batch, papers=heap, version=1, by=one) == "reading.too_many"
    keep(batch, papers=heap[:2], version=1, by=one)
    assert refused(readings.submit, batch, by=one) == "reading.incomplete"
    assert refused(readings.submit, batch, by=two) == "reading.not_started"
    keep(batch, papers=heap[:3], version=2, by=one)
    readings.submit(batch, by=one)
    assert refused(keep, batch, papers=heap[:1], version=3, by=one) == "reading.already_submitted"
    assert refused(readings.submit, batch, by=one) == "reading.already_submitted"


def test_the_other_reading_is_closed_until_both_are_handed_in(
    stage: Stage, batch: PaperBatch
) -> None:
    heap = papers.heap_of(batch.poll, 3)
    papers.read(stage, batch, "counter1", heap)
    assert queries.submitted_readings(batch) == []
    assert queries.open_differences(batch) is None
    assert queries.own_reading(batch, stage.user("counter2")) is None
    by = stage.user("counter2")
    assert refused(batches.settle, batch, decisions={}, by=by) == "batch.readings_open"


# settling -------------------------------------------------------------------------------------


def test_two_equal_readings_settle_the_batch_by_themselves(stage: Stage, batch: PaperBatch) -> None:
    heap = papers.heap_of(batch.poll, 3)
    batch = papers.both_read(stage, batch, heap, list(reversed(heap)))
    assert batch.state == "settled"
    assert not PaperDifference.objects.exists()
    assert rules.same_heap(map(records.paper_of, batch.papers), heap)


def differing(stage: Stage, batch: PaperBatch) -> tuple[list[Paper], dict[tuple[int, str], Any]]:
    """Three papers: the second reader misreads a row of one and holds another invalid."""
    heap = [Paper(dict.fromkeys(queries.shape_of(batch.poll).codes, mark)) for mark in
            ("high", "low", "confidence")]  # fmt: skip
    misread = [other(heap[0], "c03", "confidence"), heap[1], INVALID]
    papers.both_read(stage, batch, heap, misread)
    return heap, {
        (1, "c03"): Decision("high", "Dấu rõ ở cột thứ nhất"),
        (3, "@valid"): Decision("valid", "Phiếu của Ban phát ra, chỉ gấp góc"),
    }


def test_differences_are_settled_with_a_reason_and_both_readings_stay(
    stage: Stage, batch: PaperBatch
) -> None:
    heap, decisions = differing(stage, batch)
    batch.refresh_from_db()
    assert batch.state == "reading"
    found = queries.open_differences(batch)
    assert found is not None
    assert [(row.place, row.code) for row in found] == list(decisions)
    batch = batches.settle(batch, decisions=decisions, by=stage.user("counter2"))
    assert rules.same_heap(map(records.paper_of, batch.papers), heap)
    rows = PaperDifference.objects.order_by("entry_code")
    assert [(row.entry_code, row.first, row.second, row.agreed) for row in rows] == [
        ("@valid", "valid", "invalid", "valid"), ("c03", "high", "confidence", "high"),
    ]  # fmt: skip
    second = PaperReading.objects.get(batch=batch, place="second")
    assert INVALID in queries.papers_in(second), "what was read is never overwritten"


def test_a_difference_needs_a_mark_of_the_paper_and_a_reason(
    stage: Stage, batch: PaperBatch
) -> None:
    _heap, decisions = differing(stage, batch)
    by = stage.user("counter1")
    for wrong, code in (
        ({(3, "@valid"): decisions[3, "@valid"]}, "batch.differences_open"),
        ({**decisions, (1, "c03"): Decision("high", " ")}, "batch.differences_open"),
        ({**decisions, (1, "c03"): Decision("valid", "x")}, "batch.unknown_mark"),
        ({**decisions, (3, "@valid"): Decision("high", "x")}, "batch.unknown_mark"),
    ):
        assert refused(batches.settle, batch, decisions=wrong, by=by) == code
    assert not PaperDifference.objects.exists()
    batches.settle(batch, decisions=decisions, by=by)
    assert refused(batches.settle, batch, decisions=decisions, by=by) == "batch.not_reading"


def test_a_void_batch_is_kept_with_its_reason_and_read_anew(
    stage: Stage, batch: PaperBatch
) -> None:
    heap, _decisions = differing(stage, batch)
    by = stage.user("counter1")
    batches.void(batch, reason="Hai người đọc lệch thứ tự", by=by)
    batch.refresh_from_db()
    assert (batch.state, batch.papers, batch.void_reason) == (
        "void", None, "Hai người đọc lệch thứ tự",
    )  # fmt: skip
    assert batch.readings.count() == 2
    assert refused(batches.void, batch, reason="x", by=by) == "batch.already_void"
    assert refused(readings.start, batch, by=stage.user("counter3")) == "batch.not_reading"
    anew = batches.open_batch(batch.poll, size=3, by=by)
    papers.both_read(stage, anew, heap)
    assert rules.same_heap(records.settled_papers(batch.poll, "box"), heap)


def test_a_batch_begun_and_set_aside_unread_is_no_obstacle(stage: Stage, batch: PaperBatch) -> None:
    readings.start(batch, by=stage.user("counter1"))
    batches.void(batch, reason="Nhận nhầm", by=stage.user("counter1"))
    assert records.settled_papers(batch.poll, "box") == []


def test_the_database_knows_a_settled_batch(batch: PaperBatch) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperBatch.objects.filter(pk=batch.pk).update(state="settled")


# the count ------------------------------------------------------------------------------------


def test_all_batches_settled_agreed_by_one_confirmed_by_another(stage: Stage, poll: Poll) -> None:
    heap = papers.heap_of(poll, 33)
    papers.account(stage, poll)
    papers.all_read(stage, poll, heap[:25])
    one = stage.user("counter1")
    assert refused(counts.agree, poll, by=one) == "count.papers_missing"
    last = batches.open_batch(poll, size=8, by=one)
    assert refused(counts.agree, poll, by=one) == "count.batches_open"
    papers.both_read(stage, last, heap[25:])
    count = counts.agree(poll, by=one)
    expected = rules.count(heap, *_shape(poll))
    assert (count.way, count.valid, count.invalid) == ("ballots", expected.valid, expected.invalid)
    assert count_queries.figures_of(count) == expected.lines
    assert refused(batches.void, last, reason="x", by=one) == "count.already_agreed"
    assert refused(papers.account, stage, poll) == "count.already_agreed"
    assert refused(counts.confirm, poll, by=one) == "count.confirms_own"
    outcome = counts.confirm(poll, by=stage.user("counter2"))
    assert outcome.poll_id == poll.pk
    assert records.broken_counts() == []


def test_who_disagrees_may_have_a_batch_read_anew(stage: Stage, poll: Poll) -> None:
    heap = papers.heap_of(poll, 33)
    papers.account(stage, poll)
    papers.all_read(stage, poll, heap)
    counts.agree(poll, by=stage.user("counter1"))
    counts.disagree(poll, reason="Đọc lại tập 2", by=stage.user("counter2"))
    second = PaperBatch.objects.get(poll=poll, number=2)
    batches.void(second, reason="Đọc lại", by=stage.user("counter2"))
    anew = batches.open_batch(poll, size=8, by=stage.user("counter2"))
    papers.both_read(stage, anew, heap[25:])
    assert counts.agree(poll, by=stage.user("counter1")).returned == 33


def _shape(poll: Poll) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shape = queries.shape_of(poll)
    return shape.codes, shape.options


# secrecy --------------------------------------------------------------------------------------


def test_nothing_keeps_an_order_or_a_time_of_papers(stage: Stage, poll: Poll) -> None:
    """Two piles of the same papers, shuffled, leave the same traces but for when batches came."""
    papers.account(stage, poll)
    heap, jobs = papers.heap_of(poll, 25), Job.objects.count()
    one = batches.open_batch(poll, size=25, by=stage.user("counter1"))
    one_by_one(stage, one, heap)
    before = traces(one)
    for seed in (1, 2):
        batches.void(PaperBatch.objects.get(pk=one.pk), reason="lần nữa", by=stage.user("counter1"))
        pile = random.Random(seed).sample(heap, 25)
        one = batches.open_batch(poll, size=25, by=stage.user("counter1"))
        one_by_one(stage, one, pile)
        assert traces(one) == before
    voided = PaperReading.objects.filter(batch__state="void")
    for reading in voided:
        assert queries.papers_in(reading) == rules.in_no_order(heap)
    assert Job.objects.count() == jobs, "no work in the background, so no time of a paper there"


def one_by_one(stage: Stage, batch: PaperBatch, pile: list[Paper]) -> None:
    """Each paper is kept as soon as it is keyed, as the page does it."""
    for counter in ("counter1", "counter2"):
        by = stage.user(counter)
        reading = readings.start(batch, by=by)
        for done in range(1, len(pile) + 1):
            reading = readings.keep(batch, papers=pile[:done], version=reading.version, by=by)
        readings.submit(batch, by=by)


def traces(batch: PaperBatch) -> dict[str, Any]:
    """All that is stored of a batch and its readings, but for keys and its number."""
    batch.refresh_from_db()
    rows = batch.readings.order_by("place").values("place", "state", "papers", "version")
    entries = AuditEntry.objects.filter(object_type="elections.paperbatch", object_id=batch.pk)
    return {
        "batch": (batch.state, batch.papers, batch.version),
        "readings": list(rows),
        "audit": list(entries.order_by("seq").values_list("verb", flat=True)),
    }


def test_the_audit_log_names_batches_and_never_a_figure(stage: Stage, poll: Poll) -> None:
    papers.account(stage, poll)
    batch = batches.open_batch(poll, size=3, by=stage.user("counter1"))
    _heap, decisions = differing(stage, batch)
    batches.settle(batch, decisions=decisions, by=stage.user("counter1"))
    rows = AuditEntry.objects.filter(verb__regex=r"^(account|batch|counting)\.")
    assert {row.verb for row in rows} == {
        "counting.choose", "account.record", "batch.open", "batch.read", "batch.submit",
        "batch.settle",
    }  # fmt: skip
    for row in rows:
        left = row.payload.replace(f'"poll":{poll.pk}', "").replace('"batch":1', "")
        assert not any(character.isdigit() for character in left), row.payload
        assert row.verb.startswith("counting") or "c03" not in row.object_label
    assert not Count.objects.exists()
