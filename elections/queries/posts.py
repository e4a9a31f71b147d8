"""The posts on an election's paper, and what a count makes of each."""

from dataclasses import dataclass

from council.models import Office
from elections.models import Count, Poll, PollEntry, PollKind, PollPost
from elections.queries import counts, figures
from elections.queries import polls as queries
from elections.rules import posts as rules
from elections.rules import tally


def posts_of(poll: Poll) -> list[PollPost]:
    """The posts in the order of the paper; the poll's own office where no rows were written."""
    if poll.kind != PollKind.ELECTION or poll.office is None:
        return []
    rows = list(PollPost.objects.filter(poll=poll).select_related("office").order_by("position"))
    return rows or [PollPost(poll=poll, office=poll.office, seats=poll.seats, position=1)]


def has_several(poll: Poll) -> bool:
    """Whether the paper elects to more than one post."""
    return PollPost.objects.filter(poll=poll, position__gt=1).exists()


def post_of(entry: PollEntry, posts: list[PollPost]) -> PollPost | None:
    """The post for which the candidate stands; the only one where the entry names none."""
    if entry.poll_post_id is not None:
        return next((post for post in posts if post.pk == entry.poll_post_id), None)
    return posts[0] if posts else None


def office_of(poll: Poll, entry: PollEntry) -> Office | None:
    """The office for which the candidate stands."""
    return entry.poll_post.office if entry.poll_post else poll.office


@dataclass(frozen=True, slots=True)
class PostList:
    """One post with its lines of the paper, withdrawn ones included."""

    post: PollPost
    entries: tuple[PollEntry, ...]

    @property
    def standing(self) -> int:
        """How many still stand."""
        return sum(entry.withdrawn_at is None for entry in self.entries)


def lists_of(posts: list[PollPost], entries: list[PollEntry]) -> list[PostList]:
    """The lines of the paper, post by post."""
    return [
        PostList(post, tuple(entry for entry in entries if post_of(entry, posts) is post))
        for post in posts
    ]


def rule_posts(posts: list[PollPost], entries: list[PollEntry]) -> list[rules.Post]:
    """The posts as the rules read them, with those who stand."""
    return [
        rules.Post(
            key=found.post.position,
            seats=found.post.seats,
            entries=frozenset(row.code for row in found.entries if row.withdrawn_at is None),
        )
        for found in lists_of(posts, entries)
    ]


def decide(poll: Poll, count: Count) -> rules.Decided:
    """The election's outcome, the paper as a whole and post by post.

    Raises:
        Refusal: ``law.no_rule``.
    """
    return rules.decide(
        rule_posts(posts_of(poll), list(queries.standing_entries(poll))),
        on=poll.held_on,
        level=poll.council_session.term.council.level,
        totals=tally.SheetTotals(**figures.totals_of(count)),
        entries=figures.entry_counts(poll, counts.figures_of(count)),
        total_delegates=poll.total_delegates,
        is_short_council=poll.is_short_council,
    )
