"""The portal's work in the background: index what became public, purge stored pages."""

from celery import shared_task

from council.models import Job
from council.tasks import job_task
from portal.services import page_store, search, search_index


@job_task("portal.index")
def index(job: Job) -> None:
    """Bring one object's search entry up to date, then this node's index; args: kind, key."""
    kind, pk = job.args
    search.index(kind, pk)
    search_index.catch_up()


@job_task("portal.purge")
def purge(job: Job) -> None:
    """Forget the stored pages of a council; args: the council's slug."""
    (slug,) = job.args
    page_store.purge(slug)


@job_task("portal.index_archive")
def index_archive(job: Job) -> None:
    """Index what one import of past resolutions brought; args: the import's key."""
    search.index_archive(job)
    search_index.catch_up()


@shared_task(name="portal.follow_search", ignore_result=True, expires=10)
def follow_search() -> None:
    """Bring this node's index up to date with the feed of changes; run by beat."""
    search_index.follow()
