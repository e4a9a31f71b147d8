"""Background work of the sessions app."""

from council.models import Job
from council.tasks import job_task
from sessions.services import notices


@job_task(notices.JOB)
def send_notices(job: Job) -> None:
    """Send the convening notice to every delegate who has not got it; args: the session's key."""
    (council_session_pk,) = job.args
    notices.send_all(job, council_session_pk)
