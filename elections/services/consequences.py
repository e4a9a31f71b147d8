"""What a frozen outcome does to offices and seats, and the steps it opens and closes."""

from council.models import Mandate, Tenure, User
from council.services import departures, mandates, offices
from elections.models import Act, Motion, Outcome, Poll, PollKind, Resignation
from elections.rules.outcome import Verdict
from elections.services import follow_ups, resignations, triggers

END_REASONS = {
    Act.DISMISSAL: Tenure.EndReason.DISMISSED,
    Act.REMOVAL: Tenure.EndReason.REMOVED,
    Act.RESIGNATION: Tenure.EndReason.RESIGNED,
}


def carry_out(outcome: Outcome, *, by: User) -> None:
    """End what the council ended, ask for the approval from above, open and close steps.

    For verbs that are authorised elsewhere: confirming the count.

    Raises:
        Refusal: ``tenure.already_ended``, ``mandate.already_ended`` (ended meanwhile by hand).
    """
    poll = outcome.poll
    if poll.kind in (PollKind.DISMISSAL, PollKind.REMOVAL):
        for motion in motions_of(outcome):
            verdict = motion.entry.outcome_line.verdict
            if verdict == Verdict.PASSED:
                end_by(motion, poll, by=by)
            if motion.resignation is not None and verdict:
                granted = verdict == Verdict.PASSED
                state = Resignation.State.GRANTED if granted else Resignation.State.REFUSED
                waiting = resignations.lock(motion.resignation)
                resignations.decide(waiting, state, on=poll.held_on, by=by)
    follow_ups.settle_by(poll, by=by)
    follow_ups.open_after(outcome, by=by)


def motions_of(outcome: Outcome) -> list[Motion]:
    """The grounds of the lines, in the order of the paper."""
    return list(
        Motion.objects.filter(entry__outcome_line__outcome=outcome)
        .select_related(
            "entry__outcome_line",
            "entry__tenure__office__council",
            "entry__tenure__person",
            "mandate__term__council",
            "mandate__person",
            "resignation",
        )
        .order_by("entry__position")
    )


def end_by(motion: Motion, poll: Poll, *, by: User) -> None:
    """The office or seat ends with the day of the vote.

    Source: Law 72/2025 Art. 37(3)-(5), 38(5), 38(7).
    """
    if motion.mandate is not None:
        reason = Mandate.EndReason.REMOVED
        mandates.end_mandate(motion.mandate, ends_on=poll.held_on, reason=reason, by=by)
        return
    tenure = motion.entry.tenure
    assert tenure is not None  # noqa: S101 - a line about an office names the tenure
    ended = offices.end_tenure(
        tenure, ends_on=poll.held_on, reason=END_REASONS[Act(poll.act)], by=by
    )
    departures.ask_approval(ended, by=by)


def undo(poll: Poll, *, by: User) -> None:
    """The poll is void: what it ended runs on, its steps fall away, its grounds may be used again.

    For verbs that are authorised elsewhere.

    Raises:
        Refusal: ``office.is_held``, ``office.no_free_seat`` where somebody took the office since.
    """
    follow_ups.undo_of(poll, by=by)
    triggers.free_entries_of(poll.pk)
    passed = Motion.objects.filter(
        entry__poll=poll, entry__outcome_line__verdict=Verdict.PASSED
    ).select_related("entry__tenure__office__council", "mandate__term__council")
    for motion in passed.order_by("pk"):
        if motion.mandate is not None:
            mandates.resume_mandate(motion.mandate, by=by)
        elif motion.entry.tenure is not None:
            departures.take_back(motion.entry.tenure, by=by)
