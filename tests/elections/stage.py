"""A council in session, and polls led to any step, for the tests of the elections app."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.test import Client

from council.models import Tenure, User
from elections.models import BallotCommittee, Count, Outcome, Poll, PollEntry, PollPost
from elections.queries import polls as queries
from elections.queries.preflight_instruments import SUBMITTED
from elections.rules import polls as kinds
from elections.services import committee, counts, motions, polls
from sessions.models import AgendaItem, OpenVote, Presence, Session, Sitting
from sessions.services import votes
from tests import cast as casting
from tests.cast import Cast

DAY = date(2028, 12, 12)
PRESENT = 33
COMMITTEE = range(10, 17)


@dataclass
class Stage:
    """The cast, and a sitting that is open with `PRESENT` of 35 delegates in the hall."""

    cast: Cast
    council_session: Session
    sitting: Sitting
    item: AgendaItem

    def user(self, name: str) -> User:
        return self.cast.user[name]


def build(*, level: str = "province", delegates: int = 35, present: int = PRESENT) -> Stage:
    """A session in progress on an ordinary day late in the term's third year."""
    cast = casting.build(level=level, delegates=delegates)
    clerk, approver = cast.user["clerk"], cast.user["approver"]
    at = datetime(2028, 11, 20, 8, tzinfo=UTC)
    council_session = Session.objects.create(
        term=cast.term, number=8, kind="year_end", opens_on=DAY, closes_on=date(2028, 12, 14),
        place="Hội trường tỉnh", state="in_progress", created_by=clerk, submitted_by=clerk,
        submitted_at=at, approved_by=approver, approved_at=at, convened_at=at,
    )  # fmt: skip
    sitting = Sitting.objects.create(
        council_session=council_session, ordinal=1, held_on=DAY, starts_at=time(8), state="open",
        opened_at=datetime(2028, 12, 12, 1, tzinfo=UTC),
    )  # fmt: skip
    Presence.objects.bulk_create(
        Presence(
            sitting=sitting, mandate=mandate, recorded_by=clerk,
            arrived_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for mandate in cast.mandates[:present]
    )  # fmt: skip
    item = AgendaItem.objects.create(
        council_session=council_session, position=1, title="Lấy phiếu tín nhiệm",
        kind="confidence_vote",
    )  # fmt: skip
    return Stage(cast, council_session, sitting, item)


def take_vote(stage: Stage, matter: str, *, for_count: int = PRESENT) -> OpenVote:
    """An open vote of those present."""
    return votes.take(
        stage.sitting, item=None, matter=matter, subject=f"Biểu quyết {matter}",
        for_count=for_count, against_count=PRESENT - for_count, not_voting_count=0,
        by=stage.user("clerk"),
    )  # fmt: skip


def elect_committee(stage: Stage, seats: range = COMMITTEE) -> BallotCommittee:
    """Propose the delegates of these seats and have them elected."""
    posts = ["head", "secretary", *["member"] * (len(seats) - 2)]
    members = [(stage.cast.mandates[seat], post) for seat, post in zip(seats, posts, strict=True)]
    proposed = committee.propose(stage.council_session, members=members, by=stage.user("clerk"))
    return committee.elect(proposed, vote=take_vote(stage, "committee"), by=stage.user("clerk"))


def confidence(stage: Stage) -> Poll:
    """A confidence vote in draft, with the list that the law gives."""
    return polls.prepare_confidence(
        stage.council_session, item=stage.item, title="Lấy phiếu tín nhiệm", held_on=DAY,
        by=stage.user("clerk"),
    )  # fmt: skip


def election(stage: Stage, *, kind: str = "pc_vice_chair", seats: int = 1) -> Poll:
    """An election to an office, in draft, without candidates."""
    return polls.prepare_election(
        stage.council_session, item=None, office=stage.cast.offices[kind], seats=seats,
        title="Bầu bổ sung Phó Chủ tịch", held_on=DAY, by=stage.user("clerk"),
    )  # fmt: skip


def nominator(stage: Stage, kind: str = "pc_chair") -> Tenure:
    """The holder of the office that may nominate."""
    return stage.cast.tenures[kind]


def candidate(stage: Stage, poll: Poll, person: int) -> PollEntry:
    """Nominate one of the cast, by the chair of the people's committee, on the day."""
    return polls.nominate(
        poll, person=stage.cast.people[person], nominator=nominator(stage), nominated_on=DAY,
        post="Trưởng phòng", submission=None, summary=None, by=stage.user("clerk"),
    )  # fmt: skip


def candidate_for(stage: Stage, poll: Poll, post: PollPost, person: int) -> PollEntry:
    """As `candidate`, for one post of several."""
    return polls.nominate(
        poll, person=stage.cast.people[person], nominator=nominator(stage), nominated_on=DAY,
        post="Trưởng phòng", submission=None, summary=None, poll_post=post, by=stage.user("clerk"),
    )  # fmt: skip


def votes_for(votes: dict[str, int], valid: int = 32) -> dict[tuple[str, str], int]:
    """Lines of an election: so many for each, all other valid papers against."""
    return {
        (code, option): count if option == "for" else valid - count
        for code, count in votes.items()
        for option in ("for", "against")
    }


def approved(stage: Stage, poll: Poll) -> Poll:
    """The council approves the list; one that is submitted to it is only closed."""
    if poll.kind in SUBMITTED:
        return motions.close_list(poll, by=stage.user("clerk"))
    matter = polls.list_matter(poll)
    return polls.approve_list(poll, vote=take_vote(stage, matter), by=stage.user("clerk"))


def opened(stage: Stage, poll: Poll) -> Poll:
    """List approved, committee elected, papers printed, voting open."""
    poll = approved(stage, poll)
    if queries.elected_committee(stage.council_session) is None:
        elect_committee(stage)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    return polls.open_poll(poll, by=stage.user("chair"))


def counting(stage: Stage, poll: Poll) -> Poll:
    """The ballot box is closed."""
    return polls.close_poll(opened(stage, poll), by=stage.user("chair"))


TOTALS = {
    "printed": 40, "issued": 33, "unused": 6, "spoiled": 1, "returned": 33, "not_returned": 0,
    "valid": 32, "invalid": 1,
}  # fmt: skip


def usual_lines(poll: Poll) -> dict[tuple[str, str], int | None]:
    """Plausible votes that add up to the valid papers."""
    shares = {
        "confidence": (25, 5, 2),
        "no_confidence": (30, 2),
        "election": (30, 2),
        "dismissal": (30, 2, 0),
        "removal": (30, 2, 0),
    }[poll.kind]
    options = kinds.options_of(poll.kind)
    return {
        (entry.code, option): votes
        for entry in queries.standing_entries(poll)
        for option, votes in zip(options, shares, strict=True)
    }


def typed(
    stage: Stage,
    poll: Poll,
    counter: str,
    *,
    totals: dict[str, int] | None = None,
    changes: dict[tuple[str, str], int] | None = None,
) -> Count:
    """A counter types a whole count and hands it in."""
    user = stage.user(counter)
    count = counts.start(poll, by=user)
    lines = {**usual_lines(poll), **(changes or {})}
    count = counts.save_figures(
        count, totals={**TOTALS, **(totals or {})}, lines=lines, remarks="", version=count.version,
        by=user,
    )  # fmt: skip
    return counts.submit(count, by=user)


def both_typed(
    stage: Stage, poll: Poll, *, changes: dict[tuple[str, str], int] | None = None
) -> None:
    """Both counts are handed in; `changes` make the second differ."""
    typed(stage, poll, "counter1")
    typed(stage, poll, "counter2", changes=changes)


def agreed(
    stage: Stage, poll: Poll, *, changes: dict[tuple[str, str], int] | None = None
) -> Outcome:
    """Two equal counts, agreed by one member and confirmed by another."""
    poll = counting(stage, poll)
    typed(stage, poll, "counter1", changes=changes)
    typed(stage, poll, "counter2", changes=changes)
    counts.agree(poll, by=stage.user("counter1"))
    return counts.confirm(poll, by=stage.user("counter2"))


def signed_in(stage: Stage, name: str) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    client.force_login(stage.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client
