"""Private PostgreSQL and Redis for one run of the tests: own folder, free ports, then gone."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import console

PACKAGES = {
    "chromium": "chromium",
    "redis-server": "redis-server",
    "pdftotext": "poppler-utils",
    "msgfmt": "gettext",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui",
    "tesseract": "tesseract-ocr tesseract-ocr-vie",
    "softhsm2-util": "softhsm2",
}
"""Program to look for → Debian packages that have it; PostgreSQL's are not on the PATH."""


def postgresql_folder() -> Path | None:
    """Where initdb and pg_ctl are: the newest installed version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version_of)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def version_of(initdb: Path) -> int:
    """15 for /usr/lib/postgresql/15/bin/initdb."""
    return int(initdb.parents[1].name)


def require(packages: dict[str, str] = PACKAGES) -> None:
    """Install what is missing through apt, or stop with the command to type."""
    missing = [
        package
        for program, needed in packages.items()
        if not console.has(program)
        for package in needed.split()
    ]
    if packages is PACKAGES and postgresql_folder() is None:
        missing.append("postgresql")
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not console.has("apt-get"):
        console.stop(f"Missing programs. Type: sudo {' '.join(command)}")
    console.say(f"installing {', '.join(missing)} through apt")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # Without this Debian would start a cluster on the standard port right after installing.
    with no_automatic_cluster("postgresql" in missing):
        console.run("apt-get", "update", "-q", env=environment, quiet=True)
        console.run(*command, env=environment, quiet=True)


@contextlib.contextmanager
def no_automatic_cluster(is_needed: bool) -> Iterator[None]:  # noqa: FBT001 - reads well at its call
    """Keep Debian's PostgreSQL package from making and starting a cluster of its own."""
    switch = Path("/etc/postgresql-common/createcluster.d/nghitruong-tests.conf")
    if not is_needed or switch.exists():
        yield
        return
    switch.parent.mkdir(parents=True, exist_ok=True)
    switch.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        switch.unlink()


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A database server of our own; the URL of an empty database in it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    binaries = postgresql_folder()
    if binaries is None:
        console.stop("PostgreSQL is not installed.")
    with temporary_folder("nghitruong-pg-") as folder:
        port = console.free_port()
        data, user = folder / "data", unprivileged_user()
        if user:
            shutil.chown(folder, user)
        settings = f"-p {port} -h 127.0.0.1 -k {folder} -F"
        settings += " -c max_connections=100 -c synchronous_commit=off -c full_page_writes=off"
        init = [str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "test"]
        as_user(user, *init, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        as_user(user, *control, "-o", settings, "start")
        try:
            yield f"postgres://test@127.0.0.1:{port}/postgres"
        finally:
            as_user(user, *control, "-m", "immediate", "stop")


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A broker of our own; its URL."""
    given = os.environ.get("TEST_BROKER_URL")
    if given:
        yield given
        return
    with temporary_folder("nghitruong-redis-") as folder:
        port = console.free_port()
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
        command = ["redis-server", *options, "--save", "", "--loglevel", "warning"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_for_port(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + 20
    while console.is_free(port):
        if process.poll() is not None or time.monotonic() > deadline:
            console.stop("Redis did not start.")
        time.sleep(0.05)


@contextlib.contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder that an unprivileged user may enter, too."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))  # a socket's path is short
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> str:
    """Who runs PostgreSQL, which refuses to run as root; empty where we are nobody special."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def as_user(user: str, *command: str) -> None:
    """Run a command as another user; its failure ends the tool with what it printed."""
    done = subprocess.run(
        command,
        cwd="/",
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=user or None,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    if done.returncode:
        console.stop(f"{command[0]} failed:\n{done.stdout}")
