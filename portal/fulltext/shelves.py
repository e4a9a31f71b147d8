"""The folder of the index: which one is current, how far it has come, who may write.

`current` names the folder that is read; a rebuilt one takes its place by one rename. Each folder
holds `state.json` beside tantivy's files: the layout it was made with, and the place in the
database's feed of changes up to which it knows everything. Each node keeps a shelf of its own.
"""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import tantivy

from portal.fulltext import schema
from portal.fulltext.reading import Reader
from portal.fulltext.schema import IndexedDocument

_CURRENT, _STATE, _META, _LOCK = "current", "state.json", "meta.json", "build.lock"
_BUILD_HEAP, _CHANGE_HEAP = 512_000_000, 32_000_000
_PAUSE: Final = 0.05


class Busy(Exception):  # noqa: N818 - a state, not a fault
    """Another process is writing; what is missing is written by it or next time."""


@dataclass(frozen=True, slots=True)
class State:
    """How far an index has come.

    Args:
        version: of layout and terms (`schema.version`).
        epoch: which feed of changes; another database has another.
        cursor: the last change of that feed that the index knows.
    """

    version: str
    epoch: str
    cursor: int


class Writer:
    """Changes of one index, all or nothing at each commit."""

    def __init__(self, folder: Path, *, heap: int, threads: int) -> None:
        self._folder = folder
        self._writer = _opened(folder).writer(heap, threads)

    def put(self, document: IndexedDocument) -> None:
        """Add a document that is not there yet."""
        self.put_prepared(schema.prepared(document))

    def put_prepared(self, document: schema.Prepared) -> None:
        """Add a document whose terms are known already."""
        self._writer.add_document(schema.document_of(document))

    def remove(self, key: str) -> None:
        """Take a document out; nothing happens where it is not there."""
        self._writer.delete_documents_by_term("key", key)

    def commit(self, state: State) -> None:
        """Make the changes readable, then write down how far they go.

        Dying between the two makes the same changes come again, which changes nothing.
        """
        self._writer.commit()
        _write(self._folder / _STATE, json.dumps(asdict(state)))

    def close(self) -> None:
        """Wait for the merging of segments and let go of the lock."""
        self._writer.wait_merging_threads()


class Shelf:
    """All folders of one node's index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._reader: Reader | None = None

    def current(self) -> Path | None:
        """The folder that is read; None where there is none."""
        try:
            folder = self.root / (self.root / _CURRENT).read_text("utf-8").strip()
        except OSError:
            return None
        return folder if (folder / _META).exists() else None

    def state(self) -> State | None:
        """How far the current index has come; None where it is missing or made otherwise."""
        folder = self.current()
        found = None if folder is None else _state_in(folder)
        return found if found is not None and found.version == schema.version() else None

    def reader(self) -> Reader | None:
        """The current index as its last commit left it; None where it cannot be read."""
        folder = self.current()
        if folder is None or self.state() is None:
            return None
        try:
            reader = self._reader
            if reader is None or reader.folder != folder:
                reader = self._reader = Reader(folder, _opened(folder))
            reader.refresh((folder / _META).stat().st_mtime_ns)
        except (OSError, ValueError):  # damaged, or swapped just now
            return None
        return reader

    @contextmanager
    def changing(self, *, wait: float) -> Iterator[Writer]:
        """Write into the current index.

        Args:
            wait: seconds to wait for another writer.

        Raises:
            Busy: the other writer did not end, or there is no index.
        """
        folder = self.current()
        if folder is None:
            raise Busy
        until = time.monotonic() + wait
        writer = _writer_of(folder)
        while writer is None:
            if time.monotonic() > until:
                raise Busy
            time.sleep(_PAUSE)
            writer = _writer_of(folder)
        try:
            yield writer
        finally:
            writer.close()

    @contextmanager
    def building(self) -> Iterator[tuple[Path, Writer]]:
        """A new folder and its writer; it is read by nobody before `swap`.

        Raises:
            Busy: another process builds one already.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as taken:
                raise Busy from taken
            folder = self.root / f"index-{secrets.token_hex(6)}"
            folder.mkdir()
            tantivy.Index(schema.schema(), str(folder))
            writer = Writer(folder, heap=_BUILD_HEAP, threads=os.cpu_count() or 1)
            try:
                yield folder, writer
            finally:
                writer.close()
                if self.current() != folder:
                    shutil.rmtree(folder, ignore_errors=True)

    def swap(self, folder: Path) -> None:
        """Read this folder from now on; the others are removed."""
        _write(self.root / _CURRENT, folder.name)
        for other in self.root.glob("index-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)


@lru_cache(maxsize=8)
def shelf_at(root: Path) -> Shelf:
    """The shelf in this folder, one a process, so that its reader is kept open."""
    return Shelf(root)


def _opened(folder: Path) -> tantivy.Index:
    return tantivy.Index.open(str(folder))


def _writer_of(folder: Path) -> Writer | None:
    try:
        return Writer(folder, heap=_CHANGE_HEAP, threads=1)
    except ValueError as error:
        if "LockBusy" in str(error):
            return None
        raise


def _state_in(folder: Path) -> State | None:
    try:
        return State(**json.loads((folder / _STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, content: str) -> None:
    """Write a small file whole or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_text(content, "utf-8")
    draft.replace(path)
