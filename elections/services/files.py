"""The files of a poll: asked for in the verb's transaction, made by the worker, kept by content."""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import jobs
from elections.models import Poll, PollFile
from elections.queries import papers
from elections.queries import polls as queries
from elections.services import locks
from elections.typesetting import ballot, minutes, minutes_docx, reading_list

MAKE_BALLOT, MAKE_MINUTES = "elections.make_ballot", "elections.make_minutes"
OF_AN_OUTCOME = {
    PollFile.Kind.MINUTES: minutes.typeset,
    PollFile.Kind.MINUTES_DOCX: minutes_docx.typeset,
    PollFile.Kind.READING: reading_list.typeset,
}
"""What is made of a confirmed outcome, all from the same words."""


def request_ballot(poll: Poll, *, by: User) -> Job:
    """Have the ballot paper made; runs inside the caller's transaction."""
    content = papers.digest(papers.ballot_sheet(poll))
    return jobs.enqueue(
        MAKE_BALLOT,
        key=f"ballot:{poll.pk}:{content[:16]}",
        args=[poll.pk],
        title=_("Dàn trang phiếu: %(poll)s") % {"poll": poll.title[:160]},
        council=locks.council_of(poll),
        by=by,
    )


def request_minutes(poll: Poll, *, by: User) -> Job:
    """Have the counting minutes made; runs inside the caller's transaction."""
    return jobs.enqueue(
        MAKE_MINUTES,
        key=f"minutes:{poll.pk}",
        args=[poll.pk],
        title=_("Dàn trang biên bản kiểm phiếu: %(poll)s") % {"poll": poll.title[:140]},
        council=locks.council_of(poll),
        by=by,
    )


def make_ballot(poll_pk: int, *, job: Job | None = None) -> PollFile:
    """Typeset the ballot paper and its box map; the same content is never made twice.

    Raises:
        Refusal: those of `elections.typesetting.ballot.typeset`.
    """
    poll = papers_poll(poll_pk)
    tell(job, 0)
    sheet = papers.ballot_sheet(poll)
    content = papers.digest(sheet)
    made = existing(poll, PollFile.Kind.BALLOT, content)
    if made is None:
        paper = ballot.typeset(sheet, created=papers.fixed_moment(poll))
        made = keep(poll, PollFile.Kind.BALLOT, content, paper.pdf, box_map=paper.box_map)
    tell(job, 1)
    return made


def make_minutes(poll_pk: int, *, job: Job | None = None) -> PollFile:
    """The minutes of a confirmed outcome (PDF, DOCX) and the sheet for the chair to read aloud.

    The same content is never made twice. Returns the minutes' PDF.

    Raises:
        Refusal: ``minutes.no_outcome``, and those of `elections.typesetting.minutes.typeset`.
    """
    poll = papers_poll(poll_pk)
    outcome = queries.outcome_of(poll)
    if outcome is None:
        raise Refusal(
            "minutes.no_outcome",
            gettext_noop("Chưa có kết quả được xác nhận nên chưa có biên bản kiểm phiếu."),
        )
    tell(job, 0)
    sheet = papers.tally_sheet(poll, outcome)
    content = papers.digest(sheet)
    found = {kind: existing(poll, kind, content) for kind in OF_AN_OUTCOME}
    for kind, typeset in OF_AN_OUTCOME.items():
        if found[kind] is None:
            found[kind] = keep(poll, kind, content, typeset(sheet, created=outcome.agreed_at))
    tell(job, 1)
    made = found[PollFile.Kind.MINUTES]
    assert made is not None  # noqa: S101 - just kept
    return made


def papers_poll(poll_pk: int) -> Poll:
    """The poll with what its papers say."""
    return Poll.objects.select_related("council_session__term__council", "office").get(pk=poll_pk)


def existing(poll: Poll, kind: str, content: str) -> PollFile | None:
    """The file already made from this content."""
    return PollFile.objects.filter(poll=poll, kind=kind, content_digest=content).first()


def keep(
    poll: Poll, kind: str, content: str, made: bytes, *, box_map: Mapping[str, object] | None = None
) -> PollFile:
    """Store the bytes and the row; a second worker that made the same keeps the first's row."""
    suffix = "docx" if kind == PollFile.Kind.MINUTES_DOCX else "pdf"
    row, _created = PollFile.objects.get_or_create(
        poll=poll,
        kind=kind,
        content_digest=content,
        defaults={
            "file": ContentFile(made, name=f"{kind}-{poll.pk}-{content[:16]}.{suffix}"),
            "sha256": hashlib.sha256(made).hexdigest(),
            "box_map": dict(box_map) if box_map is not None else None,
            "made_at": timezone.now(),
        },
    )
    return row


def tell(job: Job | None, done: int) -> None:
    """Progress, where a job waits for it."""
    if job is not None:
        jobs.progress(job, done=done, total=1, step=_("Dàn trang PDF"))
