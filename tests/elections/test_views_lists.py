"""Pages of an election's list: posts, extra candidates, withdrawals, rounds, re-election."""

import html
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from council.models import CouncilSetting, Tenure
from council.services import offices
from elections.models import ListChange, Poll
from elections.queries import work
from elections.services import polls, posts, rounds
from tests.elections import stage as staging
from tests.elections.stage import DAY, PRESENT, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def clerk(stage: Stage) -> Client:
    return staging.signed_in(stage, "clerk")


def at(name: str, pk: int) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", pk])


def words(response: HttpResponse) -> str:
    assert response.status_code == 200, response.status_code
    return html.unescape(response.content.decode())


def followed(client: Client, address: str, **data: object) -> str:
    return words(client.post(address, data, follow=True))


def head_of_committee(stage: Stage) -> Tenure:
    """The committee head left, the office is free."""
    held = stage.cast.tenures["Trưởng Ban Pháp chế"]
    Tenure.objects.filter(pk=held.pk).update(ends_on="2028-12-01", end_reason="retired")
    return held


def test_a_clerk_puts_a_second_post_on_the_paper_and_nominates_to_each(
    stage: Stage, clerk: Client
) -> None:
    poll = staging.election(stage, kind="council_vice_chair")
    head = head_of_committee(stage).office
    page = words(clerk.get(at("poll", poll.pk)))
    assert "Thêm chức vụ vào phiếu này" in page
    assert "Phó Chủ tịch Hội đồng nhân dân" in words(clerk.get(at("poll-posts", poll.pk)))
    done = followed(clerk, at("poll-posts", poll.pk), office=head.pk, seats=1)
    assert "Đã thêm Trưởng Ban Pháp chế vào phiếu." in done
    page = words(clerk.get(at("poll", poll.pk)))
    assert "Giới thiệu người vào Trưởng Ban Pháp chế" in page
    nominate = at("nominate", poll.pk)
    second = poll.posts.get(position=2)
    form = words(clerk.get(f"{nominate}?chuc-vu={second.pk}"))
    assert f'<option value="{second.pk}" selected>' in form
    data = {
        "person": stage.cast.people[20].pk, "post": "Đại biểu", "nominated_on": "2028-12-12",
        "nominator": stage.cast.tenures["council_chair"].pk,
    }  # fmt: skip
    assert "is-invalid" in words(clerk.post(nominate, data))
    assert not second.entries.exists()
    assert clerk.post(nominate, {**data, "poll_post": second.pk}).status_code == 302
    page = words(clerk.get(at("poll", poll.pk)))
    assert "Chức vụ Phó Chủ tịch Hội đồng nhân dân chưa có người ứng cử." in page


def test_seats_change_and_a_post_goes_as_long_as_nobody_stands(stage: Stage, clerk: Client) -> None:
    poll = staging.election(stage)
    first = poll.posts.get()
    assert "Đã ghi số người cần bầu." in followed(clerk, at("post-seats", first.pk), seats=2)
    assert "có tối đa 4 người" in followed(clerk, at("post-seats", first.pk), seats=9)
    first.refresh_from_db()
    assert first.seats == 2
    assert "từ 1" in followed(clerk, at("post-seats", first.pk), seats=0)
    assert "ít nhất một chức vụ" in followed(clerk, at("post-remove", first.pk))
    second = posts.add(
        poll, office=head_of_committee(stage).office, seats=1, by=stage.user("clerk")
    )
    assert "Đã bỏ chức vụ khỏi phiếu." in followed(clerk, at("post-remove", second.pk))


