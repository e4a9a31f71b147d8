"""The second person's approval, and what ends it: another word, another figure, a return."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from council.models import AuditEntry
from elections.models import Poll
from resolutions.models import SessionText
from resolutions.queries import minutes_sheet
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_text_files as files
from resolutions.services import session_texts as texts
from resolutions.tasks import follow_facts as follow_task
from sessions.services import notes
from tests.portal.stage import published_poll
from tests.resolutions import texts_stage
from tests.sessions.desk import refusal_of, verbs_of

pytestmark = pytest.mark.django_db


def public_page(stage) -> str:
    return Client().get(stage.council_session.get_absolute_url()).content.decode()


def annul(stage, poll: Poll) -> None:
    """The result is undone and the audit log says so, as the service does."""
    from council.services import audit

    Poll.objects.filter(pk=poll.pk).update(
        state="annulled", annulled_at=timezone.now(), annulled_reason="Sai thẩm quyền"
    )
    audit.record("poll.annul", poll, by=stage.user["chair"], council=stage.cast.council)


def test_an_approved_summary_stands_on_the_public_page(stage):
    published_poll(stage, kind="election", slug="bau")
    text = texts_stage.approved(stage)
    headline, lead, *_rest = text.public_text.split("\n")
    page = public_page(stage)
    assert headline in page
    assert lead in page
    assert "được bầu giữ chức vụ" in headline
    assert verbs_of(text)[-1] == "session_text.approve"


def test_a_draft_and_a_submitted_summary_are_seen_by_nobody(stage):
    text = texts_stage.submitted(stage)
    assert 'id="ban-tin"' not in public_page(stage)
    assert text.public_text == ""


def test_an_annulled_poll_takes_the_summary_off_the_page_at_once(stage):
    poll = published_poll(stage, kind="election", slug="bau")
    text = texts_stage.approved(stage)
    assert 'id="ban-tin"' in public_page(stage)
    annul(stage, poll)
    assert 'id="ban-tin"' not in public_page(stage), "before the worker has looked"
    assert follow_task() == 1
    text = texts_stage.fresh(text)
    assert (text.state, text.public_text) == ("draft", "")
    assert "Người approver" in text.approvals.get().voided_reason
    assert verbs_of(text)[-1] == "session_text.facts_moved"
    text = texts.submit(text, by=stage.user["clerk"])
    approvals.approve(text, digest=text.digest, by=stage.user["approver"])
    page = public_page(stage)
    assert 'id="ban-tin"' in page
    assert "đã công bố bị hủy" in page


def test_a_change_that_the_summary_does_not_tell_leaves_it_there(stage):
    text = texts_stage.approved(stage)
    before = text.checked_seq
    from council.services import audit

    audit.record("person.edit", stage.cast.people[0], by=None, council=stage.cast.council)
    assert 'id="ban-tin"' in public_page(stage)
    assert follow_task() == 0
    text = texts_stage.fresh(text)
    assert text.state == "approved"
    assert text.checked_seq > before
    assert follow_task() == 0


def test_a_sentence_of_the_story_moves_the_summary_too(stage):
    text = texts_stage.submitted(stage)
    notes.save(
        stage.council_session, note=None, kind="shortcoming", text="Còn chậm.",
        by=stage.user["clerk"],
    )  # fmt: skip
    refusal = refusal_of(approvals.approve, text, digest=text.digest, by=stage.user["approver"])
    assert refusal.code == "session_text.not_now"
    assert texts_stage.fresh(text).state == "draft"


def test_only_exactly_what_was_read_is_approved(stage):
    text = texts_stage.submitted(stage)
    refusal = refusal_of(approvals.approve, text, digest="0" * 64, by=stage.user["approver"])
    assert refusal.code == "session_text.changed"


def test_nobody_approves_his_own(stage):
    text = texts.submit(texts_stage.begun(stage), by=stage.user["approver"])
    refusal = refusal_of(approvals.approve, text, digest=text.digest, by=stage.user["approver"])
    assert refusal.code == "session_text.own_text"


@pytest.mark.parametrize("who", ["clerk", "delegate", "outsider"])
def test_only_approvers_approve_and_send_back(stage, who):
    text = texts_stage.submitted(stage)
    user = stage.user[who]
    assert refusal_of(approvals.approve, text, digest=text.digest, by=user).code == "access.denied"
    assert refusal_of(approvals.send_back, text, reason="Sai", by=user).code == "access.denied"


def test_approving_twice_is_refused(stage):
    text = texts_stage.approved(stage)
    refusal = refusal_of(approvals.approve, text, digest=text.digest, by=stage.user["chair"])
    assert refusal.code == "session_text.not_now"
    assert text.approvals.count() == 1


def test_sending_back_wants_a_reason_and_empties_the_page(stage):
    text = texts_stage.approved(stage)
    approver = stage.user["approver"]
    assert refusal_of(approvals.send_back, text, reason=" ", by=approver).code == (
        "session_text.reason_missing"
    )
    text = approvals.send_back(text, reason="Thiếu ý kiến cử tri", by=approver)
    assert (text.state, text.sent_back_reason) == ("draft", "Thiếu ý kiến cử tri")
    assert 'id="ban-tin"' not in public_page(stage)
    assert "Thiếu ý kiến cử tri" in text.approvals.get().voided_reason
    assert refusal_of(approvals.send_back, text, reason="Nữa", by=approver).code == (
        "session_text.not_now"
    )


def sign(stage, text: SessionText, **values):
    given = {
        "signed_on": timezone.localdate(), "presiding": "Lê Văn Thử",
        "secretary": "Trần Thị Mẫu", "by": stage.user["clerk"],
    }  # fmt: skip
    return approvals.record_signature(text, **{**given, **values})


def test_the_signature_is_written_down_with_day_and_names(stage):
    text = sign(stage, texts_stage.approved(stage, "minutes"))
    assert (text.state, text.signed_presiding) == ("signed", "Lê Văn Thử")
    entry = AuditEntry.objects.filter(verb="session_text.sign").get()
    assert text.digest in entry.payload


def test_a_signature_before_its_time_is_refused(stage):
    text = texts_stage.submitted(stage, "minutes")
    assert refusal_of(sign, stage, text).code == "session_text.not_now"
    approvals.approve(text, digest=text.digest, by=stage.user["approver"])
    today = timezone.localdate()
    for day, code in (
        (today - timedelta(days=1), "minutes.signed_before_approval"),
        (today + timedelta(days=1), "minutes.signed_in_future"),
    ):
        assert refusal_of(sign, stage, text, signed_on=day).code == code
    assert refusal_of(sign, stage, text, by=stage.user["delegate"]).code == "access.denied"


def test_a_summary_is_not_signed(stage):
    assert refusal_of(sign, stage, texts_stage.approved(stage)).code == (
        "session_text.press_is_not_signed"
    )


def test_signed_minutes_stay_what_they_are(stage):
    poll = published_poll(stage)
    text = sign(stage, texts_stage.approved(stage, "minutes"))
    annul(stage, poll)
    assert follow_task() == 0
    assert texts_stage.fresh(text).state == "signed"


def test_minutes_whose_books_moved_are_not_signed(stage):
    poll = published_poll(stage)
    text = texts_stage.approved(stage, "minutes")
    annul(stage, poll)
    assert refusal_of(sign, stage, text).code == "session_text.not_now"
    assert texts_stage.fresh(text).approvals.get().voided_at is not None


# --- files ----------------------------------------------------------------------------------------


def test_the_worker_makes_both_files_once(stage, run_jobs):
    text = texts_stage.begun(stage, "minutes")
    job = files.request(text, by=stage.user["clerk"])
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done_count, job.total_count) == ("done", 2, 2), job.error
    assert sorted(text.files.values_list("kind", flat=True)) == ["docx", "pdf"]
    files.request(text, by=stage.user["clerk"])
    run_jobs()
    assert text.files.count() == 2


def test_approval_asks_for_files_without_the_mark_of_a_draft(stage, run_jobs):
    text = texts_stage.approved(stage, "minutes")
    run_jobs()
    final = minutes_sheet.digest(minutes_sheet.sheet_of(text))
    assert text.files.filter(digest=final).count() == 2
    assert not minutes_sheet.sheet_of(text).is_draft


def test_printing_is_for_minutes_and_for_those_who_prepare(stage):
    text = texts_stage.begun(stage)
    assert refusal_of(files.request, text, by=stage.user["clerk"]).code == (
        "session_text.press_is_not_printed"
    )
    assert refusal_of(files.request, text, by=stage.user["delegate"]).code == "access.denied"
