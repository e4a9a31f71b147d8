"""Which resolution confirms a poll, also where its papers were split and one was voted on again."""

from collections.abc import Sequence

from elections.models import Poll
from elections.queries import split_papers
from resolutions.models import Resolution
from resolutions.queries import outcomes


def confirming(poll: Poll) -> Resolution | None:
    """The resolution on the poll or on its other paper.

    A signed one counts only while it states the result of every paper that was voted on again:
    what was signed before the new vote does not change, the new result needs its own.
    """
    again = split_papers.voted_again(poll)
    found = Resolution.objects.filter(poll__in=split_papers.papers_of(poll)).order_by("-pk")
    for resolution in found:
        if resolution.signed_at is None or states_all(resolution, again):
            return resolution
    return None


def states_all(resolution: Resolution, parts: Sequence[Poll]) -> bool:
    """Whether the text states the result of each of the papers."""
    return all(outcomes.states_result_of(resolution, part) for part in parts)


def first_without_resolution(parts: Sequence[Poll]) -> Poll:
    """The paper that a new resolution names: the first that no other one names."""
    return next((part for part in parts if not hasattr(part, "resolution")), parts[0])
