"""Background work of the sessions app."""

from council.models import Job
from council.tasks import job_task
from sessions.services import bundles, notices, personal_data, print_room, renditions


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
