"""The reading process: whatever a task does, the caller gets a verdict and goes on."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sessions.inspection import runner
from sessions.inspection.limits import MEGABYTE, Limits
from sessions.inspection.runner import Outcome, Verdict
from sessions.inspection.tasks import Task
from tests.processes import ROOT

SHORT = Limits(cpu_seconds=1, wall_seconds=2.0, memory=256 * MEGABYTE, written_bytes=MEGABYTE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tệp có dấu.bin"
    path.write_bytes(b"12345")
    return path


def do(task: str, file: Path, *, limits: Limits = SHORT, **arguments: object) -> Verdict:
    name = f"tests.sessions.inspection.misbehaving:{task}"
    return runner.run(name, file, arguments=arguments, limits=limits)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def test_facts_and_bytes_come_back(file: Path) -> None:
    verdict = do("well", file, page=3)
    assert verdict.is_done
    assert verdict.facts == {"size": 5, "given": {"page": 3}}
    assert verdict.content == b"\x00\nbytes\n"
    assert verdict.seconds > 0


def test_a_finding_keeps_its_code_and_figures(file: Path) -> None:
    verdict = do("finds", file)
    assert (verdict.outcome, verdict.code, verdict.params) == (
        Outcome.FOUND, "test.found", {"pages": 7},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("task", "outcome"),
    [
        ("spins", Outcome.TIMED_OUT), ("sleeps", Outcome.TIMED_OUT),
        ("eats", Outcome.OUT_OF_MEMORY), ("writes", Outcome.CRASHED), ("opens", Outcome.CRASHED),
        ("recurses", Outcome.CRASHED), ("aborts", Outcome.CRASHED), ("raises", Outcome.CRASHED),
        ("no_such_task", Outcome.CRASHED),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_a_verdict(file: Path, task: str, outcome: Outcome) -> None:
    verdict = do(task, file)
    assert verdict.outcome == outcome, verdict.what
    assert (verdict.facts, verdict.content) == ({}, b"")
    assert verdict.seconds < 6


def test_what_a_library_prints_is_no_answer(file: Path) -> None:
    assert do("babbles", file).facts == {"forged": False}


def test_the_reading_process_reaches_no_network(file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        verdict = do("connects", file, port=server.getsockname()[1])
    assert verdict.is_done, verdict.what
    can_leave = subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True)
    assert verdict.facts["connected"] == [] if can_leave.returncode == 0 else ["program"]


@pytest.mark.parametrize("seconds", [0, 30])
def test_what_a_task_started_ends_with_it(file: Path, tmp_path: Path, seconds: int) -> None:
    note = tmp_path / "pid"
    verdict = do("leaves_a_child", file, note=str(note), seconds=seconds)
    assert verdict.outcome == (Outcome.TIMED_OUT if seconds else Outcome.DONE)
    assert is_gone(int(note.read_text()))
    if verdict.is_done:
        assert verdict.facts["files"] == []
        assert not Path(verdict.facts["folder"]).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal of a parent is Linux's")
def test_a_killed_worker_takes_the_reading_process_along(file: Path) -> None:
    text = (
        "from pathlib import Path; from sessions.inspection import runner;"
        "runner.run('tests.sessions.inspection.misbehaving:sleeps', Path(sys.argv[1]))"
    )
    worker = subprocess.Popen([sys.executable, "-c", f"import sys; {text}", str(file)], cwd=ROOT)
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    child = 0
    while not child:
        child = int((children.read_text().split() or ["0"])[0])
        time.sleep(0.05)
    time.sleep(0.5)  # until it has tied its hands
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert is_gone(child)


def test_each_task_has_its_function() -> None:
    import importlib

    for task in Task:
        module, _, function = task.value.partition(":")
        assert callable(getattr(importlib.import_module(module), function)), task


def test_pages_of_a_pdf_are_told(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.new_page(842, 595)
    document.save(tmp_path / "a.pdf")
    verdict = runner.run(Task.PDF_FACTS, tmp_path / "a.pdf")
    assert verdict.facts == {"pages": 2, "sizes": [[595, 842], [842, 595]]}
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert runner.run(Task.PDF_FACTS, tmp_path / "b.pdf").code == "pdf.broken"
