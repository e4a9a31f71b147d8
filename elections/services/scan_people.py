"""What people decide about a pile that was read: rows, doubles, refused pictures, the sample.

Whoever answers sees the picture of one row, never the machine's value and never the other's answer.
"""

import secrets
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access
from elections.models import (
    BallotCommitteeMember,
    Poll,
    ScanAnswer,
    ScanPair,
    ScanRun,
    ScanSample,
    ScanSheet,
    ScanTask,
)
from elections.queries import counts as count_queries
from elections.queries import scans as queries
from elections.rules import polls as kinds
from elections.rules import sampling
from elections.rules import scans as rules
from elections.rules.papers import BLANK, OVER
from elections.services import locks, scan_checks

LOTS: Final = secrets.SystemRandom()
Place, Treatment, Verdict = ScanAnswer.Place, ScanSheet.Treatment, ScanPair.Verdict


def answers_of(poll: Poll) -> tuple[str, ...]:
    """What may be answered about a row, in the order of the page's keys."""
    return (*kinds.options_of(poll.kind), BLANK, OVER, rules.HAND)


def locked_run(run: ScanRun, by: User, verb: str = "count.reconcile") -> ScanRun:
    """The run that was read, locked, for a member of its committee while nobody agreed.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.wrong_state``,
            ``count.not_counting``, ``count.already_agreed``.
    """
    access.authorise(by, verb, locks.council_of(run.poll))
    held = scan_checks.run(run.pk)
    scan_checks.authorise(held.poll, by)
    scan_checks.check_state(held, ScanRun.State.READ)
    scan_checks.check_standing(held)
    return held


def answer(run: ScanRun, *, key: str, answer: str, by: User) -> ScanAnswer:
    """What the caller sees in the picture of a row. The same person answers a row once.

    Raises:
        Refusal: those of `locked_run`, ``scan.no_such_row``, ``scan.unknown_answer``,
            ``scan.answered``.
    """
    with transaction.atomic():
        run = locked_run(run, by, "count.enter")
        task = task_of(run, key)
        check_answer(run, answer)
        place = free_place(task, by)
        if place is None:
            raise Refusal(
                "scan.answered",
                gettext_noop("Dòng này bạn đã trả lời, hoặc đã đủ hai người trả lời."),
            )
        row = ScanAnswer(task=task, place=place, person=by, answer=answer)
        row.full_clean()
        row.save()
    return row


def answer_all(run: ScanRun, *, answers: Mapping[str, str], by: User) -> int:
    """What the caller sees in the pictures of some rows, all at once.

    A row that the caller answered already, or that two others answered meanwhile, is passed over:
    sending a sheet twice changes nothing.

    Args:
        run: read, not agreed.
        answers: row's key → answer.
        by: a member of the poll's committee.

    Returns:
        How many answers were written.

    Raises:
        Refusal: those of `locked_run`, ``scan.no_such_row``, ``scan.unknown_answer``.
    """
    with transaction.atomic():
        run = locked_run(run, by, "count.enter")
        tasks = {key: task_of(run, key) for key in answers}
        for said in answers.values():
            check_answer(run, said)
        places = {key: free_place(task, by) for key, task in tasks.items()}
        rows = [
            ScanAnswer(task=tasks[key], place=place, person=by, answer=answers[key])
            for key, place in places.items()
            if place is not None
        ]
        for row in rows:
            row.full_clean()
            row.save()
    return len(rows)


def free_place(task: ScanTask, by: User) -> str | None:
    """The place that this person's answer takes; None where there is none."""
    given = {row.place: row.person_id for row in task.answers.all()}
    free = [place for place in (Place.FIRST, Place.SECOND) if place not in given]
    return free[0] if free and by.pk not in given.values() else None


def task_of(run: ScanRun, key: str) -> ScanTask:
    """The row by its key, locked with its run.

    Raises:
        Refusal: ``scan.no_such_row``.
    """
    task = queries.task_of(run, key)
    if task is None:
        raise Refusal("scan.no_such_row", gettext_noop("Không có dòng này. Tải lại trang."))
    return task


def check_answer(run: ScanRun, answer: str) -> None:
    """Only what the paper offers can be answered.

    Raises:
        Refusal: ``scan.unknown_answer``.
    """
    if answer not in answers_of(run.poll):
        raise Refusal("scan.unknown_answer", gettext_noop("Chọn một trong các câu trả lời có sẵn."))


def take_back(run: ScanRun, *, by: User) -> ScanTask | None:
    """Undo the caller's last answer, while the second person has not answered that row.

    Raises:
        Refusal: those of `locked_run`.
    """
    with transaction.atomic():
        run = locked_run(run, by, "count.enter")
        last = (
            ScanAnswer.objects.filter(task__sheet__run=run, person=by)
            .exclude(place=Place.HEAD)
            .select_related("task")
            .order_by("-pk")
            .first()
        )
        if last is None or last.task.answers.count() > 1:
            return None
        task = last.task
        last.delete()
    return task


