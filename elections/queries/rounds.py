"""What remains to be filled after an election, and whether the regulation allows another round."""

from dataclasses import dataclass

from council.models import SettingKey
from council.queries import setting_on
from elections.models import Nomination, OutcomeLine, Poll, PollKind, PollState
from elections.queries import polls as queries

ELECTED = "elected"


@dataclass(frozen=True, slots=True)
class Rounds:
    """How an election stands: seats left, rounds held and allowed, and who says so."""

    seats_left: int
    round: int
    max_rounds: int
    source: str

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to be elected."""
        return self.seats_left > 0

    @property
    def may_go_on(self) -> bool:
        """Whether another round may be held."""
        return self.is_open and self.round < self.max_rounds


def rounds_of(poll: Poll) -> Rounds | None:
    """How the election stands after its confirmed result; None for other polls and before it."""
    if poll.kind != PollKind.ELECTION or poll.state not in (PollState.AGREED, PollState.PUBLISHED):
        return None
    elected = OutcomeLine.objects.filter(outcome__poll=poll, verdict=ELECTED).count()
    value, source = setting_on(
        poll.council_session.term.council, SettingKey.ELECTION_MAX_ROUNDS, poll.held_on
    )
    return Rounds(
        seats_left=poll.seats - elected, round=poll.round, max_rounds=int(value), source=source
    )


def not_elected(poll: Poll) -> list[OutcomeLine]:
    """Those who were not elected, most votes first, then in the order of the paper."""
    outcome = queries.outcome_of(poll)
    lines = [line for line in outcome.lines.all() if line.verdict != ELECTED] if outcome else []
    return sorted(lines, key=lambda line: (-line.votes.get("for", 0), line.entry.position))


def nominations_of(poll: Poll) -> dict[int, Nomination]:
    """Person → how he or she was introduced in this poll."""
    rows = Nomination.objects.filter(entry__poll=poll).select_related("entry")
    return {row.entry.person_id: row for row in rows}
