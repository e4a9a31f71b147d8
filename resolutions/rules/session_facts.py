"""What happened at a session, as its minutes and its press summary are told from.

Plain data: figures are those of the books, names as they are written. What is secret or not agreed
never gets in here (`resolutions.queries.session_facts`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sessions.rules.indicators import Form


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the books a sentence comes from: the kind of row, its key, its name for people."""

    kind: str
    pk: int
    label: str


@dataclass(frozen=True, slots=True)
class SittingFact:
    """One sitting that was opened.

    Attributes:
        part: ``buổi sáng``.
        opened_at, closed_at: in the hall's time; ``closed_at`` None while it runs.
        total, attended: delegates of the day, and how many of them were in the hall at all.
        present_at_opening: how many were in the hall when it opened.
        excused, unexcused: who was not there at all, with and without a reported reason.
        late: who came after the opening, and when.
    """

    pk: int
    part: str
    held_on: date
    opened_at: datetime
    closed_at: datetime | None
    total: int
    attended: int
    present_at_opening: int
    excused: tuple[str, ...] = ()
    unexcused: tuple[str, ...] = ()
    late: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A paper that delegates received: kind, number, date, issuer, what it is about."""

    pk: int
    kind: str
    number: str
    issued_on: date | None
    issuer: str
    title: str


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One item of the agenda, in reading order."""

    pk: int
    label: str
    title: str
    presenter: str = ""
    papers: tuple[PaperFact, ...] = ()
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class VoteFact:
    """A closed open vote; counts are delegates."""

    pk: int
    matter: str
    subject: str
    item: int | None
    at: datetime
    total: int
    present: int
    in_favour: int
    against: int
    not_voting: int
    passed: bool


@dataclass(frozen=True, slots=True)
class LineFact:
    """One person's row of an agreed result; ``votes`` are (option, papers, share of the base)."""

    name: str
    post: str
    votes: tuple[tuple[str, int, Decimal | None], ...]
    void: int = 0
    verdict: str = ""
    consequence: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class PollFact:
    """A secret poll whose count is agreed; how anybody voted is nowhere.

    The committee and the vote that elected it stand with the first poll that it counted.
    """

    pk: int
    kind: str
    title: str
    subject: str
    item: int | None
    list_vote: int | None
    held_on: date
    total: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int
    base_words: str
    base_value: int
    lines: tuple[LineFact, ...]
    committee: tuple[tuple[str, str], ...] = ()
    committee_vote: int | None = None
    is_published: bool = True
    annulled_on: date | None = None
    annulled_reason: str = ""

    @property
    def is_annulled(self) -> bool:
        """Whether the result was undone."""
        return self.annulled_on is not None

    @property
    def elected(self) -> tuple[LineFact, ...]:
        """Who was elected, as long as the result stands."""
        return () if self.is_annulled else tuple(x for x in self.lines if x.verdict == "elected")


@dataclass(frozen=True, slots=True)
class ResolutionFact:
    """A resolution that the council adopted; without a number until it is signed."""

    pk: int
    symbol: str
    title: str
    vote: VoteFact | None
    is_published: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """A result against its plan or against the same period: the figure and how it is meant."""

    form: Form
    value: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """An indicator with its result in words and its two usual comparisons."""

    pk: int
    name: str
    period: str
    result: str
    plan: Compared | None = None
    prior: Compared | None = None
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class NoteFact:
    """A sentence of the session's public story: achieved, shortcoming or direction."""

    pk: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session so far.

    Attributes:
        pk, number: key and number within the term.
        kind: ``thường lệ cuối năm``.
        unit: ``quận Hà Đông``.
        term: number of the term; `years` its label ``2021-2026``.
        presiding, secretaries: lines "name, post" as the clerk keeps them for the minutes.
        opened_on: day of the first sitting that was opened; None before.
        closed_at: moment of the last sitting's end once the session is closed.
        agenda_vote: key of the vote that adopted the agenda.
    """

    pk: int
    number: int
    kind: str
    unit: str
    term: int
    years: str
    place: str
    opens_on: date
    closes_on: date
    presiding: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()
    closed_at: datetime | None = None
    agenda_vote: int | None = None
    sittings: tuple[SittingFact, ...] = ()
    items: tuple[ItemFact, ...] = ()
    votes: tuple[VoteFact, ...] = ()
    polls: tuple[PollFact, ...] = ()
    resolutions: tuple[ResolutionFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    notes: tuple[NoteFact, ...] = field(default=())

    @property
    def source(self) -> Source:
        """The session itself."""
        return Source("session", self.pk, f"Kỳ họp thứ {self.number}")

    def notes_of(self, kind: str) -> tuple[NoteFact, ...]:
        """The sentences of one kind."""
        return tuple(note for note in self.notes if note.kind == kind)

    def vote(self, pk: int | None) -> VoteFact | None:
        """One of the votes by its key."""
        return next((vote for vote in self.votes if vote.pk == pk), None)

    def standing_polls(self) -> Iterator[PollFact]:
        """Polls that the public knows and whose result stands."""
        return (poll for poll in self.polls if poll.is_published and not poll.is_annulled)
