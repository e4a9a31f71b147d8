"""Minutes and summaries under the clerk's hands: every refusal, every save kept."""

import pytest
from django.utils import timezone

from council.rules.refusals import Refusal
from resolutions.models import SessionText
from resolutions.queries import session_texts as queries
from resolutions.rules.grown_text import Edit, Standing, fingerprint
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_texts as texts
from resolutions.services.session_texts import EditConflict
from sessions.models import Indicator, Session
from tests.portal.stage import published_poll, published_resolution
from tests.resolutions import texts_stage
from tests.sessions.desk import refusal_of, verbs_of

pytestmark = pytest.mark.django_db


def edit(text: SessionText, key: str, words: str) -> Edit:
    """What the page sends back after somebody typed in one paragraph."""
    shown = {one.paragraph.key: one.words for one in queries.read(text).shown}
    return Edit(key, words, fingerprint(shown[key]))


def save(stage, text: SessionText, *edits: Edit, who: str = "clerk", **head: str) -> SessionText:
    known = {name: (typed, fingerprint(getattr(text, name))) for name, typed in head.items()}
    return texts.save(text, edits=edits, head=known, by=stage.user[who])


def words_of(text: SessionText) -> dict[str, str]:
    return {one.paragraph.key: one.words for one in queries.read(texts_stage.fresh(text)).shown}


def test_minutes_begin_from_the_books(stage):
    poll, resolution = published_poll(stage), published_resolution(stage)
    text = texts_stage.begun(stage, "minutes")
    said = " ".join(words_of(text).values())
    assert "có mặt 35 đại biểu" in said
    assert "tín nhiệm cao 30 phiếu (85,71%)" in said
    assert f"Nghị quyết số {resolution.symbol}" in said
    assert f"poll.{poll.pk}" in words_of(text)
    assert verbs_of(text) == ["session_text.start"]
    assert text.versions.count() == 1


def test_who_begins_second_gets_what_there_is(stage):
    first = texts_stage.begun(stage)
    again = texts.start(stage.council_session, kind="press", by=stage.user["clerk2"])
    assert again.pk == first.pk


def test_a_session_that_was_not_convened_has_nothing_to_tell(stage):
    Session.objects.filter(pk=stage.council_session.pk).update(state="approved", convened_at=None)
    refusal = refusal_of(texts.start, stage.council_session, kind="press", by=stage.user["clerk"])
    assert refusal.code == "session_text.not_convened"


@pytest.mark.parametrize("who", ["chair", "delegate", "counter1", "outsider"])
def test_only_those_who_prepare_write(stage, who):
    text = texts_stage.begun(stage)
    user = stage.user[who]
    calls = [
        (texts.save, {"edits": [], "head": {}}),
        (texts.follow_data, {"key": "lead"}),
        (texts.keep_words, {"key": "lead"}),
        (texts.submit, {}),
    ]
    for verb, values in calls:
        assert refusal_of(verb, text, **values, by=user).code == "access.denied"
    assert refusal_of(texts.start, stage.council_session, kind="press", by=user).code == (
        "access.denied"
    )


def test_untouched_paragraphs_follow_the_books_and_touched_ones_wait(stage):
    row = Indicator.objects.create(
        council_session=stage.council_session, position=1, name="Thu ngân sách", unit="tỷ đồng",
        period="6 tháng", result=100,
    )  # fmt: skip
    text = texts_stage.begun(stage)
    text = save(stage, text, edit(text, "lead", "Lời của thư ký."))
    row.result = 120
    row.save()
    stage.sitting.presences.all().first().delete()
    by_key = {one.paragraph.key: one for one in queries.read(texts_stage.fresh(text)).grown}
    assert "120 tỷ đồng" in by_key[f"indicator.{row.pk}"].words
    assert by_key["lead"].words == "Lời của thư ký."
    assert by_key["lead"].standing is Standing.BEHIND
    assert "34/35 đại biểu" in by_key["lead"].fresh
    assert refusal_of(texts.submit, text, by=stage.user["clerk"]).code == (
        "session_text.differences_open"
    )
    followed = texts.follow_data(text, key="lead", by=stage.user["clerk"])
    assert "34/35 đại biểu" in words_of(followed)["lead"]


def test_kept_words_can_be_submitted(stage):
    text = texts_stage.begun(stage)
    text = save(stage, text, edit(text, "lead", "Lời của thư ký."))
    stage.sitting.presences.all().first().delete()
    text = texts.keep_words(text, key="lead", by=stage.user["clerk"])
    text = texts.submit(text, by=stage.user["clerk"])
    assert text.state == "submitted"
    assert words_of(text)["lead"] == "Lời của thư ký."


