"""What the kept papers come to, as the committee sees it before one of them agrees."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from council.rules.refusals import Refusal
from council.web.refusals import sentence_of
from elections.models import CountingWay, PaperBatch, Poll, PollEntry
from elections.queries import batches as queries
from elections.queries import figures, records
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import readings, tally
from elections.web.count_sheet import said
from elections.web.keying_page import void_names


@dataclass(frozen=True, slots=True)
class Line:
    """One person's figures."""

    entry: PollEntry
    figures: tuple[tuple[str, int | None], ...]
    void: int | None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One settled difference in words."""

    batch: int
    name: str
    first: str
    second: str
    agreed: str
    reason: str


def context_of(poll: Poll) -> dict[str, object]:
    """The figures, or why there are none yet."""
    try:
        agreed = records.agreed_figures(poll)
    except Refusal as refusal:
        return {"refused": sentence_of(refusal), "may_agree": False}
    entries = list(poll_queries.standing_entries(poll))
    problems = tally.errors(figures.problems_in(poll, agreed.totals, agreed.lines))
    return {
        "refused": "",
        "may_agree": not problems,
        "problems": [said(problem) for problem in problems],
        "remarks": agreed.remarks,
        "totals": [
            (figures.TOTAL_CELL_LABELS[name], agreed.totals[name]) for name in tally.TOTAL_FIELDS
        ],
        "labels": [_(label) for _option, label in kinds.labels_of(poll.kind)],
        "lines": [line_of(poll, entry, agreed) for entry in entries],
        "differences": differences_of(poll, entries),
    }


def line_of(poll: Poll, entry: PollEntry, agreed: records.AgreedFigures) -> Line:
    """One row of the table."""
    votes = tuple(
        (_(label), agreed.lines[entry.code, option]) for option, label in kinds.labels_of(poll.kind)
    )
    valid = agreed.totals["valid"]
    marks = sum(number or 0 for _label, number in votes)
    return Line(entry, votes, None if valid is None else valid - marks)


def differences_of(poll: Poll, entries: Sequence[PollEntry]) -> list[DifferenceRow]:
    """What two members read differently, and what both saw then."""
    source = (
        PaperBatch.Source.BOX if poll.counting == CountingWay.BALLOTS else PaperBatch.Source.REFUSED
    )
    people = {entry.code: entry.person.full_name for entry in entries}
    names = {
        **{option: _(label) for option, label in kinds.labels_of(poll.kind)},
        **void_names(),
        readings.VALID: _("Hợp lệ"),
        readings.INVALID: _("Không hợp lệ"),
    }
    return [
        DifferenceRow(
            batch=row.batch.number,
            name=people.get(row.entry_code, _("Cả lá phiếu")),
            first=names[row.first],
            second=names[row.second],
            agreed=names[row.agreed],
            reason=row.reason,
        )
        for row in queries.settled_differences(poll, source)
    ]
