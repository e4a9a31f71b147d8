"""A real worker on a real broker looks through the hostile files: it lives, within its memory."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from sessions.models import Document, PaperUpload
from sessions.services import quarantine
from tests.cast import build
from tests.hostile.kit import document
from tests.hostile.make import ALL
from tests.processes import Worker, wait_until
from tests.sessions.desk import desk_of

MEMORY_MAX = 512 * 1024 * 1024
PAGE = os.sysconf("SC_PAGE_SIZE")
GONE = (FileNotFoundError, ProcessLookupError, PermissionError, IndexError)
pytestmark = [
    pytest.mark.broker,
    pytest.mark.once,
    pytest.mark.timeout(1200),
    pytest.mark.django_db(transaction=True),
]


def tree(pid: int) -> Iterator[int]:
    """The process and all that it started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield from tree(int(child))


def memory_of(pid: int, most: int) -> int:
    """What the whole tree has in memory; a page that two of them share counts once.

    The exact figure is dear to ask for, and sought only where a bound of it, which counts shared
    pages in each process, is more than `most`.
    """
    if sum(pages_of(one) for one in tree(pid)) * PAGE <= most:
        return 0
    return sum(share_of(one) for one in tree(pid)) * 1024


def pages_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except GONE:
        return 0


def share_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except GONE:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@contextmanager
def watched(worker: Worker) -> Iterator[list[int]]:
    """The most memory that the worker and all it started had at any moment."""
    most, is_over = [0], threading.Event()

    def watch() -> None:
        while not is_over.is_set():
            most[0] = max(most[0], memory_of(worker.process.pid, most[0]))
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        is_over.set()
        thread.join()


def test_the_worker_lives_within_its_memory(
    start_worker: Callable[..., Worker], tmp_path: Path
) -> None:
    desk, worker = desk_of(build()), start_worker()
    with watched(worker) as most:
        for hostile in ALL:
            path = tmp_path / "content"
            path.write_bytes(hostile.build())
            with path.open("rb") as stream:
                file = File(stream, name="x")
                file.name = hostile.filename
                desk.upload(file)
        good = desk.upload(ContentFile(document(), "tot.pdf"))
        waiting = PaperUpload.objects.filter(state="waiting")
        assert wait_until(lambda: not waiting.exists(), seconds=1000), waiting.values("filename")
    states = PaperUpload.objects.exclude(pk=good.pk).values_list("state", flat=True)
    assert set(states) == {"refused"}
    assert len(states) == len(ALL)
    good.refresh_from_db()
    assert good.state == "passed"
    assert worker.process.poll() is None
    assert "WorkerLostError" not in worker.output
    assert [path.name for path in quarantine.folder().iterdir()] == [good.key]
    assert not Document.objects.exists()
    sys.stdout.write(f"most memory: {most[0] // 2**20} MB\n")
    assert 0 < most[0] < MEMORY_MAX, f"{most[0] // 2**20} MB"
