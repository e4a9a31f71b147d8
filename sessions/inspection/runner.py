"""Run a reading task on a file in a process of its own, and tell in plain words how it ended.

The caller (a Celery worker, a command) stays alive whatever the file does to the libraries that
read it: the process has its own memory, time, folder and, on Linux, its own empty network.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from sessions.inspection.limits import QUICK, Limits

_ROOT: Final = str(Path(__file__).resolve().parents[2])
_START: Final = (
    f"import sys; sys.path.insert(0, {_ROOT!r}); from sessions.inspection import child; "
    "child.main()"
)
WALL: Final = "wall"
_HEAD_MAX: Final = 16 * 1024 * 1024
_KILLED_FOR_MEMORY: Final = (-signal.SIGABRT, -signal.SIGKILL)
"""By the C++ library that found no memory; by the system that had none left."""


class Outcome(StrEnum):
    """How a reading ended."""

    DONE = "done"
    FOUND = "found"  # the task found something for which the file is refused: code and params
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The end of one reading.

    Attributes:
        outcome: how it ended; only `DONE` carries facts and content.
        facts: what the task tells, as JSON values.
        content: bytes of the answer, e.g. a picture of a page.
        code: for `FOUND`, the finding's identifier.
        params: for `FOUND`, numbers and short words of its sentence.
        what: for `CRASHED`, a word for the log, never shown to people; for `TIMED_OUT`, `WALL`
            where the machine may just have been busy.
        seconds: how long it took.
    """

    outcome: Outcome
    facts: dict[str, Any] = field(default_factory=dict)
    content: bytes = b""
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    what: str = ""
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether the task came to its end and answered."""
        return self.outcome == Outcome.DONE


def run(
    task: str,
    path: Path,
    *,
    arguments: Mapping[str, object] | None = None,
    limits: Limits = QUICK,
) -> Verdict:
    """Do a task (`sessions.inspection.tasks.Task`) on a file; never raises for what the file does.

    The task runs in an empty folder of its own that is gone afterwards, with everything that it
    started.
    """
    order = {
        "task": str(task), "path": str(path.resolve()), "arguments": dict(arguments or {}),
        "limits": asdict(limits), "parent": os.getpid(),
    }  # fmt: skip
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="doc-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryFile() as answers,
        tempfile.TemporaryFile() as log,
    ):
        code = _wait(_begin(folder, answers, log), json.dumps(order).encode(), limits)
        verdict = _verdict(code, answers, log)
    return _timed(verdict, time.monotonic() - started)


def _begin(folder: str, answers: IO[bytes], log: IO[bytes]) -> "subprocess.Popen[bytes]":
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": folder,
        "TMPDIR": folder, "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "1",
    }  # fmt: skip
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own text
        [sys.executable, "-I", "-B", "-c", _START],
        stdin=subprocess.PIPE, stdout=answers, stderr=log, cwd=folder, env=environment,
        start_new_session=True,
    )  # fmt: skip


def _wait(process: "subprocess.Popen[bytes]", order: bytes, limits: Limits) -> int | None:
    """The exit code; None where the clock on the wall ran out."""
    try:
        process.communicate(order, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode


def _verdict(code: int | None, answers: IO[bytes], log: IO[bytes]) -> Verdict:
    if code in {None, -signal.SIGXCPU}:
        return Verdict(Outcome.TIMED_OUT, what=WALL if code is None else "cpu")
    if code != 0:
        log.seek(0)
        words = log.read(20_000).decode(errors="replace")
        is_memory = "MemoryError" in words or code in _KILLED_FOR_MEMORY
        return Verdict(Outcome.OUT_OF_MEMORY if is_memory else Outcome.CRASHED, what=f"exit {code}")
    answers.seek(0)
    line = answers.readline(_HEAD_MAX)
    try:
        head = json.loads(line)
        outcome = Outcome(head["outcome"])
    except (ValueError, KeyError, TypeError):
        return Verdict(Outcome.CRASHED, what="no answer")
    return Verdict(
        outcome, facts=head.get("facts", {}), content=answers.read(),
        code=head.get("code", ""), params=head.get("params", {}), what=head.get("what", ""),
    )  # fmt: skip


def _timed(verdict: Verdict, seconds: float) -> Verdict:
    return Verdict(
        verdict.outcome, verdict.facts, verdict.content, verdict.code, verdict.params, verdict.what,
        seconds,
    )  # fmt: skip
