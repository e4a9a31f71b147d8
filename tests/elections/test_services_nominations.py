"""Candidates: who may nominate whom on the day, the order of names, withdrawal."""

from datetime import date

import pytest

from council.models import AuditEntry, Tenure
from council.rules.refusals import Refusal
from elections.models import PollEntry
from elections.services import list_changes, polls
from sessions.models import Document
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def test_a_candidate_is_written_down_with_the_nominator_and_the_article(stage: Stage) -> None:
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    assert entry.nomination.nominator == stage.cast.tenures["pc_chair"]
    assert entry.nomination.article == "Điều 36 khoản 2 Luật 72/2025/QH15"
    assert AuditEntry.objects.get(verb="poll.nominate").council == stage.cast.council


def test_candidates_stand_in_the_order_of_the_vietnamese_alphabet(stage: Stage) -> None:
    poll = staging.election(stage)
    for person in (33, 21, 28, 25):
        staging.candidate(stage, poll, person)
    keys = [entry.person.sort_key for entry in poll.entries.order_by("position")]
    assert keys == sorted(keys)
    assert sorted(poll.entries.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_a_nominator_without_authority_that_day_is_refused_and_told_why(stage: Stage) -> None:
    """Quảng Nam 2024: a vice chair read the nomination while the chair's office was vacant."""
    poll = staging.election(stage)
    with pytest.raises(Refusal) as refused:
        polls.nominate(
            poll, person=stage.cast.people[30], nominator=staging.nominator(stage, "pc_vice_chair"),
            nominated_on=DAY, post="Trưởng phòng", submission=None, summary=None,
            by=stage.user("clerk"),
        )  # fmt: skip
    assert refused.value.code == "nomination.no_authority"
    assert "giao quyền" in str(refused.value)
    assert "Điều 36" in refused.value.cites
    assert not PollEntry.objects.filter(poll=poll).exists()


def test_a_chair_who_left_before_the_day_may_not_nominate_but_an_acting_one_may(
    stage: Stage,
) -> None:
    poll, chair = staging.election(stage), stage.cast.tenures["pc_chair"]
    Tenure.objects.filter(pk=chair.pk).update(ends_on=date(2028, 12, 1), end_reason="retired")
    chair.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        staging.candidate(stage, poll, 30)
    assert refused.value.code == "nomination.not_in_office"
    acting = Tenure.objects.create(
        office=chair.office, person=stage.cast.people[5], term=chair.term, basis="acting",
        starts_on=date(2028, 12, 2), fills_single_office=True,
    )  # fmt: skip
    entry = polls.nominate(
        poll, person=stage.cast.people[30], nominator=acting, nominated_on=DAY, post="Trưởng phòng",
        submission=None, summary=None, by=stage.user("clerk"),
    )  # fmt: skip
    assert entry.nomination.nominator == acting


@pytest.mark.parametrize(
    ("person", "day", "code"),
    [
        (30, date(2028, 12, 13), "nomination.after_the_poll"),
        (31, DAY, "entry.person_twice"),
    ],
)
def test_a_nomination_must_fit_the_poll(stage: Stage, person: int, day: date, code: str) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 31)
    with pytest.raises(Refusal) as refused:
        polls.nominate(
            poll, person=stage.cast.people[person], nominator=staging.nominator(stage),
            nominated_on=day, post="Trưởng phòng", submission=None, summary=None,
            by=stage.user("clerk"),
        )  # fmt: skip
    assert refused.value.code == code


def test_offices_of_the_council_are_filled_from_among_the_delegates(stage: Stage) -> None:
    poll = staging.election(stage, kind="council_vice_chair")
    stranger = stage.cast.people[36]
    with pytest.raises(Refusal) as refused:
        polls.nominate(
            poll, person=stranger, nominator=staging.nominator(stage, "council_chair"),
            nominated_on=DAY, post="Giám đốc sở", submission=None, summary=None,
            by=stage.user("clerk"),
        )  # fmt: skip
    assert refused.value.code == "nomination.not_a_delegate"
    committee_poll = staging.election(stage)
    assert staging.candidate(stage, committee_poll, 36).person == stranger


def test_papers_of_a_nomination_belong_to_the_session(stage: Stage) -> None:
    poll = staging.election(stage)
    elsewhere = staging.Session.objects.create(
        term=stage.cast.term, number=9, kind="urgent", opens_on=DAY, closes_on=DAY, place="Ở đó",
        created_by=stage.user("clerk"),
    )  # fmt: skip
    paper = Document.objects.create(
        council_session=elsewhere,
        kind="submission",
        title="Tờ trình",
        created_by=stage.user("clerk"),
    )
    with pytest.raises(Refusal) as refused:
        polls.nominate(
            poll, person=stage.cast.people[30], nominator=staging.nominator(stage),
            nominated_on=DAY, post="Trưởng phòng", submission=paper, summary=None,
            by=stage.user("clerk"),
        )  # fmt: skip
    assert refused.value.code == "nomination.paper_of_another_session"


def test_a_candidate_may_withdraw_until_the_voting_opens(stage: Stage) -> None:
    poll = staging.election(stage)
    first, second = staging.candidate(stage, poll, 30), staging.candidate(stage, poll, 31)
    poll = staging.approved(stage, poll)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    withdrawn = list_changes.withdraw(first, reason="Lý do gia đình", by=stage.user("clerk"))
    poll.refresh_from_db()
    assert withdrawn.withdrawn_at is not None
    assert poll.printed is None, "papers with the name on them must be printed anew"
    with pytest.raises(Refusal) as twice:
        list_changes.withdraw(first, reason="Lần nữa", by=stage.user("clerk"))
    assert twice.value.code == "entry.already_withdrawn"
    staging.elect_committee(stage)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    polls.open_poll(poll, by=stage.user("chair"))
    with pytest.raises(Refusal) as late:
        list_changes.withdraw(second, reason="Muộn", by=stage.user("clerk"))
    assert late.value.code == "poll.already_opened"


def test_nobody_withdraws_from_a_confidence_vote(stage: Stage) -> None:
    entry = staging.confidence(stage).entries.first()
    with pytest.raises(Refusal) as refused:
        list_changes.withdraw(entry, reason="Không muốn", by=stage.user("clerk"))  # type: ignore[arg-type]
    assert refused.value.code == "entry.not_a_candidate"
