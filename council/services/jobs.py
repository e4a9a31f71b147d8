"""Background work: the Job row is the outbox, the state and the progress.

enqueue → (commit) → message to the broker → claim → work → finish. Whatever is lost on the way,
`sweep` sends again; whatever comes twice, `claim` lets only one through.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from council.models import Council, Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import rulebook

LEASE = timedelta(seconds=90)
MAX_ATTEMPTS = 8
logger = logging.getLogger(__name__)


def enqueue(
    name: str,
    *,
    key: str,
    title: str,
    args: Sequence[object] = (),
    council: Council | None = None,
    by: User | None = None,
) -> Job:
    """Write the job in the caller's transaction; announce it when that commits.

    The same `key` never makes a second job: a waiting or running one is returned as it is, a
    finished or failed one is put back to waiting (a new request for the same work).
    """
    now = timezone.now()
    job, created = Job.objects.get_or_create(
        key=key,
        defaults={
            "name": name,
            "args": list(args),
            "title": title,
            "council": council,
            "requested_by": by,
            "created_at": now,
            "not_before": now,
        },
    )
    if not created and job.state in (Job.State.DONE, Job.State.FAILED):
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.WAITING,
            finished_at=None,
            attempts=0,
            error="",
            step="",
            done_count=0,
            total_count=0,
            not_before=now,
            args=list(args),
            seen_by_requester=False,
        )
        job.refresh_from_db()
    transaction.on_commit(partial(announce, job.name, job.pk))
    return job


def announce(name: str, job_pk: int) -> None:
    """Tell the broker; a broker that is down is no error, the sweeper will try again."""
    try:
        current_app.send_task(name, args=[job_pk], retry=False)
    except Exception:  # noqa: BLE001 - any broker's any failure; the row is safe in the database
        logger.warning("broker did not take job %s (%s); the sweeper will", job_pk, name)


def due(now: datetime) -> QuerySet[Job]:
    """Jobs that somebody should work on now: waiting ones and those whose worker died."""
    return Job.objects.filter(
        Q(state=Job.State.WAITING, not_before__lte=now)
        | Q(state=Job.State.RUNNING, lease_until__lt=now)
    ).order_by("not_before", "pk")


def sweep(now: datetime) -> int:
    """Announce again what was lost; returns how many."""
    found = list(due(now - timedelta(seconds=5)).values_list("name", "pk")[:500])
    for name, pk in found:
        announce(name, pk)
    return len(found)


def claim(job_pk: int) -> Job | None:
    """Take the job for this worker, or None where it is done, not due or another's."""
    now = timezone.now()
    taken = (
        due(now)
        .filter(pk=job_pk)
        .update(
            state=Job.State.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1, error=""
        )
    )
    return Job.objects.select_related("council", "requested_by").get(pk=job_pk) if taken else None


def progress(job: Job, *, done: int, total: int, step: str = "") -> None:
    """Say how far the work is and keep the lease; cheap enough to call for each item."""
    job.done_count, job.total_count, job.step = done, total, step
    Job.objects.filter(pk=job.pk).update(
        done_count=done, total_count=total, step=step, lease_until=timezone.now() + LEASE
    )


def perform(job_pk: int, work: Callable[[Job], None]) -> bool:
    """Claim, work, and write down how it ended. True where this call did the work.

    A Refusal fails the job at once with its sentence; any other error is tried again with a
    growing pause, at most `MAX_ATTEMPTS` times.
    """
    job = claim(job_pk)
    if job is None:
        return False
    rulebook.refresh()
    try:
        work(job)
    except Refusal as refusal:
        _end(job, Job.State.FAILED, error=str(refusal))
    except Exception as error:
        logger.exception("job %s (%s) failed", job.pk, job.name)
        _retry_or_fail(job, error)
    else:
        _end(job, Job.State.DONE)
    return True


def run_due(now: datetime | None = None, *, limit: int = 200) -> int:
    """Work on everything due in this process, for commands and tests; returns how many."""
    current_app.loader.import_default_modules()
    count, not_yet = 0, set[int]()
    while count < limit:
        job = due(now or timezone.now()).exclude(pk__in=not_yet).first()
        if job is None:
            break
        if current_app.tasks[job.name](job.pk):
            count += 1
        else:
            not_yet.add(job.pk)  # another worker has it, or it is due only on the caller's clock
    return count


def mark_seen(user: User) -> None:
    """The requester has seen that these jobs ended."""
    Job.objects.filter(
        requested_by=user, seen_by_requester=False, state__in=[Job.State.DONE, Job.State.FAILED]
    ).update(seen_by_requester=True)


def _retry_or_fail(job: Job, error: Exception) -> None:
    if job.attempts >= MAX_ATTEMPTS:
        sentence = gettext_noop("Đã thử %(attempts)d lần không được (%(kind)s). Báo quản trị viên.")
        _end(
            job,
            Job.State.FAILED,
            error=sentence % {"attempts": job.attempts, "kind": type(error).__name__},
        )
        return
    pause = timedelta(seconds=min(2**job.attempts, 300))
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=Job.State.WAITING, not_before=timezone.now() + pause, lease_until=None
    )


def _end(job: Job, state: str, *, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, finished_at=timezone.now(), lease_until=None, error=error[:500]
    )
