"""The embedded broker loses nothing: half-written files, killed takers, restorers at once."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

from config.embedded_broker import Folder
from tests.processes import ROOT, wait_until


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "broker")


@pytest.fixture
def link(folder: Folder) -> Iterator[Any]:
    with Connection(f"embedded://localhost{folder.root}") as connection:
        yield connection


def message(number: int, size: int = 0) -> dict[str, Any]:
    return {"body": "x" * size, "number": number, "properties": {"delivery_tag": f"tag-{number}"}}


def in_other_process(code: str, folder: Folder, *args: object) -> subprocess.Popen[str]:
    """Run code that sees `folder` and `args`; it imports config but no Django."""
    start = "import os, sys, time; from pathlib import Path\n"
    start += "from config.embedded_broker import Folder\n"
    start += "folder = Folder(Path(sys.argv[1])); args = sys.argv[2:]\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + textwrap.dedent(code), str(folder.root), *map(str, args)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )


def everything(folder: Folder, queue: str) -> list[int]:
    """Numbers of all messages that can be taken now."""
    numbers = []
    while found := folder.take(queue):
        found[0].unlink()
        numbers.append(found[1]["number"])
    return numbers


def test_a_message_goes_in_and_comes_out_once(link: Any) -> None:
    queue = link.SimpleQueue("work")
    queue.put({"job": 7})
    received = queue.get(timeout=2)
    assert received.payload == {"job": 7}
    received.ack()
    with pytest.raises(Empty):
        queue.get(timeout=0.2)


def test_messages_come_in_the_order_of_their_sending(folder: Folder) -> None:
    for number in range(20):
        folder.put("work", message(number))
    assert everything(folder, "work") == list(range(20))


def test_queues_with_odd_names_stay_apart_and_inside_the_folder(folder: Folder) -> None:
    names = ["work", "work.more", "..", "a/b", "q-work", "Hà Đông"]
    for number, name in enumerate(names):
        folder.put(name, message(number))
    assert [everything(folder, name) for name in names] == [[n] for n in range(len(names))]
    assert not list(folder.root.parent.glob("*.0"))


def test_a_file_that_is_still_being_written_is_not_seen(folder: Folder) -> None:
    (folder.root / "incoming" / "0001-half.0").write_text('{"body": "cut')
    assert folder.take("work") is None


def test_an_unreadable_message_is_set_aside_and_the_next_one_delivered(folder: Folder) -> None:
    torn = folder.queue("work") / "00000000000000000001-torn.0"
    torn.parent.mkdir()
    torn.write_bytes(b"")
    folder.put("work", message(1))
    assert everything(folder, "work") == [1]
    assert (folder.root / "broken" / torn.name).exists()


def test_what_a_dead_writer_left_is_removed_an_hour_later(folder: Folder) -> None:
    old = folder.root / "incoming" / "00000000000000000001-old.0"
    new = folder.root / "incoming" / "99999999999999999999-new.0"
    old.touch()
    new.touch()
    folder.remove_unfinished()
    assert (old.exists(), new.exists()) == (False, True)


def test_writers_and_readers_at_once_lose_and_double_nothing(folder: Folder) -> None:
    each, size = 150, 20_000
    writers = [
        in_other_process(
            """
            first, each, size = map(int, args)
            for number in range(first, first + each):
                folder.put("work", {"body": "x" * size, "number": number,
                                    "properties": {"delivery_tag": str(number)}})
            """,
            folder, start * each, each, size,
        )
        for start in range(3)
    ]  # fmt: skip
    readers = [
        in_other_process(
            """
            idle = time.monotonic()
            while time.monotonic() - idle < 3:
                found = folder.take("work")
                if found:
                    found[0].unlink()
                    assert len(found[1]["body"]) == int(args[0])
                    print(found[1]["number"])
                    idle = time.monotonic()
            """,
            folder, size,
        )
        for _ in range(2)
    ]  # fmt: skip
    outputs = [process.communicate(timeout=50)[0] for process in (*writers, *readers)]
    assert all(process.returncode == 0 for process in (*writers, *readers))
    numbers = [int(line) for output in outputs for line in output.split()]
    assert sorted(numbers) == list(range(3 * each))


def taker(folder: Folder, count: int) -> subprocess.Popen[str]:
    """A living process that holds `count` claims."""
    process = in_other_process(
        """
        for _ in range(int(args[0])):
            assert folder.take("work")
        print("taken", flush=True)
        time.sleep(60)
        """,
        folder,
        count,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    return process


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_message_of_a_killed_taker_comes_again_and_says_so(folder: Folder) -> None:
    folder.put("work", message(1))
    process = taker(folder, 1)
    assert folder.restore_claims_of_the_dead() == 0, "its taker lives"
    assert folder.take("work") is None
    killed(process)
    assert folder.restore_claims_of_the_dead() == 1
    found = folder.take("work")
    assert found is not None
    assert found[1]["properties"]["delivery_info"]["redelivered"] is True
    assert len(list((folder.root / "claims").glob("*.lock"))) == 1, "only this process's own"


def test_a_consumer_finds_by_itself_what_a_killed_one_had_taken(folder: Folder, link: Any) -> None:
    queue = link.SimpleQueue("work")
    queue.put({"job": 7})
    process = taker(folder, 1)
    killed(process)
    received = queue.get(timeout=8)
    assert received.payload == {"job": 7}
    received.ack()


def test_two_restorers_at_once_bring_each_message_back_once(folder: Folder) -> None:
    count = 200
    for number in range(count):
        folder.put("work", message(number))
    killed(taker(folder, count))
    restorers = [
        in_other_process(
            """
            while time.time() < float(args[0]):
                pass
            print(folder.restore_claims_of_the_dead())
            """,
            folder, time.time() + 2,
        )
        for _ in range(3)
    ]  # fmt: skip
    restored = [int(process.communicate(timeout=30)[0]) for process in restorers]
    assert sum(restored) == count
    assert everything(folder, "work") == list(range(count))


def test_a_restorer_that_is_killed_half_way_leaves_the_rest_to_the_next(folder: Folder) -> None:
    for number in range(50):
        folder.put("work", message(number))
    killed(taker(folder, 50))
    restorer = in_other_process(
        """
        put_back, done = folder.put_back, []
        def slowly(claim):
            put_back(claim)
            done.append(claim)
            if len(done) == 20:
                print("half", flush=True)
                time.sleep(60)
        folder.put_back = slowly
        folder.restore_claims_of_the_dead()
        """,
        folder,
    )
    assert restorer.stdout is not None
    assert restorer.stdout.readline() == "half\n"
    assert folder.restore_claims_of_the_dead() == 0, "the other one is at it"
    killed(restorer)
    assert folder.restore_claims_of_the_dead() == 30
    assert everything(folder, "work") == list(range(50))


def test_the_parents_claims_are_free_when_it_dies_although_its_child_lives(folder: Folder) -> None:
    folder.put("work", message(1))
    process = in_other_process(
        """
        assert folder.take("work")
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
        print(child, flush=True)
        time.sleep(60)
        """,
        folder,
    )
    assert process.stdout is not None
    child = int(process.stdout.readline())
    try:
        assert folder.restore_claims_of_the_dead() == 0
        process.kill()
        process.wait()
        assert wait_until(lambda: folder.restore_claims_of_the_dead() == 1, seconds=5)
    finally:
        os.kill(child, signal.SIGKILL)
        process.communicate()


def test_closing_the_connection_puts_unacknowledged_messages_back(folder: Folder) -> None:
    with Connection(f"embedded://localhost{folder.root}") as first:
        queue = first.SimpleQueue("work")
        queue.put({"job": 7})
        queue.get(timeout=2)
        assert folder.names("work") == []
    assert len(folder.names("work")) == 1


def test_refusing_puts_back_or_removes_as_asked(link: Any, folder: Folder) -> None:
    queue = link.SimpleQueue("work")
    queue.put({"job": 7})
    queue.get(timeout=2).requeue()
    again = queue.get(timeout=2)
    assert again.delivery_info["redelivered"] is True
    again.reject()
    assert folder.names("work") == []
    assert not list((folder.root / "claims").glob("*/*/*"))


def test_a_consumer_that_needs_no_acknowledgement_leaves_no_claim(
    link: Any, folder: Folder
) -> None:
    queue = link.SimpleQueue("work", no_ack=True)
    queue.put({"job": 7})
    assert queue.get(timeout=2).payload == {"job": 7}
    assert link.default_channel.basic_get("work", no_ack=True) is None
    assert not list((folder.root / "claims").glob("*/*/*"))


def test_purging_counts_what_it_removes(link: Any) -> None:
    queue = link.SimpleQueue("work")
    for number in range(3):
        queue.put(number)
    assert (queue.qsize(), queue.clear(), queue.qsize()) == (3, 3, 0)


def test_a_url_without_a_folder_is_refused_with_a_sentence() -> None:
    link = Connection("embedded://localhost", transport_options={"max_retries": 1})
    with pytest.raises(OperationalError, match="names its folder"):
        link.default_channel  # noqa: B018
