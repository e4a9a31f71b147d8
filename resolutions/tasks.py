"""Celery tasks of the resolutions app; each claims a Job and calls one service."""

from celery import shared_task

from council.models import Job
from council.tasks import job_task
from resolutions.queries import notices as queries
from resolutions.services import (
    announcements,
    archive_importing,
    archive_reading,
    archives,
    notice_files,
    publication,
    register_prints,
    renderings,
    session_text_approvals,
    session_text_files,
    signing_copies,
)


@job_task("resolutions.render")
def render(job: Job) -> None:
    """Make the PDF of a draft's text; args: resolution, text digest."""
    renderings.run(job)


@job_task("resolutions.signing_copy")
def signing_copy(job: Job) -> None:
    """Make the final paper for approval and signature; args: resolution, paper digest."""
    signing_copies.run(job)


@job_task("resolutions.publish")
def publish(job: Job) -> None:
    """Do what is left of a resolution's publication; args: resolution."""
    publication.run(job)


@job_task("resolutions.resend")
def resend(job: Job) -> None:
    """Send the letters again that somebody asked for; args: publication."""
    announcements.send_all(int(job.args[0]))


@job_task("resolutions.render_minutes")
def render_minutes(job: Job) -> None:
    """Make PDF and DOCX of a session's minutes; args: the text."""
    session_text_files.run(job)


@shared_task(name="resolutions.follow_facts", ignore_result=True, expires=60)
def follow_facts() -> int:
    """End approvals of minutes and summaries that the books left behind; run by beat."""
    return session_text_approvals.follow_all()


@job_task(archives.READ_JOB)
def read_archive(job: Job) -> None:
    """Read the files and the list of a handed-in archive; args: the import."""
    archive_reading.run(job)


@job_task(archives.IMPORT_JOB)
def import_archive(job: Job) -> None:
    """Import and publish the rows of an approved archive; args: the import."""
    archive_importing.run(job)


@job_task(register_prints.JOB)
def print_register(job: Job) -> None:
    """Make the PDF of a register of numbers; args: the series."""
    register_prints.run(job)


@job_task(queries.RENDER_JOB)
def render_notice(job: Job) -> None:
    """Make the PDF of a submitted notice; args: the notice, its version."""
    notice_files.run(job)
