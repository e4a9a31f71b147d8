"""The checklist of an election before it opens: what keeps it closed, what is said, the rule."""

from datetime import UTC, date, datetime

import pytest

from council.models import CouncilSetting, Mandate
from elections.models import Poll
from elections.queries import preflight
from elections.queries.checklist_lines import Line, Page
from elections.services import polls, posts
from sessions.models import Document
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def line(poll: Poll, code: str) -> Line:
    poll.refresh_from_db()
    return next(row for row in preflight.checklist(poll) if row.code == code)


def codes(poll: Poll) -> set[str]:
    poll.refresh_from_db()
    return {row.code for row in preflight.checklist(poll)}


def paper(stage: Stage, kind: str, released_on: date | None) -> Document:
    approver = stage.user("approver") if released_on else None
    return Document.objects.create(
        council_session=stage.council_session, kind=kind, title="Giới thiệu nhân sự",
        visibility="delegates" if released_on else "staff", released_by=approver,
        released_at=datetime(*released_on.timetuple()[:3], 3, tzinfo=UTC) if released_on else None,
        created_by=stage.user("clerk"),
    )  # fmt: skip


def nominated(stage: Stage, *, submission: Document | None, summary: Document | None) -> Poll:
    poll = staging.election(stage)
    polls.nominate(
        poll, person=stage.cast.people[30], nominator=staging.nominator(stage), nominated_on=DAY,
        post="Trưởng phòng", submission=submission, summary=summary, by=stage.user("clerk"),
    )  # fmt: skip
    return poll


def test_every_line_that_is_not_met_says_what_to_do_and_where(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    staging.Sitting.objects.update(state="suspended")
    poll.refresh_from_db()
    unmet = {row.code: row for row in preflight.checklist(poll) if not row.is_met}
    assert set(unmet) == {
        "open.list_not_approved", "open.no_committee", "open.no_papers", "open.no_sitting",
    }  # fmt: skip
    assert all(row.message.count(".") >= 2 for row in unmet.values()), "the state, then the step"
    assert unmet["open.no_committee"].page == Page.COMMITTEE
    assert "883/HD-UBTVQH14" in unmet["open.no_committee"].cites
    assert unmet["open.no_sitting"].page == Page.SITTINGS


def test_a_nomination_without_papers_is_said_and_does_not_keep_the_poll_closed(
    stage: Stage,
) -> None:
    found = line(nominated(stage, submission=None, summary=None), "papers.missing")
    assert (found.is_reminder, found.is_met, found.page) == (True, True, Page.PAPERS)
    assert stage.cast.people[30].full_name in found.message


@pytest.mark.parametrize(
    ("released_on", "expected"),
    [
        (None, {"papers.not_sent"}),
        (date(2028, 12, 8), {"papers.late"}),
        (date(2028, 12, 7), set()),
    ],
)
def test_papers_reach_the_delegates_in_time_by_the_councils_own_days(
    stage: Stage, released_on: date | None, expected: set[str]
) -> None:
    """Five days before the opening on 12 December, unless the regulation says else."""
    poll = nominated(
        stage,
        submission=paper(stage, "submission", date(2028, 12, 1)),
        summary=paper(stage, "candidate_summary", released_on),
    )
    assert codes(poll) & {"papers.missing", "papers.not_sent", "papers.late"} == expected


def test_a_late_paper_names_the_regulation_that_sets_the_day(stage: Stage) -> None:
    CouncilSetting.objects.create(
        council=stage.cast.council, key="papers_days", value="10",
        effective_from=date(2026, 1, 1), source="Điều 5 Quy chế",
    )  # fmt: skip
    late = paper(stage, "submission", date(2028, 12, 5))
    poll = nominated(stage, submission=late, summary=paper(stage, "candidate_summary", DAY))
    found = line(poll, "papers.late")
    assert (found.cites, found.params["last"]) == ("Điều 5 Quy chế", "02/12/2028")


def test_a_candidate_who_lost_the_seat_since_keeps_an_office_of_the_council_closed(
    stage: Stage,
) -> None:
    poll = staging.election(stage, kind="council_vice_chair")
    polls.nominate(
        poll, person=stage.cast.people[30],
        nominator=staging.nominator(stage, "council_chair"), nominated_on=DAY, post="Đại biểu",
        submission=None, summary=None, by=stage.user("clerk"),
    )  # fmt: skip
    assert "nomination.not_a_delegate" not in codes(poll)
    seat = stage.cast.mandates[30]
    Mandate.objects.filter(pk=seat.pk).update(ends_on=date(2028, 12, 1), end_reason="resigned")
    found = line(poll, "nomination.not_a_delegate")
    assert (found.is_met, found.cites) == (False, "Điều 36 khoản 1 Luật 72/2025/QH15")


def test_every_post_of_the_paper_is_checked_for_itself(stage: Stage) -> None:
    poll = staging.election(stage)
    head = stage.cast.tenures["Trưởng Ban Pháp chế"]
    type(head).objects.filter(pk=head.pk).update(ends_on=date(2028, 12, 1), end_reason="retired")
    posts.add(poll, office=head.office, seats=1, by=stage.user("clerk"))
    poll.refresh_from_db()
    seats = [row for row in preflight.checklist(poll) if row.code == "open.no_free_seat"]
    assert [row.is_met for row in seats] == [True, True]
    type(head).objects.filter(pk=head.pk).update(ends_on=None, end_reason="")
    poll.refresh_from_db()
    seats = [row for row in preflight.checklist(poll) if row.code == "open.no_free_seat"]
    assert [row.is_met for row in seats] == [True, False]
    assert seats[1].page == Page.OFFICES
