"""Background work: written with the change, announced on commit, done once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from council.models import Job
from council.rules.refusals import Refusal
from council.services import jobs


@pytest.fixture
def sent(monkeypatch):
    """What the broker was told."""
    told = []
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args, **_: told.append(args[0]))
    return told


def ask(key="k1", **more):
    return jobs.enqueue("portal.purge", key=key, title="Việc thử", args=["x"], **more)


def again(job):
    return Job.objects.get(pk=job.pk)


def test_the_broker_hears_of_a_job_only_after_commit(db, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask()
        assert sent == []
    assert sent == [job.pk]


def test_a_change_that_fails_leaves_no_job(db, sent, django_capture_on_commit_callbacks):
    def ask_and_fail():
        with transaction.atomic():
            ask()
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        ask_and_fail()
    assert not Job.objects.exists()
    assert sent == []


def test_the_same_key_is_the_same_job(db):
    assert ask().pk == ask().pk
    assert Job.objects.count() == 1


def test_a_finished_job_asked_for_again_waits_again(db):
    job = ask()
    jobs.perform(job.pk, lambda _job: None)
    assert again(job).state == "done"
    ask()
    assert (again(job).state, again(job).attempts) == ("waiting", 0)


def test_a_broker_that_is_down_is_no_error(
    db, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def broken(*_args, **_more):
        raise OSError

    monkeypatch.setattr(jobs.current_app, "send_task", broken)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask()
    assert again(job).state == "waiting"
    assert "sweeper" in caplog.text


def test_only_one_of_two_workers_gets_the_job(db):
    job, done = ask(), []
    assert jobs.claim(job.pk) is not None
    assert jobs.claim(job.pk) is None
    assert jobs.perform(job.pk, lambda job: done.append(job.pk)) is False
    assert done == []


def test_a_dead_workers_job_is_taken_over_after_its_lease(db):
    job = ask()
    jobs.claim(job.pk)
    late = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=late)
    taken = jobs.claim(job.pk)
    assert taken is not None
    assert taken.attempts == 2


def test_progress_keeps_the_lease(db):
    job = jobs.claim(ask().pk)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())
    jobs.progress(job, done=3, total=10, step="Đang gửi")
    stored = again(job)
    assert (stored.done_count, stored.total_count, stored.step) == (3, 10, "Đang gửi")
    assert stored.lease_until > timezone.now() + timedelta(seconds=60)


def test_a_refusal_fails_the_job_with_its_sentence(db):
    job = ask()

    def refuse(_job):
        raise Refusal("x.y", "Còn thiếu %(what)s.", params={"what": "chữ ký"})

    assert jobs.perform(job.pk, refuse) is True
    assert (again(job).state, again(job).error) == ("failed", "Còn thiếu chữ ký.")


def test_another_error_is_tried_again_later_and_at_last_fails(db, caplog):
    job = ask()

    def crash(_job):
        raise ZeroDivisionError

    for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
        Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
        assert jobs.perform(job.pk, crash) is True
        assert again(job).attempts == attempt
    stored = again(job)
    assert stored.state == "failed"
    assert "ZeroDivisionError" in stored.error
    assert "failed" in caplog.text


def test_a_job_that_waits_for_its_next_try_is_not_claimed_early(db, caplog):
    job = ask()
    jobs.perform(job.pk, lambda _job: 1 / 0)
    assert again(job).not_before > timezone.now()
    assert jobs.claim(job.pk) is None


def test_the_sweeper_announces_what_was_lost_and_nothing_else(db, sent):
    lost, fresh, done, dead = ask("lost"), ask("fresh"), ask("done"), ask("dead")
    now = timezone.now()
    Job.objects.filter(pk=lost.pk).update(not_before=now - timedelta(minutes=1))
    jobs.perform(done.pk, lambda _job: None)
    jobs.claim(dead.pk)
    Job.objects.filter(pk=dead.pk).update(lease_until=now - timedelta(minutes=1))
    assert jobs.sweep(now) == 2
    assert set(sent) == {lost.pk, dead.pk}
    assert fresh.pk not in sent


def test_run_due_works_off_everything_and_ends(db):
    ask("a"), ask("b")
    assert jobs.run_due() == 2
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert jobs.run_due() == 0


def test_run_due_passes_over_what_another_worker_holds(db):
    held, free = ask("held"), ask("free")
    jobs.claim(held.pk)
    Job.objects.filter(pk=held.pk).update(lease_until=timezone.now() + timedelta(seconds=5))
    assert jobs.run_due(timezone.now() + timedelta(seconds=30)) == 1
    assert again(free).state == "done"
    assert again(held).state == "running"


def test_seen_jobs_leave_the_first_screen(cast):
    user = cast.user["clerk"]
    done, waiting = ask("a", by=user, council=cast.council), ask("b", by=user)
    jobs.perform(done.pk, lambda _job: None)
    jobs.mark_seen(user)
    assert again(done).seen_by_requester is True
    assert again(waiting).seen_by_requester is False


def test_every_job_that_is_enqueued_names_a_task_that_exists():
    import re
    from pathlib import Path

    jobs.current_app.loader.import_default_modules()
    root = Path(jobs.__file__).parents[2]
    names = set()
    for app in ("council", "sessions", "elections", "resolutions", "portal"):
        for path in (root / app / "services").glob("*.py"):
            names |= set(re.findall(r'enqueue\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text("utf-8")))
    assert names, "no call of jobs.enqueue was found"
    assert names <= set(jobs.current_app.tasks)
