"""The sentences of the session's public story: what was achieved, what fell short, what is next."""

from typing import Final

from django.db import transaction
from django.db.models import F

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from sessions.models import Session, SessionNote
from sessions.services import locks

FIELDS: Final = ("kind", "position", "text")
ASIDE: Final = 10_000
"""Positions are lifted by this before they are written anew, so that no two collide."""


def save(
    council_session: Session, *, note: SessionNote | None, kind: str, text: str, by: User
) -> SessionNote:
    """Write a new sentence at the end of its kind (`note` None), or correct one.

    Raises:
        Refusal: ``access.denied``, ``note.gone``.
    """
    access.authorise(by, "session.edit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        changed = _own(held, note) if note else SessionNote(council_session=held, kind=kind)
        before = audit.snapshot(changed, FIELDS) if note else None
        left = changed.kind
        if note is None or kind != left:
            changed.position = held.notes.filter(kind=kind).count() + 1
        changed.kind, changed.text = kind, text
        changed.full_clean()
        changed.save()
        _close_up(held, left)
        audit.record(
            "note.save", changed, by=by, council=locks.council_of(held), before=before,
            after=audit.snapshot(changed, FIELDS),
        )  # fmt: skip
    return changed


def remove(note: SessionNote, *, by: User) -> None:
    """Take a sentence out; the audit log keeps its words.

    Raises:
        Refusal: ``access.denied``, ``note.gone``.
    """
    access.authorise(by, "session.edit", note.council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(note.council_session_id)
        gone = _own(held, note)
        audit.record(
            "note.remove", gone, by=by, council=locks.council_of(held),
            before=audit.snapshot(gone, FIELDS),
        )  # fmt: skip
        gone.delete()
        _close_up(held, note.kind)


def move(note: SessionNote, *, position: int, by: User) -> SessionNote:
    """Put a sentence at a position from 1 among those of its kind.

    Raises:
        Refusal: ``access.denied``, ``note.gone``.
    """
    access.authorise(by, "session.edit", note.council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(note.council_session_id)
        moved = _own(held, note)
        before = audit.snapshot(moved, FIELDS)
        order = list(held.notes.filter(kind=moved.kind).exclude(pk=moved.pk).order_by("position"))
        order.insert(min(max(position - 1, 0), len(order)), moved)
        _write_order(held, moved.kind, order)
        moved.refresh_from_db(fields=["position"])
        audit.record(
            "note.move", moved, by=by, council=locks.council_of(held), before=before,
            after=audit.snapshot(moved, FIELDS),
        )  # fmt: skip
    return moved


def _own(held: Session, note: SessionNote) -> SessionNote:
    found = held.notes.filter(pk=note.pk).first()
    if found is None:
        raise Refusal(
            "note.gone", gettext_noop("Câu này vừa bị xóa. Tải lại trang rồi viết lại nếu cần.")
        )
    return found


def _close_up(held: Session, kind: str) -> None:
    order = list(held.notes.filter(kind=kind).order_by("position"))
    if [note.position for note in order] != list(range(1, len(order) + 1)):
        _write_order(held, kind, order)


def _write_order(held: Session, kind: str, order: list[SessionNote]) -> None:
    held.notes.filter(kind=kind).update(position=F("position") + ASIDE)
    for position, note in enumerate(order, start=1):
        note.position = position
    SessionNote.objects.bulk_update(order, ["position"])