def test_two_clerks_on_one_page_both_keep_their_paragraphs(stage):
    text = texts_stage.begun(stage)
    mine, theirs = edit(text, "lead", "Của tôi."), edit(text, "headline", "Của đồng nghiệp.")
    save(stage, text, theirs, who="clerk2")
    saved = save(stage, text, mine)
    assert (words_of(saved)["lead"], words_of(saved)["headline"]) == (
        "Của tôi.", "Của đồng nghiệp.",
    )  # fmt: skip


def test_the_same_paragraph_twice_is_a_conflict_and_nothing_is_saved(stage):
    text = texts_stage.begun(stage, "minutes")
    key = "opening.session"
    mine = edit(text, key, "Của tôi.")
    saved = save(stage, text, edit(text, key, "Của đồng nghiệp."), who="clerk2", presiding="ông B")
    with pytest.raises(EditConflict) as raised:
        save(stage, text, mine, presiding="ông C")
    found = {one.key: (one.typed, one.current) for one in raised.value.conflicts}
    assert found[key] == ("Của tôi.", "Của đồng nghiệp.")
    assert found["presiding"] == ("ông C", "ông B")
    assert texts_stage.fresh(text).version == saved.version


def test_each_save_is_a_version_that_stays(stage):
    text = texts_stage.begun(stage)
    for words in ("Một.", "Hai."):
        text = save(stage, text, edit(text, "lead", words))
    told = [
        next(one["words"] for one in version.content if one["key"] == "lead")
        for version in text.versions.order_by("ordinal")
    ]
    assert told[1:] == ["Một.", "Hai."]
    assert verbs_of(text) == ["session_text.start", "session_text.save", "session_text.save"]


def test_a_change_voids_the_approval_and_says_whose(stage):
    text = texts_stage.approved(stage)
    assert text.public_text
    text = save(stage, text, edit(text, "lead", "Sửa sau khi duyệt."))
    assert (text.state, text.public_text, text.digest) == ("draft", "", "")
    approval = text.approvals.get()
    assert approval.voided_at is not None
    assert "Người clerk" in approval.voided_reason


def test_minutes_need_their_number_for_themselves(stage):
    other = texts_stage.begun(stage, "minutes")
    held = Session.objects.create(
        term=stage.cast.term, number=5, kind="thematic", opens_on=stage.council_session.opens_on,
        closes_on=stage.council_session.opens_on, place="Hội trường", state="closed",
        created_by=stage.user["clerk"], submitted_by=stage.user["clerk"],
        approved_by=stage.user["approver"], convened_at=stage.sitting.opened_at,
    )  # fmt: skip
    text = texts.start(
        held, kind="minutes", presiding="ông A", secretaries="bà B", by=stage.user["clerk"]
    )
    SessionText.objects.filter(pk=text.pk).update(number=other.number)
    refusal = refusal_of(texts.submit, text, by=stage.user["clerk"])
    assert (refusal.code, refusal.field) == ("minutes.number_taken", "number")


def test_minutes_of_a_running_session_wait(stage):
    text = texts.start(stage.council_session, kind="minutes", by=stage.user["clerk"])
    assert refusal_of(texts.submit, text, by=stage.user["clerk"]).code == "minutes.session_open"


def test_minutes_tell_no_poll_before_its_result_is_public(stage):
    from tests.resolutions.stage import agreed_poll

    agreed_poll(stage)
    text = texts_stage.begun(stage, "minutes")
    assert refusal_of(texts.submit, text, by=stage.user["clerk"]).code == (
        "minutes.poll_not_published"
    )


def test_submitting_twice_and_changing_signed_minutes_is_refused(stage, run_jobs):
    text = texts_stage.submitted(stage, "minutes")
    clerk = stage.user["clerk"]
    assert refusal_of(texts.submit, text, by=clerk).code == "session_text.not_now"
    approvals.approve(text, digest=text.digest, by=stage.user["approver"])
    day = timezone.localdate()
    text = approvals.record_signature(
        text, signed_on=day, presiding="Lê Văn Thử", secretary="Trần Thị Mẫu", by=clerk
    )
    for verb, values in ((texts.save, {"edits": [], "head": {}}), (texts.submit, {})):
        assert refusal_of(verb, text, **values, by=clerk).code == "session_text.not_now"


def test_a_clerk_cannot_touch_another_councils_text(stage):
    text = texts_stage.begun(stage)
    with pytest.raises(Refusal):
        texts.submit(text, by=stage.user["outsider"])
