"""Celery tasks of the elections app: PDFs of ballot papers and minutes, scanned papers.

What reads scans is imported when there is something to read: its packages may be missing.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from celery import shared_task
from django.conf import settings

from council.models import Job
from council.tasks import job_task
from elections.services import departures, files, scan_runs, scan_uploads, suspensions


@job_task(files.MAKE_BALLOT)
def make_ballot(job: Job) -> None:
    """Typeset a poll's ballot paper."""
    files.make_ballot(int(job.args[0]), job=job)


@job_task("elections.tenure_ended")
def tenure_ended(job: Job) -> None:
    """Close steps that an ended office made void; have retirement and death reported."""
    departures.after_end(int(job.args[0]))


@job_task("elections.delegate_suspended")
def delegate_suspended(job: Job) -> None:
    """Have a suspension reported at the next session."""
    suspensions.after_suspension(int(job.args[0]))


@job_task(files.MAKE_MINUTES)
def make_minutes(job: Job) -> None:
    """Typeset a poll's counting minutes."""
    files.make_minutes(int(job.args[0]), job=job)


@job_task(scan_runs.READ_UPLOAD)
def read_scans(job: Job) -> None:
    """Read the pages of one scanned file."""
    reading: Any = import_module("elections.services.scan_reading")
    reading.read_upload(str(job.args[0]), job=job)


@job_task(scan_runs.SETTLE)
def settle_scans(job: Job) -> None:
    """Write a scanned pile down without order."""
    settling: Any = import_module("elections.services.scan_settling")
    settling.settle(int(job.args[0]))


@shared_task(name="elections.take_scans", ignore_result=True, expires=60)
def take_scans() -> int:
    """Take what a scanner put into the watched folder; run by beat."""
    folder = Path(settings.SCAN_FOLDER) if settings.SCAN_FOLDER else None
    return scan_uploads.take_folder(folder) if folder and folder.is_dir() else 0
