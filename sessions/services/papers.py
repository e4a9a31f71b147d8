"""Papers: uploaded in versions, released by somebody else, withdrawn with a reason, never deleted.

A release covers the versions that lay there at that moment (`sessions.queries.papers`): a version
added later is seen by nobody but the staff until an approver releases the paper again.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules import periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, versions
from sessions.models import AgendaItem, Document, DocumentVersion, Session, Visibility
from sessions.services import (
    bundles,
    locks,
    paper_texts,
    personal_data,
    public_pages,
    renditions,
    uploads,
)
from sessions.services.uploads import StoredFile

Written = TypeVar("Written", Document, DocumentVersion)
FIELDS: Final = ("item", "kind", "title", "number", "issued_on", "issuer")
_RANK: Final = {Visibility.STAFF: 0, Visibility.DELEGATES: 1, Visibility.PUBLIC: 2}


def add(
    council_session: Session,
    *,
    item: AgendaItem | None,
    kind: str,
    title: str,
    number: str = "",
    issued_on: date | None = None,
    issuer: str = "",
    file: "File[bytes] | StoredFile",
    uploaded_by: User | None = None,
    by: User,
) -> Document:
    """Add a paper with its first version; only the staff sees it until it is released.

    What people upload comes as a `StoredFile` out of the quarantine, looked through
    (`sessions.services.intake`); a plain file is one that we made ourselves. Who uploaded it may
    be another than who describes it; the four eyes of the release look at who uploaded.

    Raises:
        Refusal: ``access.denied``, ``paper.item_of_another_session``, ``date.implausible`` and
            those of `sessions.services.uploads.store`.
    """
    council = council_session.term.council
    access.authorise(by, "paper.edit", council)
    check_frame(council_session, item, issued_on)

    def write(stored: StoredFile) -> Document:
        document = Document(
            council_session=council_session, item=item, kind=kind, title=title, number=number,
            issued_on=issued_on, issuer=issuer, created_by=by,
            position=council_session.documents.filter(item=item).count() + 1,
        )  # fmt: skip
        document.full_clean()
        document.save()
        version = _write_version(document, stored, ordinal=1, change_note="", by=uploaded_by or by)
        audit.record(
            "paper.add", document, by=by, council=council,
            after={**audit.snapshot(document, FIELDS), **_facts(version)},
        )  # fmt: skip
        bundles.follow(document.council_session)
        return document

    return _with_stored(council_session, file, write)


def add_version(
    document: Document, *, file: "File[bytes] | StoredFile", change_note: str, by: User
) -> DocumentVersion:
    """Add a newer version; readers go on seeing the released one until this one is released too.

    Raises:
        Refusal: ``access.denied``, ``paper.withdrawn``, ``paper.same_file`` and those of
            `sessions.services.uploads.store`.
    """
    council = document.council_session.term.council
    access.authorise(by, "paper.edit", council)
    check_not_withdrawn(document)

    def write(stored: StoredFile) -> DocumentVersion:
        held = locks.document(document.pk)
        check_not_withdrawn(held)
        newest = held.versions.first()
        if newest is not None and newest.sha256 == stored.sha256:
            raise Refusal(
                "paper.same_file",
                gettext_noop("Tệp này giống hệt phiên bản hiện tại nên không thêm phiên bản mới."),
                field="file",
            )
        ordinal = newest.ordinal + 1 if newest else 1
        version = _write_version(held, stored, ordinal=ordinal, change_note=change_note, by=by)
        audit.record(
            "paper.add_version", held, by=by, council=council,
            after={**_facts(version), "change_note": change_note},
        )  # fmt: skip
        bundles.follow(held.council_session)
        return version

    return _with_stored(document.council_session, file, write)


def _with_stored(
    council_session: Session,
    file: "File[bytes] | StoredFile",
    write: Callable[[StoredFile], Written],
) -> Written:
    """Store the file before the transaction, so that a slow disk locks nobody out."""
    folder = f"papers/{council_session.pk}"
    stored = file if isinstance(file, StoredFile) else uploads.store(file, folder=folder)
    try:
        with transaction.atomic():
            return write(stored)
    except BaseException:
        uploads.discard(stored)
        raise


def _write_version(
    document: Document, stored: StoredFile, *, ordinal: int, change_note: str, by: User
) -> DocumentVersion:
    version = DocumentVersion(
        document=document, ordinal=ordinal, file=stored.path, storage_key=stored.storage_key,
        filename=stored.filename, media_type=stored.media_type, size=stored.size,
        sha256=stored.sha256, change_note=change_note, uploaded_by=by, uploaded_at=timezone.now(),
    )  # fmt: skip
    version.full_clean()
    version.save()
    personal_data.request(version, by=by)
    renditions.request(version, council=document.council_session.term.council, by=by)
    paper_texts.request(version, by=by)
    return version


def _facts(version: DocumentVersion) -> dict[str, object]:
    return {"version": version.ordinal, "file": version.filename, "sha256": version.sha256}


def check_frame(council_session: Session, item: AgendaItem | None, issued_on: date | None) -> None:
    """The item is of this session and the day is believable.

    Raises:
        Refusal: ``paper.item_of_another_session``, ``date.implausible``.
    """
    if item is not None and item.council_session_id != council_session.pk:
        raise Refusal(
            "paper.item_of_another_session",
            gettext_noop("Nội dung được chọn thuộc kỳ họp khác. Chọn nội dung của kỳ họp này."),
            field="item",
        )
    if issued_on is not None:
        periods.check_plausible(issued_on, field="issued_on")


def check_not_withdrawn(document: Document) -> None:
    """A withdrawn paper stays as it was."""
    if document.withdrawn_at:
        raise Refusal(
            "paper.withdrawn",
            gettext_noop("Tài liệu này đã được rút. Hãy thêm một tài liệu mới."),
        )


def edit(
    document: Document,
    *,
    item: AgendaItem | None,
    kind: str,
    title: str,
    number: str,
    issued_on: date | None,
    issuer: str,
    version: int | None = None,
    by: User,
) -> Document:
    """Correct what is said about a paper; once public, nothing about it changes any more.

    Raises:
        Refusal: ``access.denied``, ``paper.withdrawn``, ``paper.is_public``,
            ``paper.item_of_another_session``, ``date.implausible``.
        StaleEdit: someone saved first.
    """
    access.authorise(by, "paper.edit", document.council_session.term.council)
    with transaction.atomic():
        held = locks.document(document.pk)
        versions.check(held, version)
        check_not_withdrawn(held)
        if held.visibility == Visibility.PUBLIC:
            raise Refusal(
                "paper.is_public",
                gettext_noop(
                    "Tài liệu đã công khai nên không sửa được. Hãy rút tài liệu, ghi rõ lý do, "
                    "rồi thêm bản đúng."
                ),
            )
        check_frame(held.council_session, item, issued_on)
        before = audit.snapshot(held, FIELDS)
        held.item, held.kind, held.title = item, kind, title
        held.number, held.issued_on, held.issuer = number, issued_on, issuer
        _save(held, [*FIELDS])
        audit.record(
            "paper.edit", held, by=by, council=locks.council_of(held.council_session),
            before=before, after=audit.snapshot(held, FIELDS),
        )  # fmt: skip
        bundles.follow(held.council_session)
    return held


def release(document: Document, *, visibility: str, by: User) -> Document:
    """Let delegates, or everybody, read the paper as it lies there now; a second person's act.

    Raises:
        Refusal: ``access.denied``, ``paper.withdrawn``, ``paper.own_release`` (who uploaded the
            newest version does not release it), ``paper.not_wider`` (a released paper is
            withdrawn, never hidden), ``paper.already_released``, and for the public those of
            `sessions.services.personal_data.check_publishable`.
    """
    access.authorise(by, "paper.release", document.council_session.term.council)
    with transaction.atomic():
        held = locks.document(document.pk)
        check_not_withdrawn(held)
        newest = held.versions.get(ordinal=held.versions.count())
        _check_release(held, newest, Visibility(visibility), by=by)
        if visibility == Visibility.PUBLIC:
            personal_data.check_publishable(newest, by=by)
        before = audit.snapshot(held, ["visibility", "released_at"])
        held.visibility, held.released_at, held.released_by = visibility, timezone.now(), by
        _save(held, ["visibility", "released_at", "released_by"])
        audit.record(
            "paper.release", held, by=by, council=locks.council_of(held.council_session),
            before=before, after={"visibility": visibility, **_facts(newest)},
        )  # fmt: skip
        public_pages.follow(held.council_session, of=f"paper.{held.pk}.{held.version}")
        bundles.follow(held.council_session)
    return held


def _check_release(
    held: Document, newest: DocumentVersion, visibility: Visibility, *, by: User
) -> None:
    if newest.uploaded_by_id == by.pk:
        raise Refusal(
            "paper.own_release",
            gettext_noop("Bạn là người tải tệp này lên, nên phải nhờ một người khác phát hành."),
        )
    if _RANK[visibility] < max(_RANK[Visibility(held.visibility)], 1):
        raise Refusal(
            "paper.not_wider",
            gettext_noop(
                "Không thu hẹp được phạm vi của tài liệu đã phát hành. Muốn thôi dùng, hãy rút "
                "tài liệu và ghi lý do."
            ),
            field="visibility",
        )
    is_covered = held.released_at is not None and newest.uploaded_at <= held.released_at
    if held.visibility == visibility and is_covered:
        raise Refusal(
            "paper.already_released",
            gettext_noop("Phiên bản này đã được phát hành trong phạm vi đó."),
        )


def withdraw(document: Document, *, reason: str, by: User) -> Document:
    """Take a paper back; its file and its history stay. A second call is refused.

    Who prepares papers withdraws what only the staff saw; a released one is an approver's affair.

    Raises:
        Refusal: ``access.denied``, ``paper.withdrawn``, ``paper.reason_missing``.
    """
    council = document.council_session.term.council
    is_released = document.visibility != Visibility.STAFF
    access.authorise(by, "paper.release" if is_released else "paper.edit", council)
    if not reason.strip():
        raise Refusal(
            "paper.reason_missing",
            gettext_noop("Ghi lý do rút tài liệu."),
            field="reason",
        )
    with transaction.atomic():
        held = locks.document(document.pk)
        check_not_withdrawn(held)
        if held.visibility != Visibility.STAFF:
            access.authorise(by, "paper.release", council)
        held.withdrawn_at, held.withdrawn_reason = timezone.now(), reason
        _save(held, ["withdrawn_at", "withdrawn_reason"])
        audit.record("paper.withdraw", held, by=by, council=council, after={"reason": reason})
        public_pages.purge(held.council_session, of=f"paper.{held.pk}.{held.version}")
        public_pages.follow(held.council_session, of=f"paper.{held.pk}.{held.version}")
        bundles.follow(held.council_session)
    return held


def render_again(document: Document, *, version_pk: int, by: User) -> None:
    """Have the pages of a version made anew, where they are missing; for whoever reads it.

    Raises:
        Refusal: ``access.denied``.
    """
    council = document.council_session.term.council
    access.authorise(by, "staff.read", council)
    with transaction.atomic():
        version = document.versions.get(pk=version_pk)
        renditions.request(version, council=council, by=by)


def _save(held: Document, fields: list[str]) -> None:
    versions.bump(held)
    held.full_clean()
    held.save(update_fields=[*fields, "version"])
