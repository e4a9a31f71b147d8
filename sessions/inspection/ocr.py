"""Words of a scanned page or a photograph, read by tesseract where it is installed."""

import ctypes
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from PIL import Image

from sessions.inspection import pdf_pages
from sessions.inspection.tasks import Answer, Finding

LANGUAGE: Final = "vie"
_DOTS: Final = 200  # an inch; 300 reads no better and takes twice as long
_PIXELS_MAX: Final = 8_000_000  # A4 at 300 dots an inch
_SECONDS: Final = 60
_PR_SET_PDEATHSIG: Final = 1
_CHARACTERS_MAX: Final = 200_000


def page(path: Path, arguments: dict[str, Any]) -> Answer:
    """The words of page ``number`` (from 0) of a PDF, or of a picture (``is_picture``)."""
    if not is_installed():
        raise Finding("ocr.missing")
    if arguments.get("is_picture"):
        picture = _photograph(path)
    else:
        picture = _drawn(path, int(arguments["number"]))
    picture.save("page.png")
    return Answer({"text": _read("page.png")[:_CHARACTERS_MAX]})


def is_installed() -> bool:
    """Whether tesseract is there with the Vietnamese language."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run(  # noqa: S603 - a program of the system, fixed words
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    return LANGUAGE in listed.stdout.split()


def _drawn(path: Path, number: int) -> Image.Image:
    sheet = pdf_pages.opened(path)[number]
    width, height = sheet.get_size()
    largest: float = (_PIXELS_MAX / max(width * height, 1.0)) ** 0.5
    picture: Image.Image = sheet.render(scale=min(_DOTS / 72, largest), grayscale=True).to_pil()
    return picture


def _photograph(path: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # it was inspected before
    with Image.open(path) as held:
        side = int(_PIXELS_MAX**0.5)
        held.draft("L", (side, side))
        picture = held.convert("L")
    picture.thumbnail((side * 2, side * 2))
    return picture


def _read(name: str) -> str:
    program = shutil.which("tesseract") or "tesseract"
    done = subprocess.run(  # noqa: S603 - a program of the system, fixed words
        [program, name, "-", "-l", LANGUAGE, "--psm", "3", "--dpi", str(_DOTS)],
        capture_output=True,
        check=False,
        timeout=_SECONDS,
        preexec_fn=_end_with_us,  # safe: this process has one thread
    )
    if done.returncode:
        raise Finding("ocr.failed")
    return done.stdout.decode(errors="replace").replace("\f", "").strip()


def _end_with_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
