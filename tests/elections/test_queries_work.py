"""The elections' part of the first screen."""

from datetime import date

import pytest
from django.utils import timezone

from elections.models import Poll
from elections.queries.work import due, work_for
from elections.services import polls
from sessions.services import sessions
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened(cast: Cast) -> Cast:
    """A convened session whose agenda announces a confidence vote and an election."""
    today = timezone.localdate()
    council_session = sessions.create(
        cast.term, kind="year_end", number=2, opens_on=today, closes_on=today, place="Hội trường",
        has_confidence_vote=True, has_election=True, by=cast.user["clerk"],
    )  # fmt: skip
    sessions.submit(council_session, by=cast.user["clerk"])
    sessions.approve(council_session, by=cast.user["approver"])
    sessions.convene(council_session, notice_number="1/GM-HĐND", by=cast.user["clerk"])
    return cast


def mine(cast: Cast, name: str, kinds: set[str]) -> list[str]:
    work = work_for(cast.council, cast.user[name], frozenset(kinds), timezone.localdate())
    return [item.sentence for item in work.mine]


def test_the_clerk_is_told_what_the_agenda_announces_and_nobody_prepared(convened: Cast) -> None:
    told = mine(convened, "clerk", {"clerk"})
    assert len(told) == 2
    assert "tín nhiệm" in told[0]


def test_what_was_prepared_is_no_longer_announced(convened: Cast) -> None:
    council_session = convened.term.sessions.get()
    polls.prepare_election(
        council_session, item=None, office=convened.offices["pc_vice_chair"], seats=1,
        title="Bầu bổ sung", held_on=council_session.opens_on, by=convened.user["clerk"],
    )  # fmt: skip
    told = mine(convened, "clerk", {"clerk"})
    assert not any("chưa lập cuộc bầu" in sentence for sentence in told)
    assert any("Bầu bổ sung" in sentence for sentence in told)


def test_a_counter_has_nothing_to_do_before_the_count(convened: Cast) -> None:
    assert mine(convened, "counter1", {"ballot_committee", "delegate"}) == []
    assert Poll.objects.count() == 0


def test_the_approval_clock_speaks_in_working_days() -> None:
    late = due("Gửi", date(2026, 10, 16), date(2026, 10, 20))
    assert (late.state, late.left) == ("late", "quá hạn 2 ngày làm việc")
    soon = due("Gửi", date(2026, 10, 23), date(2026, 10, 20))
    assert (soon.state, soon.left) == ("soon", "còn 3 ngày làm việc")
