"""`make messages`: collect the interface strings into locale/en and compile them.

With `--check` it changes nothing and ends with an error where the committed English is not the
complete translation of what is in the code, or the compiled file is not that of the text.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import console

APPS = ("config", "council", "sessions", "elections", "resolutions", "portal", "templates")
CATALOG = Path("locale/en/LC_MESSAGES/django.po")
OPTIONS = ("-l", "en", "--no-obsolete", "--add-location", "file", "--verbosity", "0")


def collect(root: Path, *more: str) -> None:
    """Run makemessages in a checkout; nothing but the product's own strings."""
    ignored = [part for name in ("tests", "tools", "var", "static") for part in ("-i", name)]
    command = [console.PYTHON, root / "manage.py", "makemessages", *OPTIONS, *ignored, *more]
    settings = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment = os.environ | settings | {"DATA_DIR": tempfile.gettempdir()}
    subprocess.run([str(part) for part in command], cwd=root, env=environment, check=True)


def differences() -> str:
    """What `msgcmp` and `msgfmt` say against the committed catalog; empty when it is whole."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for app in APPS:
            shutil.copytree(console.ROOT / app, copy / app, ignore=shutil.ignore_patterns("*.pyc"))
        shutil.copy(console.ROOT / "manage.py", copy)
        (copy / CATALOG).parent.mkdir(parents=True)
        collect(copy, "--keep-pot")
        compiled, committed = copy / "django.mo", console.ROOT / CATALOG
        said = complaints("msgcmp", committed, copy / "locale" / "django.pot")
        said += complaints("msgfmt", "--check", "-o", compiled, committed)
        binary = committed.with_suffix(".mo")
        if not said and (not binary.exists() or binary.read_bytes() != compiled.read_bytes()):
            said = f"{CATALOG.with_suffix('.mo')} is not compiled from {CATALOG.name}.\n"
        return said


def complaints(*command: str | Path) -> str:
    """What a gettext program complains of."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    return done.stderr


def main() -> int:
    """Collect and compile, or check."""
    if not console.has("msgfmt"):
        console.stop("gettext is missing. Type: sudo apt-get install -y gettext")
    if "--check" in sys.argv:
        said = differences()
        if said:
            print(said, file=sys.stderr)
            print("Run `make messages`, translate what is empty or fuzzy.", file=sys.stderr)
        return 1 if said else 0
    collect(console.ROOT)
    compiled = console.ROOT / CATALOG.with_suffix(".mo")
    console.run("msgfmt", "--check", "-o", compiled, console.ROOT / CATALOG)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
