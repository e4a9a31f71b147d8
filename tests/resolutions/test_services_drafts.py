"""Drafting: from the outcome in one click, from scratch, edited, submitted."""

import json
import unicodedata
from typing import Any

import pytest
from django.utils import translation

from council.models import AuditEntry, Job
from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from elections.models import Poll
from resolutions.models import Resolution
from resolutions.queries import checklist, outcomes, pages, texts
from resolutions.rules import parsing, serial
from resolutions.rules.document import Body
from resolutions.rules.layout import ArticleText
from resolutions.services import approvals, drafts
from sessions.models import Document
from tests.resolutions.stage import (
    DAY,
    Stage,
    agreed_poll,
    approved,
    digests,
    drafted,
    submitted,
)


def body_of(*articles: ArticleText) -> Body:
    return parsing.body_of(articles)


def saved(resolution: Resolution, **changes: object) -> dict[str, Any]:
    """The edit form's values as they stand, with changes."""
    values: dict[str, Any] = {
        name: getattr(resolution, name)
        for name in (
            "title", "bases", "closing", "recipients", "signatory_post", "signatory_name",
            "version",
        )
    }  # fmt: skip
    return values | {"body": texts.body_of(resolution)} | changes


def test_a_confidence_outcome_becomes_skeleton_b_with_every_figure(stage: Stage) -> None:
    poll = agreed_poll(stage)
    resolution = drafts.from_poll(poll, by=stage.user["clerk"])
    body = texts.words_of(resolution)
    assert resolution.title.startswith("Xác nhận kết quả lấy phiếu tín nhiệm đối với")
    assert "Nghị quyết số 96/2023/QH15" in resolution.bases
    assert "I. KHỐI HỘI ĐỒNG NHÂN DÂN" in body
    assert "30 phiếu (chiếm 85,71% tổng số phiếu thu về)" in body
    assert "01 phiếu (chiếm 2,86% tổng số phiếu thu về)" in body
    assert outcomes.missing_figures(resolution) == []


def test_an_election_becomes_skeleton_a_with_the_base_of_all_delegates(stage: Stage) -> None:
    resolution = drafts.from_poll(agreed_poll(stage, kind="election"), by=stage.user["clerk"])
    first = texts.blocks_of(resolution)[0].words
    assert "với 32 phiếu đồng ý trên tổng số 35 đại biểu, bằng 91,43% tổng số đại biểu" in first
    assert "Phó Chủ tịch Ủy ban nhân dân tỉnh Thử" in resolution.title
    assert "Nghị định số 300/2025/NĐ-CP" in resolution.bases
    assert outcomes.missing_figures(resolution) == []


def test_the_chair_in_office_signs_and_the_day_of_adoption_is_left_open(stage: Stage) -> None:
    resolution = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    assert resolution.signatory_name == stage.cast.people[0].full_name
    assert resolution.signatory_post == "CHỦ TỊCH"
    assert "thông qua ngày … tháng … năm …./." in resolution.closing


def test_without_a_chair_the_vice_chair_signs_for_him(stage: Stage) -> None:
    chair = stage.cast.tenures["council_chair"]
    type(chair).objects.filter(pk=chair.pk).update(ends_on="2026-06-30", end_reason="retired")
    resolution = drafted(stage)
    assert resolution.signatory_post == "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
    assert texts.posts_of(resolution) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert resolution.signatory_name == stage.cast.people[1].full_name


def test_the_draft_does_not_depend_on_the_readers_language(stage: Stage) -> None:
    poll = agreed_poll(stage)
    with translation.override("en"):
        resolution = drafts.from_poll(poll, by=stage.user["clerk"])
        in_english = texts.digest_of(resolution)
    assert "1. Ông Nguyễn Văn Thử An" in texts.words_of(resolution)
    assert "KHỐI ỦY BAN NHÂN DÂN" in texts.words_of(resolution)
    assert texts.digest_of(resolution) == in_english


def test_the_second_click_gives_the_same_draft(stage: Stage) -> None:
    poll = agreed_poll(stage)
    first = drafts.from_poll(poll, by=stage.user["clerk"])
    assert drafts.from_poll(poll, by=stage.user["clerk2"]).pk == first.pk
    assert Resolution.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "counting", "annulled"])
def test_no_draft_before_the_count_is_agreed(stage: Stage, state: str) -> None:
    poll = agreed_poll(stage)
    Poll.objects.filter(pk=poll.pk).update(state=state)
    with pytest.raises(Refusal) as refused:
        drafts.from_poll(poll, by=stage.user["clerk"])
    assert refused.value.code == "resolution.poll_not_agreed"


@pytest.mark.parametrize("who", ["chair", "counter1", "delegate", "admin", "outsider"])
def test_only_the_secretariat_drafts(stage: Stage, who: str) -> None:
    with pytest.raises(Refusal) as refused:
        drafts.from_poll(agreed_poll(stage), by=stage.user[who])
    assert refused.value.code == "access.denied"


