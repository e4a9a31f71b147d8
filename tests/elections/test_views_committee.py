"""The ballot committee's page: proposal, exclusion with the reason, election."""

import pytest
from django.urls import reverse

from elections.models import BallotCommittee
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db
VOTE = {"for_count": "33", "against_count": "0", "not_voting_count": "0"}


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def page(stage: Stage, name: str = "committee") -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", stage.council_session.pk])


def chosen(stage: Stage, seats: range) -> dict[str, object]:
    keys = [stage.cast.mandates[seat].pk for seat in seats]
    return {"head": keys[0], "secretary": keys[1], "members": keys[2:]}


def test_a_committee_is_proposed_and_elected_on_one_page(stage: Stage) -> None:
    client = staging.signed_in(stage, "clerk")
    text = client.get(page(stage)).content.decode()
    assert "Ít nhất 7 thành viên" in text
    assert "Hướng dẫn 883/HD-UBTVQH14" in text
    client.post(page(stage), chosen(stage, range(10, 17)))
    proposed = client.get(page(stage)).content.decode()
    assert "Ghi biểu quyết và bầu" in proposed
    assert 'value="33"' in proposed, "all present in favour is the usual case"
    client.post(page(stage, "committee-elect"), VOTE)
    assert BallotCommittee.objects.get().state == "elected"
    assert "33/35 tán thành" in client.get(page(stage)).content.decode()


def test_too_small_a_committee_is_refused_and_the_choice_stays(stage: Stage) -> None:
    client = staging.signed_in(stage, "clerk")
    text = client.post(page(stage), chosen(stage, range(10, 14))).content.decode()
    assert "có 4 thành viên, cần ít nhất 7" in text
    assert text.count("checked") == 2
    assert text.count("selected") == 2
    assert not BallotCommittee.objects.exists()


def test_who_stands_cannot_be_chosen_and_the_page_says_why(stage: Stage) -> None:
    staging.confidence(stage)
    client = staging.signed_in(stage, "clerk")
    text = client.get(page(stage)).content.decode()
    assert "có tên trong “Lấy phiếu tín nhiệm”" in text
    answer = client.post(page(stage), chosen(stage, range(7)))
    assert answer.status_code == 200
    assert not BallotCommittee.objects.exists()


def test_a_member_who_stands_since_is_named(stage: Stage) -> None:
    staging.elect_committee(stage)
    poll = staging.election(stage)
    staging.candidate(stage, poll, 12)
    text = staging.signed_in(stage, "clerk").get(page(stage)).content.decode()
    name = stage.cast.people[12].full_name
    assert f"{name} có tên trong “Bầu bổ sung Phó Chủ tịch”" in text


def test_a_recorded_vote_elects_and_a_lost_one_does_not(stage: Stage) -> None:
    client = staging.signed_in(stage, "clerk")
    client.post(page(stage), chosen(stage, range(10, 17)))
    lost = {**VOTE, "for_count": "3", "against_count": "30"}
    text = client.post(page(stage, "committee-elect"), lost, follow=True).content.decode()
    assert "không được thông qua" in text
    wrong = client.post(page(stage, "committee-elect"), {**VOTE, "for_count": "40"})
    assert wrong.status_code == 200
    vote = staging.take_vote(stage, "committee")
    client.post(page(stage, "committee-elect-by-vote"), {"vote": "999999"})
    assert BallotCommittee.objects.get().state == "proposed"
    client.post(page(stage, "committee-elect-by-vote"), {"vote": vote.pk})
    assert BallotCommittee.objects.get().state == "elected"


def test_electing_without_a_proposal_is_not_found(stage: Stage) -> None:
    client = staging.signed_in(stage, "clerk")
    assert client.post(page(stage, "committee-elect"), VOTE).status_code == 404


def test_counters_read_the_page_but_write_nothing(stage: Stage) -> None:
    client = staging.signed_in(stage, "counter1")
    text = client.get(page(stage)).content.decode()
    assert "Ghi danh sách dự kiến" not in text
    client.post(page(stage), chosen(stage, range(10, 17)))
    assert not BallotCommittee.objects.exists()
    assert client.post(page(stage, "committee-elect"), VOTE).status_code == 403


def test_from_the_elected_committee_a_button_leads_back_to_the_poll(stage: Stage) -> None:
    poll = staging.confidence(stage)
    staging.elect_committee(stage)
    client = staging.signed_in(stage, "clerk")
    page = reverse("elections:committee", args=["tinh-thu", stage.council_session.pk])
    shown = client.get(page).text
    assert reverse("elections:poll", args=["tinh-thu", poll.pk]) in shown
    assert f"Mở cuộc bỏ phiếu: {poll.title}" in shown
    type(poll).objects.filter(pk=poll.pk).update(state="annulled")
    assert "Các cuộc bỏ phiếu của kỳ họp" in client.get(page).text
