"""Where files lie that are not papers yet: a folder of its own beside that of the papers.

No address leads there, it is no part of the backup, and what no row names is swept away.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage

from sessions.models import PaperUpload
from sessions.rules import uploads as rules
from sessions.services.uploads import StoredFile

PIECE: Final = 1024 * 1024


def folder() -> Path:
    """The folder; made when something comes."""
    return Path(settings.MEDIA_ROOT).with_name("quarantine")


def path_of(upload: PaperUpload) -> Path:
    """The file, or the part of it that came so far."""
    return folder() / upload.key


def write(upload: PaperUpload, offset: int, content: bytes) -> None:
    """Put a piece where it belongs; what a broken attempt left behind it is cut off."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path_of(upload), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        file.seek(offset)
        file.write(content)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def digest(upload: PaperUpload) -> str:
    """SHA-256 of what lies there."""
    found = hashlib.sha256()
    with path_of(upload).open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def discard(key: str) -> None:
    """Take a file away; a no-op where it is gone."""
    (folder() / key).unlink(missing_ok=True)


def promoted(upload: PaperUpload) -> StoredFile:
    """The file under a new random name among the papers; the first one stays until all is saved.

    Raises:
        FileNotFoundError: where it is gone.
    """
    source, key = path_of(upload), secrets.token_hex(16)
    path = f"papers/{upload.council_session_id}/{key}"
    target = Path(default_storage.path(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)
    kind = rules.type_by_name(upload.filename)
    return StoredFile(path, key, upload.filename, kind.media_type, upload.size, upload.sha256)


def sweep(known: frozenset[str], *, older_than: float) -> int:
    """Take away files that no row names and that nobody wrote to for so many seconds."""
    gone = 0
    with contextlib.suppress(FileNotFoundError):
        for path in folder().iterdir():
            is_old = time.time() - path.stat().st_mtime > older_than
            if path.name not in known and is_old:
                path.unlink(missing_ok=True)
                gone += 1
    return gone
