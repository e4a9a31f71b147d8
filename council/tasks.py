"""Celery tasks of the council app, and the one shape that all job tasks have."""

from collections.abc import Callable

from celery import Task, shared_task
from django.utils import timezone

from council.models import Job
from council.services import jobs


def job_task(name: str) -> Callable[[Callable[[Job], None]], Task]:
    """Make a Celery task that takes a Job's key, claims it and runs the decorated work on it."""

    def wrap(work: Callable[[Job], None]) -> Task:
        def task(job_pk: int) -> bool:
            return jobs.perform(job_pk, work)

        task.__doc__ = work.__doc__
        return shared_task(name=name, acks_late=True, reject_on_worker_lost=True)(task)

    return wrap


@shared_task(name="council.sweep_jobs", ignore_result=True, expires=60)
def sweep_jobs() -> int:
    """Announce again the jobs whose message or worker was lost; run by beat."""
    return jobs.sweep(timezone.now())
