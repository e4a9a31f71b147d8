"""Interface strings: Vietnamese in the source, a complete English beside it."""

import subprocess
import sys

from tests.processes import ROOT


def test_the_english_translation_is_complete_and_compiled() -> None:
    """Every string of the code and the templates is translated, none is fuzzy, the .mo is new."""
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
