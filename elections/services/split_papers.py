"""A confidence vote on two papers, one a block: prepared at once, led together, counted apart.

Source: practice, no article; NQ 96/2023 Art. 18 speaks of separate ballot kinds by group.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Poll, PollEntry, PollKind
from elections.queries import split_papers as queries
from elections.queries import subjects
from elections.queries.subjects import Derived
from elections.services import entries
from sessions.models import AgendaItem, Session

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
    """Do it to all papers of the vote or to none; returns the poll that was asked for."""
    with transaction.atomic():
        done = {part.pk: verb(part) for part in queries.parts_of(poll)}
    return done[poll.pk]
