"""A Celery broker in a folder, for one machine without a server.

Its URL is `embedded://localhost/absolute/folder`, or `embedded://` with the transport option
`folder`.

kombu's own `filesystem://` lets a reader take a file that is still being written, and removes a
message before it is acknowledged; both lose messages. Here a message is one file, and every step
is one rename, which happens wholly or not at all:

    incoming/NAME                  being written; nobody looks here
    queues/QUEUE/NAME              ready
    claims/OWNER/QUEUE/NAME        taken by a process, not yet acknowledged
    claims/OWNER.lock              locked by that process as long as it lives
    broken/NAME                    unreadable after a power cut, set aside

The kernel drops the lock when a process dies, however it dies, so whoever can take an owner's lock
knows that the owner is gone and, while holding it, is the only one to put its messages back. No
process number is trusted (they are used again), and nothing is specific to one system but flock.
Folders shared over a network are not supported.

A message that was not acknowledged comes again: at least once, never "at most once". No broadcast:
remote control of workers needs Redis or RabbitMQ.
"""

import fcntl
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar
from urllib.parse import quote

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_RESTORES = 3.0
UNFINISHED_AFTER_NS = 3600 * 10**9


class Owner:
    """This process as somebody who takes messages: a folder of claims and a lock on it."""

    _of_process: ClassVar[dict[Path, "Owner"]] = {}

    def __init__(self, root: Path) -> None:
        name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self.root, self.folder = root, root / "claims" / name
        self.folder.mkdir(parents=True)
        # Locked under another name first: a lock that others can see is always held.
        unseen = self.folder / "lock"
        self.descriptor = os.open(unseen, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        self.lock = self.folder.with_suffix(".lock")
        unseen.rename(self.lock)

    @classmethod
    def of_this_process(cls, root: Path) -> "Owner":
        """The owner that all channels of this process share."""
        owner = cls._of_process.get(root)
        if owner is None or not owner.lock.exists():
            owner = cls._of_process[root] = cls(root)
        return owner

    @classmethod
    def lock_of_this_process(cls, root: Path) -> Path | None:
        """The lock that this process holds, if it took anything yet."""
        owner = cls._of_process.get(root)
        return owner.lock if owner else None

    @classmethod
    def forget_all(cls) -> None:
        """In a forked child: the parent's claims are the parent's; its death must free them."""
        for owner in cls._of_process.values():
            os.close(owner.descriptor)
        cls._of_process.clear()


os.register_at_fork(after_in_child=Owner.forget_all)


class Folder:
    """The broker's folder: put, take, and bring back what the dead had taken."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in ("incoming", "queues", "claims", "broken"):
            (root / part).mkdir(parents=True, exist_ok=True)

    def queue(self, name: str) -> Path:
        """The folder of a queue; any name is safe, also `..` and `a/b`."""
        return self.root / "queues" / f"q-{quote(name, safe='@')}"

    def put(self, queue: str, payload: dict[str, Any]) -> None:
        """Add a message at the end of a queue; it is seen whole or not at all."""
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}.0"
        written = self.root / "incoming" / name
        written.write_bytes(dumps(payload).encode())
        move(written, self.queue(queue) / name)

    def names(self, queue: str) -> list[str]:
        """Names of the ready messages of a queue, oldest first."""
        try:
            return sorted(entry.name for entry in os.scandir(self.queue(queue)))
        except FileNotFoundError:
            return []

    def take(self, queue: str) -> tuple[Path, dict[str, Any]] | None:
        """Claim the oldest message: the claim's file and the payload; None where there is none."""
        source = self.queue(queue)
        for name in self.names(queue):
            claim = Owner.of_this_process(self.root).folder / source.name / name
            try:
                move(source / name, claim)
            except FileNotFoundError:
                continue  # somebody else was quicker
            payload = self.read(claim)
            if payload is not None:
                return claim, payload
        return None

    def read(self, claim: Path) -> dict[str, Any] | None:
        """The payload of a claimed file; an unreadable one is set aside."""
        try:
            payload: dict[str, Any] = loads(claim.read_bytes().decode())
            payload["properties"]["delivery_tag"]
        except (ValueError, KeyError, TypeError):
            logger.exception("message %s cannot be read; it is kept in broken/", claim.name)
            move(claim, self.root / "broken" / claim.name)
            return None
        if not claim.name.endswith(".0"):
            payload["properties"].setdefault("delivery_info", {})["redelivered"] = True
        return payload

    def put_back(self, claim: Path) -> None:
        """Make a claimed message ready again, at its old place and known as redelivered."""
        stem, _, times = claim.name.rpartition(".")
        ready = self.root / "queues" / claim.parent.name / f"{stem}.{int(times) + 1}"
        try:
            move(claim, ready)
        except FileNotFoundError:
            return  # acknowledged in the meantime

    def restore_claims_of_the_dead(self) -> int:
        """Put back what processes had taken that are no more; returns how many messages."""
        restored = 0
        for lock in (self.root / "claims").glob("*.lock"):
            if lock == Owner.lock_of_this_process(self.root):
                continue
            with held(lock) as is_held:
                if is_held:
                    restored += self._restore_claims(lock)
        return restored

    def _restore_claims(self, lock: Path) -> int:
        folder = lock.with_suffix("")
        claims = sorted(folder.glob("*/*"))
        for claim in claims:
            self.put_back(claim)
        remove_empty(folder)
        lock.unlink(missing_ok=True)
        return len(claims)

    def remove_unfinished(self) -> None:
        """Delete what a writer that died left behind, an hour later."""
        for written in (self.root / "incoming").glob("*"):
            stamp = written.name.partition("-")[0]
            if int(stamp) < time.time_ns() - UNFINISHED_AFTER_NS:
                written.unlink(missing_ok=True)


@contextmanager
def held(lock: Path) -> Iterator[bool]:
    """Whether the lock could be taken for the block; False where its owner lives or it is gone."""
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def move(source: Path, target: Path) -> None:
    """Rename, making the target's folder where it is missing.

    Raises:
        FileNotFoundError: The source is gone.
    """
    try:
        source.rename(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)


def remove_empty(folder: Path) -> None:
    """Remove a dead owner's folder with its emptied queues."""
    for part in (*folder.glob("*"), folder):
        try:
            part.rmdir()
        except OSError:
            logger.debug("%s is not empty or gone", part)


class QoS(virtual.QoS):
    """Acknowledging removes the claim; refusing puts it back or removes it."""

    def ack(self, delivery_tag: str) -> None:
        super().ack(delivery_tag)
        self.channel.discard(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001, FBT002 - kombu's
        if requeue:
            self.channel.put_back(delivery_tag)
        else:
            self.channel.discard(delivery_tag)
        super().ack(delivery_tag)


class Channel(virtual.Channel):
    """kombu's view of the folder."""

    QoS = QoS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        client = self.connection.client
        path = (client.virtual_host or "").strip("/") or client.transport_options.get("folder")
        if not path:
            raise ChannelError("an embedded broker names its folder: embedded://localhost/folder")
        self.folder = Folder(Path("/", path))
        self.folder.remove_unfinished()
        self.claims: dict[str, Path] = {}
        self._restored_at = 0.0

    def discard(self, delivery_tag: str) -> None:
        """Forget a message for good."""
        claim = self.claims.pop(delivery_tag, None)
        if claim:
            claim.unlink(missing_ok=True)

    def put_back(self, delivery_tag: str) -> None:
        """Give a message back to its queue."""
        claim = self.claims.pop(delivery_tag, None)
        if claim:
            self.folder.put_back(claim)

    def basic_consume(
        self,
        queue: str,
        no_ack: bool,  # noqa: FBT001 - kombu's signature
        callback: Callable[[Any], Any],
        consumer_tag: str,
        **kwargs: Any,
    ) -> None:
        def taken(message: Any) -> Any:
            self.discard(message.delivery_tag)
            return callback(message)

        super().basic_consume(queue, no_ack, taken if no_ack else callback, consumer_tag, **kwargs)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        message = super().basic_get(queue, no_ack=no_ack, **kwargs)
        if message is not None and no_ack:
            self.discard(message.delivery_tag)
        return message

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        try:
            self.folder.put(queue, message)
        except OSError as error:
            raise ChannelError(f"cannot write a message: {error.strerror}") from error

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        now = time.monotonic()
        if now - self._restored_at > SECONDS_BETWEEN_RESTORES:
            self._restored_at = now
            self.folder.restore_claims_of_the_dead()
        found = self.folder.take(queue)
        if found is None:
            raise Empty
        claim, payload = found
        self.claims[payload["properties"]["delivery_tag"]] = claim
        return payload

    def _restore(self, message: Any) -> None:
        self.put_back(message.delivery_tag)

    def _size(self, queue: str) -> int:
        return len(self.folder.names(queue))

    def _has_queue(self, queue: str, **kwargs: Any) -> bool:
        return self.folder.queue(queue).is_dir()

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        self.folder.queue(queue).mkdir(parents=True, exist_ok=True)

    def _purge(self, queue: str) -> int:
        names = self.folder.names(queue)
        for name in names:
            (self.folder.queue(queue) / name).unlink(missing_ok=True)
        return len(names)


class Transport(virtual.Transport):
    """`embedded://`, looked at ten times a second."""

    Channel = Channel
    polling_interval = 0.1
    driver_type = driver_name = "embedded"

    def driver_version(self) -> str:
        """A version is asked for; there is only this one."""
        return "1"


def register() -> None:
    """Make `embedded://` known to kombu."""
    TRANSPORT_ALIASES["embedded"] = "config.embedded_broker:Transport"
