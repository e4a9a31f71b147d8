"""A paper as sheets: office files and pictures become a PDF, a PDF's pages become pictures.

The pictures are what a browser shows; the text of each page stands beside its picture.
"""

import io
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageOps

from sessions.inspection.pdf_pages import opened
from sessions.inspection.tasks import Answer, Finding

A4_INCHES: Final = (8.27, 11.69)
PIXELS_MAX: Final = 60_000_000
TEXT_MAX: Final = 30_000
QUALITY: Final = 72
_SHAPE_MAX: Final = 4
"""A page more than four times as tall as wide is a poster or a trap; it is shown smaller."""
CONVERT_SECONDS: Final = 100


def office_pdf(path: Path, arguments: dict[str, Any]) -> Answer:
    """An office file as a PDF, made by LibreOffice without a window.

    Args:
        path: the file.
        arguments: ``extension`` of the file, which its stored name does not tell.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Finding("sheets.no_converter")
    here = Path.cwd()
    source = here / f"source.{arguments['extension']}"
    shutil.copyfile(path, source)
    done = subprocess.run(  # noqa: S603 - a fixed command line; the file's name is ours
        [
            program, f"-env:UserInstallation=file://{here}/profile", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", "--nologo", "--convert-to", "pdf",
            "--outdir", str(here), str(source),
        ],
        capture_output=True, check=False, timeout=CONVERT_SECONDS,
    )  # fmt: skip
    made = here / "source.pdf"
    if done.returncode or not made.exists():
        raise Finding("sheets.not_converted")
    return _told(made.read_bytes())


def picture_pdf(path: Path, _arguments: dict[str, Any]) -> Answer:
    """A photograph or a scan as one page of A4, upright as its camera meant it."""
    Image.MAX_IMAGE_PIXELS = PIXELS_MAX
    try:
        with Image.open(path) as held:
            upright = ImageOps.exif_transpose(held).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Finding("sheets.broken_picture") from error
    width, height = A4_INCHES if upright.height >= upright.width else A4_INCHES[::-1]
    dots = max(upright.width / width, upright.height / height, 36)
    content = io.BytesIO()
    upright.save(content, "PDF", resolution=dots, quality=85)
    return _told(content.getvalue())


def _told(pdf: bytes) -> Answer:
    with pypdfium2.PdfDocument(pdf) as document:
        return Answer({"pages": len(document)}, pdf)


def pictures(path: Path, arguments: dict[str, Any]) -> Answer:
    """Some pages of a PDF as WebP pictures, and their text.

    Args:
        path: the PDF.
        arguments: ``first`` and ``last`` page (from 1), ``widths`` in pixels.

    Returns:
        ``pages``: number, text, height per width 1000, and the ``sizes`` of its pictures in the
        order of the widths; the pictures themselves one after the other.
    """
    document = opened(path)
    pages, content = [], bytearray()
    for number in range(arguments["first"], min(arguments["last"], len(document)) + 1):
        page = document[number - 1]
        sizes = []
        for width in arguments["widths"]:
            picture = _picture(page, width)
            sizes.append(len(picture))
            content += picture
        wide, tall = page.get_size()
        pages.append(
            {
                "number": number, "text": text_of(page), "sizes": sizes,
                "shape": round(1000 * tall / wide) if wide else 1000,
            }
        )  # fmt: skip
        page.close()
    return Answer({"pages": pages, "count": len(document)}, bytes(content))


def _picture(page: pypdfium2.PdfPage, width: int) -> bytes:
    wide, tall = page.get_size()
    scale = width / max(wide, 1, tall / _SHAPE_MAX)
    bitmap = page.render(scale=scale, may_draw_forms=True)
    content = io.BytesIO()
    bitmap.to_pil().convert("RGB").save(content, "WEBP", quality=QUALITY, method=2)
    bitmap.close()
    return content.getvalue()


def text_of(page: pypdfium2.PdfPage) -> str:
    """The text of a page in reading order as PDFium finds it, in NFC, lines kept."""
    found = page.get_textpage().get_text_bounded()
    lines = unicodedata.normalize("NFC", found).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign == "\n" or ord(sign) >= ord(" "))
    return kept.strip()[:TEXT_MAX]
