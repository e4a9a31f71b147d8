"""Ticking off what came in and went out about each person before a confidence vote."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules import periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Poll, PollEntry, PollKind, SubjectPaper
from elections.queries import subject_papers as queries
from elections.services import locks


def record(poll: Poll, *, step: str, done_on: date, persons: Sequence[PollEntry], by: User) -> int:
    """Write down a step for these persons; what was written before gets the new day.

    An opinion takes the place of the word that there is none, and the other way round.

    Returns how many were written.

    Raises:
        Refusal: ``access.denied``, ``papers.not_confidence``, ``papers.nobody``,
            ``papers.other_list``, ``papers.in_future``, ``date.implausible``.

    Source: NQ 96/2023 Art. 11.
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    periods.check_plausible(done_on, field="done_on")
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check(poll, persons)
        if done_on > timezone.localdate():
            raise Refusal(
                "papers.in_future",
                gettext_noop("Chỉ ghi việc đã làm: ngày không thể sau hôm nay."),
                field="done_on",
            )
        SubjectPaper.objects.filter(entry__in=persons, step__in=[step, *replaced_by(step)]).delete()
        for entry in persons:
            paper = SubjectPaper(entry=entry, step=step, done_on=done_on, recorded_by=by)
            paper.full_clean()
            paper.save()
        audit.record(
            "poll.papers",
            poll,
            by=by,
            council=council,
            after={
                "step": step,
                "done_on": str(done_on),
                "persons": [entry.person_id for entry in persons],
            },
        )
    return len(persons)


def forget(poll: Poll, *, step: str, persons: Sequence[PollEntry], by: User) -> int:
    """Take back a step that was ticked off by mistake; the audit log keeps that it was.

    Raises:
        Refusal: ``access.denied``, ``papers.not_confidence``, ``papers.nobody``,
            ``papers.other_list``.
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check(poll, persons)
        SubjectPaper.objects.filter(entry__in=persons, step=step).delete()
        audit.record(
            "poll.papers_forget",
            poll,
            by=by,
            council=council,
            before={"step": step, "persons": [entry.person_id for entry in persons]},
        )
    return len(persons)


def replaced_by(step: str) -> list[str]:
    """What can no longer stand beside the step."""
    return [
        str(other)
        for pair in queries.INSTEAD.items()
        for one, other in (pair, pair[::-1])
        if one == step
    ]


def check(poll: Poll, persons: Sequence[PollEntry]) -> None:
    """A confidence vote's own lines, at least one."""
    if poll.kind != PollKind.CONFIDENCE:
        raise Refusal(
            "papers.not_confidence", gettext_noop("Chỉ lấy phiếu tín nhiệm mới có hồ sơ này.")
        )
    if not persons:
        raise Refusal("papers.nobody", gettext_noop("Chọn ít nhất một người."), field="persons")
    if any(entry.poll_id != poll.pk for entry in persons):
        raise Refusal(
            "papers.other_list",
            gettext_noop("Có người không thuộc danh sách này."),
            field="persons",
        )
