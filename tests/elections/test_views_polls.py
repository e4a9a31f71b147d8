"""Pages of polls: preparing, nominating, closing the list, opening, results."""

from datetime import date

import pytest
from django.urls import reverse

from council.models import Tenure
from elections.models import Poll
from elections.services import annulments, polls
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db
VOTE = {"for_count": "33", "against_count": "0", "not_voting_count": "0"}


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def page(name: str, key: int, *rest: object) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", key, *rest])


def test_the_sessions_polls_are_listed_with_what_to_do_next(stage: Stage) -> None:
    client = staging.signed_in(stage, "clerk")
    empty = client.get(page("polls", stage.council_session.pk)).content.decode()
    assert "Chưa có cuộc bỏ phiếu nào" in empty
    poll = staging.confidence(stage)
    text = client.get(page("polls", stage.council_session.pk)).content.decode()
    assert page("poll", poll.pk) in text
    assert "7 người trên phiếu" in text


def test_the_law_of_the_day_makes_the_list_and_says_who_is_exempt(stage: Stage) -> None:
    Tenure.objects.filter(pk=stage.cast.tenures["pc_member"].pk).update(starts_on=date(2028, 5, 4))
    client, address = (
        staging.signed_in(stage, "clerk"),
        page("confidence-prepare", stage.council_session.pk),
    )
    text = client.get(address).content.decode()
    assert "6 người thuộc diện lấy phiếu vào ngày 12/12/2028" in text
    assert "Được bầu giữ chức vụ Ủy viên Ủy ban nhân dân ngày 04/05/2028" in text
    answer = client.post(address, {"title": "Lấy phiếu tín nhiệm", "held_on": "2028-12-12"})
    poll = Poll.objects.get()
    assert answer.headers["Location"] == page("poll", poll.pk)
    shown = client.get(page("poll", poll.pk)).content.decode()
    assert "Khối Hội đồng nhân dân" in shown
    assert "Không thuộc diện lấy phiếu" in shown


@pytest.mark.parametrize(
    "day", ["2023-06-01", "abc", "9999-12-31", "10000-01-01", "2028-02-31", ""]
)
def test_any_nonsense_for_a_day_shows_the_page_with_a_sentence(stage: Stage, day: str) -> None:
    client, address = (
        staging.signed_in(stage, "clerk"),
        page("confidence-prepare", stage.council_session.pk),
    )
    assert client.get(address, {"held_on": day}).status_code == 200
    answer = client.post(address, {"title": "Lấy phiếu tín nhiệm", "held_on": day})
    assert answer.status_code == 200
    assert "Lấy phiếu tín nhiệm" in answer.content.decode()
    assert not Poll.objects.exists()


def test_a_commune_is_told_why_the_law_names_no_confidence_vote() -> None:
    stage = staging.build(level="commune")
    client, address = (
        staging.signed_in(stage, "clerk"),
        page("confidence-prepare", stage.council_session.pk),
    )
    text = client.get(address).content.decode()
    assert "Nghị quyết 96/2023/QH15 không quy định lấy phiếu tín nhiệm ở cấp xã" in text
    assert "disabled" in text


def test_an_election_is_prepared_or_refused_beside_its_field(stage: Stage) -> None:
    client, address = (
        staging.signed_in(stage, "clerk"),
        page("election-prepare", stage.council_session.pk),
    )
    values = {
        "office": stage.cast.offices["pc_chair"].pk, "seats": "1", "title": "Bầu Chủ tịch UBND",
        "held_on": "2028-12-12",
    }  # fmt: skip
    refused = client.post(address, values).content.decode()
    assert "tối đa 1 người" in refused
    assert "Bầu Chủ tịch UBND" in refused, "what was typed stays"
    accepted = client.post(address, {**values, "office": stage.cast.offices["pc_vice_chair"].pk})
    assert accepted.status_code == 302


