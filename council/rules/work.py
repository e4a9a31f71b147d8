"""What waits for whom: the plain shapes behind the first screen after login.

Each app has one function, named in the setting WORK_SOURCES, that returns a `Work`; the home page
joins them. So the lowest app shows what the upper ones know without importing them.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do: a sentence, where to do it, and the words on the button."""

    sentence: str
    url: str
    action: str
    detail: str = ""
    urgency: int = 5
    """0 = the hall is waiting, 5 = today, 9 = some day; the list is sorted by it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the session's course: state is done, now or next."""

    title: str
    detail: str
    state: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A legal deadline with its source and mark; `state` is done, ok, soon, late or open."""

    what: str
    due_on: date
    source: str
    state: str
    left: str = ""


@dataclass(slots=True)
class Work:
    """What one app has to say about one person's work in one council."""

    headline: str = ""
    lead: str = ""
    mine: list[WorkItem] = field(default_factory=list)
    others: list[WorkItem] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    deadlines: list[DueDate] = field(default_factory=list)

    def add(self, other: "Work") -> None:
        """Join another app's part; the first headline wins."""
        self.headline = self.headline or other.headline
        self.lead = self.lead or other.lead
        self.mine = sorted([*self.mine, *other.mine], key=lambda item: item.urgency)
        self.others = [*self.others, *other.others]
        self.steps = [*self.steps, *other.steps]
        self.deadlines = sorted([*self.deadlines, *other.deadlines], key=lambda due: due.due_on)
