"""Secret polls: entries, ballot committee, counts, outcome."""

from elections.models.committee import BallotCommittee, BallotCommitteeMember
from elections.models.counts import Count, CountLine, Recount
from elections.models.outcomes import Outcome, OutcomeLine, PollFile
from elections.models.polls import Exemption, Nomination, Poll, PollEntry, PollKind, PollState

__all__ = [
    "BallotCommittee",
    "BallotCommitteeMember",
    "Count",
    "CountLine",
    "Exemption",
    "Nomination",
    "Outcome",
    "OutcomeLine",
    "Poll",
    "PollEntry",
    "PollFile",
    "PollKind",
    "PollState",
    "Recount",
]
