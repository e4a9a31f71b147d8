"""The ballot committee: proposed in the lawful size, elected by the council."""

import pytest

from council.models import AuditEntry, CouncilSetting, Mandate
from council.rules.refusals import Refusal
from elections.models import BallotCommittee
from elections.queries import polls as queries
from elections.services import committee
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def members(
    stage: Stage, seats: range, posts: list[str] | None = None
) -> list[tuple[Mandate, str]]:
    posts = posts or ["head", "secretary", *["member"] * (len(seats) - 2)]
    return [(stage.cast.mandates[seat], post) for seat, post in zip(seats, posts, strict=True)]


def refused_code(stage: Stage, chosen: list[tuple[Mandate, str]], *, by: str = "clerk") -> str:
    with pytest.raises(Refusal) as refused:
        committee.propose(stage.council_session, members=chosen, by=stage.user(by))
    assert not BallotCommittee.objects.exists()
    return refused.value.code


def test_a_committee_is_proposed_then_elected_by_an_open_vote(stage: Stage) -> None:
    made = staging.elect_committee(stage)
    assert (made.state, made.members.count()) == ("elected", 7)
    assert queries.elected_committee(stage.council_session) == made
    verbs = AuditEntry.objects.filter(verb__startswith="committee.").values_list("verb", flat=True)
    assert list(verbs) == ["committee.propose", "committee.elect"]


def test_proposing_again_replaces_the_proposal(stage: Stage) -> None:
    clerk = stage.user("clerk")
    committee.propose(stage.council_session, members=members(stage, range(10, 17)), by=clerk)
    again = committee.propose(
        stage.council_session, members=members(stage, range(20, 28)), by=clerk
    )
    assert BallotCommittee.objects.count() == 1
    assert again.members.count() == 8


def test_a_province_needs_seven_members_or_what_its_regulation_says(stage: Stage) -> None:
    assert refused_code(stage, members(stage, range(10, 16))) == "committee.too_small"
    CouncilSetting.objects.create(
        council=stage.cast.council, key="ballot_committee_size", value="3",
        effective_from=staging.date(2026, 1, 1), source="Quy chế",
    )  # fmt: skip
    made = committee.propose(
        stage.council_session, members=members(stage, range(10, 13)), by=stage.user("clerk")
    )
    assert made.members.count() == 3


def test_a_committee_has_one_head_and_one_secretary(stage: Stage) -> None:
    none = members(stage, range(10, 17), ["member"] * 7)
    two = members(stage, range(10, 17), ["head", "head", "secretary", *["member"] * 4])
    no_secretary = members(stage, range(10, 17), ["head", *["member"] * 6])
    assert refused_code(stage, none) == "committee.one_head"
    assert refused_code(stage, two) == "committee.one_head"
    assert refused_code(stage, no_secretary) == "committee.one_secretary"


def test_nobody_sits_on_it_twice(stage: Stage) -> None:
    chosen = [*members(stage, range(10, 17)), (stage.cast.mandates[12], "member")]
    assert refused_code(stage, chosen) == "committee.member_twice"


def test_who_is_voted_on_does_not_count(stage: Stage) -> None:
    staging.confidence(stage)
    assert refused_code(stage, members(stage, range(4, 11))) == "committee.member_stands"


def test_who_is_no_delegate_that_day_does_not_count(stage: Stage) -> None:
    Mandate.objects.filter(pk=stage.cast.mandates[12].pk).update(
        ends_on=staging.date(2028, 1, 1), end_reason="resigned"
    )
    assert refused_code(stage, members(stage, range(10, 17))) == "committee.not_a_delegate"


def test_only_staff_write_the_proposal_down(stage: Stage) -> None:
    chosen = members(stage, range(10, 17))
    for name in ("counter1", "delegate", "admin", "outsider"):
        assert refused_code(stage, chosen, by=name) == "access.denied"


def proposed(stage: Stage) -> BallotCommittee:
    chosen = members(stage, range(10, 17))
    return committee.propose(stage.council_session, members=chosen, by=stage.user("clerk"))


def test_who_stands_since_the_proposal_keeps_it_from_being_elected(stage: Stage) -> None:
    made, poll = proposed(stage), staging.election(stage)
    with pytest.raises(Refusal) as refused:
        staging.candidate(stage, poll, 12)
    assert refused.value.code == "nomination.counts_the_votes"
    staging.candidate(stage, poll, 30)
    poll.entries.update(person=stage.cast.people[12])
    with pytest.raises(Refusal) as refused:
        committee.elect(made, vote=staging.take_vote(stage, "committee"), by=stage.user("clerk"))
    assert refused.value.code == "committee.member_stands"


def test_a_committee_is_elected_by_a_fitting_vote_once(stage: Stage) -> None:
    made, clerk = proposed(stage), stage.user("clerk")
    for matter, for_count, code in (
        ("other", 33, "vote.wrong_matter"), ("committee", 12, "vote.not_passed"),
    ):  # fmt: skip
        vote = staging.take_vote(stage, matter, for_count=for_count)
        with pytest.raises(Refusal) as refused:
            committee.elect(made, vote=vote, by=clerk)
        assert refused.value.code == code
    good = staging.take_vote(stage, "committee")
    committee.elect(made, vote=good, by=clerk)
    with pytest.raises(Refusal) as twice:
        committee.elect(made, vote=good, by=clerk)
    assert twice.value.code == "committee.already_elected"
    with pytest.raises(Refusal) as used:
        committee.elect(proposed(stage), vote=good, by=clerk)
    assert used.value.code == "vote.already_used"


def test_a_vote_by_totals_elects_in_one_step_and_a_lost_one_is_kept(stage: Stage) -> None:
    made, clerk = proposed(stage), stage.user("clerk")
    lost = committee.elect_by_totals(
        made, for_count=10, against_count=23, not_voting_count=0, by=clerk
    )
    assert lost.state == "proposed"
    won = committee.elect_by_totals(
        made, for_count=33, against_count=0, not_voting_count=0, by=clerk
    )
    assert won.state == "elected"
    assert stage.council_session.open_votes.filter(matter="committee").count() == 2


def test_a_new_committee_follows_where_a_member_stands(stage: Stage) -> None:
    staging.elect_committee(stage)
    poll = staging.election(stage)
    staging.candidate(stage, poll, 12)
    second = staging.elect_committee(stage, range(20, 27))
    assert second.ordinal == 2
    assert queries.elected_committee(stage.council_session) == second
    assert staging.opened(stage, poll).committee == second
    assert poll.held_on == DAY
