"""The confidence vote before this one, person by person."""

from django.db.models import Q

from elections.models import OutcomeLine, Poll, PollEntry, PollKind, PollState

CONFIRMED = Q(outcome__poll__state__in=[PollState.AGREED, PollState.PUBLISHED])
PUBLIC = Q(outcome__poll__state=PollState.PUBLISHED)


def earlier_lines(poll: Poll, *, visible: Q) -> dict[int, OutcomeLine]:
    """Person → the line of his or her last confidence vote before this one, in any term.

    Annulled results are never compared with. Empty for other kinds of poll.

    Args:
        visible: `PUBLIC` on public pages, `CONFIRMED` for the staff.
    """
    if poll.kind != PollKind.CONFIDENCE:
        return {}
    people = PollEntry.objects.filter(poll=poll).values("person")
    lines = (
        OutcomeLine.objects.filter(
            visible,
            outcome__poll__kind=PollKind.CONFIDENCE,
            outcome__poll__held_on__lt=poll.held_on,
            entry__person__in=people,
        )
        .select_related("outcome__poll__council_session__term__council", "entry__person")
        .order_by("outcome__poll__held_on", "outcome__poll_id")
    )
    return {line.entry.person_id: line for line in lines}
