"""The confirmed figures as rows of a table, in the order of the ballot paper."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections.models import Outcome, OutcomeLine, Poll
from elections.rules import polls as kinds
from elections.rules.outcome import Verdict

SHADES = {
    "high": "high",
    "confidence": "mid",
    "low": "low",
    "for": "high",
    "against": "low",
    "abstain": "void",
    "no_confidence": "low",
}
"""Option → its shade and shape in bars and keys."""
GRAVE = (Verdict.MAY_RESIGN, Verdict.NO_CONFIDENCE_VOTE, Verdict.DISMISSAL)


@dataclass(frozen=True, slots=True)
class Figure:
    """Votes for one option under its name, and their share as stored."""

    label: str
    votes: int
    percent: str
    shade: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One person: the line, its figures in the order of the options, what follows."""

    line: OutcomeLine
    figures: tuple[Figure, ...]
    consequence: str
    is_grave: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds for everybody without a consequence, said once."""

    count: int
    is_all: bool
    consequence: str
    article: str


def kept_of(outcome: Outcome) -> Kept | None:
    """The common sentence of all who keep their standing; None where nobody does."""
    lines = outcome.lines.all()
    kept = [line for line in lines if line.verdict == Verdict.KEPT]
    if not kept:
        return None
    return Kept(len(kept), len(kept) == len(lines), _(kept[0].consequence), kept[0].article)


def figures_of(kind: kinds.PollKind, line: OutcomeLine) -> tuple[Figure, ...]:
    """A line's figures in the order of the options; a base of nothing has no percentages."""
    return tuple(
        Figure(_(label), line.votes[option], line.percent.get(option, ""), SHADES[option])
        for option, label in kinds.labels_of(kind)
    )


def rows_of(poll: Poll, outcome: Outcome) -> list[ResultRow]:
    """The rows; reads the prefetched lines only."""
    return [
        ResultRow(
            line=line,
            figures=figures_of(kinds.PollKind(poll.kind), line),
            consequence=_(line.consequence),
            is_grave=line.verdict in GRAVE,
        )
        for line in outcome.lines.all()
    ]
