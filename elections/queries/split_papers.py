"""The papers of one confidence vote that was split by block: two polls, led together.

A paper that was annulled alone may be voted on again; the vote then has a third poll, which takes
the place of the annulled one.
"""

from django.db.models import Q, QuerySet

from elections.models import Poll, PollState
from elections.models.polls import Block


def papers_of(poll: Poll) -> QuerySet[Poll]:
    """Every paper of the vote, annulled ones too: the council's block first, then by age."""
    first = poll.split_from_id or poll.pk
    return (
        Poll.objects.filter(Q(pk=first) | Q(split_from=first))
        .select_related("council_session__term__council", "office", "sitting", "list_vote")
        .order_by("-block", "pk")
    )


def parts_of(poll: Poll) -> list[Poll]:
    """One paper a block, the council's first; a poll on one paper is its only part.

    Of the other block that paper which was not annulled, if there is one.
    """
    if not poll.block:
        return [poll]
    return [
        part
        for part in papers_of(poll)
        if part.pk == poll.pk or (part.block != poll.block and part.state != PollState.ANNULLED)
    ]


def standing_parts(poll: Poll) -> list[Poll]:
    """The papers that were not annulled, one a block; a poll on one paper is its only part."""
    if not poll.block:
        return [poll]
    return [part for part in papers_of(poll) if part.state != PollState.ANNULLED]


def led_together(poll: Poll) -> list[Poll]:
    """The papers that a verb leads at once: a paper voted on again goes its way alone."""
    if poll.repeats_id is not None:
        return [poll]
    return [part for part in parts_of(poll) if part.repeats_id is None]


def voted_again(poll: Poll) -> list[Poll]:
    """The standing papers that took the place of annulled ones."""
    return [part for part in standing_parts(poll) if part.block and part.repeats_id]


def other_part(poll: Poll) -> Poll | None:
    """The other paper of a split vote."""
    return next((part for part in parts_of(poll) if part.pk != poll.pk), None)


def standing_of_block(poll: Poll) -> Poll | None:
    """The paper of the same block that was not annulled: the poll itself, or what replaced it."""
    return next((part for part in standing_parts(poll) if part.block == poll.block), None)


def lacks_a_paper(poll: Poll) -> bool:
    """Whether the poll was annulled; where it was split, a block of which no paper stands."""
    if not poll.block:
        return poll.state == PollState.ANNULLED
    return {part.block for part in standing_parts(poll)} != set(Block.values)


def may_be_repeated(poll: Poll) -> bool:
    """Whether this paper alone was annulled or stopped, and nothing takes its place yet."""
    if not poll.block or poll.state != PollState.ANNULLED:
        return False
    return [part.block != poll.block for part in standing_parts(poll)] == [True]
