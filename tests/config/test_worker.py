"""A real worker in its own process takes what this process announces, and what nobody announced."""

from collections.abc import Callable

import pytest
from django.db import transaction

from council.models import Job
from council.services import jobs
from tests.processes import Worker, sending_to, wait_until

pytestmark = pytest.mark.broker
Start = Callable[..., Worker]


def enqueue(key: str) -> Job:
    """A job that changes nothing anybody sees."""
    return jobs.enqueue("portal.purge", key=key, title="thử", args=["khong-co"])


def is_done(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == Job.State.DONE


def test_a_committed_job_is_done_by_the_worker_once(start_worker: Start) -> None:
    worker = start_worker()
    with transaction.atomic():
        job = enqueue("worker:once")
    assert wait_until(lambda: is_done(job), seconds=20), worker.output
    assert job.attempts == 1


def test_a_message_waits_for_its_worker(start_worker: Start) -> None:
    job = enqueue("worker:later")
    assert not is_done(job)
    worker = start_worker()
    assert wait_until(lambda: is_done(job), seconds=20), worker.output


def test_a_job_of_a_rolled_back_transaction_never_was(start_worker: Start) -> None:
    worker = start_worker()
    with transaction.atomic():
        enqueue("worker:never")
        transaction.set_rollback(True)
    job = enqueue("worker:after")
    assert wait_until(lambda: is_done(job), seconds=20), worker.output
    assert not Job.objects.filter(key="worker:never").exists()


def test_a_job_that_no_broker_took_is_found_by_the_sweeper(start_worker: Start) -> None:
    with sending_to("redis://127.0.0.1:1/0"):
        job = enqueue("worker:lost")
    worker = start_worker(beat=True)
    assert wait_until(lambda: is_done(job), seconds=45), worker.output


def test_a_killed_workers_job_is_done_by_the_next_one(start_worker: Start) -> None:
    """The first worker dies with the lease; the lease runs out, and the sweeper sees it."""
    first = start_worker()
    first.kill()
    job = enqueue("worker:killed")
    claimed = jobs.claim(job.pk)
    assert claimed is not None
    Job.objects.filter(pk=job.pk).update(lease_until=job.created_at)
    worker = start_worker(beat=True)
    assert wait_until(lambda: is_done(job), seconds=45), worker.output
    assert job.attempts == 2
