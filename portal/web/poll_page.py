"""A published result as a table in ballot order, each person's earlier confidence vote beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections.models import Outcome, OutcomeLine, Poll
from elections.queries import earlier
from elections.rules import polls as kinds
from elections.web import comparison
from elections.web.result_table import GRAVE, Figure, figures_of


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


def rows_of(poll: Poll, outcome: Outcome, lines: Iterable[OutcomeLine]) -> list[PollRow]:
    """The rows in the order of the paper; compares with published results only."""
    shown = list(lines)
    found = comparison.compared(poll, outcome, shown, visible=earlier.PUBLIC)
    before = {one.now.line.pk: one for one in found}
    return [row_of(poll, line, before.get(line.pk)) for line in shown]


def row_of(poll: Poll, line: OutcomeLine, compared: comparison.Compared | None) -> PollRow:
    """One row; the sentence of who keeps the standing is said once, above the table."""
    has_sentence = bool(line.consequence) and line.verdict != "kept"
    return PollRow(
        line=line,
        figures=figures_of(kinds.PollKind(poll.kind), line),
        consequence=_(line.consequence) if has_sentence else "",
        is_grave=line.verdict in GRAVE,
        before=compared.before if compared else None,
        has_other_base=compared.has_other_base if compared else False,
    )
