"""Tasks as a hostile file would make them behave; run only in the reading process."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from sessions.inspection.tasks import Answer, Finding


def well(path: Path, arguments: dict[str, Any]) -> Answer:
    return Answer({"size": path.stat().st_size, "given": arguments}, b"\x00\nbytes\n")


def finds(_path: Path, _arguments: dict[str, Any]) -> Answer:
    raise Finding("test.found", pages=7)


def spins(_path: Path, _arguments: dict[str, Any]) -> Answer:
    while True:
        pass


def sleeps(_path: Path, _arguments: dict[str, Any]) -> Answer:
    time.sleep(60)
    return Answer()


def eats(_path: Path, _arguments: dict[str, Any]) -> Answer:
    kept = []
    while True:
        kept.append(bytearray(8 * 1024 * 1024))


def writes(_path: Path, _arguments: dict[str, Any]) -> Answer:
    with Path("big").open("wb") as file:
        file.writelines(b"\0" * 1024 * 1024 for _number in range(4096))
    return Answer()


def opens(path: Path, _arguments: dict[str, Any]) -> Answer:
    kept = [os.open(path, os.O_RDONLY) for _number in range(500)]
    return Answer({"opened": len(kept)})


def recurses(path: Path, arguments: dict[str, Any]) -> Answer:
    return recurses(path, arguments)


def aborts(_path: Path, _arguments: dict[str, Any]) -> Answer:
    os.kill(os.getpid(), 11)
    return Answer()


def raises(_path: Path, _arguments: dict[str, Any]) -> Answer:
    message = "a library's own error"
    raise ValueError(message)


def babbles(_path: Path, _arguments: dict[str, Any]) -> Answer:
    os.write(1, b'{"outcome": "done", "facts": {"forged": true}}\n')
    return Answer({"forged": False})


def connects(_path: Path, arguments: dict[str, Any]) -> Answer:
    """By Python's own socket, and by a program that knows nothing of our audit hook."""
    found = []
    try:
        socket.create_connection(("127.0.0.1", arguments["port"]), timeout=2)
        found.append("python")
    except OSError:
        pass
    text = (
        "import socket,sys\n"
        f"sys.exit(socket.socket().connect_ex(('127.0.0.1', {arguments['port']})))"
    )
    if subprocess.run([sys.executable, "-c", text], check=False).returncode == 0:
        found.append("program")
    return Answer({"connected": found})


def leaves_a_child(_path: Path, arguments: dict[str, Any]) -> Answer:
    """A child that would outlive us, and write where the test looks."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(arguments["note"]).write_text(str(child.pid))
    time.sleep(arguments["seconds"])
    return Answer({"folder": str(Path.cwd()), "files": [str(one) for one in Path().iterdir()]})
