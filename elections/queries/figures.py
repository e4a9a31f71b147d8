"""Figures of counts as the rules read them: their sums, and two counts side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from elections.models import Count, Poll, PollEntry
from elections.queries import counts as queries
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import tally

Totals = Mapping[str, int | None]
Lines = Mapping[tuple[str, str], int | None]

TOTAL_CELL_LABELS = {
    "printed": _("Phiếu in"),
    "issued": _("Phát ra"),
    "unused": _("Chưa dùng"),
    "spoiled": _("Hỏng, đổi"),
    "returned": _("Thu về"),
    "not_returned": _("Không thu về"),
    "valid": _("Hợp lệ"),
    "invalid": _("Không hợp lệ"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as the first and the second member counted it, and what a recount gave."""

    cell: str
    label: object
    first: int
    second: int
    recounted: int | None = None
    reason: str = ""

    @property
    def differs(self) -> bool:
        """Whether the two counts disagree."""
        return self.first != self.second

    @property
    def is_open(self) -> bool:
        """Whether they disagree and no recount settled it."""
        return self.differs and self.recounted is None

    @property
    def agreed(self) -> int:
        """The number that stands: both the same, or the recount. Only where not open."""
        return self.first if self.recounted is None else self.recounted


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One row of the paper with its cells in the order of the options."""

    entry: PollEntry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both submitted counts cell by cell."""

    first: Count
    second: Count
    totals: tuple[Cell, ...]
    lines: tuple[ComparedLine, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, totals first."""
        return (*self.totals, *(cell for line in self.lines for cell in line.cells))

    @property
    def differing(self) -> tuple[Cell, ...]:
        """Cells in which the two disagree, settled or not."""
        return tuple(cell for cell in self.cells if cell.differs)

    @property
    def open_cells(self) -> tuple[Cell, ...]:
        """Cells still to be counted again."""
        return tuple(cell for cell in self.cells if cell.is_open)

    @property
    def may_agree(self) -> bool:
        """Whether nothing is left to be counted again."""
        return not self.open_cells

    @property
    def agreed_totals(self) -> dict[str, int | None]:
        """The totals that stand; None where still open."""
        return {cell.cell: None if cell.is_open else cell.agreed for cell in self.totals}

    @property
    def agreed_lines(self) -> dict[tuple[str, str], int | None]:
        """The votes that stand, by entry code and option; None where still open."""
        return {
            split_cell(cell.cell): None if cell.is_open else cell.agreed
            for line in self.lines
            for cell in line.cells
        }

    @property
    def remarks(self) -> str:
        """Remarks of both counters, each once."""
        said = dict.fromkeys(text for text in (self.first.remarks, self.second.remarks) if text)
        return "\n".join(said)


def cell_of(code: str, option: str) -> str:
    """The name of a row's cell: ``c03:low``."""
    return f"{code}:{option}"


def split_cell(cell: str) -> tuple[str, str]:
    """Entry code and option of a row's cell."""
    code, _colon, option = cell.partition(":")
    return code, option


def totals_of(count: Count) -> dict[str, int | None]:
    """The count's totals by name."""
    return {name: getattr(count, name) for name in tally.TOTAL_FIELDS}


def comparison(poll: Poll) -> Comparison | None:
    """First and second count side by side, or None until both are submitted."""
    submitted = queries.submitted_counts(poll)
    if not submitted:
        return None
    first, second = submitted
    recounts = {row.cell: row for row in queries.recounts_of(poll)}
    before, after = queries.figures_of(first), queries.figures_of(second)

    def made(cell: str, label: object, ours: int | None, theirs: int | None) -> Cell:
        settled = recounts.get(cell)
        return Cell(
            cell=cell,
            label=label,
            first=ours or 0,
            second=theirs or 0,
            recounted=settled.agreed if settled else None,
            reason=settled.reason if settled else "",
        )

    totals = tuple(
        made(name, TOTAL_CELL_LABELS[name], getattr(first, name), getattr(second, name))
        for name in tally.TOTAL_FIELDS
    )
    labels = kinds.labels_of(poll.kind)
    lines = tuple(
        ComparedLine(
            entry,
            tuple(
                made(
                    cell_of(entry.code, option),
                    label,
                    before.get((entry.code, option)),
                    after.get((entry.code, option)),
                )
                for option, label in labels
            ),
        )
        for entry in poll_queries.standing_entries(poll)
    )
    return Comparison(first, second, totals, lines)


def entry_counts(poll: Poll, lines: Lines) -> list[tally.EntryCount]:
    """The rows as the rules read them, in the order of the paper."""
    options = kinds.options_of(poll.kind)
    return [
        tally.EntryCount(
            entry=entry.code,
            name=entry.person.full_name,
            votes={option: lines.get((entry.code, option)) for option in options},
        )
        for entry in poll_queries.standing_entries(poll)
    ]


def problems_in(poll: Poll, totals: Totals, lines: Lines) -> list[tally.Problem]:
    """Every sum that fails among these figures; what is not typed yet is not reported."""
    return tally.check(
        poll.kind,
        tally.SheetTotals(**totals),
        entry_counts(poll, lines),
        total_delegates=poll.total_delegates,
        present=poll.present,
    )


def missing_in(totals: Totals, lines: Lines) -> int:
    """How many cells are still empty."""
    return sum(value is None for value in (*totals.values(), *lines.values()))
