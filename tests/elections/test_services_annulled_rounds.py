"""One decision annuls several results; a round never stands on a round that was annulled."""

from datetime import date

import pytest
from django.urls import reverse

from council.models import AuditEntry, CouncilSetting, Tenure
from council.rules.refusals import Refusal
from elections.models import Annulment, Poll
from elections.queries import polls as queries
from elections.queries import preflight
from elections.services import annulments, counts, polls, rounds
from sessions.models import OpenVote
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db
REASON = "Người giới thiệu không có thẩm quyền"
DOCUMENT = {
    "body": "Ủy ban Thường vụ Quốc hội", "document": "12/NQ-UBTVQH16", "decided_on": DAY,
    "reason": REASON,
}  # fmt: skip


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def first(stage: Stage) -> Poll:
    """The first round of an election to two seats: one elected, one seat left."""
    CouncilSetting.objects.create(
        council=stage.cast.council, key="election_max_rounds", value="3",
        effective_from=date(2026, 1, 1), source="Điều 9 Quy chế",
    )  # fmt: skip
    poll = staging.election(stage, seats=2)
    for person in (30, 31, 32):
        staging.candidate(stage, poll, person)
    votes = staging.votes_for({"c01": 30, "c02": 10, "c03": 9})
    return staging.agreed(stage, poll, changes=votes).poll


def second(stage: Stage, first: Poll) -> Poll:
    """Its second round, which fills the seat."""
    following = rounds.prepare_next(first, by=stage.user("clerk"))
    poll = staging.counting(stage, following)
    votes = staging.votes_for({"c01": 30, "c02": 2})
    staging.typed(stage, poll, "counter1", changes=votes)
    staging.typed(stage, poll, "counter2", changes=votes)
    counts.agree(poll, by=stage.user("counter1"))
    return counts.confirm(poll, by=stage.user("counter2")).poll


def annul(stage: Stage, poll: Poll, *others: Poll, vote: OpenVote | None = None) -> Annulment:
    vote = vote or staging.take_vote(stage, "annulment")
    return annulments.by_vote(poll, vote=vote, reason=REASON, others=others, by=stage.user("chair"))


def code_of(verb, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def states() -> list[str]:
    return list(Poll.objects.order_by("pk").values_list("state", flat=True))


def test_a_later_round_with_a_result_must_be_named(stage: Stage, first: Poll) -> None:
    later = second(stage, first)
    assert queries.later_rounds(first) == [later]
    assert code_of(annul, stage, first) == "annulment.later_rounds"
    with pytest.raises(Refusal, match="vòng 2"):
        annulments.by_document(first, by=stage.user("chair"), **DOCUMENT)
    assert states() == ["agreed", "agreed"]
    made = annul(stage, first, later)
    assert made.poll == first
    assert states() == ["annulled", "annulled"]
    assert Annulment.objects.filter(open_vote=made.open_vote).count() == 2
    assert set(Tenure.objects.filter(end_reason="annulled").values_list("ends_on", flat=True)) == {
        DAY
    }
    assert Tenure.objects.filter(end_reason="annulled").count() == 2
    assert queries.later_rounds(first) == []


def test_the_last_round_alone_may_be_annulled_and_the_first_stands(
    stage: Stage, first: Poll
) -> None:
    later = second(stage, first)
    annul(stage, later)
    assert states() == ["agreed", "annulled"]
    annul(stage, first)
    assert states() == ["annulled", "annulled"], "nothing stands on it any more"


@pytest.mark.parametrize("led_to", ["draft", "list_approved", "counting"])
def test_a_later_round_without_a_result_stops_with_it(
    stage: Stage, first: Poll, led_to: str
) -> None:
    following = rounds.prepare_next(first, by=stage.user("clerk"))
    if led_to == "list_approved":
        staging.approved(stage, following)
    elif led_to == "counting":
        staging.counting(stage, following)
    annul(stage, first)
    assert states() == (["annulled"] if led_to == "draft" else ["annulled", "annulled"])
    verb = "poll.discard" if led_to == "draft" else "poll.stop"
    assert AuditEntry.objects.filter(verb=verb).count() == 1
    assert Annulment.objects.count() == 1, "what had no result is stopped, not annulled"


def test_one_decision_names_several_results_once(stage: Stage, first: Poll) -> None:
    other = staging.confidence(stage)
    polls.approve_list(other, vote=staging.take_vote(stage, "subject_list"), by=stage.user("clerk"))
    vote = staging.take_vote(stage, "annulment")
    assert code_of(annul, stage, first, other, vote=vote) == "poll.wrong_state"
    assert states() == ["agreed", "list_approved"], "all or none"
    polls.print_ballots(other, printed=40, by=stage.user("clerk"))
    polls.open_poll(other, by=stage.user("chair"))
    polls.close_poll(other, by=stage.user("chair"))
    staging.both_typed(stage, other)
    counts.agree(other, by=stage.user("counter1"))
    counts.confirm(other, by=stage.user("counter2"))
    annul(stage, first, other, vote=vote)
    assert states() == ["annulled", "annulled"]
    assert not queries.annulment_votes(stage.cast.council).exists()


def test_results_of_another_session_need_a_decision_of_their_own(stage: Stage, first: Poll) -> None:
    later = second(stage, first)
    session = stage.council_session
    session.pk, session.number, session.kind = None, 9, "thematic"
    session.save(force_insert=True)
    Poll.objects.filter(pk=later.pk).update(council_session=session)
    assert code_of(annul, stage, first, later) == "annulment.other_session"


def test_a_round_on_an_annulled_round_does_not_open(stage: Stage, first: Poll) -> None:
    following = staging.approved(stage, rounds.prepare_next(first, by=stage.user("clerk")))
    Poll.objects.filter(pk=first.pk).update(state="annulled")
    following = Poll.objects.get(pk=following.pk)
    assert preflight.checklist(following)[0].code == "open.round_before_annulled"
    assert code_of(polls.open_poll, following, by=stage.user("chair")) == (
        "open.round_before_annulled"
    )


def test_the_page_has_the_later_rounds_ticked(stage: Stage, first: Poll) -> None:
    later, vote = second(stage, first), staging.take_vote(stage, "annulment")
    client = staging.signed_in(stage, "chair")
    page = reverse("elections:poll-annul", args=["tinh-thu", first.pk])
    shown = client.get(page).text
    assert "Các vòng bầu sau dựa trên kết quả này" in shown
    assert shown.count("checked") == 2, "in both forms"
    ask = {"vote": vote.pk, "reason": REASON}
    refused = client.post(page + "theo-bieu-quyet/", ask).text
    assert "không đứng một mình được" in refused
    assert REASON in refused
    client.post(page + "theo-bieu-quyet/", {**ask, "others": [later.pk]})
    assert states() == ["annulled", "annulled"]
