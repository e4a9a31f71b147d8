"""Lead a locked poll from one state to the next and write it down."""

from collections.abc import Mapping

from council.models import User
from council.services import audit
from elections.models import Poll
from elections.rules import lifecycle
from elections.services import locks


def next_state(poll: Poll, verb: str) -> str:
    """Where the verb leads from the poll's state.

    Raises:
        Refusal: ``poll.wrong_state``.
    """
    return lifecycle.check(verb, poll.state).value


def store(
    poll: Poll,
    state: str,
    fields: list[str],
    *,
    verb: str,
    by: User | None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Set the state, check the row, save it and record the verb."""
    before = poll.state
    poll.state = state
    poll.version += 1
    poll.full_clean()
    poll.save(update_fields=["state", "version", *fields])
    audit.record(
        verb,
        poll,
        by=by,
        council=locks.council_of(poll),
        before={"state": before},
        after={"state": state, **(after or {})},
    )
