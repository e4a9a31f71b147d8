"""One member's reading of a batch: take it, keep each finished paper, hand it in.

A kept paper leaves no line in the audit log: a line a paper would be a time a paper.
"""

from collections.abc import Sequence

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, versions
from elections.models import PaperBatch, PaperReading
from elections.queries import batches as queries
from elections.queries.records import stored_of
from elections.rules import readings as rules
from elections.rules.papers import Paper
from elections.services import batch_checks, batches, locks


def start(batch: PaperBatch, *, by: User) -> PaperReading:
    """Take a batch to read it: as the first reader, or as the second where another began.

    Starting again returns the reading already started.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, ``batch.not_reading``, ``batch.both_taken``.
    """
    access.authorise(by, "count.enter", batch.poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(batch.poll_id)
        batch_checks.check_open(poll, by)
        batch = locks.batch(batch.pk)
        begun = locks.readings(batch)
        mine = [reading for reading in begun if reading.reader_id == by.pk]
        if mine:
            return mine[0]
        batch_checks.check_reading_state(batch)
        taken = {reading.place for reading in begun}
        free = [place for place in PaperReading.Place if place not in taken]
        if not free:
            raise Refusal(
                "batch.both_taken",
                gettext_noop("Hai thành viên khác đang đọc tập phiếu này. Nhận một tập khác."),
            )
        reading = PaperReading(batch=batch, place=free[0], reader=by, papers=[])
        reading.full_clean(exclude=["papers"])
        reading.save()
        batch_checks.record("batch.read", batch, poll, by=by)
    return reading


def keep(
    batch: PaperBatch, *, papers: Sequence[Paper], version: int | None, by: User
) -> PaperReading:
    """Keep the papers finished so far, in the order of the pile. Sending them again is a no-op.

    What only adds papers to the kept ones is taken whatever its version, so an answer that was
    lost on the way makes nothing stale.

    Args:
        batch: being read by the caller.
        papers: all finished papers of this reading, at most the batch's size.
        version: of the reading as the caller saw it.
        by: the reader.

    Raises:
        Refusal: ``access.denied``, ``count.not_counting``, ``batch.not_reading``,
            ``reading.not_started``, ``reading.already_submitted``, ``reading.too_many``,
            ``edit.stale`` (kept differently in another window meanwhile).
    """
    access.authorise(by, "count.enter", batch.poll.council_session.term.council)
    with transaction.atomic():
        batch = locks.batch(batch.pk)
        batch_checks.check_open(batch.poll, by)
        batch_checks.check_reading_state(batch)
        reading = batch_checks.own_draft(batch, by)
        if len(papers) > batch.size:
            raise Refusal(
                "reading.too_many",
                gettext_noop("Tập này có %(size)d phiếu. Nếu đếm được nhiều hơn, bỏ tập, đọc lại."),
                params={"size": batch.size},
            )
        stored = [stored_of(paper) for paper in papers]
        kept = list(reading.papers)
        if stored == kept:
            return reading
        if stored[: len(kept)] != kept:
            versions.check(reading, version)
        reading.papers = stored
        versions.bump(reading)
        reading.full_clean(exclude=["papers"])
        reading.save(update_fields=["papers", "version"])
    return reading


def submit(batch: PaperBatch, *, by: User) -> PaperReading:
    """Hand in the reading; the second hand-in settles the batch where both read the same.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``count.not_counting``,
            ``count.already_agreed``, ``batch.not_reading``, ``reading.not_started``,
            ``reading.already_submitted``, ``reading.incomplete``.
    """
    access.authorise(by, "count.enter", batch.poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(batch.poll_id)
        batch_checks.check_open(poll, by)
        batch = locks.batch(batch.pk)
        batch_checks.check_reading_state(batch)
        reading = batch_checks.own_draft(batch, by)
        if len(reading.papers) != batch.size:
            raise Refusal(
                "reading.incomplete",
                gettext_noop(
                    "Tập này có %(size)d phiếu, bạn đã nhập %(keyed)d. Nếu đếm lại thấy số phiếu "
                    "khác, bỏ tập và lập tập mới."
                ),
                params={"size": batch.size, "keyed": len(reading.papers)},
            )
        reading.state = PaperReading.State.SUBMITTED
        versions.bump(reading)
        reading.full_clean()
        reading.save(update_fields=["state", "version"])
        batch_checks.record("batch.submit", batch, poll, by=by)
        both = queries.submitted_readings(batch)
        if both and not rules.differences(*(queries.papers_in(each) for each in both)):
            batches.close(batch, both, {})
            batch_checks.record("batch.settle", batch, poll, by=by)
    return reading
