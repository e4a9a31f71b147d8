"""This confidence vote beside the one before, each with its own base."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from elections.models import Outcome, OutcomeLine, Poll
from elections.queries import earlier
from elections.rules import polls as kinds
from elections.web.result_table import Figure, figures_of


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote on one person: when, of what the percentages are, the figures."""

    line: OutcomeLine
    poll: Poll
    outcome: Outcome
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One person's two votes."""

    now: Vote
    before: Vote

    @property
    def has_other_base(self) -> bool:
        """Whether the law changed what the percentages are of, so that they do not compare."""
        return self.now.outcome.base != self.before.outcome.base


def compared(
    poll: Poll, outcome: Outcome, lines: Iterable[OutcomeLine], *, visible: Q
) -> list[Compared]:
    """The persons who were voted on before, in the order of the paper.

    Args:
        visible: which earlier results the reader may see (`elections.queries.earlier`).
    """
    before = earlier.earlier_lines(poll, visible=visible)
    kind = kinds.PollKind(poll.kind)

    def vote(line: OutcomeLine, held: Poll, result: Outcome) -> Vote:
        return Vote(line, held, result, figures_of(kind, line))

    return [
        Compared(vote(line, poll, outcome), vote(old, old.outcome.poll, old.outcome))
        for line in lines
        if (old := before.get(line.entry.person_id)) is not None
    ]
