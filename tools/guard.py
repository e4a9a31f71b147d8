"""Run a command that never outlives who started it: `guard.py COMMAND…`, standard input a pipe.

When the pipe closes (its writer ended, was stopped or was killed), the command gets SIGTERM, and
ten seconds later its whole process group gets SIGKILL. Works wherever there are pipes.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time

GRACE_S = 10


def main() -> int:
    """Start, wait for the command or for the pipe, end the group; the command's exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; who started us decides
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None:
        readable, _, _ = select.select([sys.stdin], [], [], 0.2)
        if readable and not os.read(sys.stdin.fileno(), 1):
            process.terminate()
            break
    end = time.monotonic() + GRACE_S
    while process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # what the command itself left behind, too
    return process.wait()


if __name__ == "__main__":
    raise SystemExit(main())
