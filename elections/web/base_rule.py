"""The rule that the figures will be judged by, shown while they are typed."""

from council.rules.law import RULEBOOK, Provision
from council.rules.refusals import Refusal
from elections.models import Poll, PollKind
from elections.rules import outcome

SUBJECTS = {
    PollKind.CONFIDENCE: "confidence.base",
    PollKind.NO_CONFIDENCE: "no_confidence.result",
    PollKind.ELECTION: outcome.ELECTION_MAJORITY,
    PollKind.DISMISSAL: outcome.RESOLUTION_MAJORITY,
    PollKind.REMOVAL: outcome.REMOVAL_MAJORITY,
}


def base_rule(poll: Poll) -> Provision | None:
    """The provision that fixes the base or the majority on the poll's day; None where none does."""
    try:
        return RULEBOOK.provision_on(
            SUBJECTS[PollKind(poll.kind)], poll.held_on, poll.council_session.term.council.level
        )
    except Refusal:
        return None