def test_a_candidate_is_nominated_and_a_nominator_without_authority_is_explained(
    stage: Stage,
) -> None:
    poll, client = staging.election(stage), staging.signed_in(stage, "clerk")
    address = page("nominate", poll.pk)
    assert "giới thiệu của Chủ tịch Ủy ban nhân dân" in client.get(address).content.decode()
    values = {
        "person": stage.cast.people[30].pk, "post": "Trưởng phòng Tài chính",
        "nominator": staging.nominator(stage, "pc_vice_chair").pk, "nominated_on": "2028-12-12",
    }  # fmt: skip
    refused = client.post(address, values).content.decode()
    assert "không có quyền giới thiệu" in refused
    assert "Điều 36 khoản 2 Luật 72/2025/QH15" in refused
    assert "Trưởng phòng Tài chính" in refused
    accepted = client.post(address, {**values, "nominator": staging.nominator(stage).pk})
    assert accepted.status_code == 302
    entry = poll.entries.get()
    gone = client.post(page("entry-withdraw", entry.pk), {"reason": "Lý do gia đình"})
    assert gone.status_code == 302
    assert "Lý do gia đình" in client.get(page("poll", poll.pk)).content.decode()


def test_the_list_is_closed_by_typing_the_vote_or_choosing_a_recorded_one(stage: Stage) -> None:
    client, poll = staging.signed_in(stage, "clerk"), staging.confidence(stage)
    wrong = client.post(page("list-approve", poll.pk), {**VOTE, "for_count": "31"})
    assert wrong.status_code == 200
    assert client.post(page("list-approve", poll.pk), VOTE).status_code == 302
    assert Poll.objects.get(pk=poll.pk).state == "list_approved"
    election = staging.election(stage)
    staging.candidate(stage, election, 30)
    vote = staging.take_vote(stage, "personnel_list")
    assert str(vote.subject) in client.get(page("poll", election.pk)).content.decode()
    client.post(page("list-approve-by-vote", election.pk), {"vote": vote.pk})
    assert Poll.objects.get(pk=election.pk).state == "list_approved"


def test_the_checklist_says_what_is_missing_and_the_button_waits(stage: Stage) -> None:
    client, poll = (
        staging.signed_in(stage, "clerk"),
        staging.approved(stage, staging.confidence(stage)),
    )
    text = client.get(page("poll", poll.pk)).content.decode()
    assert "Hội đồng nhân dân chưa bầu Ban kiểm phiếu" in text
    assert "Mở được khi mọi dòng ở trên đã đạt" in text
    refused = client.post(page("poll-open", poll.pk), follow=True).content.decode()
    assert "chưa bầu Ban kiểm phiếu" in refused
    staging.elect_committee(stage)
    client.post(page("ballots-print", poll.pk), {"printed": "40"})
    ready = client.get(page("poll", poll.pk)).content.decode()
    assert "Có mặt 33/35 đại biểu, đủ điều kiện họp (cần 24)" in ready
    assert "Mở được khi" not in ready
    client.post(page("poll-open", poll.pk))
    client.post(page("poll-open", poll.pk))
    client.post(page("poll-close", poll.pk))
    assert Poll.objects.get(pk=poll.pk).state == "counting"


@pytest.mark.parametrize("printed", ["", "-1", "3", "abc", "99999999999999999999"])
def test_a_wrong_number_of_papers_is_a_sentence(stage: Stage, printed: str) -> None:
    client, poll = (
        staging.signed_in(stage, "clerk"),
        staging.approved(stage, staging.confidence(stage)),
    )
    answer = client.post(page("ballots-print", poll.pk), {"printed": printed})
    assert answer.status_code == 200
    assert Poll.objects.get(pk=poll.pk).printed is None


def test_the_ballot_paper_is_downloaded_when_it_is_made(stage: Stage, run_jobs: object) -> None:
    client, poll = (
        staging.signed_in(stage, "clerk"),
        staging.approved(stage, staging.confidence(stage)),
    )
    assert client.get(page("poll-file", poll.pk, "ballot")).status_code == 404
    client.post(page("ballots-print", poll.pk), {"printed": "40"})
    run_jobs()  # type: ignore[operator]
    answer = client.get(page("poll-file", poll.pk, "ballot"))
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert client.get(page("poll-file", poll.pk, "nonsense")).status_code == 404


def test_the_result_says_who_was_elected_on_which_base_and_what_comes_next(stage: Stage) -> None:
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    staging.agreed(stage, poll)
    text = staging.signed_in(stage, "clerk").get(page("poll-result", poll.pk)).content.decode()
    assert f"{str(entry.person)[1:]} được bầu giữ chức vụ Phó Chủ tịch Ủy ban nhân dân" in text
    assert "tổng số đại biểu (35)" in text
    assert "85,71%" in text
    assert "Cần ít nhất 18 phiếu đồng ý trên tổng số 35 đại biểu" in text
    assert "Gửi Thủ tướng Chính phủ chậm nhất ngày 19/12/2028" in text
    assert reverse("resolutions:from-poll", args=["tinh-thu", poll.pk]) in text


