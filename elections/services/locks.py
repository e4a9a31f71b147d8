"""Take the row that a verb changes, as it stands now.

On PostgreSQL nobody else changes it until the transaction ends; on SQLite the whole database is
locked by the transaction itself.
"""

from council.models import Council
from council.services import rulebook
from elections.models import BallotCommittee, Count, PaperBatch, PaperReading, Poll


def poll(poll_pk: int) -> Poll:
    """The poll, locked, with its session, term, council and office at hand.

    What is decided about it goes by the law approved at this moment.
    """
    rulebook.refresh()
    return (
        Poll.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council", "office", "sitting", "list_vote")
        .get(pk=poll_pk)
    )


def count(count_pk: int) -> Count:
    """The count, locked."""
    return Count.objects.select_for_update(of=("self",)).select_related("poll").get(pk=count_pk)


def committee(committee_pk: int) -> BallotCommittee:
    """The ballot committee, locked, with its session and council at hand."""
    rulebook.refresh()
    return (
        BallotCommittee.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council")
        .get(pk=committee_pk)
    )


def council_of(locked: Poll) -> Council:
    """The council whose poll it is."""
    return locked.council_session.term.council


def batch(batch_pk: int) -> PaperBatch:
    """The batch of papers, locked; its poll first, where the verb changes what the poll counts."""
    return (
        PaperBatch.objects.select_for_update(of=("self",))
        .select_related("poll__council_session__term__council")
        .get(pk=batch_pk)
    )


def readings(locked: PaperBatch) -> list[PaperReading]:
    """Both readings of a locked batch, locked, first reader first."""
    rows = PaperReading.objects.select_for_update(of=("self",)).filter(batch=locked)
    return list(rows.order_by("place"))
