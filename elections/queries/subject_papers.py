"""What came in and went out about each person before a confidence vote, against the law's days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from council.rules import periods
from council.rules.law import RULEBOOK, Provision
from elections.models import Poll, PollEntry, SubjectPaper
from elections.queries import polls as queries

Step = SubjectPaper.Step
SUBJECTS: Mapping[str, str] = {
    Step.ASKED: "confidence.t_minus_45",
    Step.REPORT: "confidence.t_minus_30",
    Step.DECLARATION: "confidence.t_minus_30",
    Step.OPINION: "confidence.t_minus_25",
    Step.SENT: "confidence.t_minus_20",
}
"""Step → the rule of its last day, counted back from the session's opening."""
INSTEAD = {Step.OPINION: Step.NO_OPINION}
"""What may be written down in place of a step: voters' opinions are sent where there are any."""


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step over all persons on the list.

    Attributes:
        due_on: the last day on which it is in time; None where no rule names one.
        missing: persons of whom nothing is written down, in the order of the paper.
        late: persons of whom it came after the last day.
    """

    step: str
    label: str
    provision: Provision | None
    due_on: date | None
    total: int
    missing: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def done(self) -> int:
        """Of how many it is written down."""
        return self.total - len(self.missing)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's days, in the order of the steps; None where not written down.

    Attributes:
        none_needed: by step, whether it was said that there is nothing to be sent.
    """

    entry: PollEntry
    days: tuple[date | None, ...]
    none_needed: tuple[bool, ...] = ()

    @property
    def cells(self) -> list[tuple[date | None, bool]]:
        """Each step's day, and whether there was nothing to be sent."""
        return list(zip(self.days, self.none_needed, strict=True))


def days_of(poll: Poll) -> dict[tuple[int, str], date]:
    """(line, step) → the day."""
    rows = SubjectPaper.objects.filter(entry__poll=poll)
    return {(row.entry_id, row.step): row.done_on for row in rows}


def standing(poll: Poll) -> list[StepStanding]:
    """Each step of the law with who is missing and who was late."""
    entries = list(queries.standing_entries(poll))
    days = days_of(poll)
    return [_step(poll, step, entries, days) for step in steps()]


def steps() -> list[Step]:
    """The steps of the law; what may stand in place of one is none of its own."""
    return [step for step in Step if step not in INSTEAD.values()]


def rows_of(poll: Poll) -> list[PersonRow]:
    """Each person with the day of each step."""
    days = days_of(poll)
    return [
        PersonRow(
            entry,
            tuple(days.get((entry.pk, step)) for step in steps()),
            tuple((entry.pk, INSTEAD.get(step)) in days for step in steps()),
        )
        for entry in queries.standing_entries(poll)
    ]


def _step(
    poll: Poll, step: Step, entries: list[PollEntry], days: Mapping[tuple[int, str], date]
) -> StepStanding:
    council_session = poll.council_session
    level = council_session.term.council.level
    rule = RULEBOOK.find(SUBJECTS[step], council_session.opens_on, level)
    due_on = (
        periods.days_before(council_session.opens_on, rule.needed_days)
        if rule is not None
        else None
    )
    missing, late = [], []
    for entry in entries:
        day = days.get((entry.pk, step))
        if day is None and (entry.pk, INSTEAD.get(step)) in days:
            continue
        if day is None:
            missing.append(entry.person.full_name)
        elif due_on is not None and day > due_on:
            late.append(entry.person.full_name)
    return StepStanding(
        step=step.value,
        label=str(step.label),
        provision=rule,
        due_on=due_on,
        total=len(entries),
        missing=tuple(missing),
        late=tuple(late),
    )
