"""Search over made-up resolutions, against the times and speeds that are wanted."""

import json
import os
import re
import subprocess
import tempfile

import console
from benchmarks.row import Row

COUNT = 20_000
QUERY_MS, PAGE_MS, INDEXED = 50.0, 100.0, 3000.0
"""What is wanted with two million (issue and docs/performance.md); `make bench-large` has those."""


def rows() -> list[Row]:
    """The slowest class of questions; the ceiling is what is wanted, so the goal is to pass it."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {
            "DEBUG": "1", "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        manage(environment, "migrate", "-v", "0")
        manage(environment, "synthesize", "--resolutions", str(COUNT))
        indexed = per_second(manage(environment, "reindex"))
        told = measured(environment)
    classes = told["classes"].values()
    slowest_query = max(one["query"]["p95"] for one in classes)
    slowest_page = max(one["page"]["p95"] for one in classes)
    return [
        Row("search.query", slowest_query, QUERY_MS, "ms, p95", "lower", 1.0),
        Row("search.page", slowest_page, PAGE_MS, "ms, p95", "lower", 1.0),
        Row("search.indexing", indexed, INDEXED, "documents/s", "higher", 1.0),
    ]


def manage(environment: dict[str, str], *arguments: str) -> str:
    """What a command of the product said."""
    command = [str(console.PYTHON), "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=console.ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def per_second(said: str) -> float:
    """The speed out of "20000 documents indexed in 7.1 s"."""
    found = re.search(r"(\d+) documents indexed in ([\d.]+) s", said)
    if found is None:
        console.stop(f"reindex said nothing of use:\n{said}")
    return int(found.group(1)) / float(found.group(2))


def measured(environment: dict[str, str]) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """The figures of tools/measure_search.py."""
    command = [str(console.PYTHON), "tools/measure_search.py"]
    done = subprocess.run(
        command, cwd=console.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, dict[str, dict[str, dict[str, float]]]] = json.loads(
        done.stdout.strip().splitlines()[-1]
    )
    return found
