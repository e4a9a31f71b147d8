"""Photographs lose place, owner and device before anybody can read them; no pixel changes."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sessions.inspection import runner
from sessions.inspection.limits import MEGABYTE, Limits
from sessions.inspection.tasks import Task
from sessions.rules import refused_files, uploads
from sessions.rules.uploads import FileType
from sessions.services import uploads as files
from sessions.services.uploads import StoredFile

_MEDIA_TYPES: Final = frozenset(kind.media_type for kind in uploads.PICTURES)


def limits() -> Limits:
    """Room for the largest picture that we take, read and written once."""
    most = int(settings.UPLOAD_MAX_BYTES)
    return Limits(memory=256 * MEGABYTE + 3 * most, written_bytes=most + MEGABYTE)


def cleaned(path: Path, kind: FileType) -> bytes | None:
    """The picture without them; None for files of other kinds and where nothing is in it.

    Raises:
        Refusal: ``image.broken``, ``file.unreadable``.
    """
    if kind not in uploads.PICTURES:
        return None
    verdict = runner.run(Task.WITHOUT_TRACES, path, limits=limits())
    if not verdict.is_done:
        raise refused_files.refusal_of(verdict.code or "file.unreadable", verdict.params)
    return verdict.content if verdict.facts["changed"] else None


def cleaned_store(stored: StoredFile, *, folder: str) -> StoredFile:
    """A stored picture under a new name without them; other files as they are.

    Raises:
        Refusal: as `cleaned`; the stored file is taken away.
    """
    if stored.media_type not in _MEDIA_TYPES:
        return stored
    kind = uploads.type_by_name(stored.filename)
    try:
        content = cleaned(Path(default_storage.path(stored.path)), kind)
        if content is None:
            return stored
        again = files.store(ContentFile(content, name=stored.filename), folder=folder)
    except BaseException:
        files.discard(stored)
        raise
    files.discard(stored)
    return again
