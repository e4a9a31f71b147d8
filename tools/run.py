"""`make run`: the whole product on a machine that has Python and make, until Ctrl-C.

Installs what the lock files say, migrates, loads the demo the first time, starts the web server
and a Celery worker, and tells where to look. Nothing that it started outlives it.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import console

PORT = int(os.environ.get("PORT") or 8000)
DATA_DIR = Path(os.environ.get("DATA_DIR") or console.ROOT / "var").resolve()
ENVIRONMENT = {
    "DEBUG": "1",
    "BASE_URL": f"http://127.0.0.1:{PORT}",
    "PYTHONUNBUFFERED": "1",
    **os.environ,
    "PORT": str(PORT),
    "DATA_DIR": str(DATA_DIR),
}
IS_DEBUG = ENVIRONMENT["DEBUG"].lower() in {"1", "true", "yes", "on"}
START_LIMIT_S = 60
ACCOUNTS = """
   thuky        clerk                      thư ký, chuyên viên
   vanphong     approver                   lãnh đạo Văn phòng
   chutoa       chair                      chủ tọa
   kiemphieu1   ballot committee           Ban kiểm phiếu
   kiemphieu2   ballot committee           Ban kiểm phiếu
   daibieu      delegate                   đại biểu
   quantri      administrator              quản trị
   quantri2     second administrator       quản trị, để duyệt thay đổi sổ quy định
   password / mật khẩu: nghitruong
"""


def main() -> None:
    """Prepare, start, wait."""
    signal.signal(signal.SIGTERM, interrupt)
    if not console.is_free(PORT):
        console.stop(f"Port {PORT} is in use. Choose another one: make run PORT={PORT + 1}")
    console.install("requirements.txt")
    console.install_scanning()
    prepare()
    started = [start("web server", *web_server()), start("worker", *worker())]
    try:
        wait_until_it_answers(started)
        tell()
        watch(started)
    except KeyboardInterrupt:
        console.say("stopping")
    finally:
        stop_all(started)


def interrupt(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends like Ctrl-C."""
    raise KeyboardInterrupt


def prepare() -> None:
    """Database, static files and, the first time, the demo."""
    (DATA_DIR / "beat").mkdir(parents=True, exist_ok=True)
    loaded = DATA_DIR / "demo.loaded"
    if "DATABASE_URL" not in ENVIRONMENT and not (DATA_DIR / "nghitruong.sqlite3").exists():
        loaded.unlink(missing_ok=True)
    manage("migrate", "--no-input", "--verbosity", "0")
    if not IS_DEBUG:
        manage("collectstatic", "--no-input", "--verbosity", "0")
    elif not loaded.exists():
        console.say("loading the demo councils")
        manage("demo")
        loaded.touch()


def manage(*arguments: str) -> None:
    """Run a management command."""
    console.run(console.PYTHON, "manage.py", *arguments, env=ENVIRONMENT)


def web_server() -> list[str]:
    """Granian, with as many processes as WEB_WORKERS says."""
    workers = ENVIRONMENT.get("WEB_WORKERS") or "1"
    threads = str(2 * (os.cpu_count() or 1))
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT)]
    command += ["--workers", workers, "--blocking-threads", threads, "--log-level", "warning"]
    return [*command, "--respawn-failed-workers", "config.wsgi:application"]


def worker() -> list[str]:
    """Celery's worker with beat inside."""
    schedule = str(DATA_DIR / "beat" / "schedule")
    concurrency = ENVIRONMENT.get("WORKER_CONCURRENCY") or "2"
    command = [
        "-W",
        "ignore:You're running the worker",
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        "worker",
        "-B",
        "-s",
        schedule,
    ]
    return [*command, "--concurrency", concurrency, "--loglevel", "WARNING"]


def start(name: str, *arguments: str) -> tuple[str, subprocess.Popen[bytes]]:
    """Start a Python program under the guard, which ends it when this process is gone."""
    guard = str(console.ROOT / "tools" / "guard.py")
    command = [str(console.PYTHON), guard, str(console.PYTHON), *arguments]
    process = subprocess.Popen(command, cwd=console.ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE)
    return name, process


def wait_until_it_answers(started: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    """Wait for the first answer of the web server."""
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        stop_if_one_ended(started)
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return  # it answers, though not to this host name
        except OSError:
            time.sleep(0.1)
        else:
            return
    console.stop(f"The web server did not answer within {START_LIMIT_S} seconds.")


def tell() -> None:
    """Address and accounts."""
    print(f"\n   Nghị Trường: {ENVIRONMENT['BASE_URL']}/   (Ctrl-C stops)", flush=True)
    if IS_DEBUG:
        print(ACCOUNTS, flush=True)


def watch(started: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    """Wait until a part ends by itself, or `make` is gone."""
    parent = os.getppid() if "MAKELEVEL" in os.environ else None
    while parent is None or os.getppid() == parent:
        stop_if_one_ended(started)
        time.sleep(0.5)


def stop_if_one_ended(started: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    """One part without the other is of no use."""
    for name, process in started:
        if process.poll() is not None:
            console.stop(f"The {name} ended by itself (exit code {process.returncode}); see above.")


def stop_all(started: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    """Close the guards' pipes and wait; a second Ctrl-C does not leave anything behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for _, process in started:
        if process.stdin:
            process.stdin.close()
    for _, process in started:
        process.wait()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
