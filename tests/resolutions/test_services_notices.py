"""Notices on a published resolution: drafted by one, signed by another, never changed after."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction

from council.models import AuditEntry, Job
from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from resolutions.models import Notice, NoticeLine
from resolutions.queries import notices as queries
from resolutions.queries import relations
from resolutions.rules.notices import Correction
from resolutions.rules.standing import Standing
from resolutions.services import (
    kept_integrity,
    notice_files,
    notice_signing,
    notices,
)
from tests.cast import PASSWORD
from tests.resolutions import notices_stage as kit
from tests.resolutions.stage import DAY, Stage, drafted


def code(verb, *args, **kwargs) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code, refused.value.field


def test_a_correction_goes_from_draft_to_the_public_and_changes_no_row(stage: Stage) -> None:
    target = kit.target_of(stage)
    notice = kit.published(stage, kit.corrected(stage, target))
    assert (notice.state, notice.signed_by) == ("published", stage.user["chair"])
    line = notice.lines.get()
    assert (line.target_words, line.old_words) == ("khoản 1 Điều 1", "dự toán")
    now = relations.text_on(target, DAY)
    assert any("1. Phê duyệt dự toán ngân sách." in one for one in words(now.body))
    assert not now.problems
    assert relations.standing_on(target, DAY) is Standing.CORRECTED
    assert target.body == type(target).objects.get(pk=target.pk).body
    verbs = AuditEntry.objects.filter(object_type="resolutions.notice").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == [
        "notice.draft", "notice.submit", "notice.publish",
    ]  # fmt: skip
    assert "dự toán ngân sách" in verbs[0].payload


def words(body) -> list[str]:
    from resolutions.rules import blocks

    return [block.words for block in blocks.blocks_of(body)]


def test_a_withdrawal_works_from_its_day_and_asks_search_and_pages_to_follow(stage: Stage) -> None:
    target = kit.target_of(stage)
    notice = kit.published(stage, kit.withdrawn(stage, target, dated=kit.later(5)))
    assert relations.standing_on(target, kit.later(4)) is Standing.IN_FORCE
    assert relations.standing_on(target, kit.later(5)) is Standing.WITHDRAWN
    done = Job.objects.filter(key__endswith=f"notice.{notice.pk}").values_list("name", "args")
    assert sorted(done) == [
        ("portal.index", ["resolution", target.pk]), ("portal.purge", [stage.cast.council.slug]),
    ]  # fmt: skip
    assert code(kit.corrected, stage, target)[0] == "notice.withdrawn_already"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("", "", "x"), ("notice.words_missing", "lines.0.old_words")),
        (("Giao", "Giao", "Giao"), ("notice.words_same", "lines.0.new_words")),
        (("Giao", "Phê duyệt", "x"), ("notice.words_not_found", "lines.0.old_words")),
        (("", "giao ủy ban", "x"), ("notice.words_not_found", "lines.0.old_words")),
    ],
)
def test_what_does_not_stand_in_the_text_is_refused_beside_its_field(
    stage: Stage, line: tuple[str, str, str], expected: tuple[str, str]
) -> None:
    target = kit.target_of(stage)
    assert code(kit.corrected, stage, target, kit.slip(target, *line)) == expected
    gone = Correction("n99", "x", "y")
    assert code(kit.corrected, stage, target, kit.slip(target), gone) == (
        "notice.no_such_piece", "lines.1.target_key",
    )  # fmt: skip


def test_the_head_is_checked(stage: Stage) -> None:
    target, clerk = kit.target_of(stage), stage.user["clerk"]
    good = kit.typed(kit.slip(target))
    wrong = [
        (replace(good, symbol="khong so"), ("notice.symbol_form", "symbol")),
        (replace(good, dated=date(2026, 7, 9)), ("notice.too_early", "dated")),
        (replace(good, lines=()), ("notice.no_lines", "lines")),
        (replace(good, lines=[kit.slip(target)] * 41), ("notice.too_many_lines", "lines")),
    ]
    for one, expected in wrong:
        assert code(notices.draft, target, one, kind="correction", by=clerk) == expected
    with pytest.raises(ValidationError):
        notices.draft(target, replace(good, reason=" "), kind="correction", by=clerk)
    assert code(notices.draft, drafted(stage), good, kind="correction", by=clerk)[0] == (
        "notice.not_published"
    )
    assert code(notices.draft, target, good, kind="correction", by=stage.user["delegate"])[0] == (
        "access.denied"
    )
    assert not Notice.objects.exists()


def test_the_second_correction_starts_from_the_first(stage: Stage) -> None:
    target = kit.target_of(stage)
    kit.published(stage, kit.corrected(stage, target))
    assert (
        code(
            kit.corrected,
            stage,
            target,
            kit.slip(target, SLIP_WHERE, "dự toán.", "x"),
            symbol="16/VP",
        )[0]
        == "notice.words_not_found"
    )
    again = kit.slip(target, SLIP_WHERE, "dự toán ngân sách", "dự toán ngân sách năm 2027")
    kit.published(stage, kit.corrected(stage, target, again, symbol="17/HĐND-VP"))
    now = words(relations.text_on(target, DAY).body)
    assert "1. Phê duyệt dự toán ngân sách năm 2027." in now


SLIP_WHERE = kit.SLIP[0]


def test_who_wrote_does_not_sign(stage: Stage) -> None:
    """Every account that drafted, edited or submitted is an author, whatever else it may do."""
    from council.services import access

    target, chair, clerk = kit.target_of(stage), stage.user["chair"], stage.user["clerk"]
    access.grant(chair, council=stage.cast.council, kind="clerk")
    notice = kit.corrected(stage, target)
    notice = notices.edit(notice, kit.typed(kit.slip(target)), by=chair)
    notice = notices.edit(notice, kit.typed(kit.slip(target)), by=clerk)
    notice = kit.submitted(stage, notice)
    arguments = {"sha256": notice.sha256, "password": PASSWORD}
    assert code(notice_signing.sign, notice, by=chair, **arguments)[0] == "notice.own_text"
    assert code(notice_signing.sign, notice, by=clerk, **arguments)[0] == "access.denied"
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(
            state="published", signed_by=clerk, published_at=notice.submitted_at
        )


def test_what_is_signed_are_the_bytes_that_were_read(stage: Stage) -> None:
    chair = stage.user["chair"]
    notice = notices.submit(kit.corrected(stage, kit.target_of(stage)), by=stage.user["clerk"])
    sign = {"password": PASSWORD, "by": chair}
    assert code(notice_signing.sign, notice, sha256="", **sign)[0] == "notice.file_not_made"
    notice_files.run(Job.objects.get(key=queries.render_key(notice)))
    notice.refresh_from_db()
    assert code(notice_signing.sign, notice, sha256="0" * 64, **sign)[0] == "notice.file_changed"
    wrong = {"sha256": notice.sha256, "password": "x", "by": chair}
    assert code(notice_signing.sign, notice, **wrong) == ("sign.wrong_password", "password")
    notice.file.storage.delete(notice.file.name)
    notice.file.storage.save(notice.file.name, ContentFile(b"%PDF-1.7 other"))
    assert code(notice_signing.sign, notice, sha256=notice.sha256, **sign)[0] == (
        "notice.file_changed"
    )
    assert Notice.objects.get().state == "submitted"


def test_a_day_to_come_waits(stage: Stage) -> None:
    ahead = date(2099, 1, 1)
    notice = kit.submitted(stage, kit.corrected(stage, kit.target_of(stage), dated=ahead))
    assert code(
        notice_signing.sign, notice, sha256=notice.sha256, password=PASSWORD,
        by=stage.user["chair"],
    ) == ("notice.in_future", "dated")  # fmt: skip


def test_sent_back_it_is_a_draft_without_a_file(
    stage: Stage, django_capture_on_commit_callbacks
) -> None:
    chair = stage.user["chair"]
    notice = kit.submitted(stage, kit.corrected(stage, kit.target_of(stage)))
    file = notice.file
    assert code(notice_signing.send_back, notice, reason=" ", by=chair) == (
        "notice.reason_missing", "reason",
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        notice = notice_signing.send_back(notice, reason="Sai số.", by=chair)
    assert (notice.state, notice.sha256, notice.sent_back_reason) == ("draft", "", "Sai số.")
    assert not file.storage.exists(file.name)
    assert code(notice_signing.send_back, notice, reason="x", by=chair)[0] == "notice.not_now"
    notice = kit.submitted(stage, notice)
    assert notice.sent_back_reason == ""
    assert notice.file


def test_a_file_made_of_an_older_version_is_dropped(stage: Stage) -> None:
    target, clerk = kit.target_of(stage), stage.user["clerk"]
    notice = notices.submit(kit.corrected(stage, target), by=clerk)
    job = Job.objects.get(key=queries.render_key(notice))
    notices.edit(notice, kit.typed(kit.slip(target, new="thu, chi")), by=clerk)
    notice_files.run(job)
    assert not Notice.objects.get().file
    assert code(notices.submit, kit.submitted(stage, Notice.objects.get()), by=clerk)[0] == (
        "notice.not_now"
    )


def test_nobody_writes_over_what_another_saved(stage: Stage) -> None:
    target, clerk = kit.target_of(stage), stage.user["clerk"]
    notice = kit.corrected(stage, target)
    shown = notice.version
    notices.edit(notice, kit.typed(kit.slip(target)), version=shown, by=clerk)
    with pytest.raises(StaleEdit):
        notices.edit(notice, kit.typed(kit.slip(target)), version=shown, by=stage.user["clerk2"])


def test_a_draft_can_be_dropped_and_nothing_else(stage: Stage) -> None:
    clerk, target = stage.user["clerk"], kit.target_of(stage)
    notice = kit.corrected(stage, target)
    notices.discard(notice, by=clerk)
    notices.discard(notice, by=clerk)
    assert not Notice.objects.exists()
    assert AuditEntry.objects.filter(verb="notice.discard").count() == 1
    waiting = kit.submitted(stage, kit.corrected(stage, target))
    assert code(notices.discard, waiting, by=clerk)[0] == "notice.not_now"


def test_a_resolution_is_withdrawn_once(stage: Stage) -> None:
    target = kit.target_of(stage)
    kit.withdrawn(stage, target)
    with pytest.raises(ValidationError, match="Đã có văn bản thu hồi"):
        kit.withdrawn(stage, target, symbol="03/TB-HĐND")


def test_the_database_keeps_what_was_published(stage: Stage) -> None:
    notice = kit.published(stage, kit.corrected(stage, kit.target_of(stage)))
    attempts = [
        lambda: Notice.objects.filter(pk=notice.pk).update(reason="Khác"),
        lambda: NoticeLine.objects.filter(notice=notice).update(new_words="khác"),
        lambda: NoticeLine.objects.filter(notice=notice).delete(),
        lambda: NoticeLine.objects.create(notice=notice, position=2, old_words="a"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            attempt()
    assert code(notices.edit, notice, kit.typed(), by=stage.user["clerk"])[0] == "notice.not_now"
    assert list(kept_integrity.verify()) == []
    notice.file.storage.delete(notice.file.name)
    assert [one.code for one in kept_integrity.verify()] == ["notice_file_changed"]
