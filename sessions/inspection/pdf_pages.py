"""Pages of a PDF as PDFium sees them: the library that shows and prints the paper."""

from pathlib import Path
from typing import Any, Final

import pypdfium2

from sessions.inspection.tasks import Answer, Finding

SIDE_MAX: Final = 14_400  # points: the largest page that PDF knows
CHARACTERS_MAX: Final = 4_000_000
_SMALL: Final = 400  # pixels of the longer side of the trial drawing
_SIZES: Final = 100


def facts(path: Path, _arguments: dict[str, Any]) -> Answer:
    """How many pages, and the size of each of the first hundred in points."""
    document = opened(path)
    sizes = [list(document.get_page_size(number)) for number in range(min(len(document), _SIZES))]
    return Answer({"pages": len(document), "sizes": sizes})


def text(path: Path, arguments: dict[str, Any]) -> Answer:
    """The text of each page; ``first`` and ``count`` choose pages (from 0), by default all."""
    document = opened(path)
    first = int(arguments.get("first", 0))
    last = min(len(document), first + int(arguments.get("count", len(document))))
    pages, left = [], CHARACTERS_MAX
    for number in range(first, last):
        page = document[number]
        words = page.get_textpage().get_text_range()[:left].replace("\r\n", "\n")
        page.close()
        pages.append(words)
        left -= len(words)
    return Answer({"pages": pages, "total": len(document)})


def draw_first(path: Path) -> None:
    """Draw the first page small: what cannot be drawn cannot be read either."""
    document = opened(path)
    if not len(document):
        raise Finding("pdf.broken")
    width, height = document.get_page_size(0)
    if not 0 < max(width, height) <= SIDE_MAX or min(width, height) <= 0:
        raise Finding("pdf.page_size")
    try:
        document[0].render(scale=_SMALL / max(width, height), grayscale=True)
    except pypdfium2.PdfiumError as error:
        raise Finding("pdf.broken") from error


def opened(path: Path) -> pypdfium2.PdfDocument:
    """The document; a broken or encrypted one is a finding."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = "pdf.encrypted" if "password" in str(error).lower() else "pdf.broken"
        raise Finding(code) from error
