"""Rows for two people, the head's word, the sample: what they see, what they cannot do."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council.rules.refusals import Refusal
from elections.models import ScanAnswer, ScanPair, ScanRun, ScanSheet, ScanTask
from elections.queries import records
from elections.queries import scans as queries
from elections.services import counts, scan_people, scan_runs
from tests.elections import scan_stage
from tests.elections.stage import Stage, build, candidate, election

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


@pytest.fixture
def stage() -> Stage:
    return build()


@pytest.fixture
def poll(stage):
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    return scan_stage.scanning(stage, poll, returned=5)


@pytest.fixture
def run(stage, poll):
    """Five papers; the pen rested in the first row of two of them."""
    codes = list(poll.entries.values_list("code", flat=True))
    heap = [
        dict(zip(codes, marks, strict=True))
        for marks in (
            ("for", "for"), ("for", "against"), ("against", "for"), ("@faint", "for"),
            ("@faint", "against"),
        )
    ]  # fmt: skip
    form = scan_stage.form_of(poll)
    sides = [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]
    return scan_stage.settled(stage, scan_stage.started(stage, poll), [scan_stage.pdf_of(sides)])


def refused(code, call, *arguments, **more):
    with pytest.raises(Refusal) as error:
        call(*arguments, **more)
    assert error.value.code == code


def next_of(run, user):
    row = queries.pile_of(run).next_for(user.pk)
    assert row is not None
    return row


def test_rows_in_doubt_go_to_two_different_people(stage, run):
    one, two = stage.user("counter1"), stage.user("counter2")
    assert ScanTask.objects.filter(purpose="review").count() == 2
    refused("scan.rows_open", records.agreed_figures, run.poll)
    key = next_of(run, one).task.key
    scan_people.answer(run, key=key, answer="@blank", by=one)
    refused("scan.answered", scan_people.answer, run, key=key, answer="@blank", by=one)
    assert next_of(run, one).task.key != key
    refused("scan.unknown_answer", scan_people.answer, run, key=key, answer="maybe", by=two)
    refused("scan.no_such_row", scan_people.answer, run, key="f" * 32, answer="for", by=two)
    scan_people.answer(run, key=key, answer="@blank", by=two)
    assert len(queries.pile_of(run).open_rows) == 1


def test_the_head_decides_where_two_differ_and_nobody_else(stage, run):
    one, two = stage.user("counter1"), stage.user("counter2")
    key = next_of(run, one).task.key
    refused("scan.not_disputed", scan_people.decide, run, key=key, answer="for", by=one)
    scan_people.answer(run, key=key, answer="@blank", by=one)
    scan_people.answer(run, key=key, answer="for", by=two)
    pile = queries.pile_of(run)
    assert [row.task.key for row in pile.disputed] == [key]
    head, other = (one, two) if is_head(run, one) else (two, one)
    refused("scan.not_the_head", scan_people.decide, run, key=key, answer="for", by=other)
    scan_people.decide(run, key=key, answer="for", by=head)
    pile = queries.pile_of(run)
    row = next(row for row in pile.rows if row.task.key == key)
    assert row.settled == "for"
    refused("scan.not_disputed", scan_people.decide, run, key=key, answer="for", by=head)


def is_head(run, user) -> bool:
    from elections.queries import counts as count_queries

    seat = count_queries.membership_of(run.poll, user)
    return seat is not None and seat.post == "head"


def test_an_answer_is_taken_back_while_nobody_else_answered_it(stage, run):
    one, two = stage.user("counter1"), stage.user("counter2")
    assert scan_people.take_back(run, by=one) is None
    key = next_of(run, one).task.key
    scan_people.answer(run, key=key, answer="for", by=one)
    assert scan_people.take_back(run, by=one).key == key
    scan_people.answer(run, key=key, answer="@blank", by=one)
    scan_people.answer(run, key=key, answer="@blank", by=two)
    assert scan_people.take_back(run, by=one) is None
    assert ScanAnswer.objects.filter(task=key).count() == 2


def test_a_sheet_of_rows_is_kept_at_once_and_sending_it_twice_changes_nothing(stage, run):
    scan_stage.sampled(stage, run)
    one, two = stage.user("counter1"), stage.user("counter2")
    keys = [row.task.key for row in queries.pile_of(run).turn_of(one.pk)]
    sheet = dict.fromkeys(keys[:3], "for")
    assert scan_people.answer_all(run, answers=sheet, by=one) == 3
    assert scan_people.answer_all(run, answers=sheet | {keys[3]: "for"}, by=one) == 1
    assert scan_people.answer_all(run, answers=sheet, by=two) == 3
    assert ScanAnswer.objects.filter(task__in=keys[:3]).count() == 6
    assert [row.task.key for row in queries.pile_of(run).turn_of(one.pk)] == keys[4:]


def test_one_unknown_answer_keeps_nothing_of_the_sheet(stage, run):
    scan_stage.sampled(stage, run)
    one = stage.user("counter1")
    keys = [row.task.key for row in queries.pile_of(run).turn_of(one.pk)]
    for sheet, code in (
        ({keys[0]: "for", keys[1]: "maybe"}, "scan.unknown_answer"),
        ({keys[0]: "for", "e" * 32: "for"}, "scan.no_such_row"),
    ):
        with pytest.raises(Refusal) as refused:
            scan_people.answer_all(run, answers=sheet, by=one)
        assert refused.value.code == code
    assert not ScanAnswer.objects.exists()


def test_a_row_that_the_picture_does_not_decide_sends_its_paper_to_the_hand_count(stage, run):
    key = next_of(run, stage.user("counter1")).task.key
    for name in ("counter1", "counter2"):
        scan_people.answer(run, key=key, answer="@hand", by=stage.user(name))
    pile = queries.pile_of(run)
    assert (len(pile.counted), pile.hand_count) == (4, 1)


def test_two_people_meet_the_rows_in_orders_of_their_own(stage, run):
    scan_stage.sampled(stage, run)
    orders = []
    for name in ("counter1", "counter2"):
        user, seen = stage.user(name), []
        while (row := queries.pile_of(run).next_for(user.pk)) is not None:
            scan_people.answer(run, key=row.task.key, answer="for", by=user)
            seen.append(row.task.key)
        orders.append(seen)
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_the_count_waits_for_the_sample_and_agrees_when_nothing_differs(stage, run):
    scan_stage.answered(stage, run)
    refused("scan.no_sample", records.agreed_figures, run.poll)
    refused(
        "scan.sample_size", scan_people.draw_sample, run, seed="1", size=4,
        by=stage.user("counter1"),
    )  # fmt: skip
    scan_stage.sampled(stage, run)
    refused(
        "scan.sample_drawn", scan_people.draw_sample, run, seed="2", size=5,
        by=stage.user("counter1"),
    )  # fmt: skip
    refused("scan.rows_open", records.agreed_figures, run.poll)
    scan_stage.answered(stage, run)
    assert records.agreed_figures(run.poll).totals["valid"] == 5


def test_one_difference_in_the_sample_stops_the_agreement(stage, run):
    scan_stage.sampled(stage, run)
    code = next(iter(queries.pile_of(run).counted[0].marks))
    scan_stage.answered(stage, run, changes={code: "@over"})
    assert queries.pile_of(run).differing
    refused("scan.sample_differs", records.agreed_figures, run.poll)
    refused("scan.sample_differs", counts.agree, run.poll, by=stage.user("counter1"))


def test_nothing_changes_once_the_count_is_agreed(stage, run):
    scan_stage.sampled(stage, run)
    scan_stage.answered(stage, run)
    counts.agree(run.poll, by=stage.user("counter1"))
    by = stage.user("counter2")
    refused("count.already_agreed", scan_people.take_back, run, by=by)
    refused("count.already_agreed", scan_runs.void, run, reason="x", by=by)
    refused("count.already_agreed", scan_people.treat, run, keys=["x"], treatment="hand", by=by)
    assert records.broken_counts() == []
    pile = queries.pile_of(run)
    sheet = next(one for one in pile.counted if "@review" in one.marks.values())
    code = next(iter(sheet.marks))
    changed = {**sheet.marks, code: "against" if sheet.marks[code] != "against" else "for"}
    ScanSheet.objects.filter(pk=sheet.pk).update(marks=changed)
    assert [count.poll_id for count in records.broken_counts()] == [run.poll_id]


def test_a_strict_run_sends_every_row_with_several_marks_to_people(stage, poll):
    codes = list(poll.entries.values_list("code", flat=True))
    heap = [dict.fromkeys(codes, "@over"), dict.fromkeys(codes, "for")]
    form = scan_stage.form_of(poll)
    sides = [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]
    run = scan_stage.started(stage, poll, is_strict=True)
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides)])
    assert ScanTask.objects.filter(sheet__run=run).count() == 2


def test_the_database_itself_keeps_the_rules(stage, run):
    sheets = list(run.sheets.all())
    task = ScanTask.objects.first()
    one = stage.user("counter1")
    ScanAnswer.objects.create(task=task, place="first", person=one, answer="for")
    for wrong in (
        lambda: ScanAnswer.objects.create(task=task, place="second", person=one, answer="for"),
        lambda: ScanAnswer.objects.create(
            task=task, place="first", person=stage.user("counter2"), answer="for"
        ),
        lambda: ScanRun.objects.create(poll=run.poll, mode="test", template="x", started_by=one),
        lambda: ScanRun.objects.filter(pk=run.pk).update(state="void"),
        lambda: ScanSheet.objects.filter(pk=sheets[0].pk).update(treatment="hand"),
        lambda: ScanPair.objects.create(first=sheets[0], second=sheets[0]),
        lambda: ScanTask.objects.create(
            sheet=task.sheet, entry_code=task.entry_code, purpose="review"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    with pytest.raises(ValidationError):
        ScanAnswer(task=task, place="second", person=one, answer="for").full_clean()
