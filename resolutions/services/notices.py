"""Notices on published resolutions under the clerk's hands: drafted, edited, submitted, dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from council.models import User
from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs, versions
from resolutions.models import Notice, NoticeLine, Resolution, ResolutionState
from resolutions.queries import notices as queries
from resolutions.queries import relations, texts
from resolutions.rules import consolidation
from resolutions.rules import labels as numbering
from resolutions.rules import notices as rules
from resolutions.rules.notices import Correction, NoticeVerb
from resolutions.rules.standing import Standing
from resolutions.services import locks

HEAD = ("symbol", "dated", "reason", "hides_text", "signatory_post", "signatory_name")


@dataclass(frozen=True)
class Typed:
    """A notice as the form gives it; `lines` are left out of a withdrawal."""

    symbol: str
    dated: date
    reason: str
    signatory_post: str
    signatory_name: str
    hides_text: bool = False
    lines: Sequence[Correction] = ()


def draft(target: Resolution, typed: Typed, *, kind: str, by: User) -> Notice:
    """Begin a notice on a published resolution.

    Raises:
        Refusal: ``access.denied``, ``notice.not_published``, ``notice.withdrawn_already``,
            ``notice.symbol_form``, ``notice.too_early`` and those of
            `resolutions.rules.notices.check_corrections`.
        ValidationError: a field is empty, or the symbol is used for this resolution already.
    """
    access.authorise(by, "notice.edit", target.council)
    with transaction.atomic():
        target = locks.resolution(target.pk)
        check_target(target)
        notice = Notice(council=target.council, target=target, kind=kind, created_by=by)
        _fill(notice, typed)
        notice.save()
        _keep_lines(notice, typed.lines)
        audit.record("notice.draft", notice, by=by, council=target.council, after=said(notice))
    return notice


def edit(notice: Notice, typed: Typed, *, version: int | None = None, by: User) -> Notice:
    """Change a notice that is not published; one that waits for its signature is a draft again.

    Raises:
        StaleEdit: somebody saved it since `version`.
        Refusal: ``access.denied``, ``notice.not_now``, and those of `draft`.
        ValidationError: as `draft`.
    """
    access.authorise(by, "notice.edit", notice.council)
    with transaction.atomic():
        notice = locks.notice(notice.pk)
        reached = rules.next_state(notice.state, NoticeVerb.EDIT)
        versions.check(notice, version)
        check_target(notice.target)
        before = said(notice)
        notice.lines.all().delete()
        reopen(notice, reached.value)
        _fill(notice, typed)
        notice.save()
        _keep_lines(notice, typed.lines)
        audit.record(
            "notice.edit", notice, by=by, council=notice.council, before=before, after=said(notice)
        )
    return notice


def discard(notice: Notice, *, by: User) -> None:
    """Drop a draft; a no-op where it is gone.

    Raises:
        Refusal: ``access.denied``, ``notice.not_now``.
    """
    access.authorise(by, "notice.edit", notice.council)
    with transaction.atomic():
        found = locks.notices().filter(pk=notice.pk).first()
        if found is None:
            return
        rules.next_state(found.state, NoticeVerb.DISCARD)
        audit.record("notice.discard", found, by=by, council=found.council, before=said(found))
        found.lines.all().delete()
        found.delete()


def submit(notice: Notice, *, by: User) -> Notice:
    """Hand the notice to who signs it; the worker makes the file that will be signed.

    Raises:
        Refusal: ``access.denied``, ``notice.not_now``, and those of `draft`.
    """
    access.authorise(by, "notice.edit", notice.council)
    with transaction.atomic():
        notice = locks.notice(notice.pk)
        reached = rules.next_state(notice.state, NoticeVerb.SUBMIT)
        check_fits(notice)
        versions.bump(notice)
        notice.state, notice.sent_back_reason = reached.value, ""
        notice.submitted_by, notice.submitted_at = by, timezone.now()
        notice.full_clean()
        notice.save()
        audit.record("notice.submit", notice, by=by, council=notice.council, after=said(notice))
        jobs.enqueue(
            queries.RENDER_JOB, key=queries.render_key(notice), args=[notice.pk, notice.version],
            title=f"Dàn trang văn bản {notice.symbol}", council=notice.council, by=by,
        )  # fmt: skip
    return notice


def check_target(target: Resolution) -> None:
    """Refuse a resolution on which there can be no notice.

    Raises:
        Refusal: ``notice.not_published``, ``notice.withdrawn_already``.
    """
    if target.state != ResolutionState.PUBLISHED:
        raise Refusal(
            "notice.not_published",
            gettext_noop("Nghị quyết chưa ban hành; sửa thẳng bản soạn của nó."),
        )
    day = timezone.localdate()
    if relations.standing_on(target, day) is Standing.WITHDRAWN:
        raise Refusal(
            "notice.withdrawn_already",
            gettext_noop("Nghị quyết đã thu hồi nên không đính chính, thu hồi được nữa."),
        )


def check_fits(notice: Notice) -> None:
    """Refuse a notice that no longer fits the published text.

    Raises:
        Refusal: as `draft`.
    """
    check_target(notice.target)
    rules.check_symbol(notice.symbol)
    rules.check_dated(notice.dated, adopted_on=notice.target.adopted_on, today=None)
    if notice.kind == Notice.Kind.CORRECTION:
        queries.checked(notice, queries.corrections_in(notice.lines.all()))


def reopen(notice: Notice, state: str) -> None:
    """Back to a draft: what was submitted and its file are no longer; in the caller's transaction.

    The caller saves the row.
    """
    _drop(notice.file)
    notice.state, notice.submitted_by, notice.submitted_at = state, None, None
    notice.file, notice.sha256, notice.size = "", "", 0
    versions.bump(notice)


def _drop(file: FieldFile) -> None:
    """Delete the file once nobody can come back to it."""
    if file.name:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))


def _fill(notice: Notice, typed: Typed) -> None:
    """Take what was typed and check it; the row is not saved here."""
    notice.symbol, notice.dated = text.nfc(typed.symbol), typed.dated
    notice.slug = text.slug(notice.symbol)[:60]
    notice.reason = text.nfc_lines(typed.reason)
    is_withdrawal = notice.kind == Notice.Kind.WITHDRAWAL
    notice.hides_text = typed.hides_text and is_withdrawal
    notice.signatory_post = text.nfc(typed.signatory_post)
    notice.signatory_name = text.nfc(typed.signatory_name)
    rules.check_symbol(notice.symbol)
    rules.check_dated(notice.dated, adopted_on=notice.target.adopted_on, today=None)
    if not is_withdrawal:
        queries.checked(notice, _normal(typed.lines))
    notice.full_clean()


def _normal(lines: Sequence[Correction]) -> tuple[Correction, ...]:
    return tuple(
        Correction(one.target_key, text.nfc(one.old_words), text.nfc(one.new_words))
        for one in lines
    )


def _keep_lines(notice: Notice, lines: Sequence[Correction]) -> None:
    if notice.kind == Notice.Kind.WITHDRAWAL:
        return
    body = consolidation.numbered(texts.body_of(notice.target))
    labels = numbering.labels_of(body)
    for place, one in enumerate(_normal(lines), start=1):
        words = labels[one.target_key].words if one.target_key else ""
        line = NoticeLine(
            notice=notice, position=place, target_key=one.target_key, target_words=words,
            old_words=one.old_words, new_words=one.new_words,
        )  # fmt: skip
        line.full_clean()
        line.save()


def said(notice: Notice) -> dict[str, Any]:
    """The notice as plain data, for the audit log."""
    lines = notice.lines.order_by("position").values_list("target_words", "old_words", "new_words")
    return {
        **audit.snapshot(notice, ["kind", "target", *HEAD, "state"]),
        "lines": [list(line) for line in lines],
    }
