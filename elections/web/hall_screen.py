"""The poll on the hall's screen: turnout before the result, the result page by page after it.

Nothing but the numbers of papers is shown before two members have agreed: no draft count, no
reading, no difference between the two.
"""

from dataclasses import dataclass

from elections.models import Annulment, Outcome, PaperAccount, Poll, PollState
from elections.queries import polls as queries
from elections.queries import records
from elections.web import result_table
from elections.web.result_table import ResultRow

ROWS_ON_SCREEN = 6
"""As many persons as can be read from the last row of the hall."""

WAIT_SECONDS = 5
TURN_SECONDS = 12


@dataclass(frozen=True, slots=True)
class Screen:
    """What the screen shows now.

    Attributes:
        issued, returned: papers, once the committee wrote its account down; None before.
        rows: the persons of this page, in the order of the paper; empty before the result.
        page, pages: which part of the result, from 1.
        next_page: what is shown next; the same page where there is only one, or where it is held.
        seconds: after how many it asks again.
        has_several_posts: whether each person's line must name the office.
    """

    poll: Poll
    outcome: Outcome | None
    annulment: Annulment | None
    standing: int
    issued: int | None
    returned: int | None
    rows: tuple[ResultRow, ...]
    page: int
    pages: int
    next_page: int
    seconds: int
    has_several_posts: bool = False

    @property
    def all_pages(self) -> range:
        """The numbers of the parts."""
        return range(1, self.pages + 1)


def screen_of(poll: Poll, *, page: int, is_held: bool) -> Screen:
    """The screen of a poll.

    Args:
        poll: in any state.
        page: the part of the result that was asked for; what does not exist is the first.
        is_held: whether to stay on that part.
    """
    outcome = queries.outcome_of(poll)
    rows = result_table.rows_of(poll, outcome) if outcome else []
    pages = max(1, -(-len(rows) // ROWS_ON_SCREEN))
    page = page if 1 <= page <= pages else 1
    start = (page - 1) * ROWS_ON_SCREEN
    account = account_of(poll)
    return Screen(
        poll=poll,
        outcome=outcome,
        annulment=queries.annulment_of(poll) if poll.annulled_at else None,
        standing=queries.standing_entries(poll).count(),
        issued=account.issued if account else None,
        returned=account.returned if account else None,
        rows=tuple(rows[start : start + ROWS_ON_SCREEN]),
        page=page,
        pages=pages,
        next_page=page if is_held else page % pages + 1,
        seconds=TURN_SECONDS if pages > 1 and not is_held else WAIT_SECONDS,
        has_several_posts=len({row.line.entry.poll_post_id for row in rows}) > 1,
    )


def account_of(poll: Poll) -> PaperAccount | None:
    """The committee's account of the papers, while it counts."""
    return records.account_of(poll) if poll.state == PollState.COUNTING else None
