"""The words of a DOCX in the order in which they are read."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.table import Table


def text(docx: bytes) -> str:
    """The text of the body, blanks and line breaks made one space."""
    return " ".join(" ".join(words(docx)).split())


def words(docx: bytes) -> Iterator[str]:
    """Paragraph by paragraph, cell by cell; a merged cell once."""
    for block in Document(io.BytesIO(docx)).iter_inner_content():
        if not isinstance(block, Table):
            yield block.text
            continue
        seen: list[Any] = []
        for row in block.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.append(cell._tc)
                    yield cell.text
