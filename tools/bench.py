"""`make bench`: each speed figure as a ratio against its ceiling, both measured in this run.

Writes bench.json and a table. A new subject is a module in `benchmarks/` with a
function `rows`.
"""

import importlib
import json
import sys

import console
import services
from benchmarks.row import Row

SUBJECTS = ("documents", "pages", "scans", "archives", "search")
OUTPUT = console.ROOT / "bench.json"


def main() -> int:
    """Install, measure, print, write; the exit code tells nothing of the goals."""
    console.install("requirements-dev.txt")
    console.install_scanning()
    services.require({"wrk": "wrk"})
    console.continue_in_environment()
    sys.path.insert(0, str(console.ROOT))
    measured: list[Row] = []
    for subject in SUBJECTS:
        console.say(f"measuring {subject}")
        measured += importlib.import_module(f"benchmarks.{subject}").rows()
    OUTPUT.write_text(json.dumps({row.name: row.as_json() for row in measured}, indent=2) + "\n")
    heads = f"{'':26}{'ours':>12}{'ceiling':>12}{'ratio':>8}{'goal':>8}"
    print(f"\n{heads}")
    for row in measured:
        figures = f"{row.ours:12,.1f}{row.ceiling:12,.1f}{row.ratio:8.3f}{row.goal:8.2f}"
        print(f"{row.name:26}{figures}  {'✓' if row.is_reached else '✗'} {row.unit}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
