"""Background work of the sessions app."""

from celery import shared_task

from council.models import Job
from council.tasks import job_task
from sessions.services import (
    bundles,
    inspections,
    intake,
    notices,
    paper_texts,
    personal_data,
    print_room,
    renditions,
    sweeping,
)


@job_task(notices.JOB)
def send_notices(job: Job) -> None:
    """Send the convening notice to every delegate who has not got it; args: the session's key."""
    (council_session_pk,) = job.args
    notices.send_all(job, council_session_pk)


@job_task(renditions.JOB)
def render_pages(job: Job) -> None:
    """Make the pages of a file readable in a browser; args: the file's SHA-256."""
    renditions.run(job)


@job_task(bundles.JOB)
def make_bundle(job: Job) -> None:
    """Put a session's papers together; args: session, readers, kind, digest of the content."""
    bundles.run(job)


@job_task(print_room.JOB)
def make_print(job: Job) -> None:
    """Typeset one paper of the print room; args: the session's key, the kind."""
    council_session_pk, kind = job.args
    print_room.make(job, council_session_pk, kind)


@job_task(personal_data.CHECK_JOB)
def find_personal_data(job: Job) -> None:
    """Look through a version before it may be published; args: version."""
    personal_data.look(int(job.args[0]))


@job_task(personal_data.MASK_JOB)
def mask_personal_data(job: Job) -> None:
    """Make the copy for the public; args: version, digest of the decisions."""
    personal_data.make_copy(int(job.args[0]), str(job.args[1]))


@job_task(intake.CHECK)
def check_upload(job: Job) -> None:
    """Look through an uploaded file; args: the upload's key."""
    (upload_pk,) = job.args
    inspections.check(job, upload_pk)


@job_task(paper_texts.JOB)
def read_paper(job: Job) -> None:
    """Read the words of a paper's version; args: the version's key."""
    (version_pk,) = job.args
    paper_texts.read(job, version_pk)


@shared_task(name="sessions.sweep_uploads", ignore_result=True, expires=600)
def sweep_uploads() -> int:
    """Take away parts of files that nobody goes on sending; run by beat."""
    return sweeping.sweep()
