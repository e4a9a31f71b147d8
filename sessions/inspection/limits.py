"""What a reading process may use up, and how it ties its own hands before it opens the file."""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading; sizes in bytes, times in seconds."""

    memory: int = 320 * MEGABYTE
    cpu_seconds: int = 20
    wall_seconds: float = 40.0
    written_bytes: int = 64 * MEGABYTE
    open_files: int = 64


QUICK: Final = Limits()
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_NETWORK: Final = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo")


def confine(limits: Limits, parent: int) -> None:
    """Bind this process: memory, time, files, no network, and death together with its parent."""
    _die_with(parent)
    _set(resource.RLIMIT_AS, limits.memory)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds, grace=5)
    _set(resource.RLIMIT_FSIZE, limits.written_bytes)
    _set(resource.RLIMIT_NOFILE, limits.open_files)
    _set(resource.RLIMIT_CORE, 0)
    _leave_the_network()


def _set(which: int, value: int, *, grace: int = 0) -> None:
    """Bind soft and hard limit; with a grace the soft one's own signal (SIGXCPU) comes first."""
    hard = resource.getrlimit(which)[1]
    soft, bound = (
        wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        for wanted in (value, value + grace)
    )
    with contextlib.suppress(ValueError, OSError):  # a system without this limit: the others hold
        resource.setrlimit(which, (soft, bound))


def _die_with(parent: int) -> None:
    """A worker that is killed takes its reading process along (Linux)."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _leave_the_network() -> None:
    """Into an empty network where the system lets us; Python's own sockets are shut in any case."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
            libc.unshare(_CLONE_NEWNET)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError(event)
