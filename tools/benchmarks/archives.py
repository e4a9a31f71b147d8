"""Past resolutions imported an hour, against the 10,000 that an archive of years needs."""

import json
import os
import subprocess
import tempfile

import console
from benchmarks.row import Row

NEEDED = 10_000.0


def rows() -> list[Row]:
    """One worker on one core; the ceiling is the wanted figure, so the goal is to pass it."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {
            "DEBUG": "1", "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        command = [str(console.PYTHON), "tools/bench_archive.py"]
        done = subprocess.run(
            command, cwd=console.ROOT, env=environment, capture_output=True, text=True, check=True
        )
    figure = float(json.loads(done.stdout.strip().splitlines()[-1])["per_hour"])
    return [Row("archive.import", figure, NEEDED, "resolutions/hour", "higher", 1.0)]
