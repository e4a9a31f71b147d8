"""`make bench-large`: two million made-up resolutions in PostgreSQL and the index.

Seeds, indexes and asks; prints a table for docs/performance.md. RESOLUTIONS= says another number.
It needs about 15 GB of disk and, on two cores, some half an hour.
"""

import datetime
import os
import platform
import sys
import tempfile
import time

import console
import services

COUNT = int(os.environ.get("RESOLUTIONS", "2000000"))


def main() -> int:
    """Seed, index, measure, print."""
    console.install("requirements-dev.txt")
    services.require()
    console.continue_in_environment()
    from benchmarks import search  # noqa: PLC0415 - in the environment

    with services.postgresql() as url, tempfile.TemporaryDirectory() as data:
        environment = os.environ | {
            "DEBUG": "1", "DATA_DIR": data, "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        search.manage(environment, "migrate", "-v", "0")
        console.say(f"writing {COUNT} resolutions")
        started = time.monotonic()
        search.manage(environment, "synthesize", "--resolutions", str(COUNT))
        written = time.monotonic() - started
        console.say(f"{written:.0f} s; indexing them")
        indexed = search.per_second(search.manage(environment, "reindex"))
        console.say(f"{indexed:.0f} documents a second; asking")
        told = search.measured(environment)
    print(
        f"\n{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {COUNT:,} resolutions. Written in {written:.0f} s "
        f"({COUNT / written:,.0f} a second), indexed at {indexed:,.0f} documents a second.\n"
    )
    print("| question | asked | query p50 / p95, ms | page p50 / p95, ms |\n|---|---:|---:|---:|")
    for kind, found in told["classes"].items():
        query, page = found["query"], found["page"]
        print(
            f"| {kind} | {found['asked']} | {query['p50']} / {query['p95']} "
            f"| {page['p50']} / {page['p95']} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
