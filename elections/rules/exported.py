"""The file of agreed counts, from which a program that shares no code computes every outcome.

The form is described in docs/export-counts.md and read by tools/recount.py; a change of it is a
change of `CONTRACT`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from elections.rules import papers as paper_rules
from elections.rules.papers import Paper

CONTRACT: Final = "nghi-truong-counts/1"


@dataclass(frozen=True, slots=True)
class EntryData:
    """A row of the paper that was voted on."""

    code: str
    name: str
    post: str
    block: str


@dataclass(frozen=True, slots=True)
class PostData:
    """A post of an election with its seats and candidates; other polls have one with all rows."""

    office: str
    seats: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineData:
    """What was frozen for one row."""

    votes: Mapping[str, int]
    void: int
    percent: Mapping[str, str]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeData:
    """What was frozen for the poll; lines by entry code, in the order of the paper."""

    rule: str
    article: str
    base: str
    base_value: int
    needed: int | None
    sha256: str
    lines: Mapping[str, LineData]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPoll:
    """One agreed poll.

    Attributes:
        council: its slug.
        term, number: the session.
        papers: the heap, for papers read one by one or scanned; None where it is left out.
    """

    id: int
    council: str
    level: str
    term: str
    number: int
    kind: str
    title: str
    held_on: date
    round: int
    is_annulled: bool
    is_short_council: bool
    total_delegates: int
    present: int
    way: str
    records_sha256: str
    totals: Mapping[str, int]
    entries: Sequence[EntryData]
    posts: Sequence[PostData]
    votes: Mapping[str, Mapping[str, int]]
    papers: Sequence[Paper] | None
    outcome: OutcomeData


def file_of(polls: Sequence[CountedPoll]) -> dict[str, object]:
    """The whole file as data."""
    return {"contract": CONTRACT, "polls": [poll_data(poll) for poll in polls]}


def poll_data(poll: CountedPoll) -> dict[str, object]:
    """One poll as data."""
    return {
        "id": poll.id,
        "council": poll.council,
        "level": poll.level,
        "term": poll.term,
        "session": poll.number,
        "kind": poll.kind,
        "title": poll.title,
        "held_on": poll.held_on.isoformat(),
        "round": poll.round,
        "annulled": poll.is_annulled,
        "short_council": poll.is_short_council,
        "total_delegates": poll.total_delegates,
        "present": poll.present,
        "way": poll.way,
        "records_sha256": poll.records_sha256,
        "totals": dict(poll.totals),
        "entries": [
            {"code": row.code, "name": row.name, "post": row.post, "block": row.block}
            for row in poll.entries
        ],
        "posts": [
            {"office": post.office, "seats": post.seats, "entries": list(post.entries)}
            for post in poll.posts
        ],
        "votes": {code: dict(row) for code, row in poll.votes.items()},
        **_papers(poll.papers),
        "outcome": _outcome(poll.outcome),
    }


def _papers(papers: Sequence[Paper] | None) -> dict[str, object]:
    """The heap in the order of its own text, and its fingerprint."""
    if papers is None:
        return {"papers": None, "papers_sha256": None}
    return {
        "papers": [
            {"valid": paper.is_valid, "marks": dict(paper.marks) if paper.is_valid else {}}
            for paper in paper_rules.in_no_order(papers)
        ],
        "papers_sha256": paper_rules.digest(papers),
    }


def _outcome(outcome: OutcomeData) -> dict[str, object]:
    return {
        "rule": outcome.rule,
        "article": outcome.article,
        "base": outcome.base,
        "base_value": outcome.base_value,
        "needed": outcome.needed,
        "sha256": outcome.sha256,
        "entries": {
            code: {
                "votes": dict(line.votes),
                "void": line.void,
                "percent": dict(line.percent),
                "verdict": line.verdict,
            }
            for code, line in outcome.lines.items()
        },
    }
