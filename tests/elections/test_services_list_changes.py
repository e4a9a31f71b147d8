"""Candidates beyond the list and withdrawals: the council's vote, what follows, what stays."""

from datetime import date

import pytest

from council.models import AuditEntry, CouncilSetting
from council.rules.refusals import Refusal
from elections.models import ListChange, Poll
from elections.queries import preflight
from elections.services import list_changes, polls, rounds
from sessions.models import Document
from tests.elections import stage as staging
from tests.elections.stage import DAY, PRESENT, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def propose(stage: Stage, poll: Poll, person: int = 31, **changes) -> ListChange:
    values = {
        "person": stage.cast.people[person], "post": "Đại biểu", "reason": "Có kinh nghiệm",
        "proposed_by": stage.cast.mandates[25], "submitter": "standing_committee",
        "by": stage.user("clerk"), **changes,
    }  # fmt: skip
    return list_changes.propose(poll, **values)


def decide(stage: Stage, change: ListChange, for_count: int = PRESENT) -> ListChange:
    return list_changes.decide_by_totals(
        change, for_count=for_count, against_count=PRESENT - for_count, not_voting_count=0,
        by=stage.user("clerk"),
    )  # fmt: skip


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def regulation(stage: Stage, value: str) -> None:
    CouncilSetting.objects.create(
        council=stage.cast.council, key="withdrawal_vote", value=value,
        effective_from=date(2026, 1, 1), source="Điều 12 Quy chế",
    )  # fmt: skip


