"""The papers of one confidence vote that was split by block: two polls, led together."""

from django.db.models import Q

from elections.models import Poll, PollState


def parts_of(poll: Poll) -> list[Poll]:
    """Both papers, the council's block first; a poll on one paper is its only part.

    A part that was annulled alone is left out, unless it is the one asked for.
    """
    if not poll.block:
        return [poll]
    first = poll.split_from_id or poll.pk
    found = Poll.objects.filter(Q(pk=first) | Q(split_from=first))
    return list(
        found.filter(~Q(state=PollState.ANNULLED) | Q(pk=poll.pk))
        .select_related("council_session__term__council", "office", "sitting", "list_vote")
        .order_by("pk")
    )


def other_part(poll: Poll) -> Poll | None:
    """The other paper of a split vote."""
    return next((part for part in parts_of(poll) if part.pk != poll.pk), None)


def is_annulled(poll: Poll) -> bool:
    """Whether the poll was annulled, or one of its papers where it was split."""
    if not poll.block:
        return poll.state == PollState.ANNULLED
    first = poll.split_from_id or poll.pk
    found = Poll.objects.filter(Q(pk=first) | Q(split_from=first))
    return found.filter(state=PollState.ANNULLED).exists()
