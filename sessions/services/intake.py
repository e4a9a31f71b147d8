"""Files come in: begun, sent in pieces, finished; then the worker looks through them.

A lost connection costs the piece that was on its way: the row knows how far the file came. What
the first look already refuses (name, size, type) gets its sentence at once and is not kept.
"""

import secrets
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs
from sessions.models import AgendaItem, Document, PaperUpload, Session
from sessions.rules import uploads as rules
from sessions.services import locks, papers, quarantine, uploads

CHECK: Final = "sessions.check_upload"
OPEN_MAX: Final = 500
State = PaperUpload.State


class WrongOffset(Refusal):
    """The piece does not follow what came before; `received` is where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(
            "upload.wrong_offset",
            gettext_noop("Phần vừa gửi không nối tiếp phần đã nhận; hệ thống gửi tiếp từ chỗ dở."),
        )
        self.received = received


def begin(
    council_session: Session, *, filename: str, size: int, mark: str = "",
    item: AgendaItem | None = None, document: Document | None = None, change_note: str = "",
    by: User,
) -> PaperUpload:  # fmt: skip
    """Announce a file; the same file announced again (same name, size and mark) goes on.

    Raises:
        Refusal: ``access.denied``, ``paper.withdrawn``, ``paper.item_of_another_session``,
            ``upload.type_not_allowed``, ``upload.name_hidden``, ``upload.name_long``,
            ``upload.empty``, ``upload.too_large``, ``upload.too_many``.
    """
    access.authorise(by, "paper.edit", locks.council_of(council_session))
    rules.check_name(filename)
    name = rules.safe_name(filename)
    rules.type_by_name(name)
    rules.check_size(size, settings.UPLOAD_MAX_BYTES)
    if document is not None:
        papers.check_not_withdrawn(document)
    papers.check_frame(council_session, item, None)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        mine = held.uploads.filter(state=State.RECEIVING, uploaded_by=by, document=document)
        known = mine.filter(filename=name, size=size, mark=mark).exclude(mark="").first()
        if known is not None:
            return known
        _check_room(held)
        return _create(
            held, filename=name, size=size, mark=mark, item=item, document=document,
            change_note=change_note, by=by,
        )  # fmt: skip


def _check_room(held: Session) -> None:
    if held.uploads.exclude(state=State.REFUSED).count() >= OPEN_MAX:
        raise Refusal(
            "upload.too_many",
            gettext_noop("Đã có %(limit)d tệp chờ xử lý. Hãy lưu hoặc bỏ bớt trước khi tải thêm."),
            params={"limit": OPEN_MAX},
        )


def _create(held: Session, *, by: User, **values: object) -> PaperUpload:
    now = timezone.now()
    upload = PaperUpload(
        council_session=held, key=secrets.token_hex(16), uploaded_by=by, created_at=now,
        touched_at=now, **values,
    )  # fmt: skip
    upload.full_clean()
    upload.save()
    return upload


def append(upload: PaperUpload, *, offset: int, content: bytes, by: User) -> PaperUpload:
    """Take one piece; it must begin where the last one ended.

    Raises:
        WrongOffset: with the place to go on from.
        Refusal: ``access.denied``, ``upload.not_receiving``, ``upload.longer``.
    """
    access.authorise(by, "paper.edit", locks.council_of(upload.council_session))
    with transaction.atomic():
        held = _locked(upload, by=by)
        if offset != held.received:
            raise WrongOffset(held.received)
        if offset + len(content) > held.size:
            raise Refusal(
                "upload.longer",
                gettext_noop("Tệp dài hơn lúc bắt đầu gửi. Hãy đóng tệp, lưu rồi tải lên lại."),
            )
        quarantine.write(held, offset, content)
        held.received, held.touched_at = offset + len(content), timezone.now()
        held.save(update_fields=["received", "touched_at"])
    return held


def _locked(upload: PaperUpload, *, by: User) -> PaperUpload:
    held = (
        PaperUpload.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council", "document", "uploaded_by")
        .filter(pk=upload.pk)
        .first()
    )
    if held is None or held.state != State.RECEIVING or held.uploaded_by_id != by.pk:
        raise Refusal(
            "upload.not_receiving",
            gettext_noop("Tệp này không còn chờ nhận thêm. Hãy tải lại trang."),
        )
    return held


def finish(upload: PaperUpload, *, sha256: str = "", by: User) -> PaperUpload:
    """All pieces came: hash them, look at the beginning, hand the file to the worker.

    A file that the first look refuses ends in the state REFUSED, its bytes gone.

    Raises:
        Refusal: ``access.denied``, ``upload.not_receiving``, ``upload.incomplete``,
            ``upload.checksum`` (nothing is kept; it is sent again from the start).
    """
    access.authorise(by, "paper.edit", locks.council_of(upload.council_session))
    damaged = False
    with transaction.atomic():
        held = _locked(upload, by=by)
        if held.received != held.size:
            raise Refusal(
                "upload.incomplete", gettext_noop("Tệp chưa gửi hết. Hệ thống đang gửi tiếp.")
            )
        found = quarantine.digest(held)
        damaged = bool(sha256) and sha256.lower() != found
        if damaged:
            held.received = 0
            held.save(update_fields=["received"])
        else:
            _hand_over(held, found, by=by)
    if damaged:
        raise Refusal(
            "upload.checksum",
            gettext_noop("Tệp bị hỏng trên đường truyền. Hãy tải lên lại."),
        )
    return held


def _hand_over(held: PaperUpload, found: str, *, by: User) -> None:
    council = locks.council_of(held.council_session)
    try:
        with quarantine.path_of(held).open("rb") as content:
            uploads.check_content(File(content, name=held.filename))
    except Refusal as refusal:
        refuse(held, refusal, by=by)
        return
    held.sha256, held.state, held.touched_at = found, State.WAITING, timezone.now()
    held.full_clean()
    held.save(update_fields=["sha256", "state", "touched_at"])
    audit.record(
        "upload.receive", held, by=by, council=council,
        after={"file": held.filename, "size": held.size, "sha256": found},
    )  # fmt: skip
    jobs.enqueue(
        CHECK, key=f"{CHECK}:{held.pk}", args=[held.pk], council=council, by=by,
        title=f"Kiểm tra tệp {held.filename}"[:200],
    )  # fmt: skip


def refuse(held: PaperUpload, refusal: Refusal, *, by: User | None) -> None:
    """Write down why, and let the bytes go; inside the caller's transaction, on a locked row."""
    before = held.state
    held.state, held.touched_at = State.REFUSED, timezone.now()
    reason = _reason(refusal)
    for name, value in reason.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=["state", "touched_at", *reason])
    audit.record(
        "upload.refuse", held, by=by, council=locks.council_of(held.council_session),
        before={"state": before},
        after={"file": held.filename, "sha256": held.sha256, "why": str(refusal)},
    )  # fmt: skip
    key = held.key
    transaction.on_commit(lambda: quarantine.discard(key))


