"""A published result as a table in ballot order, the earlier vote of each person beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections.models import Outcome, OutcomeLine, Poll
from elections.queries import earlier
from elections.rules import polls as kinds
from elections.rules.outcome import Verdict
from elections.web import comparison
from elections.web.result_table import GRAVE, Figure, Kept, figures_of


@dataclass(frozen=True, slots=True)
class PollRow:
    """One person on the paper.

    Attributes:
        consequence: what follows, in the page's language; empty where nothing does.
        before: the person's earlier confidence vote, if one is published.
        has_other_base: its percentages are of something else, so they do not compare.
    """

    line: OutcomeLine
    figures: tuple[Figure, ...]
    consequence: str
    is_grave: bool
    before: comparison.Vote | None
    has_other_base: bool


@dataclass(frozen=True, slots=True)
class PollTable:
    """The rows in the order of the paper, and what is said once for all of them.

    Attributes:
        kept: the sentence of who keeps the standing; None where nobody does.
    """

    rows: tuple[PollRow, ...]
    kept: Kept | None

    @property
    def has_void(self) -> bool:
        """Whether any paper counts for nobody in a row; else the column is left out."""
        return any(row.line.void for row in self.rows)

    @property
    def width(self) -> int:
        """Columns of the table."""
        options = len(self.rows[0].figures) if self.rows else 0
        return options + (3 if self.has_void else 2)


def table_of(poll: Poll, outcome: Outcome, lines: Iterable[OutcomeLine]) -> PollTable:
    """The table of a published poll; compares with published results only."""
    shown = list(lines)
    found = comparison.compared(poll, outcome, shown, visible=earlier.PUBLIC)
    before = {one.now.line.pk: one for one in found}
    rows = tuple(row_of(poll, line, before.get(line.pk)) for line in shown)
    return PollTable(rows, kept_of(shown))


def kept_of(lines: list[OutcomeLine]) -> Kept | None:
    """The common sentence of all without a consequence."""
    kept = [line for line in lines if line.verdict == Verdict.KEPT]
    if not kept:
        return None
    return Kept(len(kept), len(kept) == len(lines), _(kept[0].consequence), kept[0].article)


def row_of(poll: Poll, line: OutcomeLine, compared: comparison.Compared | None) -> PollRow:
    """One row; the sentence of who keeps the standing is said once, above the table."""
    has_sentence = bool(line.consequence) and line.verdict != Verdict.KEPT
    return PollRow(
        line=line,
        figures=figures_of(kinds.PollKind(poll.kind), line),
        consequence=_(line.consequence) if has_sentence else "",
        is_grave=line.verdict in GRAVE,
        before=compared.before if compared else None,
        has_other_base=compared.has_other_base if compared else False,
    )