def test_a_delegate_introduces_another_and_the_council_lets_him_on_the_list(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    change = propose(stage, poll)
    assert (change.state, poll.entries.count()) == ("proposed", 1)
    assert change.article == "Điều 33 khoản 6, Điều 36 khoản 5 Luật 72/2025/QH15"
    change = decide(stage, change)
    assert (change.state, change.open_vote.for_count) == ("accepted", PRESENT)
    entry = change.entry
    assert (entry.person, entry.post) == (stage.cast.people[31], "Đại biểu")
    keys = [row.person.sort_key for row in poll.entries.order_by("position")]
    assert keys == sorted(keys)
    verbs = AuditEntry.objects.filter(verb__in=["list.propose", "list.decide"])
    assert verbs.count() == 2


def test_a_candidate_let_on_by_the_council_needs_no_nominator_and_can_be_elected(
    stage: Stage,
) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    entry = decide(stage, propose(stage, poll)).entry
    first = {"c01": 10, "c02": 10, entry.code: 30}
    changes = {
        (code, option): votes if option == "for" else 32 - votes
        for code, votes in first.items()
        for option in ("for", "against")
    }
    outcome = staging.agreed(stage, poll, changes=changes)
    elected = outcome.lines.get(verdict="elected")
    assert (elected.entry.person, elected.tenure.basis) == (stage.cast.people[31], "elected")


def test_his_summary_counts_among_the_papers_and_is_sent_like_any_other(stage: Stage) -> None:
    poll = staging.election(stage)
    paper = Document.objects.create(
        council_session=stage.council_session, kind="candidate_summary", title="Tóm tắt lý lịch",
        created_by=stage.user("clerk"),
    )  # fmt: skip
    decide(stage, propose(stage, poll, 31, summary=paper))
    codes = {row.code for row in preflight.checklist(poll)}
    assert "papers.missing" not in codes
    assert "papers.not_sent" in codes
    decide(stage, propose(stage, poll, 32))
    (missing,) = [row for row in preflight.checklist(poll) if row.code == "papers.missing"]
    assert stage.cast.people[32].full_name in missing.message
    assert stage.cast.people[31].full_name not in missing.message


def test_he_may_also_stand_himself(stage: Stage) -> None:
    poll = staging.election(stage)
    mine = stage.cast.mandates[25]
    change = propose(stage, poll, person=25, proposed_by=mine)
    assert change.person == mine.person


def test_the_council_may_refuse_and_both_its_vote_and_the_proposal_stay(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    change = decide(stage, propose(stage, poll), for_count=17)
    assert (change.state, change.entry) == ("refused", None)
    assert change.open_vote.passed is False
    assert poll.entries.count() == 1
    assert refused(decide, stage, change) == "list.decided"
    again = propose(stage, poll)
    assert decide(stage, again).state == "accepted"
    assert poll.list_changes.count() == 2


def test_what_does_not_fit_is_refused(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    assert refused(propose, stage, poll, person=30) == "entry.person_twice"
    assert refused(propose, stage, poll, submitter="presiding") == "list.wrong_submitter"
    gone = stage.cast.mandates[25]
    type(gone).objects.filter(pk=gone.pk).update(ends_on=date(2028, 1, 1), end_reason="resigned")
    assert refused(propose, stage, poll) == "list.not_a_delegate"
    sits = {"proposed_by": stage.cast.mandates[26]}
    assert refused(propose, stage, poll, by=stage.user("delegate"), **sits) == "access.denied"
    assert (
        refused(propose, stage, staging.confidence(stage), **sits) == "nomination.not_an_election"
    )
    council_poll = staging.election(stage, kind="council_vice_chair")
    assert refused(propose, stage, council_poll, 36, **sits) == "nomination.not_a_delegate"
    propose(stage, poll, **sits)
    assert refused(propose, stage, poll, **sits) == "list.proposed_already"
    change = ListChange.objects.get()
    assert refused(
        list_changes.decide_by_totals, change, for_count=33, against_count=0, not_voting_count=0,
        by=stage.user("delegate"),
    ) == "access.denied"  # fmt: skip


def test_the_list_is_closed_only_when_every_proposal_is_decided(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    change = propose(stage, poll)
    assert refused(staging.approved, stage, poll) == "poll.changes_undecided"
    dropped = list_changes.drop(change, by=stage.user("clerk"))
    assert (dropped.state, dropped.open_vote) == ("dropped", None)
    closed = staging.approved(stage, poll)
    assert refused(propose, stage, closed) == "poll.list_is_closed"


def test_the_vote_on_a_change_does_not_close_a_list(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    vote = decide(stage, propose(stage, poll)).open_vote
    assert (
        refused(polls.approve_list, poll, vote=vote, by=stage.user("clerk")) == "vote.already_used"
    )


def test_a_draft_on_whose_list_the_council_voted_is_not_thrown_away(stage: Stage) -> None:
    poll = staging.election(stage)
    propose(stage, poll)
    decide(stage, propose(stage, poll, person=32), for_count=10)
    assert refused(polls.discard, poll, by=stage.user("clerk")) == "poll.council_decided"
    other = staging.election(stage)
    propose(stage, other)
    polls.discard(other, by=stage.user("clerk"))
    assert not Poll.objects.filter(pk=other.pk).exists()


def test_a_withdrawal_is_kept_with_its_reason_and_article(stage: Stage) -> None:
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    entry = list_changes.withdraw(entry, reason="Lý do gia đình", by=stage.user("clerk"))
    change = entry.list_changes.get()
    assert (change.kind, change.state, change.open_vote) == ("withdrawal", "accepted", None)
    assert (change.reason, entry.withdrawn_at) == ("Lý do gia đình", change.decided_at)
    assert change.article


def test_where_the_regulation_asks_the_council_votes_on_a_withdrawal(stage: Stage) -> None:
    regulation(stage, "1")
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    clerk = stage.user("clerk")
    with pytest.raises(Refusal) as refusal:
        list_changes.withdraw(entry, reason="Bận", by=clerk)
    assert (refusal.value.code, refusal.value.cites) == ("withdraw.needs_vote", "Điều 12 Quy chế")
    asked = list_changes.ask_to_withdraw(entry, reason="Bận", by=clerk)
    kept = decide(stage, asked, for_count=10)
    entry.refresh_from_db()
    assert (kept.state, entry.withdrawn_at) == ("refused", None)
    again = list_changes.ask_to_withdraw(entry, reason="Vẫn bận", by=clerk)
    assert refused(list_changes.ask_to_withdraw, entry, reason="x", by=clerk) == (
        "list.proposed_already"
    )
    done = decide(stage, again)
    entry.refresh_from_db()
    assert (done.state, entry.withdrawn_reason) == ("accepted", "Vẫn bận")
    assert poll.list_changes.filter(open_vote__isnull=False).count() == 2


def test_an_undecided_withdrawal_keeps_the_poll_closed(stage: Stage) -> None:
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    staging.candidate(stage, poll, 31)
    poll = staging.approved(stage, poll)
    staging.elect_committee(stage)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    asked = list_changes.ask_to_withdraw(entry, reason="Bận", by=stage.user("clerk"))
    poll.refresh_from_db()
    assert [line.code for line in preflight.checklist(poll) if not line.is_met] == [
        "open.list_undecided"
    ]
    decide(stage, asked)
    poll.refresh_from_db()
    assert poll.printed is None
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    assert polls.open_poll(poll, by=stage.user("chair")).state == "open"


def test_a_post_whose_last_candidate_stepped_back_is_not_voted_on(stage: Stage) -> None:
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    poll = staging.approved(stage, poll)
    list_changes.withdraw(entry, reason="Bận", by=stage.user("clerk"))
    blocks = [line.code for line in preflight.checklist(poll) if not line.is_met]
    assert "open.empty_post" in blocks


def test_whom_the_council_let_on_goes_on_to_the_next_round(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    decide(stage, propose(stage, poll))
    votes = {
        (code, option): 10 if option == "for" else 22
        for code in ("c01", "c02")
        for option in ("for", "against")
    }
    first = staging.agreed(stage, poll, changes=votes).poll
    second = rounds.prepare_next(first, by=stage.user("clerk"))
    assert second.entries.count() == 2
    second = staging.approved(stage, second)
    met = [line for line in preflight.checklist(second) if line.code == "open.nominator"]
    assert len(met) == 2
    assert any("quyết định bổ sung" in line.message for line in met)
    assert second.held_on == DAY
