"""Plain lines into a body, and back: for drafts that write themselves, pasted text and imports.

A number at the start of a line becomes structure only where it is the next one in its order, so
that no word is lost or changed: writing the body out again gives the same lines.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from council.rules import text
from resolutions.rules import blocks
from resolutions.rules.document import Body, Node, NodeKind, with_keys
from resolutions.rules.labels import POINT_LETTERS, Label
from resolutions.rules.layout import ArticleText

_CLAUSE: Final = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_POINT: Final = re.compile(r"([a-zđ])\)\s+(?=\S)")
_DASH: Final = re.compile(r"[-–•]\s+(?=\S)")
_GROUP: Final = re.compile(r"([IVXL]{1,7})\.\s+(?=\S)")
_ARTICLE: Final = re.compile(r"Điều\s+(\d{1,3})\s*[.:]\s*")
_DIVISION: Final = re.compile(
    r"(?P<word>Phần|Chương|Mục|Tiểu mục)\s+(?P<number>[IVXLC]{1,7}|\d{1,3}|thứ\s+\S+)\s*[.:]?\s*",
    re.IGNORECASE,
)
_ANNEX: Final = re.compile(
    r"Phụ lục(?:\s+(?:số\s+)?(?:[IVXL]{1,7}|\d{1,2}))?\s*[.:]?\s*", re.IGNORECASE
)
TITLE_MAX: Final = 200
_DIVISION_KINDS: Final = {
    "phần": NodeKind.PART, "chương": NodeKind.CHAPTER, "mục": NodeKind.SECTION,
    "tiểu mục": NodeKind.SUBSECTION,
}  # fmt: skip
_RANK: Final = {
    None: 0, NodeKind.PART: 1, NodeKind.CHAPTER: 2, NodeKind.SECTION: 3, NodeKind.SUBSECTION: 4,
    NodeKind.ANNEX: 1, NodeKind.ARTICLE: 5, NodeKind.GROUP: 6, NodeKind.CLAUSE: 7,
    NodeKind.POINT: 8, NodeKind.DASH: 9, NodeKind.PARAGRAPH: 9, NodeKind.TABLE: 9,
    NodeKind.QUOTE: 9,
}  # fmt: skip


@dataclass
class _Open:
    """A node that is still being filled."""

    kind: NodeKind | None
    heading: str = ""
    text: str = ""
    children: list["_Open"] = field(default_factory=list)

    def closed(self) -> Node:
        assert self.kind is not None  # noqa: S101 - the root is never closed
        children = tuple(child.closed() for child in self.children)
        return Node(self.kind, heading=self.heading, text=self.text, children=children)

    def count(self, kind: NodeKind) -> int:
        return sum(child.kind is kind for child in self.children)


class _Reader:
    """Puts one line after the other where it belongs."""

    def __init__(self, base: NodeKind | None) -> None:
        self.root = _Open(base)
        self.path = [self.root]

    def put(self, kind: NodeKind, *, heading: str = "", words: str = "") -> None:
        while len(self.path) > 1 and _RANK[self.path[-1].kind] >= _RANK[kind]:
            self.path.pop()
        node = _Open(kind, heading, words)
        self.path[-1].children.append(node)
        if _RANK[kind] < _RANK[NodeKind.DASH]:
            self.path.append(node)

    def parent_for(self, kind: NodeKind) -> _Open:
        return next(
            one for one in reversed(self.path) if one.kind is None or _RANK[one.kind] < _RANK[kind]
        )

    def innermost(self) -> _Open:
        return self.path[-1]

    def read_text(self, line: str) -> None:
        """A line within an article: clause, point, dash, group or plain paragraph."""
        if match := _GROUP.match(line):
            heading = line[match.end() :]
            parent = self.parent_for(NodeKind.GROUP)
            following = text.roman(parent.count(NodeKind.GROUP) + 1)
            if match[1] == following and heading.isupper():
                self.put(NodeKind.GROUP, heading=heading)
                return
        if (match := _CLAUSE.match(line)) and self._is_next_clause(match[1]):
            self.put(NodeKind.CLAUSE, words=line[match.end() :])
            return
        if (match := _POINT.match(line)) and self._is_next_point(match[1]):
            self.put(NodeKind.POINT, words=line[match.end() :])
            return
        if (match := _DASH.match(line)) and line[0] == "-":
            self.put(NodeKind.DASH, words=line[match.end() :])
            return
        self.put(NodeKind.PARAGRAPH, words=line)

    def _is_next_clause(self, number: str) -> bool:
        return number == str(self.parent_for(NodeKind.CLAUSE).count(NodeKind.CLAUSE) + 1)

    def _is_next_point(self, letter: str) -> bool:
        parent = self.parent_for(NodeKind.POINT)
        place = parent.count(NodeKind.POINT)
        is_in_text = parent.kind in (
            NodeKind.CLAUSE,
            NodeKind.ARTICLE,
            NodeKind.ANNEX,
            NodeKind.GROUP,
        )
        return is_in_text and place < len(POINT_LETTERS) and letter == POINT_LETTERS[place]


def nodes_of(lines: Iterable[str], *, within: NodeKind = NodeKind.ARTICLE) -> tuple[Node, ...]:
    """The pieces that the lines of one article (or clause, or annex) are; empty lines are left out.

    The nodes have no keys yet.
    """
    reader = _Reader(within)
    for line in _clean(lines):
        reader.read_text(line)
    return tuple(child.closed() for child in reader.root.children)


def body_of(articles: Sequence[ArticleText]) -> Body:
    """Drafted articles as a body with keys."""
    nodes = tuple(
        Node(NodeKind.ARTICLE, heading=article.heading, children=nodes_of(article.paragraphs))
        for article in articles
    )
    return with_keys(Body(nodes))


def whole(lines: Iterable[str]) -> Body:
    """A whole text, "Điều 1. …" to the annexes, as a body with keys.

    Lines before the first article or division are left out: they are bases and headings, which
    stand elsewhere. Whatever number an article bears in the text, it gets the one of its place.
    """
    reader = _Reader(None)
    lines = _clean(lines)
    waiting: NodeKind | None = None
    for line in lines:
        if waiting is not None and _is_title(line):
            reader.innermost().heading = line
            waiting = None
            continue
        waiting = _read_heading(reader, line)
        if waiting is None and not _is_heading(line) and reader.innermost().kind in _HOLDS_TEXT:
            reader.read_text(line)
    return with_keys(Body(tuple(child.closed() for child in reader.root.children)))


_HOLDS_TEXT: Final = frozenset(
    {NodeKind.ARTICLE, NodeKind.ANNEX, NodeKind.GROUP, NodeKind.CLAUSE, NodeKind.POINT}
)


def is_article(line: str) -> bool:
    """Whether the line opens an article."""
    return bool(_ARTICLE.match(line))


def is_division(line: str) -> bool:
    """Whether the line opens a part, chapter or section."""
    return _division(line) is not None


def is_annex(line: str) -> bool:
    """Whether the line opens an annex."""
    return bool(_annex(line))


def _is_heading(line: str) -> bool:
    return bool(_ARTICLE.match(line) or _division(line) or _annex(line))


def _read_heading(reader: _Reader, line: str) -> NodeKind | None:
    """Open what the line opens; the kind whose title may stand on the next line, else None."""
    if match := _ARTICLE.match(line):
        rest = line[match.end() :].strip()
        # A short line without a stop is the article's title; anything else is its first paragraph.
        if rest and len(rest) <= TITLE_MAX and not rest.endswith((".", ":", ";", ",", "/.")):
            reader.put(NodeKind.ARTICLE, heading=rest)
        else:
            reader.put(NodeKind.ARTICLE)
            if rest:
                reader.put(NodeKind.PARAGRAPH, words=rest)
        return None
    if found := _division(line):
        kind, heading = found
        reader.put(kind, heading=heading)
        return None if heading else kind
    if heading_of_annex := _annex(line):
        reader.put(NodeKind.ANNEX, heading=heading_of_annex[1:])
        return None if heading_of_annex[1:] else NodeKind.ANNEX
    return None


def _division(line: str) -> tuple[NodeKind, str] | None:
    match = _DIVISION.match(line)
    if match is None:
        return None
    rest = line[match.end() :].strip()
    # "Mục 2 này áp dụng …" is a sentence, not a heading.
    if rest and not rest.isupper():
        return None
    return _DIVISION_KINDS[" ".join(match["word"].casefold().split())], rest


def _annex(line: str) -> str:
    """A space and the annex's title where the line opens an annex; empty where it does not."""
    match = _ANNEX.match(line)
    if match is None:
        return ""
    rest = line[match.end() :].strip()
    return f" {rest}" if not rest or rest.isupper() else ""


def _is_title(line: str) -> bool:
    return line.isupper() and not _is_heading(line)


def _clean(lines: Iterable[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


def source_lines(nodes: Sequence[Node], table: Mapping[str, Label]) -> Iterator[str]:
    """The pieces of one article as lines with their numbers, references still as `[[n17]]`."""
    for node in nodes:
        yield " ".join(part for part in (table[node.key].printed, node.heading, node.text) if part)
        yield from source_lines(node.children, table)


def lines_of(body: Body) -> tuple[str, ...]:
    """The body written out, a line a block, tables a line a row; numbers and references spelled."""
    return tuple(block.words for block in blocks.blocks_of(body))
