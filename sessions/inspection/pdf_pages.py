"""Pages of a PDF as PDFium sees them: the library that shows and prints the paper."""

from pathlib import Path
from typing import Any

import pypdfium2

from sessions.inspection.tasks import Answer, Finding


def facts(path: Path, _arguments: dict[str, Any]) -> Answer:
    """How many pages, and the size of each of the first hundred in points."""
    document = opened(path)
    sizes = [list(document.get_page_size(number)) for number in range(min(len(document), 100))]
    return Answer({"pages": len(document), "sizes": sizes})


def opened(path: Path) -> pypdfium2.PdfDocument:
    """The document; a broken or encrypted one is a finding."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = "pdf.encrypted" if "password" in str(error).lower() else "pdf.broken"
        raise Finding(code) from error