def test_a_draft_is_audited_and_asks_for_its_pdf(stage: Stage) -> None:
    resolution = drafted(stage)
    entry = AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.object_id) == ("resolution.create", str(resolution.pk))
    assert Job.objects.filter(name="resolutions.render", args__0=resolution.pk).count() == 1


def test_papers_behind_a_draft_are_cited_by_type_number_and_date(stage: Stage) -> None:
    paper = Document.objects.create(
        council_session=stage.council_session, kind="submission", number="197/TTr-UBND",
        title="Tờ trình về dự toán ngân sách", issuer="Ủy ban nhân dân tỉnh Thử", issued_on=DAY,
        created_by=stage.user["clerk"],
    )  # fmt: skip
    resolution = drafts.create(
        stage.council_session, title="Về dự toán", papers=[paper], by=stage.user["clerk"]
    )
    cited = (
        "Tờ trình số 197/TTr-UBND ngày 10 tháng 7 năm 2026 của Ủy ban nhân dân tỉnh Thử về dự toán"
    )
    assert cited in resolution.bases
    assert resolution.papers.get().document == paper


def test_a_general_draft_needs_a_title(stage: Stage) -> None:
    with pytest.raises(Refusal) as refused:
        drafts.create(stage.council_session, title="  ", by=stage.user["clerk"])
    assert refused.value.code == "skeleton.no_title"


def test_editing_keeps_the_order_of_articles_and_normalises_text(stage: Stage) -> None:
    resolution = drafted(stage)
    decomposed = unicodedata.normalize("NFD", "Phê duyệt  dự toán")
    body = body_of(ArticleText("Phạm vi", (decomposed,)), ArticleText("", ("1. Một", "2. Hai")))
    edited = drafts.edit(
        resolution, by=stage.user["clerk"],
        **saved(resolution, body=body, bases="Căn cứ Luật A\nCăn cứ Luật B"),
    )  # fmt: skip
    assert [block.words for block in texts.blocks_of(edited)] == [
        "Điều 1. Phạm vi", "Phê duyệt dự toán", "Điều 2.", "1. Một", "2. Hai",
    ]  # fmt: skip
    assert edited.bases == "Căn cứ Luật A;\nCăn cứ Luật B."
    assert edited.version == resolution.version + 1


def test_who_saves_second_is_shown_what_stands(stage: Stage) -> None:
    resolution = drafted(stage)
    values = saved(resolution)
    drafts.edit(resolution, by=stage.user["clerk"], **values | {"title": "Bản của người thứ nhất"})
    with pytest.raises(StaleEdit) as stale:
        drafts.edit(resolution, by=stage.user["clerk2"], **values | {"title": "Bản thứ hai"})
    assert str(stale.value.current) == "Bản của người thứ nhất"
    assert Resolution.objects.get(pk=resolution.pk).title == "Bản của người thứ nhất"


@pytest.mark.parametrize(
    ("articles", "code"),
    [
        ([], "document.no_article"),
        ([ArticleText("", ())], "document.empty"),
        ([ArticleText("", ("a",))] * 5001, "document.too_long"),
        ([ArticleText("a\x00b", ())], "text.control_character"),
        ([ArticleText("", ("theo [[n77]]",))], "document.lost_reference"),
    ],
)
def test_articles_that_cannot_be_are_refused(
    stage: Stage, articles: list[ArticleText], code: str
) -> None:
    resolution = drafted(stage)
    before = resolution.body
    with pytest.raises(Refusal) as refused:
        drafts.edit(
            resolution, by=stage.user["clerk"], **saved(resolution, body=body_of(*articles))
        )
    assert refused.value.code == code
    assert Resolution.objects.get(pk=resolution.pk).body == before


def test_each_save_is_kept_as_a_version_and_an_empty_one_is_not(stage: Stage) -> None:
    resolution = drafted(stage)
    edited = drafts.edit(
        resolution, by=stage.user["clerk2"], **saved(resolution, title="Về việc khác")
    )
    drafts.edit(edited, by=stage.user["clerk"], **saved(edited))
    kept = list(resolution.versions.order_by("ordinal"))
    assert [(one.ordinal, str(one.saved_by)) for one in kept] == [
        (1, str(stage.user["clerk"])),
        (2, str(stage.user["clerk2"])),
    ]
    assert json.loads(kept[0].content)["title"] != json.loads(kept[1].content)["title"]


def test_a_paper_of_another_session_is_refused(stage: Stage) -> None:
    resolution = drafted(stage)
    other = type(stage.council_session).objects.create(
        term=stage.cast.term, number=5, kind="thematic", opens_on=DAY, closes_on=DAY, place="x",
        created_by=stage.user["clerk"],
    )  # fmt: skip
    paper = Document.objects.create(
        council_session=other, kind="report", title="Báo cáo", created_by=stage.user["clerk"]
    )
    with pytest.raises(Refusal) as refused:
        drafts.edit(resolution, by=stage.user["clerk"], **saved(resolution, papers=[paper]))
    assert refused.value.code == "resolution.foreign_paper"


