"""What the pages of the sessions app show, one module a subject."""

from sessions.queries.sittings import open_sitting_of, present_count, present_on, quorum_of

__all__ = ["open_sitting_of", "present_count", "present_on", "quorum_of"]
