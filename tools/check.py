"""`make check`: everything that can be said about the code without running the product.

All steps run, so that one look shows all that is wrong; the exit code is not 0 where one failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import console
import services

PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-the-deployment-check-" + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "nghitruong.example",
    "BASE_URL": "https://nghitruong.example",
}
DEVELOPMENT = {"DEBUG": "1"}


def steps() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Title → command and what it adds to the environment."""
    tool = str(console.VENV / "bin")
    python, manage = str(console.PYTHON), [str(console.PYTHON), "manage.py"]
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "templates/*.html"]
    found = subprocess.run(listed, cwd=console.ROOT, capture_output=True, text=True, check=True)
    templates = [name for name in found.stdout.split() if (console.ROOT / name).exists()]
    return {
        "lint": ([f"{tool}/ruff", "check", "."], {}),
        "format": ([f"{tool}/ruff", "format", "--check", "."], {}),
        "types": ([f"{tool}/mypy", "."], DEVELOPMENT),
        "import contracts": ([f"{tool}/lint-imports"], DEVELOPMENT),
        "template format": (
            [f"{tool}/djade", "--check", "--target-version", "5.2", *templates],
            {},
        ),
        "template lint": ([f"{tool}/djlint", "--lint", "--quiet", "templates"], {}),
        "migrations in sync": ([*manage, "makemigrations", "--check", "--dry-run"], DEVELOPMENT),
        "translations complete": ([python, "tools/messages.py", "--check"], {}),
        "deployment": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    }


def main() -> int:
    """Run all steps; say which failed."""
    console.install("requirements-dev.txt")
    console.install_scanning()
    services.require()
    failed = []
    with tempfile.TemporaryDirectory() as data:
        for title, (command, more) in steps().items():
            if not passes(title, command, os.environ | {"DATA_DIR": data} | more):
                failed.append(title)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.", file=sys.stderr)
    return 1 if failed else 0


def passes(title: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run a step; its output is shown only where it failed."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=Path(console.ROOT),
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    mark = "✗" if done.returncode else "✓"
    print(f"{mark} {title} ({time.monotonic() - started:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
