"""A confidence vote on two papers, led to any step."""

from elections.models import Poll
from elections.queries import polls as queries
from elections.queries import split_papers as parts
from elections.services import counts, split_papers
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage


def prepared(stage: Stage) -> Poll:
    """The first of the two papers."""
    return split_papers.prepare_confidence(
        stage.council_session, item=None, title="Lấy phiếu tín nhiệm", held_on=DAY,
        by=stage.user("clerk"),
    )  # fmt: skip


def both(first: Poll) -> tuple[Poll, Poll]:
    """Council's and committee's paper as they stand now."""
    council, committee = parts.parts_of(Poll.objects.get(pk=first.pk))
    return council, committee


def counted(stage: Stage, poll: Poll, high: int) -> None:
    """One paper counted by two and confirmed."""
    lines = {
        (entry.code, option): votes
        for entry in queries.standing_entries(poll)
        for option, votes in (("high", high), ("confidence", 32 - high), ("low", 0))
    }
    staging.typed(stage, poll, "counter1", changes=lines)
    staging.typed(stage, poll, "counter2", changes=lines)
    counts.agree(poll, by=stage.user("counter1"))
    counts.confirm(poll, by=stage.user("counter2"))
