"""The pages of minutes and summaries: nothing typed is lost, each reader sees the next step."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resolutions.models import SessionText
from resolutions.queries.session_text_work import work_for
from resolutions.rules.grown_text import fingerprint
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_texts as texts
from tests.portal.stage import published_poll
from tests.resolutions import texts_stage
from tests.sessions.desk import verbs_of

pytestmark = pytest.mark.django_db


def browser(stage, who: str) -> Client:
    client = Client()
    client.force_login(stage.user[who])
    return client


def at(name: str, pk: int) -> str:
    return reverse(f"resolutions:{name}", args=["tinh-thu", pk])


def page(stage, who: str, name: str, pk: int) -> str:
    response = browser(stage, who).get(at(name, pk))
    assert response.status_code == 200
    return response.content.decode()


def typed(stage, text: SessionText, who: str = "clerk", **changes: str) -> dict[str, Any]:
    """What the edit page would send, with some paragraphs changed."""
    context = browser(stage, who).get(at("session-text-edit", text.pk)).context
    posted: dict[str, Any] = {"action": "save"}
    for field, shown in context["head_fields"]:
        posted[field.html_name] = field.value() or ""
        posted[f"shown:{field.html_name}"] = shown
    for part in context["parts"]:
        for row in part.rows:
            posted[f"words:{row.name}"] = row.words
            posted[f"shown:{row.name}"] = row.shown
    return {**posted, **{f"words:{name}": words for name, words in changes.items()}}


@pytest.mark.parametrize("kind", ["minutes", "press"])
def test_a_page_without_text_offers_to_begin_it(stage, kind):
    said = page(stage, "clerk", f"session-{kind}", stage.council_session.pk)
    assert at(f"session-{kind}-start", stage.council_session.pk) in said
    assert "<form" not in page(
        stage, "admin", f"session-{kind}", stage.council_session.pk
    ).split("<main")[1].split("</main>")[0]  # fmt: skip
    response = browser(stage, "clerk").post(
        at(f"session-{kind}-start", stage.council_session.pk), follow=True
    )
    assert response.status_code == 200
    assert SessionText.objects.filter(kind=kind).count() == 1


def test_minutes_begin_with_the_chairs_of_the_council(stage):
    browser(stage, "clerk").post(at("session-minutes-start", stage.council_session.pk))
    text = SessionText.objects.get()
    assert "Chủ tịch Hội đồng nhân dân tỉnh Thử" in text.presiding
    assert str(stage.cast.people[0]) in text.presiding


def test_saving_changes_only_what_was_typed(stage):
    text = texts_stage.begun(stage)
    response = browser(stage, "clerk").post(
        at("session-text-edit", text.pk), typed(stage, text, lead="Khai mạc sáng nay.")
    )
    assert response.status_code == 302
    text = texts_stage.fresh(text)
    words = {one["key"]: (one["words"], one["base"]) for one in text.content}
    assert words["lead"][0] == "Khai mạc sáng nay."
    assert all(said == base for key, (said, base) in words.items() if key != "lead")


def test_a_conflict_shows_both_and_the_second_click_saves(stage):
    text = texts_stage.begun(stage, "minutes")
    key = "opening.session"
    posted = typed(stage, text, **{key: "Của tôi."})
    other = typed(stage, text, "clerk2", **{key: "Của đồng nghiệp."})
    browser(stage, "clerk2").post(at("session-text-edit", text.pk), other)
    client = browser(stage, "clerk")
    response = client.post(at("session-text-edit", text.pk), posted)
    said = response.content.decode()
    assert response.status_code == 200
    assert "Của tôi." in said
    assert "Của đồng nghiệp." in said
    rows = {row.name: row for part in response.context["parts"] for row in part.rows}
    assert rows[key].words == "Của tôi."
    assert rows[key].shown == fingerprint("Của đồng nghiệp.")
    again = {**posted, f"shown:{key}": rows[key].shown}
    assert client.post(at("session-text-edit", text.pk), again).status_code == 302


def test_adding_a_paragraph_works_without_script_and_saves_nothing_yet(stage):
    text = texts_stage.begun(stage)
    posted = typed(stage, text, lead="Gõ dở.") | {"action": "add=lead"}
    client = browser(stage, "clerk")
    response = client.post(at("session-text-edit", text.pk), posted)
    said = response.content.decode()
    assert "Gõ dở." in said
    assert texts_stage.fresh(text).version == text.version
    new = {"words:new-0": "Thảo luận sôi nổi.", "after:new-0": "lead", "shown:new-0": ""}
    client.post(at("session-text-edit", text.pk), {**posted, **new, "action": "save"})
    order = [one["words"] for one in texts_stage.fresh(text).content]
    assert order[order.index("Gõ dở.") + 1] == "Thảo luận sôi nổi."


@pytest.mark.parametrize("words", ["có ký tự lạ \u202e", "\x00", "x" * 20_001])
def test_what_cannot_be_stored_stays_on_the_page_beside_its_sentence(stage, words):
    text = texts_stage.begun(stage)
    response = browser(stage, "clerk").post(
        at("session-text-edit", text.pk), typed(stage, text, lead=words)
    )
    assert response.status_code in {200, 400}
    assert texts_stage.fresh(text).version == text.version
    if response.status_code == 200:
        assert 'aria-invalid="true"' in response.content.decode()


def test_figures_that_the_books_contradict_are_shown_with_the_right_one(stage):
    text = texts_stage.begun(stage)
    browser(stage, "clerk").post(
        at("session-text-edit", text.pk), typed(stage, text, lead="Có mặt 31 đại biểu.")
    )
    said = page(stage, "clerk", "session-press", stage.council_session.pk)
    assert "31 đại biểu" in said
    assert "35 đại biểu</strong>" in said


def test_differences_wait_with_two_buttons(stage):
    text = texts_stage.begun(stage)
    client = browser(stage, "clerk")
    client.post(at("session-text-edit", text.pk), typed(stage, text, lead="Lời của thư ký."))
    stage.sitting.presences.all().first().delete()
    said = page(stage, "clerk", "session-press", stage.council_session.pk)
    assert at("session-text-follow", text.pk) in said
    assert "<ins>" in said
    client.post(at("session-text-keep", text.pk), {"key": "lead"})
    said = page(stage, "clerk", "session-press", stage.council_session.pk)
    assert at("session-text-follow", text.pk) not in said
    client.post(at("session-text-follow", text.pk), {"key": "lead"})
    assert "Lời của thư ký." not in page(stage, "clerk", "session-press", stage.council_session.pk)


def test_from_the_draft_to_the_public_page(stage):
    text = texts_stage.begun(stage)
    browser(stage, "clerk").post(at("session-text-submit", text.pk))
    mine = page(stage, "clerk", "session-press", stage.council_session.pk)
    assert at("session-text-approve", text.pk) not in mine
    approver = browser(stage, "approver")
    said = page(stage, "approver", "session-press", stage.council_session.pk)
    assert at("session-text-approve", text.pk) in said
    digest = texts_stage.fresh(text).digest
    approver.post(at("session-text-approve", text.pk), {"digest": digest})
    public = Client().get(stage.council_session.get_absolute_url()).content.decode()
    assert 'id="ban-tin"' in public
    approver.post(at("session-text-send-back", text.pk), {"reason": "Sửa tiêu đề"})
    said = page(stage, "clerk", "session-press", stage.council_session.pk)
    assert "Sửa tiêu đề" in said
    assert "không còn hiệu lực" in said


def test_sending_back_without_a_reason_keeps_the_page(stage):
    text = texts_stage.submitted(stage)
    response = browser(stage, "approver").post(at("session-text-send-back", text.pk), {})
    assert response.status_code == 200
    assert texts_stage.fresh(text).state == "submitted"


def test_a_summary_that_the_books_left_behind_says_so_before_the_worker_looks(stage):
    poll = published_poll(stage, kind="election", slug="bau")
    texts_stage.approved(stage)
    poll.title = "Bầu lại"
    type(poll).objects.filter(pk=poll.pk).update(state="annulled", annulled_reason="Sai")
    said = page(stage, "clerk", "session-press", stage.council_session.pk)
    assert "đã rút khỏi trang công khai" in said
    assert "<del>" in said


def test_minutes_are_signed_and_then_read_by_delegates(stage, run_jobs):
    text = texts_stage.approved(stage, "minutes")
    held = stage.council_session
    delegate = browser(stage, "delegate")
    assert delegate.get(at("delegate-minutes", held.pk)).status_code == 404
    assert delegate.get(at("session-minutes", held.pk)).status_code == 403
    day = texts_stage.fresh(text).approvals.get().approved_at.date().isoformat()
    wrong = {"signed_on": "2020-01-01", "presiding": "A", "secretary": "B"}
    response = browser(stage, "clerk").post(at("session-text-sign", text.pk), wrong)
    assert response.status_code == 200
    assert "không thể trước ngày đó" in response.content.decode()
    from django.utils import timezone

    right = {**wrong, "signed_on": timezone.localdate().isoformat()}
    assert day <= right["signed_on"]
    browser(stage, "clerk").post(at("session-text-sign", text.pk), right)
    assert verbs_of(text)[-1] == "session_text.sign"
    run_jobs()
    said = delegate.get(at("delegate-minutes", held.pk)).content.decode()
    assert "THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN" in said
    assert "SHA-256" not in said
    pdf = delegate.get(at("delegate-minutes-file", held.pk))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    link = reverse("sessions:delegate-session", args=["tinh-thu", held.pk])
    assert at("delegate-minutes", held.pk) in delegate.get(link).content.decode()
    response = browser(stage, "clerk").get(at("session-text-edit", text.pk))
    assert response.status_code == 302


def test_files_of_the_words_that_stand_or_none(stage, run_jobs):
    text = texts_stage.begun(stage, "minutes")
    clerk = browser(stage, "clerk")
    where = reverse("resolutions:session-text-file", args=["tinh-thu", text.pk, "docx"])
    assert clerk.get(where).status_code == 404
    clerk.post(at("session-text-print", text.pk))
    run_jobs()
    response = clerk.get(where)
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response.streaming_content)[:2] == b"PK"
    clerk.post(
        at("session-text-edit", text.pk), typed(stage, text, **{"closing.read": "Đã đọc lại."})
    )
    assert clerk.get(where).status_code == 404, "the file is of other words"


def test_versions_are_compared_word_by_word(stage):
    text = texts_stage.begun(stage)
    browser(stage, "clerk").post(
        at("session-text-edit", text.pk), typed(stage, text, headline="Tiêu đề khác")
    )
    client = browser(stage, "clerk")
    said = client.get(at("session-text-versions", text.pk) + "?tu=1&den=2").content.decode()
    assert "<ins>Tiêu đề khác</ins>" in " ".join(said.split())
    assert client.get(at("session-text-versions", text.pk) + "?tu=9").status_code == 404


def test_each_finds_the_text_among_the_things_to_do(stage):
    text = texts_stage.submitted(stage)
    council, today = stage.cast.council, stage.council_session.opens_on

    def mine(who: str, *roles: str) -> list[str]:
        found = work_for(council, stage.user[who], frozenset(roles), today)
        return [item.action for item in found.mine]

    assert mine("approver", "approver") == ["Đọc và duyệt"]
    assert mine("clerk", "clerk") == []
    assert mine("delegate", "delegate") == []
    approvals.send_back(text, reason="Thiếu", by=stage.user["approver"])
    assert mine("clerk", "clerk") == ["Xem lý do"]


def test_minutes_that_wait_for_ink_are_the_clerks(stage):
    texts_stage.approved(stage, "minutes")
    found = work_for(
        stage.cast.council, stage.user["clerk"], frozenset({"clerk"}),
        stage.council_session.opens_on,
    )  # fmt: skip
    assert [item.action for item in found.mine] == ["In và ghi việc ký"]


def test_another_councils_clerk_finds_nothing(stage):
    text = texts.start(stage.council_session, kind="press", by=stage.user["clerk"])
    client = browser(stage, "outsider")
    assert client.get(at("session-text-edit", text.pk)).status_code == 404
