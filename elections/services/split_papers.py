"""A confidence vote on two papers, one a block: prepared at once, led together, counted apart.

A paper that is annulled alone is voted on again alone; the other keeps its result.

Source: practice, no article; NQ 96/2023 Art. 18 speaks of separate ballot kinds by group.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import (
    Exemption,
    Poll,
    PollEntry,
    PollKind,
    PollState,
    RepeatReason,
    SubjectPaper,
)
from elections.queries import split_papers as queries
from elections.queries import subjects
from elections.queries.subjects import Derived
from elections.services import entries, locks
from sessions.models import AgendaItem, Session, SessionState

ROWS_MAX: Final = 50
"""Rows on both sides of one sheet."""

BLOCKS: Final = (PollEntry.Block.COUNCIL, PollEntry.Block.COMMITTEE)
TITLES: Final = {
    PollEntry.Block.COUNCIL: "%(title)s, khối Hội đồng nhân dân",
    PollEntry.Block.COMMITTEE: "%(title)s, khối Ủy ban nhân dân",
}


def prepare_confidence(
    council_session: Session, *, item: AgendaItem | None, title: str, held_on: date, by: User
) -> Poll:
    """As `elections.services.polls.prepare_confidence`, on two papers; returns the first.

    Raises:
        Refusal: those of `elections.services.polls.prepare_confidence` and of `write`.
    """
    council = council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        council_session = entries.lock_session(council_session, held_on)
        entries.check_only_confidence(council_session)
        found = subjects.confidence_subjects(council, held_on)
        return write(council_session, found, item=item, title=title, held_on=held_on, by=by)


def write(
    council_session: Session,
    found: Derived,
    *,
    item: AgendaItem | None,
    title: str,
    held_on: date,
    by: User,
) -> Poll:
    """Two polls in draft, a block each; the exemptions stand with the first.

    Raises:
        Refusal: ``poll.one_block_only``, ``poll.block_too_long``.
    """
    lists = {block: tuple(row for row in found.subjects if row.block == block) for block in BLOCKS}
    check_blocks({block: len(rows) for block, rows in lists.items()})
    first: Poll | None = None
    for block, rows in lists.items():
        poll = entries.new_poll(
            council_session,
            kind=PollKind.CONFIDENCE,
            item=item,
            title=TITLES[block] % {"title": title},
            held_on=held_on,
            by=by,
            block=block,
            split_from=first,
        )
        exempt = found.exemptions if first is None else ()
        entries.write_subjects(poll, replace(found, subjects=rows, exemptions=exempt))
        audit.record(
            "poll.prepare",
            poll,
            by=by,
            council=council_session.term.council,
            after={
                "kind": poll.kind, "held_on": str(held_on), "entries": len(rows), "block": block,
            },
        )  # fmt: skip
        first = first or poll
    assert first is not None  # noqa: S101 - there are two blocks
    return first


def check_blocks(counts: dict[PollEntry.Block, int]) -> None:
    """Each block has somebody, and none more than one sheet holds."""
    if not all(counts.values()):
        raise Refusal(
            "poll.one_block_only",
            gettext_noop("Chỉ có một khối có người được lấy phiếu; in chung một tờ."),
            field="layout",
        )
    for block, count in counts.items():
        if count > ROWS_MAX:
            raise Refusal(
                "poll.block_too_long",
                gettext_noop(
                    "%(block)s có %(count)d người; một tờ A4 hai mặt chỉ in được %(most)d người. "
                    "Chia danh sách của khối này thành hai cuộc lấy phiếu."
                ),
                params={"block": str(block.label), "count": count, "most": ROWS_MAX},
            )


def for_all(poll: Poll, verb: Callable[[Poll], Poll]) -> Poll:
    """Do it to all papers that are led together or to none; returns the poll asked for."""
    with transaction.atomic():
        done = {part.pk: verb(part) for part in queries.led_together(poll)}
    return done[poll.pk]


def repeat(poll: Poll, *, by: User) -> Poll:
    """Prepare the vote on one block again, whose paper alone was annulled or stopped.

    The list is that of the law on the day of the new vote, today within the session; it is
    approved, printed and voted on as the first. Asking twice gives the same paper.

    Raises:
        Refusal: ``access.denied``, ``paper.not_annulled``, ``paper.both_annulled``,
            ``paper.session_closed``, ``poll.nobody_subject``, ``poll.block_too_long``.

    Source: practice, no article.
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        asked = locks.poll(poll.pk)
        session = asked.council_session
        day = max(session.opens_on, min(timezone.localdate(), session.closes_on))
        entries.lock_session(session, day)
        existing = queries.standing_of_block(asked)
        if existing is not None and existing.pk != asked.pk:
            return existing
        check_may_be_repeated(asked)
        found = subjects_of_block(asked, day)
        made = entries.new_poll(
            session,
            kind=PollKind.CONFIDENCE,
            item=asked.item,
            title=title_again(asked),
            held_on=day,
            by=by,
            block=asked.block,
            split_from=asked.split_from or asked,
            repeats=asked,
            repeats_because=RepeatReason.ANNULLED,
        )
        entries.write_subjects(made, found)
        copy_papers(asked, made)
        audit.record(
            "poll.repeat_paper",
            made,
            by=by,
            council=council,
            after={"repeats": asked.pk, "held_on": str(day), "entries": len(found.subjects)},
        )
    return made


