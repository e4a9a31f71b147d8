"""Real processes for tests: a Celery worker on the test's own database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from kombu import pools

ROOT = Path(__file__).resolve().parent.parent
# One a process: the processes of a run share a broker, but each has a database of its own.
QUEUE = f"test-{os.getpid()}"


@dataclass
class Worker:
    """A running worker with its log; `kill` is SIGKILL for the whole process group."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def output(self) -> str:
        """What it wrote so far."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """End it as a power cut would: nothing is put back, nothing said goodbye. Twice is fine."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def start_worker(broker_url: str, folder: Path, *, concurrency: int, beat: bool) -> Worker:
    """Start a worker and wait until it takes work."""
    log = folder / f"worker-{time.monotonic_ns()}.log"
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "INFO"]
    command += ["--concurrency", str(concurrency), "-n", f"test-{time.monotonic_ns()}@%h"]
    command += ["-B", "-s", str(folder / "beat")] if beat else []
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(broker_url, folder),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    worker = Worker(process, log)
    ready = wait_until(lambda: " ready." in worker.output or process.poll() is not None, seconds=60)
    if not ready or process.poll() is not None:
        message = f"the worker did not start:\n{worker.output}"
        raise RuntimeError(message)
    return worker


def environment(broker_url: str, folder: Path) -> dict[str, str]:
    """The environment that puts a process on the test's database, broker and files."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker_url,
        "CELERY_QUEUE": QUEUE,
        "CACHE_URL": f"filecache://{folder / 'cache'}",
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "DATA_DIR": str(Path(settings.MEDIA_ROOT).parent),
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
    }


def database_url() -> str:
    """The test database as a URL."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = quote(str(values["USER"]))
    if values["PASSWORD"]:
        login += ":" + quote(str(values["PASSWORD"]), safe="")
    return f"postgres://{login}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


@contextmanager
def sending_to(broker_url: str) -> Iterator[None]:
    """Point this process's Celery app to another broker for a while."""
    from config.celery import app

    previous = app.conf.broker_url, app.conf.task_default_queue
    use(broker_url, QUEUE)
    try:
        yield
    finally:
        use(*previous)


def use(broker_url: str, queue: str) -> None:
    """Forget open connections and use another broker and queue from now on."""
    from config.celery import app

    pools.reset()
    app._pool = None
    vars(app).pop("amqp", None)
    app.conf["broker_url"], app.conf["task_default_queue"] = broker_url, queue


def wait_until(condition: Callable[[], object], *, seconds: float = 30, every: float = 0.1) -> bool:
    """Wait for something that another process does; False where it did not happen in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(every)
    return bool(condition())
