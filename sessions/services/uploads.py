"""Take an uploaded file in: look at what it really is, and store it while hashing it.

The file is never read whole into memory: the type is told from its beginning (of an Office file,
from the table of contents at its end), the rest streams through.
"""

import hashlib
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import filetype
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from council.rules.refusals import Refusal, gettext_noop
from sessions.rules import uploads
from sessions.rules.uploads import FileType

HEAD: Final = 4096
CHUNK: Final = 64 * 1024
_TAIL: Final = 64 * 1024 + 22  # as far as an archive's last record may lie from the end
_END_OF_ARCHIVE: Final = b"PK\x05\x06"
_CONTENTS_MAX: Final = 2 * 1024 * 1024
_BY_MEDIA_TYPE: Final = {kind.media_type: kind for kind in (uploads.PDF, uploads.PNG, uploads.JPEG)}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the storage that no row names yet."""

    path: str
    storage_key: str
    filename: str
    media_type: str
    size: int
    sha256: str


class HashedFile(File):  # type: ignore[type-arg]
    """Hashes what the storage reads; it has no path on disk, so the storage must read it."""

    def __init__(self, file: "File[bytes]") -> None:
        super().__init__(file, name="upload")
        self.source = file
        self.digest = hashlib.sha256()
        self.count = 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content piece by piece, hashed on the way."""
        self.digest, self.count = hashlib.sha256(), 0
        for chunk in self.source.chunks(chunk_size or CHUNK):
            self.digest.update(chunk)
            self.count += len(chunk)
            yield chunk


def store(file: "File[bytes]", *, folder: str) -> StoredFile:
    """Check the file and put it under a random name into the folder of the private storage.

    Raises:
        Refusal: ``upload.empty``, ``upload.too_large``, ``upload.type_not_allowed``,
            ``upload.lies``, ``upload.macros``.
    """
    filename, kind = inspect(file)
    key = secrets.token_hex(16)
    content = HashedFile(file)
    path = default_storage.save(f"{folder}/{key}", content)
    return StoredFile(
        path, key, filename, kind.media_type, content.count, content.digest.hexdigest()
    )


def discard(stored: StoredFile) -> None:
    """Take a stored file away again, where its row could not be written."""
    default_storage.delete(stored.path)


def inspect(file: "File[bytes]") -> tuple[str, FileType]:
    """The name under which the file is kept, and its type, told from content and name alike.

    Raises:
        Refusal: as `store`.
    """
    uploads.check_size(file.size, settings.UPLOAD_MAX_BYTES)
    name = uploads.safe_name(file.name or "")
    return name, check_content(file, name)


def check_content(file: "File[bytes]", name: str = "") -> FileType:
    """Whether the file is what its name says, as far as a first look tells.

    Raises:
        Refusal: ``upload.type_not_allowed``, ``upload.old_office``, ``upload.lies``,
            ``upload.macros``.
    """
    promised = uploads.type_by_name(name or file.name or "")
    file.seek(0)
    uploads.check_not_old_office(file.read(HEAD))
    uploads.check_agrees(promised, type_by_content(file))
    return promised


def type_by_content(file: "File[bytes]") -> FileType | None:
    """What the bytes are; None where they are none of the types that we take.

    Raises:
        Refusal: ``upload.macros``.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(b"PK"):
        return _office_type(file)
    guessed = filetype.guess(head)
    return _BY_MEDIA_TYPE.get(guessed.mime) if guessed else None


def _office_type(file: "File[bytes]") -> FileType | None:
    if not _has_short_contents(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    finally:
        file.seek(0)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refusal(
            "upload.macros",
            gettext_noop(
                "Tệp có chứa macro nên không nhận. Hãy lưu lại không kèm macro hoặc xuất ra PDF."
            ),
            field="file",
        )
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in uploads.OFFICE_MAIN_PARTS.items() if part in names), None)


def _has_short_contents(file: "File[bytes]") -> bool:
    """Whether the archive's table of contents is small enough to be read in a request."""
    file.seek(max(0, file.size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    place = tail.rfind(_END_OF_ARCHIVE)
    size = int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else _CONTENTS_MAX
    return size < _CONTENTS_MAX
