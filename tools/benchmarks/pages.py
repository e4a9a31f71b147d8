"""Pages under load: each server alone with wrk on one machine, 32 connections kept alive."""

import contextlib
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import console
from benchmarks.row import Row, interleaved

SECONDS, CONNECTIONS = 4, 32
COUNCIL, RESOLUTIONS = "/ha-dong/", "/ha-dong/nghi-quyet/"
SERVER = ("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--log-level", "error")


def rows() -> list[Row]:
    """A stored page, a rendered one and our bare view, each against a bare Django view."""
    with (
        tempfile.TemporaryDirectory() as data,
        served("benchmarks.ceilings:bare", tools_environment()) as bare,
        served("benchmarks.ceilings:usual", tools_environment()) as usual,
        served("config.wsgi:application", installation(Path(data))) as ours,
    ):
        resolution = first_resolution(ours)
        addresses = (f"{bare}/", f"{usual}/", f"{ours}/healthz", f"{ours}{COUNCIL}", resolution)
        for address in addresses:
            load(address, seconds=1)
        measured = interleaved(*(lambda a=address: load(a) for address in addresses))
    wsgi, django, ours_bare, rendered, stored = measured
    unit = "requests/s"
    return [
        Row("page.stored", stored, django, unit, "higher", 0.9),
        Row("page.rendered", rendered, django, unit, "higher", 0.02),
        Row("view.bare", ours_bare, django, unit, "higher", 0.5),
        Row("view.bare_against_wsgi", ours_bare, wsgi, unit, "higher", 0.09),
    ]


def first_resolution(server: str) -> str:
    """The address of a published resolution, which is stored once it was read."""
    with urllib.request.urlopen(server + RESOLUTIONS, timeout=30) as answer:
        page = answer.read().decode()
    found = re.search(rf'href="({RESOLUTIONS}\d{{4}}/[^".]+/)"', page)
    if found is None:
        console.stop(f"{RESOLUTIONS} names no resolution.")
    return server + found.group(1)


def installation(data: Path) -> dict[str, str]:
    """A production installation with the demo in it; its environment."""
    environment = os.environ | {
        "DEBUG": "0",
        "DATA_DIR": str(data),
        "SECRET_KEY": "only-for-a-benchmark-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "http://127.0.0.1",
        "LOG_LEVEL": "ERROR",
    }
    for command in (["migrate", "-v", "0"], ["collectstatic", "--no-input", "-v", "0"]):
        console.run(console.PYTHON, "manage.py", *command, env=environment, quiet=True)
    console.run(console.PYTHON, "manage.py", "demo", "--i-know", env=environment, quiet=True)
    return environment


def tools_environment() -> dict[str, str]:
    """For the ceilings: their module is found, nothing of the product is."""
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return kept | {"PYTHONPATH": str(console.ROOT / "tools")}


@contextlib.contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[str]:
    """Granian with one process; its address."""
    port = console.free_port()
    command = [str(console.PYTHON), *SERVER, "--port", str(port), "--blocking-threads", "4"]
    process = subprocess.Popen([*command, application], cwd=console.ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    """Wait until the server answers, whatever it says."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    console.stop(f"{address} did not answer.")


def load(address: str, *, seconds: int = SECONDS) -> float:
    """Requests a second that are answered with 200; anything else ends the benchmark."""
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        console.stop(f"{address} did not answer with 200:\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        console.stop(f"wrk said nothing of use:\n{said}")
    return float(found.group(1))
