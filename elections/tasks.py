"""Celery tasks of the elections app: PDFs of ballot papers and counting minutes."""

from council.models import Job
from council.tasks import job_task
from elections.services import files


@job_task(files.MAKE_BALLOT)
def make_ballot(job: Job) -> None:
    """Typeset a poll's ballot paper."""
    files.make_ballot(int(job.args[0]), job=job)


@job_task(files.MAKE_MINUTES)
def make_minutes(job: Job) -> None:
    """Typeset a poll's counting minutes."""
    files.make_minutes(int(job.args[0]), job=job)
