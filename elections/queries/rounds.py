"""What remains to be filled after an election, and whether the regulation allows another round."""

from dataclasses import dataclass

from council.models import Office, SettingKey
from council.queries import settings_on
from council.rules.majorities import Base
from council.rules.regulation import Tie
from elections.models import Nomination, OutcomeLine, Poll, PollKind, PollPost, PollState
from elections.queries import polls as queries
from elections.queries import posts
from elections.rules import rounds as rules
from elections.rules import sentences

ELECTED = "elected"


@dataclass(frozen=True, slots=True)
class PostStand:
    """How one post stands: its seats, who was elected to it and who was not, most votes first."""

    post: PollPost
    elected: tuple[OutcomeLine, ...]
    others: tuple[OutcomeLine, ...]
    must_renominate: bool = False
    """Equal votes for the last seat, and the regulation sends them back to the nomination."""

    @property
    def going_on(self) -> tuple[OutcomeLine, ...]:
        """Those who could stand in another round."""
        return () if self.must_renominate else self.others

    @property
    def seats_left(self) -> int:
        """Seats that nobody won."""
        return self.post.seats - len(self.elected)

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to be elected to it."""
        return self.seats_left > 0


@dataclass(frozen=True, slots=True)
class Rounds:
    """How an election stands: post by post, rounds held and allowed, and who says so."""

    posts: tuple[PostStand, ...]
    round: int
    max_rounds: int
    source: str

    @property
    def open_posts(self) -> tuple[PostStand, ...]:
        """Posts that are not filled."""
        return tuple(stand for stand in self.posts if stand.is_open)

    @property
    def seats_left(self) -> int:
        """Seats still to be filled, all posts together."""
        return sum(stand.seats_left for stand in self.open_posts)

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to be elected."""
        return self.seats_left > 0

    @property
    def following(self) -> rules.Following:
        """What comes next by the council's regulation."""
        standing = [rules.Standing(post.seats_left, len(post.going_on)) for post in self.posts]
        return rules.following(standing, number=self.round, max_rounds=self.max_rounds)

    @property
    def may_go_on(self) -> bool:
        """Whether another round may be held: the regulation allows it and somebody could stand."""
        return self.following is rules.Following.ROUND


def rounds_of(poll: Poll) -> Rounds | None:
    """How the election stands after its confirmed result; None for other polls and before it."""
    if poll.kind != PollKind.ELECTION or poll.state not in (PollState.AGREED, PollState.PUBLISHED):
        return None
    outcome = queries.outcome_of(poll)
    lines = list(outcome.lines.all()) if outcome else []
    written = posts.posts_of(poll)
    settings = settings_on(poll.council_session.term.council, poll.held_on)
    value, source = settings[SettingKey.ELECTION_MAX_ROUNDS]
    answer, tie_source = settings[SettingKey.ELECTION_TIE]
    stands = tuple(
        stand_of(
            post,
            [line for line in lines if posts.post_of(line.entry, written) is post],
            renominates=answer == Tie.RENOMINATE,
        )
        for post in written
    )
    if any(stand.must_renominate for stand in stands) and not any(
        stand.is_open and stand.going_on for stand in stands
    ):
        return Rounds(posts=stands, round=poll.round, max_rounds=poll.round, source=tie_source)
    return Rounds(posts=stands, round=poll.round, max_rounds=int(value), source=source)


def is_tied(line: OutcomeLine) -> bool:
    """Whether the person had the majority, but as many votes as another one for the last seat."""
    return line.consequence in {sentences.on_base(sentences.TIED, base) for base in Base}


def offices_left(poll: Poll) -> list[tuple[Office, int]]:
    """Offices with seats that no further round can fill: for these the nomination begins anew.

    Posts that an earlier round left open and that had nobody to go on belong to them. Empty while
    a round is left, where one was prepared, and where everything is filled.
    """
    stand = rounds_of(poll)
    if stand is None or stand.may_go_on or Poll.objects.filter(previous_round=poll).exists():
        return []
    left = [(found.post.office, found.seats_left) for found in stand.open_posts]
    at = poll
    while at.previous_round is not None:
        went_on = {post.office_id for post in posts.posts_of(at)}
        at = at.previous_round
        before = rounds_of(at)
        left += [
            (found.post.office, found.seats_left)
            for found in (before.open_posts if before else ())
            if found.post.office_id not in went_on
        ]
    return left


def stand_of(post: PollPost, lines: list[OutcomeLine], *, renominates: bool) -> PostStand:
    """One post with its lines: the elected in the order of the paper, the others by votes.

    Args:
        post: the post.
        lines: its lines.
        renominates: what the council's regulation says of equal votes for the last seat.
    """
    others = [line for line in lines if line.verdict != ELECTED]
    return PostStand(
        post=post,
        elected=tuple(line for line in lines if line.verdict == ELECTED),
        others=tuple(
            sorted(others, key=lambda line: (-line.votes.get("for", 0), line.entry.position))
        ),
        must_renominate=renominates and any(is_tied(line) for line in lines),
    )


def nominations_of(poll: Poll) -> dict[int, Nomination]:
    """Person → how he or she was introduced in this poll."""
    rows = Nomination.objects.filter(entry__poll=poll).select_related("entry")
    return {row.entry.person_id: row for row in rows}
