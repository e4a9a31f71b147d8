"""What happens to a result after it was agreed: it is published with its resolution."""

from django.utils import timezone

from council.models import User
from elections.models import Poll, PollState
from elections.queries import split_papers
from elections.services import locks
from elections.services.states import next_state, store


def mark_published(poll: Poll, *, by: User | None = None) -> Poll:
    """The confirming resolution is published: so are this result and the rounds before it.

    Both papers, where the vote was split by block.

    Runs inside the publication's transaction, which was authorised when the chair signed. A poll
    that is published already, or was annulled meanwhile, stays as it is.

    Raises:
        Refusal: ``poll.wrong_state`` where no result was confirmed.
    """
    for part in split_papers.standing_parts(poll):
        mark_one(part, by=by)
    poll.refresh_from_db()
    return poll


def mark_one(poll: Poll, *, by: User | None) -> None:
    """One paper's result, and the rounds before it."""
    poll = locks.poll(poll.pk)
    if poll.previous_round_id is not None:
        mark_published(Poll.objects.get(pk=poll.previous_round_id), by=by)
    if poll.state in (PollState.PUBLISHED, PollState.ANNULLED):
        return
    state = next_state(poll, "publish")
    poll.published_at = timezone.now()
    store(poll, state, ["published_at"], verb="poll.publish", by=by)
