"""A stamp that tells whether pages were purged since: a file, asked for at every request."""

import os
import threading
import time
from pathlib import Path


class FileStamp:
    """The stamp as a file that every purge on this machine puts in place anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> object:
        """Inode and time of the file; None before the first purge."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - asked for each request; pathlib is slower
        except FileNotFoundError:
            return None
        return (found.st_ino, found.st_mtime_ns)

    def renew(self) -> None:
        """Another file in its place: no reader sees half of it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}.{threading.get_ident()}")
        fresh.write_text(str(time.time_ns()))
        os.replace(fresh, self.path)  # noqa: PTH105 - the atomic one
