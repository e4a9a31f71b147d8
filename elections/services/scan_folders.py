"""Where scanned pictures lie: a work folder while a pile is being read, then the kept pictures.

While a pile is read, files lie in the order in which they came. The work folder is no part of the
database and of its backups, and it is emptied when the pile is read. What is kept then has a random
name and one and the same date, and was written in random order.
"""

import os
import shutil
from pathlib import Path
from typing import Final

from django.conf import settings

from elections.models import ScanRun, ScanUpload

SAME_DATE: Final = 946_684_800
"""1 January 2000: the date of every kept picture, so that no date tells an order."""


def work_folder(run: ScanRun) -> Path:
    """What came in and was read so far, in order; gone when the run is read or void."""
    return Path(settings.MEDIA_ROOT).with_name("scan-work") / str(run.pk)


def incoming(upload: ScanUpload) -> Path:
    """The file as it came in."""
    return work_folder(upload.run) / f"{upload.key}.in"


def pages_of(upload: ScanUpload) -> Path:
    """What was read of the file: two files a page."""
    return work_folder(upload.run) / upload.key


def kept_folder(run: ScanRun) -> Path:
    """The pictures of the run's sheets."""
    return Path(settings.MEDIA_ROOT) / "scans" / str(run.pk)


def kept(run: ScanRun, name: str) -> Path:
    """One kept picture by its random name."""
    return kept_folder(run) / f"{name}.png"


def write_whole(path: Path, content: bytes) -> None:
    """Write the file so that it is there whole or not at all, whenever the machine stops."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    draft.write_bytes(content)
    draft.replace(path)


def keep(run: ScanRun, name: str, source: Path) -> None:
    """Put a picture under its random name among the kept ones."""
    target = kept(run, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    os.utime(target, (SAME_DATE, SAME_DATE))


def empty(folder: Path) -> None:
    """Take the folder away with all that is in it; a no-op where it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
