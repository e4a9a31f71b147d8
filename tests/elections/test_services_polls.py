"""Preparing a poll, its list, its papers, opening and closing, rounds and annulment."""

from datetime import date

import pytest

from council.models import AuditEntry, CouncilSetting, Job, Office, Tenure
from council.rules.refusals import Refusal
from elections.models import Poll
from elections.services import polls, rounds
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def last_audit(verb: str) -> AuditEntry:
    return AuditEntry.objects.filter(verb=verb).order_by("-seq").first()  # type: ignore[return-value]


def test_the_list_of_a_confidence_vote_follows_from_the_tenures_of_the_day(stage: Stage) -> None:
    poll = staging.confidence(stage)
    entries = list(poll.entries.order_by("position"))
    assert [entry.code for entry in entries] == [f"c{n:02d}" for n in range(1, 8)]
    assert [entry.block for entry in entries] == ["council"] * 4 + ["committee"] * 3
    assert entries[0].post == "Chủ tịch Hội đồng nhân dân"
    assert (poll.state, poll.slug) == ("draft", "lay-phieu-tin-nhiem")
    assert last_audit("poll.prepare").object_id == str(poll.pk)


def test_a_person_with_two_posts_stands_once_with_both_named(stage: Stage) -> None:
    head = stage.cast.tenures["Trưởng Ban Pháp chế"]
    Tenure.objects.filter(pk=head.pk).update(person=stage.cast.people[1])
    poll = staging.confidence(stage)
    entry = poll.entries.get(person=stage.cast.people[1])
    assert entry.post == "Phó Chủ tịch Hội đồng nhân dân, Trưởng Ban Pháp chế"
    assert poll.entries.count() == 6


def test_who_was_elected_this_year_or_retires_is_exempt_with_the_article(stage: Stage) -> None:
    elected, retiring = stage.cast.tenures["pc_member"], stage.cast.tenures["pc_vice_chair"]
    Tenure.objects.filter(pk=elected.pk).update(starts_on=date(2028, 3, 1))
    Tenure.objects.filter(pk=retiring.pk).update(retirement_announced_on=date(2028, 11, 1))
    poll = staging.confidence(stage)
    found = {row.person_id: row for row in poll.exemptions.all()}
    assert found[elected.person_id].code == "elected_this_year"
    assert "01/03/2028" in found[elected.person_id].reason
    assert found[retiring.person_id].code == "retirement_announced"
    assert all("96/2023/QH15" in row.article for row in found.values())
    assert not poll.entries.filter(person__in=found).exists()


def test_a_commune_has_no_confidence_vote_unless_its_regulation_takes_one() -> None:
    stage = staging.build(level="commune")
    with pytest.raises(Refusal) as refused:
        staging.confidence(stage)
    assert refused.value.code == "poll.nobody_subject"
    assert "96/2023/QH15" in str(refused.value)
    CouncilSetting.objects.create(
        council=stage.cast.council, key="confidence_at_commune", value="1",
        effective_from=date(2026, 1, 1), source="Quy chế làm việc",
    )  # fmt: skip
    assert staging.confidence(stage).entries.count() == 7


def test_a_session_has_one_confidence_vote(stage: Stage) -> None:
    staging.confidence(stage)
    with pytest.raises(Refusal, match="đã có cuộc lấy phiếu") as refused:
        staging.confidence(stage)
    assert refused.value.code == "poll.confidence_twice"
    assert Poll.objects.count() == 1


@pytest.mark.parametrize("day", [date(2028, 12, 11), date(2028, 12, 15)])
def test_a_poll_is_held_on_a_day_of_its_session(stage: Stage, day: date) -> None:
    with pytest.raises(Refusal) as refused:
        polls.prepare_confidence(
            stage.council_session, item=None, title="Lấy phiếu", held_on=day, by=stage.user("clerk")
        )
    assert (refused.value.code, refused.value.field) == ("date.outside_session", "held_on")


def test_only_those_who_prepare_sessions_prepare_polls(stage: Stage) -> None:
    for name in ("chair", "counter1", "delegate", "admin", "outsider"):
        with pytest.raises(Refusal) as refused:
            polls.prepare_confidence(
                stage.council_session,
                item=None,
                title="Lấy phiếu",
                held_on=DAY,
                by=stage.user(name),
            )
        assert refused.value.code == "access.denied"


def test_equal_titles_get_distinct_addresses(stage: Stage) -> None:
    slugs = {staging.election(stage).slug for _ in range(3)}
    assert slugs == {
        "bau-bo-sung-pho-chu-tich", "bau-bo-sung-pho-chu-tich-2", "bau-bo-sung-pho-chu-tich-3",
    }  # fmt: skip


