"""The portal's work in the background: index what became public, purge stored pages."""

from council.models import Job
from council.tasks import job_task
from portal.services import page_store, search


@job_task("portal.index")
def index(job: Job) -> None:
    """Bring one object's search entry up to date; args: kind, key."""
    kind, pk = job.args
    search.index(kind, pk)


@job_task("portal.purge")
def purge(job: Job) -> None:
    """Forget the stored pages of a council; args: the council's slug."""
    (slug,) = job.args
    page_store.purge(slug)


@job_task("portal.index_archive")
def index_archive(job: Job) -> None:
    """Index what one import of past resolutions brought; args: the import's key."""
    search.index_archive(job)
