"""The letters of an Office file, each with the element that holds it, part by part.

Everything is read, not only what is seen: headers, comments, deleted words, properties, targets of
links.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

TEXT_ATTRIBUTES: Final = frozenset(
    ["Target", "descr", "title", "tooltip", "display", "location", "author", "name", "prompt"]
)
_BREAKS: Final = frozenset(["p", "si", "is", "c", "tc", "tr", "row", "comment", "Relationship"])
_BLANKS: Final = frozenset(["tab", "br", "cr"])
_RUN: Final = frozenset(["t", "delText", "instrText"])
PARSER: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
)
TEXT, TAIL = "text", "tail"


@dataclass(slots=True)
class Part:
    """One XML part: its tree, its text, and where each sign of the text comes from.

    ``origins[i]`` is (element, "text", "tail" or an attribute's name, place in it); None for a
    break or blank that stands between elements.
    """

    name: str
    tree: Any
    signs: list[str] = field(default_factory=list)
    origins: list[tuple[Any, str, int] | None] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its letters."""
        return "".join(self.signs)

    def add(self, element: Any, where: str, words: str) -> None:
        """The words of an element."""
        self.signs += words
        self.origins += [(element, where, at) for at in range(len(words))]

    def gap(self, sign: str) -> None:
        """What stands between two elements."""
        if self.signs and self.signs[-1] not in "\n ":
            self.signs.append(sign)
            self.origins.append(None)


def is_xml(name: str) -> bool:
    """Whether a part of the archive is XML."""
    return name.endswith((".xml", ".rels", ".vml"))


def parts_of(path: Path) -> Iterator[Part]:
    """The file's XML parts with their letters."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if is_xml(name) and name != "[Content_Types].xml":
                yield part_of(name, archive.read(name))


def part_of(name: str, content: bytes) -> Part:
    """One part read."""
    part = Part(name, etree.fromstring(content, PARSER))
    for event, element in etree.iterwalk(part.tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element).localname
        if event == "start":
            _begin(part, element, tag)
            continue
        if tag in _BREAKS:
            part.gap("\n")
        if element.tail and element.tail.strip():
            part.add(element, TAIL, element.tail)
    return part


def _begin(part: Part, element: Any, tag: str) -> None:
    if tag in _BREAKS:
        part.gap("\n")
    elif tag in _BLANKS:
        part.gap(" ")
    for name, value in element.attrib.items():
        if etree.QName(name).localname in TEXT_ATTRIBUTES and value:
            part.gap("\n")
            part.add(element, name, value)
            part.gap("\n")
    if element.text and tag in _RUN:
        part.add(element, TEXT, element.text)
    elif element.text and element.text.strip():
        part.gap("\n")
        part.add(element, TEXT, element.text)
        part.gap("\n")
