"""What the books know about one session: the figures from which its next step is told."""

from collections import Counter
from dataclasses import dataclass

from council.models import Job
from sessions.models import AgendaDecision, AgendaItem, ItemKind, Session, Sitting
from sessions.queries import agenda, notices, papers

NEEDS_PAPERS = (ItemKind.REPORT, ItemKind.SUBMISSION, ItemKind.VERIFICATION)


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures of one session; polls and resolutions by state, as the upper apps wrote them."""

    items: tuple[AgendaItem, ...]
    rows: tuple[agenda.Row, ...]
    sittings: tuple[Sitting, ...]
    loads: tuple[agenda.SittingLoad, ...]
    papers: int
    waiting_papers: int
    bare_items: int
    votes: int
    polls: Counter[str]
    resolutions: Counter[str]
    notices: dict[str, int]
    notices_job: Job | None
    decision: AgendaDecision | None

    @property
    def live_items(self) -> int:
        """Items that stand on the agenda."""
        return sum(item.state != AgendaItem.State.DROPPED for item in self.items)

    @property
    def open_sitting(self) -> Sitting | None:
        """The sitting that runs, suspended or not."""
        running = (Sitting.State.OPEN, Sitting.State.SUSPENDED)
        return next((one for one in self.sittings if one.state in running), None)

    @property
    def next_sitting(self) -> Sitting | None:
        """The first sitting that has not been held yet."""
        planned = (one for one in self.sittings if one.state == Sitting.State.PLANNED)
        return min(planned, key=lambda one: (one.held_on, one.starts_at), default=None)

    @property
    def current_item(self) -> AgendaItem | None:
        """The item that the hall is dealing with."""
        states = (item for item in self.items if item.state == AgendaItem.State.CURRENT)
        return next(states, None)

    @property
    def over_minutes(self) -> int:
        """Minutes by which the sittings are planned too full, all together."""
        return sum(load.over for load in self.loads)

    @property
    def open_polls(self) -> int:
        """Polls that are neither published nor annulled."""
        return sum(self.polls.values()) - self.polls["published"] - self.polls["annulled"]

    @property
    def open_resolutions(self) -> int:
        """Resolutions that are not published yet."""
        return sum(self.resolutions.values()) - self.resolutions["published"]


def of(council_session: Session) -> Facts:
    """The figures, in a number of queries that does not grow with the session."""
    items = tuple(agenda.for_staff(council_session))
    rows = tuple(agenda.in_tree_order(items))
    sittings = tuple(council_session.sittings.order_by("ordinal"))
    return Facts(
        items=items,
        rows=rows,
        sittings=sittings,
        loads=tuple(agenda.loads(rows, sittings)),
        papers=council_session.documents.filter(withdrawn_at=None).count(),
        waiting_papers=papers.waiting_for_release(council_session).count(),
        bare_items=_bare(rows),
        votes=council_session.open_votes.count(),
        polls=Counter(council_session.polls.values_list("state", flat=True)),
        resolutions=Counter(council_session.resolutions.values_list("state", flat=True)),
        notices=notices.tally(council_session),
        notices_job=notices.job_of(council_session),
        decision=agenda.unused_decision(council_session),
    )


def _bare(rows: tuple[agenda.Row, ...]) -> int:
    """Items that usually rest on a paper, have nothing below them, and hold none."""
    parents = {row.item.parent_id for row in rows}
    return sum(
        row.item.kind in NEEDS_PAPERS
        and row.item.pk not in parents
        and row.item.state != AgendaItem.State.DROPPED
        and not row.item.documents.all()
        for row in rows
    )