def check_may_be_repeated(poll: Poll) -> None:
    """Refuse what was not annulled alone, and a session that is over.

    Raises:
        Refusal: ``paper.not_annulled``, ``paper.both_annulled``, ``paper.session_closed``.
    """
    if not poll.block or poll.state != PollState.ANNULLED:
        raise Refusal(
            "paper.not_annulled",
            gettext_noop(
                "Chỉ lấy phiếu lại một khối khi cuộc lấy phiếu tách thành hai tờ và riêng tờ của "
                "khối ấy bị hủy."
            ),
        )
    if not queries.may_be_repeated(poll):
        raise Refusal(
            "paper.both_annulled",
            gettext_noop(
                "Cả hai tờ phiếu đều bị hủy: lập lại cuộc lấy phiếu tín nhiệm cho cả hai khối."
            ),
        )
    if poll.council_session.state == SessionState.CLOSED:
        raise Refusal(
            "paper.session_closed",
            gettext_noop("Kỳ họp đã bế mạc nên không lấy phiếu lại trong kỳ họp này được."),
        )


def subjects_of_block(poll: Poll, day: date) -> Derived:
    """Who of the block is voted on that day, and exemptions that the other paper does not name.

    Nobody who stands on the other paper is voted on twice.

    Raises:
        Refusal: ``poll.nobody_subject``, ``poll.block_too_long``.
    """
    others = [part.pk for part in queries.standing_parts(poll)]
    voted = set(PollEntry.objects.filter(poll__in=others).values_list("person_id", flat=True))
    exempt = set(Exemption.objects.filter(poll__in=others).values_list("person_id", flat=True))
    found = subjects.confidence_subjects(poll.council_session.term.council, day)
    rows = [row for row in found.subjects if row.block == poll.block]
    left = tuple(row for row in rows if row.person_id not in voted)
    if not left:
        raise Refusal(
            "poll.nobody_subject",
            gettext_noop("Không có ai thuộc diện lấy phiếu tín nhiệm vào ngày này. %(why)s"),
            params={"why": found.explanation},
            cites=found.article,
        )
    check_blocks({PollEntry.Block(poll.block): len(left)})
    exemptions = tuple(row for row in found.exemptions if row.person_id not in exempt)
    return replace(found, subjects=left, exemptions=exemptions)


def title_again(poll: Poll) -> str:
    """The paper's name, saying that the vote is taken again."""
    again = " (lấy phiếu lại)"
    return f"{poll.title.removesuffix(again)[: 300 - len(again)]}{again}"


def copy_papers(poll: Poll, made: Poll) -> None:
    """What came in and went out about these persons before the first vote still counts."""
    lines = {row.person_id: row for row in PollEntry.objects.filter(poll=made)}
    written = SubjectPaper.objects.filter(entry__poll=poll, entry__person__in=list(lines))
    SubjectPaper.objects.bulk_create(
        SubjectPaper(
            entry=lines[row.entry.person_id],
            step=row.step,
            done_on=row.done_on,
            recorded_by_id=row.recorded_by_id,
        )
        for row in written.select_related("entry").order_by("pk")
    )
