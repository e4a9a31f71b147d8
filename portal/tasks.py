"""The portal's work in the background: index what became public, purge stored pages."""

from celery import shared_task
from django.utils import timezone

from council.models import Job
from council.tasks import job_task
from portal.services import (
    letters,
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


@job_task("portal.follow")
def follow(job: Job) -> None:
    """Write down what of a thing's part appeared, changed or went; args: kind of thing, key."""
    word, pk = job.args
    published_objects.follow_thing(word, pk)


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


@shared_task(name="portal.follow_search", ignore_result=True, expires=10)
def follow_search() -> None:
    """Bring this node's index up to date with the feed of changes; run by beat."""
    search_index.follow()


@shared_task(name="portal.follow_restless", ignore_result=True, expires=240)
def follow_restless() -> None:
    """Write down what of people and of these weeks' sessions changed; run by beat."""
    published_objects.follow_restless(timezone.localdate())


@shared_task(name="portal.send_letters", ignore_result=True, expires=50)
def send_letters() -> int:
    """Send the letters that are due; run by beat."""
    return letters.send_due(timezone.now())


@shared_task(name="portal.sweep_subscriptions", ignore_result=True, expires=3000)
def sweep_subscriptions() -> int:
    """Forget addresses that were never confirmed, and what was sent long ago; run by beat."""
    return subscriptions.sweep(timezone.now())