def _reason(refusal: Refusal) -> dict[str, object]:
    return {
        "refusal_code": refusal.code, "refusal_sentence": refusal.sentence,
        "refusal_params": dict(refusal.params),
    }  # fmt: skip


def take(
    council_session: Session, files: "Sequence[File[bytes]]", *, item: AgendaItem | None = None,
    document: Document | None = None, change_note: str = "", by: User,
) -> list[PaperUpload]:  # fmt: skip
    """Files that came whole, from a plain form: each is taken or refused by itself."""
    access.authorise(by, "paper.edit", locks.council_of(council_session))
    taken = []
    for file in files:
        try:
            upload = begin(
                council_session, filename=file.name or "", size=file.size, item=item,
                document=document, change_note=change_note, by=by,
            )  # fmt: skip
        except Refusal as refusal:
            taken.append(note(council_session, file.name or "", file.size, refusal, by=by))
            continue
        for piece in file.chunks(quarantine.PIECE):
            upload = append(upload, offset=upload.received, content=piece, by=by)
        taken.append(finish(upload, by=by))
    return taken


def note(
    council_session: Session, filename: str, size: int, refusal: Refusal, *, by: User
) -> PaperUpload:
    """A file refused before a byte of it was kept: the list says so beside its name."""
    access.authorise(by, "paper.edit", locks.council_of(council_session))
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        upload = _create(
            held, filename=rules.safe_name(filename), size=max(size, 0), state=State.REFUSED,
            by=by, **_reason(refusal),
        )  # fmt: skip
        audit.record(
            "upload.refuse", upload, by=by, council=locks.council_of(held),
            after={"file": upload.filename, "why": str(refusal)},
        )  # fmt: skip
    return upload


def discard(upload: PaperUpload, *, by: User) -> None:
    """Take a file off the list, with its bytes; a no-op where it is gone.

    Raises:
        Refusal: ``access.denied``.
    """
    council = locks.council_of(upload.council_session)
    access.authorise(by, "paper.edit", council)
    with transaction.atomic():
        held = PaperUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
        if held is None:
            return
        audit.record(
            "upload.discard", held, by=by, council=council,
            before={"state": held.state, "file": held.filename, "sha256": held.sha256},
        )  # fmt: skip
        key = held.key
        held.delete()
        transaction.on_commit(lambda: quarantine.discard(key))
