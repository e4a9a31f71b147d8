"""Words of a Word, Excel or PowerPoint file, part by part, without opening it as a document."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from sessions.inspection import archives
from sessions.inspection.tasks import Answer

CHARACTERS_MAX: Final = 4_000_000
_NUMBER: Final = re.compile(r"(\d+)\.xml$")
_PARTS: Final = {
    "docx": (r"word/document\.xml$", r"word/(foot|end)notes\.xml$", r"word/header\d*\.xml$"),
    "pptx": (r"ppt/slides/slide\d+\.xml$", r"ppt/notesSlides/notesSlide\d+\.xml$"),
    "xlsx": (r"xl/worksheets/sheet\d+\.xml$",),
}
_BREAKS: Final = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t", "tr": "\n"}


def text(path: Path, arguments: dict[str, Any]) -> Answer:
    """The words of each part (a document, a slide, a sheet) of a file of this ``kind``."""
    kind = arguments["kind"]
    with path.open("rb") as file, archives.opened(file) as archive:
        shared = _shared(archive) if kind == "xlsx" else []
        pages, left = [], int(arguments.get("characters", CHARACTERS_MAX))
        for part in _chosen(archive, _PARTS[kind]):
            reader = _Sheet(shared, left) if kind == "xlsx" else _Words(left)
            words = reader.read(archives.pieces(archive, part))
            if words:
                pages.append(words)
            left -= len(words)
            if left <= 0:
                break
    return Answer({"pages": pages, "total": len(pages)})


def _chosen(archive: zipfile.ZipFile, patterns: tuple[str, ...]) -> Iterator[zipfile.ZipInfo]:
    for pattern in patterns:
        found = [part for part in archive.infolist() if re.match(pattern, part.filename)]
        yield from sorted(found, key=lambda part: _number(part.filename))


def _number(name: str) -> int:
    match = _NUMBER.search(name)
    return int(match[1]) if match else 0


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The strings that an Excel file's cells name by number."""
    try:
        part = archive.getinfo("xl/sharedStrings.xml")
    except KeyError:
        return []
    reader = _Strings(CHARACTERS_MAX)
    reader.read(archives.pieces(archive, part))
    return reader.strings


class _Words:
    """Text of a document or slide: runs joined, paragraphs and cells apart."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.words: list[str] = []
        self.is_text = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.starts
        self.parser.EndElementHandler = self.ends
        self.parser.CharacterDataHandler = self.says

    def read(self, pieces: Iterator[bytes]) -> str:
        """All of one part, no longer than what is left."""
        for piece in pieces:
            self.parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
            if self.left <= 0:
                break
        lines = ("".join(self.words)).split("\n")
        kept = (" ".join(line.split(" ")).strip(" \t") for line in lines)
        return "\n".join(line for line in kept if line)

    def starts(self, element: str, _attributes: dict[str, str]) -> None:
        """A tag begins."""
        local = element.rpartition(":")[2]
        self.is_text = local == "t"
        if local in {"br", "cr", "tab"}:
            self.words.append(_BREAKS[local])

    def ends(self, element: str) -> None:
        """A tag ends."""
        self.is_text = False
        local = element.rpartition(":")[2]
        if local in {"p", "tc", "tr"}:
            self.words.append(_BREAKS[local])

    def says(self, words: str) -> None:
        """Text between tags."""
        if self.is_text and self.left > 0:
            self.words.append(words[: self.left])
            self.left -= len(words)


class _Strings(_Words):
    """The table of shared strings."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.strings: list[str] = []

    def ends(self, element: str) -> None:
        """A string is complete."""
        self.is_text = False
        if element.rpartition(":")[2] == "si":
            self.strings.append("".join(self.words))
            self.words = []


class _Sheet(_Words):
    """Cells of a sheet: shared and inline strings, numbers as they are stored."""

    def __init__(self, shared: list[str], left: int) -> None:
        super().__init__(left)
        self.shared = shared
        self.kind = ""
        self.cell = ""

    def starts(self, element: str, attributes: dict[str, str]) -> None:
        """A cell, or its value, begins."""
        local = element.rpartition(":")[2]
        if local == "c":
            self.kind, self.cell = attributes.get("t", "n"), ""
        self.is_text = local in {"v", "t"}

    def ends(self, element: str) -> None:
        """A cell or a row is complete."""
        self.is_text = False
        local = element.rpartition(":")[2]
        if local == "row":
            self.words.append("\n")
        elif local == "c" and self.cell and self.left > 0:
            words = self._value()[: self.left]
            self.words.append(words + "\t")
            self.left -= len(words)

    def says(self, words: str) -> None:
        """Text of a value."""
        if self.is_text:
            self.cell += words

    def _value(self) -> str:
        if self.kind != "s":
            return self.cell
        place = int(self.cell) if self.cell.isdigit() else -1
        return self.shared[place] if 0 <= place < len(self.shared) else ""