def test_where_nobody_is_elected_the_page_offers_the_next_round_within_the_regulation(
    stage: Stage,
) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    staging.agreed(stage, poll, changes={("c01", "for"): 9, ("c01", "against"): 20})
    client = staging.signed_in(stage, "clerk")
    text = client.get(page("poll-result", poll.pk)).content.decode()
    assert "Không ai được quá nửa tổng số đại biểu" in text
    assert "Đây là vòng 1 trên tối đa 2 vòng" in text
    assert reverse("resolutions:from-poll", args=["tinh-thu", poll.pk]) not in text
    answer = client.post(page("round-next", poll.pk))
    second = Poll.objects.get(previous_round=poll)
    assert answer.headers["Location"] == page("poll", second.pk)
    assert "Mở vòng tiếp theo" in client.get(page("poll-result", poll.pk)).content.decode()


def test_the_chair_stops_a_poll_and_the_page_says_so(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    chair = staging.signed_in(stage, "chair")
    assert "Dừng cuộc bỏ phiếu" in chair.get(page("poll-annul", poll.pk)).content.decode()
    assert chair.post(page("poll-annul", poll.pk), {"reason": ""}).status_code == 200
    chair.post(page("poll-annul", poll.pk), {"reason": "Phiếu in sai tên"})
    text = chair.get(page("poll", poll.pk)).content.decode()
    assert "Cuộc bỏ phiếu đã bị dừng" in text
    assert "Phiếu in sai tên" in text


def test_a_draft_is_thrown_away_by_its_button(stage: Stage) -> None:
    poll = staging.confidence(stage)
    answer = staging.signed_in(stage, "clerk").post(page("poll-discard", poll.pk))
    assert answer.headers["Location"] == page("polls", stage.council_session.pk)
    assert not Poll.objects.exists()


def test_polls_of_another_council_do_not_exist(stage: Stage) -> None:
    poll = staging.confidence(stage)
    outsider = staging.signed_in(stage, "outsider")
    assert outsider.get(page("poll", poll.pk)).status_code == 404
    elsewhere = reverse("elections:poll", args=["tinh-khac", poll.pk])
    assert outsider.get(elsewhere).status_code == 404


@pytest.mark.parametrize("entries", [1, 30])
def test_a_polls_page_asks_as_much_for_one_candidate_as_for_thirty(
    stage: Stage, entries: int, django_assert_num_queries: object
) -> None:
    poll = staging.election(stage)
    for person in range(7, 7 + entries):
        staging.candidate(stage, poll, person % 40)
    client = staging.signed_in(stage, "clerk")
    with django_assert_num_queries(32):  # type: ignore[operator]
        assert client.get(page("poll", poll.pk)).status_code == 200


def test_polls_do_not_open_on_a_day_that_is_not_theirs(stage: Stage) -> None:
    poll = staging.confidence(stage)
    assert (poll.held_on, polls.list_matter(poll)) == (DAY, "subject_list")


def test_until_a_way_of_counting_is_chosen_its_step_has_no_ways_name(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    client = staging.signed_in(stage, "clerk")
    page = reverse("elections:poll", args=["tinh-thu", poll.pk])

    def titles() -> list[str]:
        return [step.title for step in client.get(page).context["steps"]]

    assert titles()[4] == "Kiểm phiếu"
    staging.typed(stage, poll, "counter1")
    assert titles()[4] == "Hai lần đếm độc lập"
    Poll.objects.filter(pk=poll.pk).update(counting="scans")
    assert titles()[4] == "Quét phiếu, hai người xem lại"


def test_an_annulled_polls_steps_say_how_far_it_had_come(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    client = staging.signed_in(stage, "clerk")
    page = reverse("elections:poll", args=["tinh-thu", poll.pk])
    annulments.stop(poll, reason="Phiếu in sai", by=stage.user("chair"))
    done = [step.state == "done" for step in client.get(page).context["steps"]]
    assert done == [True, True, True, True, False, False, False]
    assert "đã công bố" not in client.get(page).text