def test_an_election_fills_free_seats_only(stage: Stage) -> None:
    with pytest.raises(Refusal) as refused:
        staging.election(stage, kind="pc_chair")
    assert refused.value.code == "office.no_free_seat"
    assert stage.cast.tenures["pc_chair"].person.full_name in str(refused.value)
    with pytest.raises(Refusal):
        staging.election(stage, seats=4)
    assert staging.election(stage, seats=3).seats == 3


def test_who_leaves_or_acts_on_the_day_does_not_hold_a_seat(stage: Stage) -> None:
    chair = stage.cast.tenures["pc_chair"]
    Tenure.objects.filter(pk=chair.pk).update(ends_on=DAY, end_reason="retired")
    assert staging.election(stage, kind="pc_chair").seats == 1
    Tenure.objects.filter(pk=chair.pk).update(ends_on=None, end_reason="", basis="acting")
    assert staging.election(stage, kind="pc_chair").seats == 1


def test_an_office_of_another_council_cannot_be_filled(stage: Stage) -> None:
    office = Office.objects.create(
        council=stage.cast.other_council, kind="pc_chair", title="Chủ tịch"
    )
    with pytest.raises(Refusal) as refused:
        polls.prepare_election(
            stage.council_session, item=None, office=office, seats=1, title="Bầu", held_on=DAY,
            by=stage.user("clerk"),
        )  # fmt: skip
    assert refused.value.code == "office.of_another_council"


def test_the_council_closes_the_list_by_a_vote_of_its_own(stage: Stage) -> None:
    poll = staging.approved(stage, staging.confidence(stage))
    assert poll.state == "list_approved"
    assert poll.list_vote is not None
    assert poll.list_vote.passed
    with pytest.raises(Refusal) as twice:
        polls.approve_list(poll, vote=poll.list_vote, by=stage.user("clerk"))
    assert twice.value.code == "poll.wrong_state"


def test_a_list_is_not_closed_by_the_wrong_a_lost_or_a_used_vote(stage: Stage) -> None:
    poll, clerk = staging.confidence(stage), stage.user("clerk")
    wrong = staging.take_vote(stage, "other")
    lost = staging.take_vote(stage, "subject_list", for_count=17)
    for vote, code in ((wrong, "vote.wrong_matter"), (lost, "vote.not_passed")):
        with pytest.raises(Refusal) as refused:
            polls.approve_list(poll, vote=vote, by=clerk)
        assert refused.value.code == code
    first, second = staging.election(stage), staging.election(stage)
    for each in (first, second):
        staging.candidate(stage, each, 30)
    used = staging.approved(stage, first).list_vote
    with pytest.raises(Refusal) as refused:
        polls.approve_list(second, vote=used, by=clerk)  # type: ignore[arg-type]
    assert refused.value.code == "vote.already_used"


def test_an_empty_list_is_not_closed(stage: Stage) -> None:
    poll = staging.election(stage)
    with pytest.raises(Refusal) as refused:
        staging.approved(stage, poll)
    assert refused.value.code == "poll.empty_list"


def test_totals_of_the_vote_close_the_list_in_one_step_and_a_lost_vote_is_kept(
    stage: Stage,
) -> None:
    poll, clerk = staging.confidence(stage), stage.user("clerk")
    polls.approve_list_by_totals(poll, for_count=17, against_count=16, not_voting_count=0, by=clerk)
    poll.refresh_from_db()
    assert poll.state == "draft"
    assert stage.council_session.open_votes.filter(passed=False).count() == 1
    done = polls.approve_list_by_totals(
        poll, for_count=30, against_count=2, not_voting_count=1, by=clerk
    )
    assert done.state == "list_approved"


def test_as_many_papers_are_printed_as_there_are_delegates(stage: Stage) -> None:
    poll = staging.approved(stage, staging.confidence(stage))
    with pytest.raises(Refusal) as refused:
        polls.print_ballots(poll, printed=34, by=stage.user("clerk"))
    assert (refused.value.code, refused.value.field) == ("ballots.too_few", "printed")
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    poll.refresh_from_db()
    assert poll.printed == 40
    assert Job.objects.filter(name="elections.make_ballot").count() == 1


def test_opening_freezes_all_delegates_and_those_present(stage: Stage) -> None:
    poll = staging.opened(stage, staging.confidence(stage))
    assert (poll.state, poll.total_delegates, poll.present) == ("open", 35, 33)
    assert poll.committee is not None
    assert poll.sitting == stage.sitting
    with pytest.raises(Refusal) as twice:
        polls.open_poll(poll, by=stage.user("chair"))
    assert twice.value.code == "poll.wrong_state"


