"""What the tools share before anything is installed: standard library only, Python 3.11."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
UV = "uv>=0.9,<1"
# What we start consists of many processes; without compiled files each takes seconds longer.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def say(sentence: str) -> None:
    """Tell what is being done."""
    print(f"· {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    """End with a sentence that says what to do."""
    print(f"\n✗ {sentence}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def run(*command: str | Path, env: dict[str, str] | None = None, quiet: bool = False) -> None:
    """Run a command to its end; its failure ends the tool with what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        check=False,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if done.returncode:
        if done.stdout:
            print(done.stdout, file=sys.stderr)
        stop(f"This command failed: {' '.join(str(part) for part in command)}")


def succeeds(*command: str | Path, env: dict[str, str] | None = None) -> bool:
    """Run a command; whether it ended well."""
    return (
        subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
        == 0
    )


def install(*locks: str) -> None:
    """Bring .venv to exactly what the lock files say; nothing to do where they did not change."""
    if sys.version_info < OLDEST:
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    stamp = VENV / "installed.stamp"
    digest = hashlib.sha256()
    for lock in locks:
        digest.update((ROOT / lock).read_bytes())
    wanted = digest.hexdigest()
    known = stamp.read_text().split() if stamp.exists() else []
    if wanted in known and PYTHON.exists():
        return
    started = time.monotonic()
    make_environment()
    say("installing the locked packages")
    arguments = [part for lock in locks for part in ("-r", lock)]
    fast: list[str | Path] = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON]
    if "requirements-dev.txt" not in locks:  # of the tools for developing, few files are ever used
        fast.append("--compile-bytecode")
    slow: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet"]
    environment = os.environ | {"UV_LINK_MODE": "copy"}
    if not succeeds(*fast, "--require-hashes", *arguments, env=environment):
        say("uv could not install them; trying pip, which takes longer")
        run(*slow, "--require-hashes", *arguments, quiet=True)
    # A development lock contains the product's: after it, `make run` has nothing to install.
    names = [wanted]
    if "requirements-dev.txt" in locks:
        names.append(hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest())
    stamp.write_text("\n".join(names))
    say(f"installed in {time.monotonic() - started:.0f} s")


def install_scanning() -> None:
    """The packages that read scanned papers; without them the other two ways of counting work."""
    stamp = VENV / "scanning.stamp"
    lock = ROOT / "requirements-scan.txt"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("installing the packages that read scanned papers")
    uv: list[str | Path] = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON]
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet"]
    environment = os.environ | {"UV_LINK_MODE": "copy"}
    if any(succeeds(*way, "--require-hashes", "-r", lock, env=environment) for way in (uv, pip)):
        stamp.write_text(wanted)
    else:
        say("they could not be installed: papers cannot be scanned, everything else works")


def continue_in_environment() -> None:
    """Start this tool again with the Python of .venv, where the packages are."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def make_environment() -> None:
    """A virtual environment with uv in it, which installs in seconds what takes pip a minute."""
    if not (VENV / "bin" / "uv").exists():
        say("making the virtual environment .venv")
        run(sys.executable, "-m", "venv", "--clear", VENV)
        run(PYTHON, "-m", "pip", "install", "--quiet", UV, quiet=True)


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether the port can be taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def has(program: str) -> bool:
    """Whether a program can be called by its name."""
    return shutil.which(program) is not None
