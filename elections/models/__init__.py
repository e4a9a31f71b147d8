"""Secret polls: entries, ballot committee, counts, outcome."""

from elections.models.committee import BallotCommittee, BallotCommitteeMember
from elections.models.counts import Count, CountLine, Recount
from elections.models.outcomes import Outcome, OutcomeLine, PollFile
from elections.models.papers import (
    BATCH_SIZE,
    PaperAccount,
    PaperBatch,
    PaperDifference,
    PaperReading,
)
from elections.models.polls import (
    CountingWay,
    Exemption,
    Nomination,
    Poll,
    PollEntry,
    PollKind,
    PollState,
)

__all__ = [
    "BATCH_SIZE",
    "BallotCommittee",
    "BallotCommitteeMember",
    "Count",
    "CountLine",
    "CountingWay",
    "Exemption",
    "Nomination",
    "Outcome",
    "OutcomeLine",
    "PaperAccount",
    "PaperBatch",
    "PaperDifference",
    "PaperReading",
    "Poll",
    "PollEntry",
    "PollFile",
    "PollKind",
    "PollState",
    "Recount",
]