def ready(stage: Stage) -> Poll:
    poll = staging.approved(stage, staging.confidence(stage))
    staging.elect_committee(stage)
    return polls.print_ballots(poll, printed=40, by=stage.user("clerk"))


def refused_opening(stage: Stage, poll: Poll) -> str:
    with pytest.raises(Refusal) as refused:
        polls.open_poll(poll, by=stage.user("chair"))
    poll.refresh_from_db()
    assert poll.state == "list_approved"
    return refused.value.code


def test_a_poll_is_not_opened_without_committee_papers_sitting_or_quorum(stage: Stage) -> None:
    bare = staging.approved(stage, staging.confidence(stage))
    assert refused_opening(stage, bare) == "open.no_committee"
    staging.elect_committee(stage)
    assert refused_opening(stage, bare) == "open.no_papers"
    poll = polls.print_ballots(bare, printed=40, by=stage.user("clerk"))
    kept = list(stage.sitting.presences.all())
    stage.sitting.presences.filter(pk__in=[row.pk for row in kept[:11]]).delete()
    assert refused_opening(stage, poll) == "open.no_quorum"
    staging.Sitting.objects.update(state="suspended")
    assert refused_opening(stage, poll) == "open.no_sitting"


def test_a_poll_is_opened_on_its_own_day(stage: Stage) -> None:
    poll = ready(stage)
    staging.Sitting.objects.update(held_on=date(2028, 12, 13))
    assert refused_opening(stage, poll) == "open.other_day"


def test_a_member_who_stands_since_keeps_the_poll_closed(stage: Stage) -> None:
    staging.elect_committee(stage)
    poll = staging.election(stage)
    staging.candidate(stage, poll, 12)
    poll = staging.approved(stage, poll)
    poll = polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    assert refused_opening(stage, poll) == "open.member_stands"


def test_the_nominators_authority_is_checked_again_when_the_poll_opens(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    poll = staging.approved(stage, poll)
    staging.elect_committee(stage)
    poll = polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    chair = stage.cast.tenures["pc_chair"]
    Tenure.objects.filter(pk=chair.pk).update(ends_on=date(2028, 12, 1), end_reason="retired")
    assert refused_opening(stage, poll) == "nomination.not_in_office"


def test_a_poll_is_closed_once(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    assert (poll.state, poll.closed_at is not None) == ("counting", True)
    with pytest.raises(Refusal) as twice:
        polls.close_poll(poll, by=stage.user("chair"))
    assert twice.value.code == "poll.wrong_state"


def test_a_draft_is_thrown_away_but_nothing_the_council_decided_on(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    polls.discard(poll, by=stage.user("clerk"))
    assert not Poll.objects.exists()
    decided = staging.approved(stage, staging.confidence(stage))
    with pytest.raises(Refusal) as refused:
        polls.discard(decided, by=stage.user("clerk"))
    assert refused.value.code == "poll.wrong_state"


def failed_election(stage: Stage) -> Poll:
    poll = staging.election(stage)
    for person in (30, 31):
        staging.candidate(stage, poll, person)
    votes = {("c01", "for"): 17, ("c01", "against"): 15, ("c02", "for"): 10, ("c02", "against"): 22}
    return staging.agreed(stage, poll, changes=votes).poll


def test_where_nobody_is_elected_another_round_takes_the_same_candidates(stage: Stage) -> None:
    first = failed_election(stage)
    second = rounds.prepare_next(first, by=stage.user("clerk"))
    assert (second.round, second.seats, second.state) == (2, 1, "draft")
    assert second.title == "Bầu bổ sung Phó Chủ tịch (vòng 2)"
    assert {entry.person_id for entry in second.entries.all()} == {
        entry.person_id for entry in first.entries.all()
    }
    assert all(entry.nomination.article for entry in second.entries.all())
    assert rounds.prepare_next(first, by=stage.user("clerk")) == second, (
        "asking twice is no third round"
    )


def test_the_regulation_says_how_many_rounds_there_are(stage: Stage) -> None:
    first = failed_election(stage)
    CouncilSetting.objects.create(
        council=stage.cast.council, key="election_max_rounds", value="1",
        effective_from=date(2026, 1, 1), source="Điều 9 Quy chế",
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        rounds.prepare_next(first, by=stage.user("clerk"))
    assert (refused.value.code, refused.value.cites) == ("round.no_more", "Điều 9 Quy chế")


def test_there_is_no_next_round_where_all_seats_are_filled(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    elected = staging.agreed(stage, poll).poll
    with pytest.raises(Refusal) as refused:
        rounds.prepare_next(elected, by=stage.user("clerk"))
    assert refused.value.code == "round.not_needed"
