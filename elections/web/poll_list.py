"""The list of a poll as its page shows it: post by post or block by block, with its history."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from elections.forms.polls import VoteTotalsForm
from elections.models import ListChange, Nomination, Poll, PollEntry, PollKind, PollPost
from elections.queries import posts
from sessions.queries import sittings as session_queries


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; an election's group is a post."""

    title: str
    detail: str
    post: PollPost | None
    rows: tuple[tuple[PollEntry, Nomination | None], ...]


def context_of(poll: Poll, entries: list[PollEntry]) -> dict[str, object]:
    """Groups of the list; for an election also the proposals about it."""
    if poll.kind != PollKind.ELECTION:
        return {"groups": blocks_of(entries)}
    written = posts.posts_of(poll)
    lists = posts.lists_of(written, entries)
    changes = list(changes_of(poll))
    undecided = any(change.state == ListChange.State.PROPOSED for change in changes)
    return {
        "groups": [group_of(found, several=len(written) > 1) for found in lists],
        "has_several_posts": len(written) > 1,
        "empty_post": next((found.post for found in lists if not found.standing), None),
        "changes": changes,
        "undecided": undecided,
        "change_form": VoteTotalsForm(initial=vote_initial(poll)) if undecided else None,
    }


def group_of(found: posts.PostList, *, several: bool) -> Group:
    """A post with its candidates; the heading is left out where there is one post only."""
    seats = _("bầu %(seats)d người") % {"seats": found.post.seats}
    return Group(
        title=found.post.office.title if several else "",
        detail=seats if several else "",
        post=found.post,
        rows=rows_of(found.entries),
    )


def blocks_of(entries: list[PollEntry]) -> list[Group]:
    """The lines block by block, in the order of the paper."""
    found: dict[str, list[PollEntry]] = {}
    for entry in entries:
        found.setdefault(entry.block, []).append(entry)
    return [
        Group(
            title="" if block == PollEntry.Block.NONE else str(rows[0].get_block_display()),
            detail="",
            post=None,
            rows=rows_of(rows),
        )
        for block, rows in found.items()
    ]


def rows_of(
    entries: list[PollEntry] | tuple[PollEntry, ...],
) -> tuple[tuple[PollEntry, Nomination | None], ...]:
    """Each line with who introduced the candidate."""
    return tuple((entry, getattr(entry, "nomination", None)) for entry in entries)


def changes_of(poll: Poll) -> QuerySet[ListChange]:
    """Every proposal about the list, with its vote."""
    return poll.list_changes.select_related(
        "person", "poll_post__office", "proposed_by__person", "open_vote", "summary"
    ).order_by("recorded_at", "pk")


def vote_initial(poll: Poll) -> dict[str, int]:
    """Everybody present in favour, the usual case; the clerk corrects it."""
    sitting = session_queries.open_sitting_of(poll.council_session)
    if sitting is None:
        return {}
    return {"for_count": session_queries.present_count(sitting)}
