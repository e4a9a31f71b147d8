"""Lines and tables of a .docx, with the numbers that Word only shows and does not write.

A task of the reading process: it gets a file that a stranger made.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from council.rules import text
from resolutions.rules import pasting
from resolutions.rules.labels import POINT_LETTERS
from sessions.inspection.tasks import Answer, Finding

LINES_MAX: Final = 20_000
UNPACKED_MAX: Final = 60 * 1024 * 1024
_HEADS: Final = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA")


def read(path: Path, arguments: dict[str, Any]) -> Answer:
    """The document's lines, and its tables row by row.

    Raises:
        Finding: ``word.unreadable``, ``word.too_large``.
    """
    del arguments
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > UNPACKED_MAX:
                raise Finding("word.too_large")
        document = docx.Document(str(path))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Finding("word.unreadable") from error
    lines: list[str] = []
    tables: list[list[list[str]]] = []
    numbers = _Numbers(document)
    for block in document.iter_inner_content():
        if len(lines) > LINES_MAX:
            raise Finding("word.too_large")
        if isinstance(block, Paragraph):
            lines.extend(_lines_of(block, numbers))
        else:
            lines.extend(_lines_of_table(block, tables))
    return Answer({"lines": lines, "tables": tables})


def _lines_of_table(block: Table, tables: list[list[list[str]]]) -> list[str]:
    """The line that stands for the table; the words of one that only places them on the page."""
    rows = _rows_of(block)
    words = " ".join(cell for row in rows for cell in row)
    if any(head in words for head in _HEADS):
        return []
    if "Nơi nhận" in words:
        return [line for cell in _cells(block) for line in cell.text.splitlines()]
    if not rows or len(rows[0]) < 2:  # noqa: PLR2004 - a frame around text, no table
        return [cell for row in rows for cell in row]
    tables.append(rows)
    return [pasting.place_of_table(len(tables) - 1)]


def _cells(table: Table) -> Iterator[Any]:
    for row in table.rows:
        yield from row.cells


def _rows_of(table: Table) -> list[list[str]]:
    """Cells as text; a cell that spans several stands once."""
    found = []
    for row in table.rows:
        seen: set[int] = set()
        cells = []
        for cell in row.cells:
            is_again = id(cell._tc) in seen  # noqa: SLF001 - the library has no public way
            seen.add(id(cell._tc))  # noqa: SLF001
            cells.append("" if is_again else " ".join(cell.text.split()))
        found.append(cells)
    return found


def _lines_of(paragraph: Paragraph, numbers: "_Numbers") -> list[str]:
    lines = [line for line in paragraph.text.splitlines() if line.strip()]
    if lines:
        lines[0] = f"{numbers.before(paragraph)}{lines[0]}"
    return lines


class _Numbers:
    """What Word prints before the paragraphs of its lists."""

    def __init__(self, document: Document) -> None:
        self.counts: dict[tuple[str, int], int] = {}
        self.formats: dict[tuple[str, int], tuple[str, str]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))
        }
        for num in root.findall(qn("w:num")):
            reference = num.find(qn("w:abstractNumId"))
            levels = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in levels.findall(qn("w:lvl")) if levels is not None else ():
                self._learn(num.get(qn("w:numId")), level)

    def _learn(self, number: str, level: Any) -> None:
        form, words = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
        place = level.get(qn("w:ilvl"))
        if form is not None and words is not None and place and place.isdigit():
            self.formats[number, int(place)] = (form.get(qn("w:val")), words.get(qn("w:val")) or "")

    def before(self, paragraph: Paragraph) -> str:
        """The mark of its list, as "2. " or "đ) " or "- "; or nothing."""
        found = self._of(paragraph)
        if found is None or found not in self.formats:
            return ""
        number, level = found
        form, words = self.formats[found]
        self.counts[found] = self.counts.get(found, 0) + 1
        for deeper in [one for one in self.counts if one[0] == number and one[1] > level]:
            self.counts[deeper] = 0
        if form == "bullet":
            return "- "
        for upper in range(level + 1):
            count = max(1, self.counts.get((number, upper), 1))
            shown = self.formats.get((number, upper), ("decimal", ""))[0]
            words = words.replace(f"%{upper + 1}", _shown(shown, count))
        return f"{words} " if words else ""

    def _of(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The list and level, of the paragraph or of its style."""
        styled = paragraph.style.element if paragraph.style is not None else None
        for element in (paragraph._p, styled):  # noqa: SLF001 - the library has no public way
            properties = element.find(qn("w:pPr")) if element is not None else None
            listed = properties.find(qn("w:numPr")) if properties is not None else None
            if listed is None:
                continue
            number, level = listed.find(qn("w:numId")), listed.find(qn("w:ilvl"))
            depth = level.get(qn("w:val")) if level is not None else "0"
            if number is not None and depth.isdigit():
                return number.get(qn("w:val")), int(depth)
        return None


def _shown(form: str, count: int) -> str:
    """The count as the list shows it; letters as Vietnamese law counts them."""
    if form == "lowerLetter" and count <= len(POINT_LETTERS):
        return POINT_LETTERS[count - 1]
    if form in ("upperRoman", "lowerRoman"):
        return text.roman(count) if form == "upperRoman" else text.roman(count).lower()
    return str(count)