def test_a_proposal_is_written_down_voted_on_and_stays_in_sight(
    stage: Stage, clerk: Client
) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    data = {
        "proposed_by": stage.cast.mandates[25].pk, "person": stage.cast.people[31].pk,
        "post": "Đại biểu", "submitter": "standing_committee", "reason": "Có kinh nghiệm",
    }  # fmt: skip
    assert "Điều 33 khoản 6" in words(clerk.get(at("list-propose", poll.pk)))
    wrong = words(clerk.post(at("list-propose", poll.pk), {**data, "submitter": "presiding"}))
    assert "chủ tọa chỉ trình ở kỳ họp thứ nhất" in wrong
    assert "Việc tiếp theo: Hội đồng biểu quyết." in followed(
        clerk, at("list-propose", poll.pk), **data
    )
    change = ListChange.objects.get()
    page = words(clerk.get(at("poll", poll.pk)))
    assert "Hội đồng biểu quyết các đề nghị về danh sách trước" in page
    assert "chờ Hội đồng nhân dân quyết định" in page
    decide = at("list-decide", change.pk)
    short = words(clerk.post(decide, {"for_count": 5, "against_count": 0, "not_voting_count": 0}))
    assert "Hội đồng biểu quyết đề nghị này" in short
    done = followed(clerk, decide, for_count=20, against_count=PRESENT - 20, not_voting_count=0)
    assert "danh sách đã được sửa" in done
    page = words(clerk.get(at("poll", poll.pk)))
    assert "20/35 tán thành (cần 18)" in page
    assert poll.entries.count() == 2


def test_a_proposal_may_be_given_up(stage: Stage, clerk: Client) -> None:
    poll = staging.election(stage)
    data = {
        "proposed_by": stage.cast.mandates[25].pk, "person": stage.cast.people[25].pk,
        "post": "Đại biểu", "submitter": "standing_committee",
    }  # fmt: skip
    clerk.post(at("list-propose", poll.pk), data)
    page = followed(clerk, at("list-drop", ListChange.objects.get().pk))
    assert "Tự ứng cử." in page
    assert "người đề nghị thôi đề nghị" in page


def test_a_withdrawal_goes_with_or_without_a_vote_as_the_regulation_says(
    stage: Stage, clerk: Client
) -> None:
    poll = staging.election(stage)
    first, second = (staging.candidate(stage, poll, person) for person in (30, 31))
    page = words(clerk.get(at("entry-withdraw", first.pk)))
    assert "Luật không buộc biểu quyết việc rút" in page
    clerk.post(at("entry-withdraw", first.pk), {"reason": "Bận", "action": "withdraw"})
    page = words(clerk.get(at("poll", poll.pk)))
    assert "không biểu quyết." in page
    CouncilSetting.objects.create(
        council=stage.cast.council, key="withdrawal_vote", value="1",
        effective_from=date(2026, 1, 1), source="Điều 12 Quy chế",
    )  # fmt: skip
    page = words(clerk.get(at("entry-withdraw", second.pk)))
    assert "Ghi việc rút</button>" not in page
    data = {"reason": "Bận", "action": "withdraw"}
    assert "Điều 12 Quy chế" in words(clerk.post(at("entry-withdraw", second.pk), data))
    clerk.post(at("entry-withdraw", second.pk), {"reason": "Bận", "action": "ask"})
    assert ListChange.objects.get(entry=second).state == "proposed"


def failed(stage: Stage) -> Poll:
    poll = staging.election(stage)
    for person in (30, 31):
        staging.candidate(stage, poll, person)
    return staging.agreed(stage, poll, changes=staging.votes_for({"c01": 17, "c02": 10})).poll


def test_the_next_round_takes_everybody_with_one_click_or_those_ticked(
    stage: Stage, clerk: Client
) -> None:
    first = failed(stage)
    result = words(clerk.get(at("poll-result", first.pk)))
    assert "Lập vòng bầu tiếp theo" in result
    page = words(clerk.get(at("round-next", first.pk)))
    assert "Phó Chủ tịch Ủy ban nhân dân, còn thiếu 1 người" in page
    nobody = words(clerk.post(at("round-next", first.pk), {"choose": "1"}))
    assert "Chọn ít nhất một người vào vòng sau" in nobody
    chosen = first.entries.get(code="c01").person
    data = {"choose": "1", "post_1": [chosen.pk]}
    assert clerk.post(at("round-next", first.pk), data).status_code == 302
    second = Poll.objects.get(previous_round=first)
    assert [entry.person for entry in second.entries.all()] == [chosen]


