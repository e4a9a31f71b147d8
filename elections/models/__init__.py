"""Secret polls: entries, ballot committee, counts, outcome."""

from elections.models.annulments import Annulment
from elections.models.committee import BallotCommittee, BallotCommitteeMember
from elections.models.counts import Count, CountLine, Recount
from elections.models.follow_ups import FollowUp
from elections.models.list_changes import ListChange
from elections.models.motions import Motion, Resignation
from elections.models.outcomes import Outcome, OutcomeLine, PollFile
from elections.models.papers import (
    BATCH_SIZE,
    PaperAccount,
    PaperBatch,
    PaperDifference,
    PaperReading,
)
from elections.models.polls import (
    Act,
    CountingWay,
    Exemption,
    Nomination,
    Poll,
    PollEntry,
    PollKind,
    PollState,
    RepeatReason,
    public_result,
)
from elections.models.posts import PollPost
from elections.models.print_runs import PrintRun
from elections.models.scans import (
    ScanAnswer,
    ScanPair,
    ScanRun,
    ScanSample,
    ScanSheet,
    ScanTask,
    ScanUpload,
)
from elections.models.seat_releases import SeatRelease
from elections.models.subject_papers import SubjectPaper
from elections.models.triggers import Petitioner, Trigger, TriggerKind

__all__ = [
    "BATCH_SIZE",
    "Act",
    "Annulment",
    "BallotCommittee",
    "BallotCommitteeMember",
    "Count",
    "CountLine",
    "CountingWay",
    "Exemption",
    "FollowUp",
    "ListChange",
    "Motion",
    "Nomination",
    "Outcome",
    "OutcomeLine",
    "PaperAccount",
    "PaperBatch",
    "PaperDifference",
    "PaperReading",
    "Petitioner",
    "Poll",
    "PollEntry",
    "PollFile",
    "PollKind",
    "PollPost",
    "PollState",
    "PrintRun",
    "Recount",
    "RepeatReason",
    "Resignation",
    "ScanAnswer",
    "ScanPair",
    "ScanRun",
    "ScanSample",
    "ScanSheet",
    "ScanTask",
    "ScanUpload",
    "SeatRelease",
    "SubjectPaper",
    "Trigger",
    "TriggerKind",
    "public_result",
]
