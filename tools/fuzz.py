"""`make fuzz`: odd requests to every address as every role, on PostgreSQL.

`tools/fuzz.py COUNT SEED [NUMBER…]`, by default 20,000 requests. Each failing request is printed as
a line with its seed and number; the numbers at the end send just those again.
"""

import os
import subprocess
import sys

import console
import services

COUNT, SEED = "20000", "20261125"
TESTS = "tests/fuzz/test_fuzz.py::test_no_odd_request_is_the_servers_fault"


def main() -> int:
    """Run the fuzzing test with these figures; its exit code."""
    console.install("requirements-dev.txt")
    console.install_scanning()
    services.require()
    given = sys.argv[1:]
    count, seed, only = given[0] if given else COUNT, given[1] if given[1:] else SEED, given[2:]
    command = [str(console.PYTHON), "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", TESTS]
    with services.postgresql() as database_url:
        environment = os.environ | {
            "DATABASE_URL": database_url, "FUZZ_REQUESTS": count, "FUZZ_SEED": seed,
            "FUZZ_ONLY": " ".join(only),
        }  # fmt: skip
        return subprocess.run(command, cwd=console.ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