def decide(run: ScanRun, *, key: str, answer: str, by: User) -> ScanAnswer:
    """The head of the committee says what a row shows of which two people said different things.

    Raises:
        Refusal: those of `locked_run`, ``scan.not_the_head``, ``scan.no_such_row``,
            ``scan.unknown_answer``, ``scan.not_disputed``.
    """
    with transaction.atomic():
        run = locked_run(run, by)
        seat = count_queries.membership_of(run.poll, by)
        if seat is None or seat.post != BallotCommitteeMember.Post.HEAD:
            raise Refusal(
                "scan.not_the_head",
                gettext_noop("Hai người xem khác nhau thì Trưởng Ban kiểm phiếu quyết định."),
            )
        task = task_of(run, key)
        check_answer(run, answer)
        if not rules.is_disputed({row.place: row.answer for row in task.answers.all()}):
            raise Refusal(
                "scan.not_disputed",
                gettext_noop("Dòng này không còn chờ Trưởng ban. Tải lại trang."),
            )
        row = ScanAnswer(task=task, place=Place.HEAD, person=by, answer=answer)
        row.full_clean()
        row.save()
        scan_checks.record("scan.decide", task, run.poll, by=by)
    return row


def treat(run: ScanRun, *, keys: list[str], treatment: str, by: User) -> int:
    """Say what became of refused pictures: pulled out for the hand count, scanned again, no paper.

    Returns:
        How many pictures were dealt with.

    Raises:
        Refusal: those of `locked_run`, ``scan.unknown_treatment``, ``scan.not_refused``.
    """
    with transaction.atomic():
        run = locked_run(run, by)
        if treatment not in {Treatment.HAND, Treatment.AGAIN, Treatment.NO_PAPER}:
            raise Refusal("scan.unknown_treatment", gettext_noop("Chọn cách xử lý các ảnh này."))
        sheets = list(
            ScanSheet.objects.filter(run=run, pk__in=keys, status=ScanSheet.Status.REFUSED)
        )
        if not sheets or len(sheets) < len(set(keys)):
            raise Refusal(
                "scan.not_refused", gettext_noop("Chọn ít nhất một ảnh mà máy không đọc.")
            )
        for sheet in sheets:
            mark(sheet, treatment, by)
            scan_checks.record("scan.treat", sheet, run.poll, by=by, after={"as": treatment})
    return len(sheets)


def mark(sheet: ScanSheet, treatment: str, by: User) -> None:
    """Write what became of a picture."""
    sheet.treatment, sheet.treated_by = treatment, by
    sheet.full_clean()
    sheet.save(update_fields=["treatment", "treated_by"])


def judge_pair(run: ScanRun, *, key: str, is_same: bool, by: User) -> ScanPair:
    """Say whether two pictures show one paper; if so, one of them counts no more.

    Raises:
        Refusal: those of `locked_run`, ``scan.no_such_pair``, ``scan.pair_judged``.
    """
    with transaction.atomic():
        run = locked_run(run, by)
        pair = queries.pair_of(run, key)
        if pair is None:
            raise Refusal("scan.no_such_pair", gettext_noop("Không có cặp ảnh này."))
        if pair.verdict:
            raise Refusal("scan.pair_judged", gettext_noop("Cặp ảnh này đã có người xem."))
        pair.verdict = Verdict.SAME if is_same else Verdict.DIFFERENT
        pair.decided_by = by
        pair.full_clean()
        pair.save(update_fields=["verdict", "decided_by"])
        if is_same and not pair.first.treatment:
            mark(pair.second, Treatment.AGAIN, by)
        scan_checks.record("scan.judge_pair", pair, run.poll, by=by, after={"as": pair.verdict})
    return pair


def draw_sample(run: ScanRun, *, seed: str, size: int, by: User) -> ScanSample:
    """Draw rows by a number thrown in public; two people then look at each of them.

    Raises:
        Refusal: those of `locked_run`, ``scan.sample_drawn``, ``scan.sample_size``.
    """
    with transaction.atomic():
        run = locked_run(run, by)
        rows = queries.pile_of(run).by_machine
        check_sample(run, len(rows), size)
        sample = ScanSample(run=run, seed=seed, size=size, drawn_by=by)
        sample.full_clean()
        sample.save()
        tasks = [
            ScanTask(sheet=sheet, entry_code=code, purpose=ScanTask.Purpose.SAMPLE)
            for sheet, code in map(rows.__getitem__, sampling.drawn(rows, seed, size))
        ]
        LOTS.shuffle(tasks)
        ScanTask.objects.bulk_create(tasks)
        scan_checks.record(
            "scan.draw_sample", run, run.poll, by=by, after={"seed": seed, "size": size}
        )
    return sample


def check_sample(run: ScanRun, rows: int, size: int) -> None:
    """One sample a run, of at least the usual size.

    Raises:
        Refusal: ``scan.sample_drawn``, ``scan.sample_size``.
    """
    if ScanSample.objects.filter(run=run).exists():
        raise Refusal("scan.sample_drawn", gettext_noop("Mẫu kiểm tra đã bốc, không bốc lại."))
    smallest = queries.smallest_sample(run.poll, rows)
    if not rows or not smallest <= size <= rows:
        raise Refusal(
            "scan.sample_size",
            gettext_noop("Mẫu phải có từ %(smallest)d đến %(rows)d dòng."),
            params={"smallest": smallest, "rows": rows},
            field="size",
        )
