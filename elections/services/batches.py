"""Batches of papers: open one, settle what two readings saw differently, or read it anew.

Nothing in the audit log or in a batch says which paper came when: entries name the batch, and a
settled batch holds its papers in the order of their own text.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, versions
from elections.models import PaperBatch, PaperDifference, PaperReading, Poll
from elections.queries import batches as queries
from elections.queries.records import paper_of, stored_of
from elections.rules import papers as rules
from elections.rules import readings
from elections.rules.papers import BLANK, OVER
from elections.rules.polls import options_of
from elections.services import batch_checks, count_checks, locks

Decisions = Mapping[tuple[int, str], readings.Decision]


def open_batch(
    poll: Poll, *, source: str = PaperBatch.Source.BOX, size: int, by: User
) -> PaperBatch:
    """Lay out the next batch of papers, to be read by two members.

    Args:
        poll: being counted.
        source: box (way `ballots`), or refused and sample (way `scans`).
        size: papers in it, 1 to 25.
        by: a member of the poll's committee.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, ``count.other_way``, ``count.no_account``,
            ``batch.too_many``.
        ValidationError: a size that no batch has.
    """
    access.authorise(by, "count.enter", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        batch_checks.check_open(poll, by)
        count_checks.check_way(poll, batch_checks.WAY_OF_SOURCE[PaperBatch.Source(source)])
        batch_checks.check_fits(poll, source, taken=queries.taken(poll, source), size=size)
        batch = PaperBatch(
            poll=poll, source=source, number=queries.next_number(poll, source), size=size
        )
        batch.full_clean()
        batch.save()
        batch_checks.record("batch.open", batch, poll, by=by)
    return batch


def settle(batch: PaperBatch, *, decisions: Decisions, by: User) -> PaperBatch:
    """Write down what both saw on the paper for every row that differs; the batch is settled.

    Both readings stay as they were read, only their order is lost.

    Args:
        batch: with both readings handed in.
        decisions: (place in the pile, entry code or ``@valid``) → what both saw, and how.
        by: a member of the poll's committee.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, ``batch.not_reading``, ``batch.readings_open``,
            ``batch.differences_open``, ``batch.unknown_mark``.
    """
    access.authorise(by, "count.reconcile", batch.poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(batch.poll_id)
        batch_checks.check_open(poll, by)
        batch = locks.batch(batch.pk)
        batch_checks.check_reading_state(batch)
        both = locks.readings(batch)
        check_both_submitted(both)
        differing = readings.differences(*(queries.papers_in(each) for each in both))
        check_decided(poll, differing, decisions)
        keep_differences(batch, differing, decisions, by=by)
        close(batch, both, decisions)
        batch_checks.record("batch.settle", batch, poll, by=by)
    return batch


def void(batch: PaperBatch, *, reason: str, by: User) -> PaperBatch:
    """Set a batch aside and read its papers anew, in another batch; both readings are kept.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, ``batch.already_void``.
    """
    access.authorise(by, "count.reconcile", batch.poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(batch.poll_id)
        batch_checks.check_open(poll, by)
        batch = locks.batch(batch.pk)
        if batch.state == PaperBatch.State.VOID:
            raise Refusal("batch.already_void", gettext_noop("Tập phiếu này đã bỏ để đọc lại."))
        batch.state, batch.void_reason, batch.papers = PaperBatch.State.VOID, reason, None
        versions.bump(batch)
        batch.full_clean()
        batch.save(update_fields=["state", "void_reason", "papers", "version"])
        lose_order(locks.readings(batch))
        batch_checks.record("batch.void", batch, poll, by=by, after={"reason": reason})
    return batch


def close(batch: PaperBatch, both: list[PaperReading], decisions: Decisions) -> None:
    """Store the papers that stand and lose every order. For `settle` and the last hand-in."""
    first, second = (queries.papers_in(reading) for reading in both)
    standing = readings.settled(first, second, decisions)
    batch.state = PaperBatch.State.SETTLED
    batch.papers = [stored_of(paper) for paper in standing]
    versions.bump(batch)
    batch.full_clean()
    batch.save(update_fields=["state", "papers", "version"])
    lose_order(both)


def lose_order(rows: list[PaperReading]) -> None:
    """Rewrite each reading in the order of its papers' own text, its versions forgotten."""
    for reading in rows:
        heap = [paper_of(stored) for stored in reading.papers]
        reading.papers = [stored_of(paper) for paper in rules.in_no_order(heap)]
        reading.version = 1
        reading.full_clean(exclude=["papers"])  # a draft that was set aside may hold none
    PaperReading.objects.bulk_update(rows, ["papers", "version"])


def keep_differences(
    batch: PaperBatch,
    differing: Iterable[readings.Difference],
    decisions: Decisions,
    *,
    by: User,
) -> None:
    """One row a difference, in the order of their own text: a paper's place is not kept."""
    rows = [
        PaperDifference(
            batch=batch,
            entry_code=row.code,
            first=row.first,
            second=row.second,
            agreed=decisions[row.place, row.code].agreed,
            reason=decisions[row.place, row.code].reason,
            recorded_by=by,
        )
        for row in differing
    ]
    rows.sort(key=lambda row: (row.entry_code, row.first, row.second, row.agreed, row.reason))
    for row in rows:
        row.full_clean()
    PaperDifference.objects.bulk_create(rows)


def check_both_submitted(both: list[PaperReading]) -> None:
    """Refuse to lay side by side what is not handed in."""
    handed_in = [each for each in both if each.state == PaperReading.State.SUBMITTED]
    if len(handed_in) != len(PaperReading.Place):
        raise Refusal(
            "batch.readings_open",
            gettext_noop("Chưa đối chiếu được: cả hai người đọc phải nộp xong tập phiếu này."),
        )


def check_decided(
    poll: Poll, differing: Iterable[readings.Difference], decisions: Decisions
) -> None:
    """Every differing row needs its decision with a reason, in words of the paper."""
    marks = {*options_of(poll.kind), BLANK, OVER}
    whole = {readings.VALID, readings.INVALID}
    rows = list(differing)
    left = [row for row in rows if not is_decided(decisions.get((row.place, row.code)))]
    if left:
        raise Refusal(
            "batch.differences_open",
            gettext_noop("Còn %(open)d chỗ chưa ghi hai người thấy gì trên tờ phiếu, và vì sao."),
            params={"open": len(left)},
        )
    for row in rows:
        known = whole if row.code == readings.WHOLE else marks
        if decisions[row.place, row.code].agreed not in known:
            raise Refusal(
                "batch.unknown_mark",
                gettext_noop("Chọn một trong các dấu có trên tờ phiếu này."),
            )


def is_decided(decision: readings.Decision | None) -> bool:
    """Whether there is both a mark and a reason."""
    return decision is not None and bool(decision.agreed) and bool(decision.reason.strip())
