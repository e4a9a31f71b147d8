"""The portal's work in the background: index what became public, purge stored pages."""

from celery import shared_task
from django.utils import timezone

from council.models import Job
from council.tasks import job_task
from portal.services import (
    letters,
    open_data,
    page_store,
    published_objects,
    search,
    search_index,
    subscriptions,
)


@job_task("portal.index")
def index(job: Job) -> None:
    """Bring one object's search entry up to date, tell who follows it; args: kind, key."""
    kind, pk = job.args
    search.index(kind, pk)
    letters.spread(kind, pk)
    search_index.catch_up()
    published_objects.follow_thing(kind, pk)
    want_data(job)


@job_task("portal.follow")
def follow(job: Job) -> None:
    """Write down what of a thing's part appeared, changed or went; args: kind of thing, key."""
    word, pk = job.args
    published_objects.follow_thing(word, pk)
    want_data(job)


@job_task("portal.make_data")
def make_data(job: Job) -> None:
    """Make a council's open data files anew; args: the council's key."""
    open_data.run(job)


def want_data(job: Job) -> None:
    """Something of the job's council changed in public: its open data files are made anew."""
    if job.council is not None:
        open_data.want(job.council)


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
    published_objects.follow_thing("archive", int(job.args[0]))
    want_data(job)


@shared_task(name="portal.follow_search", ignore_result=True, expires=10)
def follow_search() -> None:
    """Bring this node's index up to date with the feed of changes; run by beat."""
    search_index.follow()


@shared_task(name="portal.follow_restless", ignore_result=True, expires=240)
def follow_restless() -> None:
    """Write down what of people and of these weeks' sessions changed; run by beat."""
    today = timezone.localdate()
    for council in published_objects.follow_restless(today):
        open_data.want(council)
    open_data.want_missing(today)


@shared_task(name="portal.send_letters", ignore_result=True, expires=50)
def send_letters() -> int:
    """Send the letters that are due; run by beat."""
    return letters.send_due(timezone.now())


@shared_task(name="portal.sweep_subscriptions", ignore_result=True, expires=3000)
def sweep_subscriptions() -> int:
    """Forget addresses that were never confirmed, and what was sent long ago; run by beat."""
    return subscriptions.sweep(timezone.now())