def test_after_the_last_round_one_click_begins_anew(stage: Stage, clerk: Client) -> None:
    first = failed(stage)
    second = rounds.prepare_next(first, by=stage.user("clerk"))
    second = staging.agreed(stage, second, changes=staging.votes_for({"c01": 9, "c02": 8})).poll
    result = words(clerk.get(at("poll-result", second.pk)))
    assert "còn thiếu 1 người" in result
    assert "Lập cuộc bầu mới" in result
    assert clerk.get(at("round-next", second.pk)).status_code == 302
    page = followed(clerk, at("poll-reelect", second.pk))
    assert "hết số vòng bầu mà chưa bầu đủ" in page
    assert "Đã lập cuộc bầu mới từ khâu giới thiệu:" in words(clerk.get(at("poll", second.pk)))


def test_a_refused_result_is_a_task_and_one_click_prepares_the_new_election(
    stage: Stage, clerk: Client
) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    tenure, user = staging.agreed(stage, poll).lines.get().tenure, stage.user("clerk")
    offices.record_sent(tenure, sent_on=date(2028, 12, 13), by=user)
    tasks = work.work_for(stage.cast.council, user, frozenset({"clerk"}), DAY)
    assert "Ghi ngày nhận" in [item.action for item in tasks.others]
    offices.record_refused(tenure, decided_on=date(2028, 12, 20), decision="9/UBND", by=user)
    tasks = work.work_for(stage.cast.council, user, frozenset({"clerk"}), DAY)
    (task,) = [item for item in tasks.mine if item.action == "Bầu lại"]
    assert "không được phê chuẩn" in task.sentence
    assert "Lập cuộc bầu lại" in words(clerk.get(task.url))
    page = words(clerk.get(at("poll", poll.pk)))
    assert "9/UBND); phải bầu lại." in page
    page = followed(clerk, at("tenure-reelect", tenure.pk))
    assert "Bầu lại của" in page
    assert "Mở cuộc bầu lại" in words(clerk.get(at("poll", poll.pk)))
    tasks = work.work_for(stage.cast.council, user, frozenset({"clerk"}), DAY)
    assert [item for item in tasks.mine if item.action == "Bầu lại"] == []


def test_who_may_not_prepare_polls_sees_the_refusal_without_the_button(stage: Stage) -> None:
    tenure = stage.cast.tenures["pc_chair"]
    chair = staging.signed_in(stage, "chair")
    page = words(chair.get(at("tenure-reelect", tenure.pk)))
    assert "Lập cuộc bầu lại" not in page
    answer = chair.post(at("tenure-reelect", tenure.pk), follow=True)
    assert "không có quyền" in words(answer)


def test_the_checklist_tells_reminders_from_what_keeps_the_voting_closed(
    stage: Stage, clerk: Client
) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    staging.approved(stage, poll)
    page = words(clerk.get(at("poll", poll.pk)))
    assert "Chưa đính kèm tờ trình hoặc tóm tắt lý lịch" in page
    assert "lưu ý" in page
    assert "Mở tài liệu kỳ họp" in page
    assert "Lập và bầu Ban kiểm phiếu trước." in page


def test_the_hall_reads_for_which_office_each_person_stood(stage: Stage) -> None:
    poll = staging.election(stage)
    assert posts.add(
        poll, office=head_of_committee(stage).office, seats=1, by=stage.user("clerk")
    ).seats == 1  # fmt: skip
    first, second = poll.posts.all()
    staging.candidate_for(stage, poll, first, 30)
    polls.nominate(
        poll, person=stage.cast.people[20], nominator=staging.nominator(stage, "council_chair"),
        nominated_on=DAY, post="Đại biểu", submission=None, summary=None, poll_post=second,
        by=stage.user("clerk"),
    )  # fmt: skip
    poll = staging.agreed(stage, poll, changes=staging.votes_for({"c01": 30, "c02": 30})).poll
    page = words(staging.signed_in(stage, "chair").get(at("hall-screen", poll.pk)))
    assert "· Trưởng Ban Pháp chế" in page
    assert "· Phó Chủ tịch Ủy ban nhân dân" in page
