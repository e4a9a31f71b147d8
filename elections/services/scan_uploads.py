"""Files come in, through the page or from the watched folder; names and times are not kept."""

import hashlib
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Poll, ScanRun, ScanUpload
from elections.queries import scans as queries
from elections.services import scan_checks, scan_folders, scan_runs
from sessions.rules import uploads as upload_rules

HEAD: Final = 1024
CHUNK: Final = 256 * 1024
STARTS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
STABLE_SECONDS: Final = 5
NOT_TAKEN: Final = "khong-nhan"
"""Where the watched folder puts what is no scan."""


def add(run: ScanRun, *, files: Iterable["File[bytes]"], by: User) -> int:
    """Take files into the run and have them read; a file already taken is passed over.

    Returns:
        How many were taken.

    Raises:
        Refusal: ``access.denied``, ``count.not_a_member``, ``scan.wrong_state``, ``upload.empty``,
            ``upload.too_large``, ``scan.not_a_scan``; then none of the files was taken.
    """
    scan_checks.authorise(run.poll, by)
    checked = list(files)
    for file in checked:
        check_file(file)
    return sum(take(run, file, by=by) for file in checked)


def check_file(file: "File[bytes]") -> None:
    """Size, and what the bytes are; names are not believed.

    Raises:
        Refusal: ``upload.empty``, ``upload.too_large``, ``scan.not_a_scan``.
    """
    upload_rules.check_size(file.size, settings.UPLOAD_MAX_BYTES)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not (head.startswith(STARTS) or b"%PDF-" in head):
        raise Refusal(
            "scan.not_a_scan",
            gettext_noop("Chỉ nhận tệp PDF, PNG, JPEG, TIFF từ máy quét. Không tệp nào được nhận."),
            field="scans",
        )


def take(run: ScanRun, file: "File[bytes]", *, by: User) -> bool:
    """Write the file into the work folder, then its row; False where it was taken before."""
    upload = ScanUpload(run=run)
    path = scan_folders.incoming(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as target:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    upload.sha256 = digest.hexdigest()
    try:
        return register(upload, by=by)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def register(upload: ScanUpload, *, by: User) -> bool:
    """The row of a file that lies in the work folder, and the request to read it.

    Raises:
        Refusal: those of `scan_checks.check_takes`.
    """
    try:
        with transaction.atomic():
            run = scan_checks.run(upload.run_id)
            scan_checks.check_takes(run)
            upload.run = run
            upload.save(force_insert=True)
            scan_checks.record(
                "scan.upload", upload, run.poll, by=by, after={"sha256": upload.sha256}
            )
            if run.state == ScanRun.State.TAKING:
                scan_runs.request_reading(upload, run, by=by)
    except IntegrityError:  # the same bytes are in the run already
        scan_folders.incoming(upload).unlink(missing_ok=True)
        return False
    return True


def take_folder(folder: Path, *, now: float | None = None) -> int:
    """Take what lies in the watched folder: one folder a poll, named by the poll's number.

    Only files that did not change for some seconds, in order of their names; each is taken away.
    What is no scan goes into a folder beside it. Polls without a run that takes files are left.

    Returns:
        How many files were taken.
    """
    taken = 0
    moment = time.time() if now is None else now
    for place in sorted(path for path in folder.iterdir() if path.name.isdecimal()):
        run = queries.standing_run_of(int(place.name))
        if run is None or run.state != ScanRun.State.TAKING:
            continue
        for path in sorted(place.iterdir()):
            if path.is_file() and moment - path.stat().st_mtime >= STABLE_SECONDS:
                taken += take_path(run, path)
    return taken


def take_path(run: ScanRun, path: Path) -> bool:
    """One file of the watched folder, on behalf of who began the run."""
    try:
        with path.open("rb") as stream:
            file = File(stream, name="scan")
            check_file(file)
            taken = take(run, file, by=run.started_by)
    except Refusal:
        refused = path.parent / NOT_TAKEN
        refused.mkdir(exist_ok=True)
        path.replace(refused / path.name)
        return False
    path.unlink()
    return taken


def folder_of(poll: Poll) -> str:
    """Where a scanner may put this poll's files; empty where no folder is watched."""
    return str(Path(settings.SCAN_FOLDER) / str(poll.pk)) if settings.SCAN_FOLDER else ""
