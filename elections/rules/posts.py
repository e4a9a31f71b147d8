"""Several posts on one ballot paper: each has its own candidates, seats, cut, ties and open seats.

The majority is the same for all (more than half of all delegates); nobody's votes for one post
touch another. With one post this is `elections.rules.outcome.elect`.

Source: practice, no article; guidance 883/HD-UBTVQH14 speaks of "the post or group of posts".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from council.rules.law import Level, Provision
from elections.rules import outcome, sentences
from elections.rules.outcome import EntryOutcome, Outcome, Verdict
from elections.rules.tally import EntryCount, SheetTotals


@dataclass(frozen=True, slots=True)
class Post:
    """One post of an election's paper.

    Attributes:
        key: tells the posts of one paper apart.
        seats: how many are to be elected to it (≥ 1).
        entries: codes of its candidates.
    """

    key: int
    seats: int
    entries: frozenset[str]


@dataclass(frozen=True, slots=True)
class PostResult:
    """How one post came out.

    Attributes:
        elected: codes of those elected, in the order of the paper.
        others: codes of those not elected, in the order of the paper.
        is_known: False while the source does not tell every candidate's votes.
        note: Vietnamese msgid, why seats stay open; empty where none do.
        note_rule: the provision behind the note.
    """

    post: Post
    elected: tuple[str, ...]
    others: tuple[str, ...]
    is_known: bool
    note: str
    note_rule: Provision | None

    @property
    def seats_left(self) -> int:
        """Seats that nobody won."""
        return self.post.seats - len(self.elected)


@dataclass(frozen=True, slots=True)
class Decided:
    """The paper as a whole, and post by post."""

    outcome: Outcome
    posts: tuple[PostResult, ...]

    @property
    def open_posts(self) -> tuple[PostResult, ...]:
        """Posts with seats that nobody won: only these go on to another round."""
        return tuple(result for result in self.posts if result.seats_left > 0)


def decide(
    posts: Sequence[Post],
    *,
    on: date,
    level: Level | str,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    total_delegates: int | None,
    is_short_council: bool = False,
) -> Decided:
    """Each post by the rule of the day, the rows again in the order of the paper.

    Args:
        posts: at least one; every entry belongs to exactly one.
        on: the day of the poll.
        level: the council's level.
        totals: the papers.
        entries: all rows in the order of the paper.
        total_delegates: all delegates that day.
        is_short_council: decisions need more than two thirds of the delegates in office.

    Raises:
        Refusal: ``law.no_rule``.
        ValueError: an entry belongs to no post, or to two (a fault of the caller).
    """
    check_partition(posts, entries)
    found: dict[int, Outcome] = {
        post.key: outcome.elect(
            on=on,
            level=level,
            totals=totals,
            entries=[entry for entry in entries if entry.entry in post.entries],
            total_delegates=total_delegates,
            seats=post.seats,
            is_short_council=is_short_council,
        )
        for post in posts
    }
    rows = {row.entry: row for decided in found.values() for row in decided.entries}
    results = tuple(result_of(post, found[post.key]) for post in posts)
    return Decided(merged(found, [rows[entry.entry] for entry in entries]), results)


def check_partition(posts: Sequence[Post], entries: Sequence[EntryCount]) -> None:
    """Every row has exactly one post."""
    listed = sorted(code for post in posts for code in post.entries)
    if not posts or listed != sorted(entry.entry for entry in entries):
        raise ValueError(f"posts {listed} do not partition the paper's rows")


def result_of(post: Post, decided: Outcome) -> PostResult:
    """One post's own result."""
    return PostResult(
        post=post,
        elected=tuple(row.entry for row in decided.elected),
        others=tuple(row.entry for row in decided.entries if row.verdict is not Verdict.ELECTED),
        is_known=all(row.verdict is not None for row in decided.entries),
        note=decided.note,
        note_rule=decided.note_rule,
    )


def merged(found: Mapping[int, Outcome], rows: Sequence[EntryOutcome]) -> Outcome:
    """One outcome of the whole paper; with several posts its note only points at the posts."""
    every = list(found.values())
    first = every[0]
    is_open = [decided for decided in every if decided.note]
    note = "" if not is_open else is_open[0].note if len(every) == 1 else sentences.POSTS_OPEN
    return Outcome(
        rule=first.rule,
        base=first.base,
        base_value=first.base_value,
        needed=first.needed,
        entries=tuple(rows),
        note=note,
        note_rule=is_open[0].note_rule if is_open else None,
    )
