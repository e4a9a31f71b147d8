"""Celery tasks of the resolutions app; each claims a Job and calls one service."""

from council.models import Job
from council.tasks import job_task
from resolutions.services import announcements, publication, renderings, signing_copies


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
