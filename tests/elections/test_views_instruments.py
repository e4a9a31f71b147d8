"""Pages of petitions, motions, resignations, steps and papers: each form works by itself."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from council.models import Appointment, EndApproval, Tenure
from elections.models import FollowUp, Motion, Poll, Resignation, SubjectPaper, Trigger
from elections.services import subject_papers
from sessions.queries import deadlines, facts
from tests.elections import grounds, stage

SLUG = "tinh-thu"


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


@pytest.fixture
def clerk(hall) -> Client:
    return stage.signed_in(hall, "clerk")


def at(name: str, *args: object) -> str:
    return reverse(name, args=[SLUG, *args])


def prepared(hall: stage.Stage, **more: str) -> dict[str, object]:
    return {"title": "Cuộc thử", "held_on": "2028-12-12", **more}


def test_a_petition_is_counted_and_the_page_says_whether_it_obliges(hall, clerk):
    ask = {
        "person": hall.cast.people[5].pk, "received_on": "2028-11-01", "document": "",
        "petitioners": [one.pk for one in hall.cast.mandates[10:21]],
    }  # fmt: skip
    page = clerk.post(at("elections:petition-add"), ask, follow=True)
    assert "11/35 đại biểu kiến nghị, cần ít nhất 12" in page.content.decode()
    trigger = Trigger.objects.get()
    more = {"received_on": "2028-11-02", "petitioners": [hall.cast.mandates[25].pk]}
    page = clerk.post(at("elections:petition-join", trigger.pk), more, follow=True)
    assert "đủ một phần ba" in page.content.decode()
    assert "phải trình bỏ phiếu tín nhiệm" in page.content.decode()
    trigger.refresh_from_db()
    assert trigger.is_met


def test_a_petition_of_nobody_comes_back_with_its_sentence(hall, clerk):
    ask = {"person": hall.cast.people[5].pk, "received_on": "2028-11-01", "document": ""}
    page = clerk.post(at("elections:petition-add"), ask)
    assert "Chọn ít nhất một đại biểu kiến nghị." in page.content.decode()


def test_without_a_ground_the_page_says_what_is_missing(hall, clerk):
    address = at("elections:no-confidence-prepare", hall.council_session.pk)
    page = clerk.get(address).content.decode()
    assert "Chưa có căn cứ" in page
    clerk.post(address, prepared(hall))
    assert not Poll.objects.exists()


def test_from_the_fronts_petition_to_the_printed_list(hall, clerk):
    ask = {
        "person": hall.cast.people[5].pk, "received_on": "2028-11-01", "document": "15/CV-MTTQ",
    }  # fmt: skip
    clerk.post(at("elections:front-add"), ask)
    trigger = Trigger.objects.get()
    address = at("elections:no-confidence-prepare", hall.council_session.pk)
    clerk.post(address, prepared(hall, petitions=str(trigger.pk)))
    poll = Poll.objects.get()
    page = clerk.get(at("elections:poll", poll.pk)).content.decode()
    assert "Ủy ban Mặt trận Tổ quốc kiến nghị (15/CV-MTTQ)" in page
    assert "Chốt danh sách" in page
    page = clerk.post(at("elections:list-close", poll.pk), follow=True).content.decode()
    assert "Đã chốt danh sách trình bỏ phiếu." in page
    poll.refresh_from_db()
    assert poll.state == "list_approved"


def test_from_a_proposal_to_the_ended_office(hall, clerk):
    address = at("elections:dismissal-prepare", hall.council_session.pk)
    clerk.post(address, prepared(hall, act="dismissal"))
    poll = Poll.objects.get()
    ask = {
        "tenure": grounds.tenure_of(hall, "pc_vice_chair").pk,
        "proposer": grounds.tenure_of(hall, "council_chair").pk,
        "proposed_on": "2028-11-01", "reason": "Theo quy định", "submission": "",
    }  # fmt: skip
    page = clerk.post(at("elections:motion-add", poll.pk), ask).content.decode()
    assert "do Chủ tịch Ủy ban nhân dân đề nghị" in page
    ask["proposer"] = grounds.tenure_of(hall, "pc_chair").pk
    page = clerk.post(at("elections:motion-add", poll.pk), ask, follow=True).content.decode()
    assert "Điều 37 khoản 3, 4, 5 Luật 72/2025/QH15" in page
    stage.agreed(hall, poll)
    page = clerk.get(at("elections:poll-result", poll.pk)).content.decode()
    assert "chờ gửi phê chuẩn" in page
    assert "Gửi Thủ tướng Chính phủ chậm nhất ngày" in page
    asked = EndApproval.objects.get()
    address = at("council:end-approval", asked.pk)
    clerk.post(address, {"sent_on": "2028-12-18"})
    ask = {"verdict": "approved", "decided_on": "2028-12-28", "decision": "QĐ 1"}
    page = clerk.post(address, ask, follow=True).content.decode()
    assert "thôi giữ chức vụ: đã phê chuẩn" in page


def test_the_removal_of_a_delegate_has_its_own_form(hall, clerk):
    address = at("elections:dismissal-prepare", hall.council_session.pk)
    clerk.post(address, prepared(hall, act="remove_delegate"))
    poll = Poll.objects.get()
    ask = {
        "mandate": hall.cast.mandates[20].pk, "proposed_on": "2028-11-01",
        "reason": "Vắng các kỳ họp", "submission": "",
    }  # fmt: skip
    clerk.post(at("elections:motion-add", poll.pk), ask)
    assert Motion.objects.get().mandate == hall.cast.mandates[20]


def test_a_request_goes_to_the_council_or_between_sessions(hall, clerk):
    ask = {
        "tenure": grounds.tenure_of(hall, "pc_member").pk, "requested_on": "2028-11-01",
        "reason": "Sức khỏe", "consent": "",
    }  # fmt: skip
    page = clerk.post(at("elections:resignation-add"), ask, follow=True).content.decode()
    assert "Ghi văn bản đồng ý" in page
    found = Resignation.objects.get()
    address = at("elections:resignation-decide", found.pk)
    ask = {"do": "consent", "consent-consent": "20-CV/TU", "consent-version": found.version}
    clerk.post(address, ask)
    assert "Giữa hai kỳ họp" in clerk.get(address).content.decode()
    ask = {"do": "grant", "grant-decided_on": "2028-12-12", "grant-decision": "NQ 5"}
    assert "đang họp" in clerk.post(address, ask).content.decode()
    ask["grant-decided_on"] = "2028-12-28"
    page = clerk.post(address, ask, follow=True).content.decode()
    assert "được chấp thuận" in page
    assert "báo cáo Hội đồng nhân dân tại kỳ họp gần nhất" in page
    assert FollowUp.objects.get().kind == "report"


def test_a_request_on_the_paper_is_chosen_from_those_that_wait(hall, clerk):
    address = at("elections:dismissal-prepare", hall.council_session.pk)
    clerk.post(address, prepared(hall, act="resignation"))
    poll = Poll.objects.get()
    page = clerk.get(at("elections:motion-add", poll.pk)).content.decode()
    assert "Chưa có đơn nào chờ quyết định" in page
    asked = grounds.request(hall)
    clerk.post(at("elections:motion-add", poll.pk), {"resignation": asked.pk})
    assert Motion.objects.get().resignation == asked
    address = at("elections:resignation-decide", asked.pk)
    assert "đã được đưa vào một cuộc bỏ phiếu" in clerk.get(address).content.decode()


def test_a_request_may_be_taken_back(hall, clerk):
    asked = grounds.request(hall)
    ask = {"do": "withdraw", "withdraw-decided_on": "2028-11-20"}
    clerk.post(at("elections:resignation-decide", asked.pk), ask)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_retirement_is_written_down_without_a_vote(hall, clerk):
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    address = at("elections:departure-record", tenure.pk)
    assert "Không phải làm thủ tục miễn nhiệm" in clerk.get(address).content.decode()
    clerk.post(address, {"reason": "retired", "ends_on": "2028-12-20"})
    tenure.refresh_from_db()
    assert tenure.end_reason == "retired"
    page = clerk.get(at("elections:grounds")).content.decode()
    assert "Điều 37 khoản 6 Luật 72/2025/QH15" in page


def test_a_step_is_seen_and_closed_with_a_reason(hall, clerk):
    outcome = grounds.low_result(hall, 20)
    page = clerk.get(at("elections:poll-result", outcome.poll_id)).content.decode()
    assert "Người này có thể xin từ chức" in page
    home = clerk.get(at("council:council-home")).content.decode()
    assert "Người này có thể xin từ chức" in home
    step = FollowUp.objects.get()
    address = at("elections:follow-up-close", step.pk)
    assert "hạn: kỳ họp này hoặc kỳ họp gần nhất" in clerk.get(address).content.decode()
    ask = {"state": "overtaken", "reason": "Đã chuyển công tác"}
    page = clerk.post(address, ask, follow=True).content.decode()
    assert "Đã chuyển công tác" in page
    home = clerk.get(at("council:council-home")).content.decode()
    assert "Người này có thể xin từ chức" not in home


def test_papers_are_ticked_off_and_the_sessions_deadline_is_met(hall, clerk):
    poll = stage.confidence(hall)
    address = at("elections:subject-papers", poll.pk)
    everybody = [entry.pk for entry in poll.entries.all()]
    hub = at("sessions:session-detail", hall.council_session.pk)
    for step in ("report", "declaration"):
        ask = {"step": step, "done_on": "2026-11-02", "persons": everybody}
        clerk.post(address, ask)
    assert SubjectPaper.objects.count() == 14
    page = clerk.get(address).content.decode()
    assert "7/7" in page
    assert clerk.get(hub).status_code == 200
    ask = {"step": "report", "done_on": "2026-11-02", "persons": everybody[:2], "forget": "1"}
    assert "Đã bỏ ghi cho 2 người." in clerk.post(address, ask, follow=True).content.decode()
    ask = {"step": "report", "done_on": "2026-11-02"}
    assert "Chọn ít nhất một người." in clerk.post(address, ask).content.decode()


def test_the_deadlines_of_a_session_know_the_papers(hall, clerk):
    poll = stage.confidence(hall)
    hall.council_session.state = "convened"
    hall.council_session.save()
    today = date(2028, 12, 1)

    def states() -> dict[str, str]:
        lines = deadlines.checklist(hall.council_session, facts.of(hall.council_session), today)
        return {line.deadline.code: line.state for line in lines}

    assert states()["confidence.t_minus_30"] == "late"
    everybody = list(poll.entries.all())
    for step in ("report", "declaration"):
        subject_papers.record(
            poll, step=step, done_on=date(2026, 11, 2), persons=everybody, by=hall.user("clerk")
        )
    assert states()["confidence.t_minus_30"] == "done"
    assert states()["confidence.t_minus_20"] == "late"
    subject_papers.forget(poll, step="report", persons=everybody[:1], by=hall.user("clerk"))
    assert states()["confidence.t_minus_30"] == "late"


def test_an_appointment_stands_beside_its_office(hall, clerk):
    hall.cast.term.starts_on, hall.cast.term.ends_on = date(2025, 7, 1), date(2026, 3, 31)
    hall.cast.term.save()
    ask = {
        "office": hall.cast.offices["pc_vice_chair"].pk, "person": hall.cast.people[-1].pk,
        "term": hall.cast.term.pk, "starts_on": "2025-07-01", "body": "Ủy ban Thường vụ Quốc hội",
        "decision": "Nghị quyết 1700/NQ-UBTVQH15", "decided_on": "2025-06-30",
    }  # fmt: skip
    page = clerk.post(at("council:tenure-appoint"), ask, follow=True).content.decode()
    assert "Nghị quyết 1700/NQ-UBTVQH15, Ủy ban Thường vụ Quốc hội" in page
    assert "Điều 2 khoản 3 Nghị quyết 203/2025/QH15" in page
    assert Appointment.objects.get().tenure.basis == "appointed"
    ask |= {"starts_on": "2026-05-05", "person": hall.cast.people[-2].pk}
    page = clerk.post(at("council:tenure-appoint"), ask).content.decode()
    assert "Chỉ chỉ định thay cho bầu ở đơn vị hợp nhất năm 2025" in page
    assert Tenure.objects.filter(basis="appointed").count() == 1


def test_the_grounds_ask_as_much_for_one_petition_as_for_ten(
    hall, clerk, django_assert_max_num_queries
):
    for person in range(1, 8):
        grounds.front(hall, person=person % 7)
    grounds.petition(hall)
    grounds.request(hall)
    grounds.low_result(hall, 20)
    clerk.get(at("elections:grounds"))
    with django_assert_max_num_queries(13):
        clerk.get(at("elections:grounds"))
