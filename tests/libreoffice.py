"""LibreOffice as readers have it: one run converts all files, since starting it takes longest."""

import os
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from tests.processes import ROOT

SOFFICE = shutil.which("soffice")
FONTS = ROOT / "council/typesetting/fonts"
# Tinos is as wide as Times New Roman, which no Debian has: lines break where they do at a clerk's.
FONT_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Times New Roman</family>
<prefer><family>Tinos</family></prefer></alias></fontconfig>"""


def convert(sources: list[Path], target: str, *, out: Path, home: Path) -> list[Path]:
    """All files into one format (`pdf`, `docx:MS Word 2007 XML`) in the folder `out`."""
    command = [
        str(SOFFICE), f"-env:UserInstallation={home.as_uri()}", "--headless",
        "--convert-to", target, "--outdir", str(out), *map(str, sources),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=200, env=environment(home))
    return sorted(out.iterdir())


def environment(home: Path) -> dict[str, str]:
    """This process's environment, with our typeface among LibreOffice's."""
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "fonts.conf"
    values = {"fonts": escape(str(FONTS)), "cache": escape(str(home / "fonts"))}
    settings.write_text(FONT_SETTINGS.format(**values))
    return os.environ | {"FONTCONFIG_FILE": str(settings)}
