"""Rows that two members read differently, paper by paper, with the form of what both then saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from elections.forms.papers import BatchSettleForm
from elections.models import PaperBatch
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import readings
from elections.web.keying_page import void_names


@dataclass(frozen=True, slots=True)
class Row:
    """One difference in words."""

    name: str
    first: str
    second: str
    agreed: BoundField
    reason: BoundField


@dataclass(frozen=True, slots=True)
class DifferingPaper:
    """One paper of the pile, counted from its top."""

    place: int
    rows: tuple[Row, ...]


def whole_names() -> dict[str, str]:
    """What one may think of a paper as a whole."""
    return {
        readings.VALID: _("Hợp lệ, các dấu như người kia đã đọc"),
        readings.INVALID: _("Cả lá không hợp lệ"),
    }


def names_of(batch: PaperBatch) -> dict[str, str]:
    """What may stand in a row, in words."""
    labels = {option: _(label) for option, label in kinds.labels_of(batch.poll.kind)}
    return {**labels, **void_names()}


def form_for(
    batch: PaperBatch, differing: Sequence[readings.Difference], data: object
) -> BatchSettleForm:
    """The form for these rows."""
    return BatchSettleForm(
        data,
        rows=differing,
        marks=list(names_of(batch).items()),
        whole=list(whole_names().items()),
    )


def papers_of(batch: PaperBatch, form: BatchSettleForm) -> list[DifferingPaper]:
    """The differences grouped by paper, named by person."""
    people = {
        entry.code: f"{number}. {entry.person.full_name}"
        for number, entry in enumerate(poll_queries.standing_entries(batch.poll), start=1)
    }
    names = {**names_of(batch), readings.VALID: _("Hợp lệ"), readings.INVALID: _("Không hợp lệ")}
    return [
        DifferingPaper(
            place,
            tuple(
                Row(
                    name=people.get(row.code, _("Cả lá phiếu")),
                    first=names[row.first],
                    second=names[row.second],
                    agreed=form[f"agreed-{row.place}-{row.code}"],
                    reason=form[f"reason-{row.place}-{row.code}"],
                )
                for row in rows
            ),
        )
        for place, rows in groupby(form.rows, key=lambda row: row.place)
    ]
