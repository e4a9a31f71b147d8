"""`make test`: all tests on SQLite, then again on PostgreSQL, with Redis instead of our broker.

Arguments go to pytest: `python3 tools/run_tests.py -k tally`. The end is pytest's own summary; the
exit code is not 0 where either round failed.
"""

import os
import subprocess
import sys

import console
import services

ROUNDS = {
    "SQLite, embedded broker, browser": "not postgres",
    "PostgreSQL, Redis": "not e2e and not pure and not once",
}


def main() -> int:
    """Install, start private services, run both rounds."""
    console.install("requirements-dev.txt")
    console.install_scanning()
    services.require()
    arguments = sys.argv[1:]
    with services.postgresql() as database_url, services.redis() as broker_url:
        places = [{}, {"DATABASE_URL": database_url, "TEST_BROKER_URL": broker_url}]
        codes = [
            run_round(title, marks, place, arguments)
            for (title, marks), place in zip(ROUNDS.items(), places, strict=True)
        ]
    failed = [title for title, code in zip(ROUNDS, codes, strict=True) if code]
    if failed:
        print(f"\nFailed: {'; '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run_round(title: str, marks: str, place: dict[str, str], arguments: list[str]) -> int:
    """Run pytest once; its exit code."""
    console.say(f"tests on {title}")
    environment = os.environ.copy()
    for name in ("DATABASE_URL", "TEST_BROKER_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    environment |= {"HYPOTHESIS_PROFILE": "ci"} | place
    workers = os.environ.get("TEST_WORKERS", "2")
    command = [str(console.PYTHON), "-m", "pytest", "-n", workers, "--dist", "worksteal", "-q"]
    command += ["-m", marks, *arguments]
    return subprocess.run(command, cwd=console.ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