def test_an_edit_voids_the_approval_and_says_whose_doing_it_was(stage: Stage) -> None:
    resolution = approved(stage)
    edited = drafts.edit(
        resolution, by=stage.user["clerk2"], **saved(resolution, recipients="Sở Tài chính")
    )
    approval = edited.approvals.get()
    assert edited.state == "draft"
    assert edited.submitted_by is None
    assert approval.voided_at is not None
    assert str(stage.user["clerk2"]) in approval.voided_reason


def test_saving_the_same_text_voids_nothing(stage: Stage) -> None:
    resolution = approved(stage)
    same = drafts.edit(resolution, by=stage.user["clerk"], **saved(resolution))
    assert same.state == "approved"
    assert same.approvals.get().voided_at is None


def test_what_the_council_adopted_is_not_edited(stage: Stage) -> None:
    resolution = approved(stage)
    with pytest.raises(Refusal) as refused:
        drafts.edit(resolution, by=stage.user["clerk"], **saved(resolution, title="Khác"))
    assert refused.value.code == "resolution.adopted"
    assert Resolution.objects.get(pk=resolution.pk).title == resolution.title


def test_recipients_may_change_after_adoption_but_need_approval_anew(stage: Stage) -> None:
    resolution = approved(stage)
    edited = drafts.edit(
        resolution, by=stage.user["clerk"], **saved(resolution, recipients="Sở Tài chính\nLưu: VT")
    )
    assert (edited.state, pages.is_adopted(edited)) == ("draft", True)
    assert edited.approvals.get().voided_at is not None


def test_submitting_twice_is_refused(stage: Stage) -> None:
    resolution = submitted(stage)
    with pytest.raises(Refusal) as refused:
        drafts.submit(resolution, by=stage.user["clerk"])
    assert refused.value.code == "resolution.not_now"


def test_a_draft_without_a_signatory_is_not_submitted(stage: Stage) -> None:
    type(stage.cast.tenures["council_chair"]).objects.update(
        ends_on="2026-06-30", end_reason="retired"
    )
    with pytest.raises(Refusal) as refused:
        drafts.submit(drafted(stage), by=stage.user["clerk"])
    assert refused.value.code == "resolution.no_signatory"


def test_a_draft_with_a_blank_is_not_submitted_and_the_place_is_named(stage: Stage) -> None:
    clerk = stage.user["clerk"]
    resolution = drafted(stage)
    bases = f"{resolution.bases}\nCăn cứ Nghị định số … của Chính phủ"
    resolution = drafts.edit(resolution, by=clerk, **saved(resolution, bases=bases))
    with pytest.raises(Refusal) as refused:
        drafts.submit(resolution, by=clerk)
    assert refused.value.code == "resolution.blanks_left"
    place = len(bases.splitlines())
    excerpt = "Căn cứ Nghị định số … của Chính phủ."
    where = f"căn cứ thứ {place}"
    assert refused.value.params == {"count": 1, "place": where, "excerpt": excerpt}
    lines = [line.what for line in checklist.lines_of(resolution, [], is_adopted=False)]
    assert f"Còn chỗ trống ở {where}: “{excerpt}”." in lines
    filled = bases.replace("số …", "số 30/2020/NĐ-CP")
    resolution = Resolution.objects.get(pk=resolution.pk)
    resolution = drafts.edit(resolution, by=clerk, **saved(resolution, bases=filled))
    assert drafts.submit(resolution, by=clerk).state == "submitted"


def test_a_text_sent_back_tells_why_until_it_is_submitted_again(stage: Stage) -> None:
    resolution = approvals.send_back(
        submitted(stage), reason="Thiếu căn cứ", by=stage.user["approver"]
    )
    assert (resolution.state, resolution.sent_back_reason) == ("draft", "Thiếu căn cứ")
    again = drafts.submit(resolution, by=stage.user["clerk"])
    assert again.sent_back_reason == ""


def test_a_figure_that_was_edited_away_is_named_with_its_person(stage: Stage) -> None:
    resolution = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    changed = resolution.body.replace("04 phiếu (chiếm 11,43%", "14 phiếu (chiếm 41,43%")
    edited = drafts.edit(
        resolution, by=stage.user["clerk"], **saved(resolution, body=serial.loads(changed))
    )
    missing = outcomes.missing_figures(edited)
    assert [(one.person, one.figure) for one in missing] == [
        ("Nguyễn Văn Thử An", "04 phiếu"),
        ("Nguyễn Văn Thử An", "11,43%"),
    ]


def test_figures_of_one_person_do_not_stand_for_anothers(stage: Stage) -> None:
    resolution = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    text = resolution.body
    swapped = text.replace("Thử An", "@").replace("Thử Châu", "Thử An").replace("@", "Thử Châu")
    resolution.body = swapped.replace("Nguyễn Văn Thử Châu", "Hoàng Văn Thử Châu").replace(
        "Hoàng Văn Thử An", "Nguyễn Văn Thử An"
    )
    assert len(outcomes.missing_figures(resolution)) == 12


def test_digests_name_what_was_read(stage: Stage) -> None:
    resolution = submitted(stage)
    assert digests(resolution)["text_digest"] == texts.digest_of(resolution)
