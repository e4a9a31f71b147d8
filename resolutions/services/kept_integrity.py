"""Prove that archives and minutes are still what they were: files, words, approvals, numbers."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from resolutions.models import (
    ArchivedResolution,
    Notice,
    NumberEntry,
    SessionText,
    SessionTextApproval,
    SessionTextState,
)
from resolutions.queries import session_texts as queries
from resolutions.services.integrity import Finding, file_matches

FINAL = (SessionTextState.APPROVED, SessionTextState.SIGNED)


def verify() -> Iterator[Finding]:
    """Walk the archives, notices, approved texts and signed minutes; what does not hold."""
    yield from _verify_archives()
    yield from _verify_notices()
    texts = SessionText.objects.filter(state__in=FINAL).select_related(
        "council_session__term__council"
    )
    for text in texts.order_by("pk").iterator(chunk_size=200):
        yield from _verify_text(text)


def _verify_archives() -> Iterator[Finding]:
    number = NumberEntry.objects.filter(
        series__council=OuterRef("council"), series__year=OuterRef("year"),
        series__kind=OuterRef("kind"), number=OuterRef("number"), state=NumberEntry.State.USED,
    )  # fmt: skip
    past = ArchivedResolution.objects.select_related("council").defer("text")
    for one in past.annotate(has_number=Exists(number)).order_by("pk").iterator(chunk_size=200):
        where = f"{one.council.slug} {one.year} {one.symbol}"
        if not file_matches(one.file, one.sha256):
            yield Finding("archived_file_changed", where)
        if not one.has_number:
            yield Finding("archived_without_number", where)


def _verify_notices() -> Iterator[Finding]:
    issued = Notice.objects.published().select_related("council", "target").order_by("pk")
    for one in issued.iterator(chunk_size=200):
        if not file_matches(one.file, one.sha256):
            where = f"{one.council.slug} {one.target.symbol} {one.symbol}"
            yield Finding("notice_file_changed", where)


def _verify_text(text: SessionText) -> Iterator[Finding]:
    held = text.council_session
    where = f"{held.term.council.slug}, {text}, {held}"
    stands = SessionTextApproval.objects.filter(text=text, voided_at=None, digest=text.digest)
    newest = text.versions.first()
    if queries.stored_digest(text) != text.digest or (
        newest is None or newest.content != text.content
    ):
        yield Finding("session_text_changed", where)
    if not stands.exists():
        yield Finding("session_text_without_approval", where)
    for made in text.files.all():
        if not file_matches(made.file, made.sha256):
            yield Finding("session_text_file_changed", where)
