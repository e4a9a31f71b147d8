"""A file that passed leaves the quarantine: as a new paper, or as a new version of one.

The bytes get a new name among the papers before the transaction and lose the old one after it; at
no moment does a row name a file that is not there.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access
from sessions.models import Document, DocumentVersion, PaperUpload
from sessions.services import locks, papers, quarantine, uploads
from sessions.services.uploads import StoredFile

Admitted = TypeVar("Admitted", Document, DocumentVersion)
State = PaperUpload.State


def as_paper(upload: PaperUpload, *, by: User, **description: Any) -> Document:
    """Make a paper of a file that passed, as the clerk describes it (arguments of `papers.add`).

    Raises:
        Refusal: ``access.denied``, ``upload.not_passed`` and those of `papers.add`.
    """
    access.authorise(by, "paper.edit", locks.council_of(upload.council_session))

    def write(held: PaperUpload, stored: StoredFile) -> Document:
        return papers.add(
            held.council_session, file=stored, uploaded_by=held.uploaded_by, by=by, **description
        )

    return _admit(upload, State.PASSED, write)


def as_version(upload: PaperUpload, document: Document) -> DocumentVersion:
    """Make a version of a file that was sent for one, on behalf of who sent it.

    Raises:
        Refusal: ``upload.not_passed`` and those of `papers.add_version`.
    """

    def write(held: PaperUpload, stored: StoredFile) -> DocumentVersion:
        return papers.add_version(
            document, file=stored, change_note=held.change_note, by=held.uploaded_by
        )

    return _admit(upload, State.WAITING, write)


def _admit(
    upload: PaperUpload, state: str, write: Callable[[PaperUpload, StoredFile], Admitted]
) -> Admitted:
    try:
        stored = quarantine.promoted(upload)
    except FileNotFoundError:
        raise _gone() from None
    try:
        with transaction.atomic():
            held = _locked(upload, state)
            admitted = write(held, stored)
            key = held.key
            held.delete()
            transaction.on_commit(lambda: quarantine.discard(key))
            return admitted
    except BaseException:
        uploads.discard(stored)
        raise


def _locked(upload: PaperUpload, state: str) -> PaperUpload:
    held = (
        PaperUpload.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council", "uploaded_by")
        .filter(pk=upload.pk, state=state)
        .first()
    )
    if held is None:
        raise _gone()
    return held


def _gone() -> Refusal:
    return Refusal(
        "upload.not_passed",
        gettext_noop(
            "Tệp này không còn chờ trong danh sách; người khác vừa lưu hoặc bỏ nó. Hãy tải lại "
            "trang."
        ),
    )
