"""Petitions, motions and requests led to a frozen outcome, for the tests of the instruments."""

from datetime import date

from council.models import Tenure
from elections.models import Act, FollowUp, Outcome, Poll, Resignation, Trigger
from elections.services import annulments, motions, no_confidence, resignations, triggers
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

ASKED_ON = date(2028, 11, 1)
VICE_CHAIR = 5
"""The person who is vice chair of the people's committee in the cast."""


def petition(stage: Stage, *, person: int = VICE_CHAIR, petitioners: int = 12) -> Trigger:
    """A petition of so many delegates; 12 of 35 are a third."""
    return triggers.record_petition(
        stage.cast.council, person=stage.cast.people[person],
        petitioners=stage.cast.mandates[10:10 + petitioners], received_on=ASKED_ON,
        document="Kiến nghị ngày 01/11/2028", by=stage.user("clerk"),
    )  # fmt: skip


def front(stage: Stage, *, person: int = VICE_CHAIR, document: str = "15/CV-MTTQ") -> Trigger:
    """The Fatherland Front's petition."""
    return triggers.record_front(
        stage.cast.council, person=stage.cast.people[person], received_on=ASKED_ON,
        document=document, by=stage.user("clerk"),
    )  # fmt: skip


def no_confidence_poll(
    stage: Stage, *petitions: Trigger, follow_ups: tuple[FollowUp, ...] = ()
) -> Poll:
    """A no-confidence vote resting on these."""
    return no_confidence.prepare(
        stage.council_session, item=None, title="Bỏ phiếu tín nhiệm", held_on=DAY,
        petitions=petitions, follow_ups=follow_ups, by=stage.user("clerk"),
    )  # fmt: skip


def motion_poll(stage: Stage, act: str = Act.DISMISSAL) -> Poll:
    """A poll on dismissals or whatever the act says, without lines."""
    return motions.prepare(
        stage.council_session, act=act, item=None, title=f"Cuộc {act}", held_on=DAY,
        by=stage.user("clerk"),
    )  # fmt: skip


def tenure_of(stage: Stage, kind: str) -> Tenure:
    """The cast's holder of an office."""
    return stage.cast.tenures[kind]


def dismissal(
    stage: Stage, *, kind: str = "pc_vice_chair", proposer: str = "pc_chair", act: str = "dismissal"
) -> Poll:
    """A dismissal with one line, proposed by somebody with the authority."""
    poll = motion_poll(stage, act)
    motions.propose(
        poll, tenure=tenure_of(stage, kind), proposer=tenure_of(stage, proposer),
        proposed_on=ASKED_ON, reason="Theo quy định", submission=None, by=stage.user("clerk"),
    )  # fmt: skip
    return poll


def removal(stage: Stage, seat: int = 20) -> Poll:
    """The removal of a delegate."""
    poll = motion_poll(stage, motions.REMOVE_DELEGATE)
    motions.propose_removal(
        poll, mandate=stage.cast.mandates[seat], proposed_on=ASKED_ON, reason="Vắng các kỳ họp",
        submission=None, by=stage.user("clerk"),
    )  # fmt: skip
    return poll


def request(
    stage: Stage, *, kind: str = "pc_vice_chair", consent: str = "Công văn 20-CV/TU"
) -> Resignation:
    """A written request to leave an office."""
    return resignations.record(
        tenure_of(stage, kind), requested_on=ASKED_ON, reason="Lý do sức khỏe", consent=consent,
        by=stage.user("clerk"),
    )  # fmt: skip


def resignation(stage: Stage, kind: str = "pc_vice_chair") -> Poll:
    """A resignation put before the council."""
    poll = motion_poll(stage, Act.RESIGNATION)
    motions.put_resignation(poll, resignation=request(stage, kind=kind), by=stage.user("clerk"))
    return poll


def lost(poll: Poll, options: tuple[int, ...]) -> dict[tuple[str, str], int]:
    """Other votes for every line, in the order of the options."""
    return {
        (entry.code, option): votes
        for entry in poll.entries.all()
        for option, votes in zip(staging.kinds.options_of(poll.kind), options, strict=True)
    }


def low_result(stage: Stage, low: int, *, person: int = VICE_CHAIR) -> Outcome:
    """A confidence vote in which one person gets so many low marks of 33 papers."""
    poll = staging.confidence(stage)
    code = poll.entries.get(person=stage.cast.people[person]).code
    changes = {(code, "high"): 0, (code, "confidence"): 32 - low, (code, "low"): low}
    return staging.agreed(stage, poll, changes=changes)


def annulled(stage: Stage, poll: Poll) -> None:
    """The authority above annuls the result."""
    annulments.by_document(
        poll, body="Ủy ban Thường vụ Quốc hội", document="Nghị quyết 9", decided_on=DAY,
        reason="Thủ tục sai", by=stage.user("chair"),
    )  # fmt: skip
