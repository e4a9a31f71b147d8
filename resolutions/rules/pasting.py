"""Text from Word, the web or a spreadsheet: rubbish out, structure kept.

What is on the clipboard becomes plain lines and tables; `parsing` reads the lines. Word's list
numbers are words of the paragraph ("1.", "a)"), so they are read like typed ones; numbers that a
browser makes (`<ol>`) are written out first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import nh3
from lxml import etree, html

from council.rules import text
from resolutions.rules import actions, parsing
from resolutions.rules.document import COLUMNS_MAX, ROWS_MAX, Body, Node, NodeKind, Table, with_keys
from resolutions.rules.labels import POINT_LETTERS

PASTED_MAX: Final = 2_000_000
_TAGS: Final = {
    "p", "div", "br", "table", "thead", "tbody", "tr", "td", "th", "ul", "ol", "li", "h1", "h2",
    "h3", "h4", "h5", "h6", "blockquote", "center", "article", "section",
}  # fmt: skip
_BLOCKS: Final = _TAGS - {"br", "table", "thead", "tbody", "tr", "td", "th", "ul", "ol"}
_CLEAN_CONTENT: Final = {"script", "style", "title", "xml"}
_BULLET: Final = re.compile(r"^[·•▪§oØv\-–—\uf0b7\uf0a7\uf02d]\s+(?=\S)")
_SPREAD_BULLET: Final = re.compile(r"^[·•▪§\uf0b7\uf0a7\uf02d]\s*(?=\S)")
_NUMBERED: Final = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_LETTERED: Final = re.compile(r"^([a-zđ])\)\s+(?=\S)")
_PLACE: Final = re.compile("\ue000(\\d+)\ue000")
"""Stands for a table among the lines; a private character that no text has."""
_HEADS: Final = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA", "Nơi nhận")
_BASIS: Final = re.compile(r"^(Căn cứ|Xét|Theo|Thực hiện|Sau khi)\s")
_DECIDES: Final = re.compile(r"^QUYẾT\s+NGHỊ\s*:?$", re.IGNORECASE)
_CLOSING: Final = re.compile(r"^Nghị quyết này (đã )?được Hội đồng nhân dân .*thông qua")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was found.

    Attributes:
        nodes: pieces without keys, in order; whole articles or the pieces of one.
        title, bases, closing, recipients: of a whole resolution; empty else.
        is_whole: it has articles of its own.
    """

    nodes: tuple[Node, ...] = ()
    title: str = ""
    bases: tuple[str, ...] = ()
    closing: str = ""
    recipients: tuple[str, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Lines in order, and the tables whose places some of them hold."""

    lines: tuple[str, ...]
    tables: tuple[Table, ...] = ()


def place_of_table(number: int) -> str:
    """The line that stands for the table with this number."""
    return f"\ue000{number}\ue000"


def from_html(pasted: str) -> Source:
    """The lines and tables of a clipboard's HTML; scripts, styles and comments are dropped."""
    cleaned = nh3.clean(
        pasted[:PASTED_MAX], tags=_TAGS, attributes={"td": {"colspan"}, "th": {"colspan"}},
        clean_content_tags=_CLEAN_CONTENT, strip_comments=True, link_rel=None,
    )  # fmt: skip
    if not cleaned.strip():
        return Source(())
    try:
        root = html.fragment_fromstring(cleaned, create_parent="div")
    except (etree.ParserError, ValueError):
        return Source(())
    reader = _HtmlReader()
    reader.read(root)
    return reader.source()


def from_plain(pasted: str) -> Source:
    """Plain text: lines; a run of lines with tabs is a table."""
    lines: list[str] = []
    tables: list[Table] = []
    waiting: list[str] = []

    def close() -> None:
        table = actions.table_from("\n".join(waiting)) if len(waiting) > 1 else None
        if table is None:
            lines.extend(waiting)
        else:
            lines.append(place_of_table(len(tables)))
            tables.append(table)
        waiting.clear()

    for line in text.without_controls(pasted[:PASTED_MAX]).replace("\ue000", "").splitlines():
        if "\t" in line.strip() and not _NUMBERED.match(line.strip()):
            waiting.append(line.strip("\n"))
            continue
        close()
        lines.append(line)
    close()
    return Source(tuple(tidy(lines)), tuple(tables))


class _HtmlReader:
    """Walks the cleaned tree once; each block element ends a line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[Table] = []
        self.words: list[str] = []

    def source(self) -> Source:
        self.end_line()
        return Source(tuple(tidy(self.lines)), tuple(self.tables))

    def end_line(self) -> None:
        line = " ".join("".join(self.words).split())
        if line:
            self.lines.append(text.without_controls(line).replace("\ue000", ""))
        self.words = []

    def read(self, element: html.HtmlElement, depth: int = 0) -> None:
        if depth > 100 or not isinstance(element.tag, str):  # noqa: PLR2004 - deeper is hostile
            return
        if element.tag == "table":
            self.read_table(element)
        elif element.tag in ("ol", "ul"):
            self.read_list(element, depth)
        else:
            self.read_block(element, depth)

    def read_block(self, element: html.HtmlElement, depth: int) -> None:
        breaks = element.tag in _BLOCKS or element.tag == "br"
        if breaks:
            self.end_line()
        self.words.append(element.text or "")
        for child in element:
            self.read(child, depth + 1)
            self.words.append(child.tail or "")
        if breaks:
            self.end_line()

    def read_list(self, element: html.HtmlElement, depth: int) -> None:
        """Numbers that a browser would make; deeper lists are letters, then dashes."""
        self.end_line()
        level = sum(1 for above in element.iterancestors() if above.tag == "ol")
        for place, item in enumerate(element.iterchildren("li")):
            self.words.append(_mark(element.tag, level, place))
            before = len(self.lines)
            self.words.append(item.text or "")
            for child in item:
                if child.tag == "p" and len(self.lines) == before:
                    self.words.append("".join(child.itertext()))
                else:
                    self.read(child, depth + 1)
                self.words.append(child.tail or "")
            self.end_line()

    def read_table(self, element: html.HtmlElement) -> None:
        self.end_line()
        rows = [_cells(row) for row in element.iter("tr")]
        rows = [row for row in rows if row][:ROWS_MAX]
        words = " ".join(cell for row in rows for cell in row)
        wide = min(COLUMNS_MAX, max((len(row) for row in rows), default=0))
        if any(head in words for head in _HEADS) or not words:
            if "Nơi nhận" in words:
                self.lines += [line for row in element.iter("td") for line in _lines_in(row)]
            return
        if wide < 2:  # noqa: PLR2004 - a frame around text, no table
            self.lines += [cell for row in rows for cell in row if cell]
            return
        full = [(*row, *("",) * wide)[:wide] for row in rows]
        self.lines.append(place_of_table(len(self.tables)))
        self.tables.append(actions.table_of(full[0], full[1:]))


def _mark(tag: str, level: int, place: int) -> str:
    if tag == "ul" or level > 1:
        return "- "
    if level == 1:
        return f"{POINT_LETTERS[place]}) " if place < len(POINT_LETTERS) else "- "
    return f"{place + 1}. "


def _cells(row: html.HtmlElement) -> tuple[str, ...]:
    found: list[str] = []
    for cell in row.iterchildren("td", "th"):
        found.append(" ".join(" ".join(_lines_in(cell)).split()))
        span = cell.get("colspan") or "1"
        if span.isascii() and span.isdigit() and len(span) <= 2:  # noqa: PLR2004
            found.extend([""] * (min(int(span), COLUMNS_MAX) - 1))
    return tuple(found)


def _lines_in(cell: html.HtmlElement) -> list[str]:
    reader = _HtmlReader()
    reader.read_block(cell, 0)
    return list(reader.source().lines)


def tidy(lines: Iterable[str]) -> Iterator[str]:
    """Lines without Word's bullets and double blanks; empty ones are left out."""
    for line in lines:
        words = " ".join(text.nfc(text.without_controls(line)).split())
        if not words:
            continue
        if _BULLET.match(words):
            words = f"- {_BULLET.sub('', words)}"
        elif _SPREAD_BULLET.match(words):
            words = f"- {_SPREAD_BULLET.sub('', words)}"
        yield words


def read(source: Source) -> Pasted:
    """The pieces: a whole resolution where there are articles, else the pieces of one."""
    lines = list(source.lines)
    if any(parsing.is_article(line) for line in lines):
        return _whole(lines, source.tables)
    nodes = parsing.nodes_of(_from_one(lines))
    return Pasted(_with_tables(nodes, source.tables))


def _whole(lines: Sequence[str], tables: Sequence[Table]) -> Pasted:
    start = next(place for place, line in enumerate(lines) if _opens(line))
    head, rest = lines[:start], list(lines[start:])
    closing = ""
    recipients: tuple[str, ...] = ()
    for place, line in enumerate(rest):
        if _CLOSING.match(line):
            closing, after = line, rest[place + 1 :]
            annex = next((at for at, one in enumerate(after) if parsing.is_annex(one)), len(after))
            recipients = _recipients(after[:annex])
            rest = [*rest[:place], *after[annex:]]
            break
    body = parsing.whole(rest)
    return Pasted(
        _with_tables(body.nodes, tables), title=_title(head),
        bases=tuple(line for line in head if _BASIS.match(line)), closing=closing,
        recipients=recipients, is_whole=True,
    )  # fmt: skip


def _opens(line: str) -> bool:
    return parsing.is_article(line) or parsing.is_division(line)


def _title(head: Sequence[str]) -> str:
    """What follows the words NGHỊ QUYẾT, up to the council's name or the first basis."""
    for place, line in enumerate(head):
        if line.upper() == "NGHỊ QUYẾT":
            found = []
            for one in head[place + 1 :]:
                if one.upper().startswith("HỘI ĐỒNG NHÂN DÂN") or _BASIS.match(one):
                    break
                found.append(one)
            return " ".join(found)[:500]
    return ""


def _recipients(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line[1:].strip(" ;.") for line in lines if line.startswith("-"))


def _from_one(lines: Sequence[str]) -> list[str]:
    """Lines whose numbers start in the middle ("3.", "4.") counted from one, as they will be."""
    first = next((match for line in lines if (match := _NUMBERED.match(line))), None)
    if first is None or int(first[1]) == 1:
        return _letters_from_a(lines)
    shift, following = int(first[1]) - 1, int(first[1])
    found = []
    for line in lines:
        match = _NUMBERED.match(line)
        if match and int(match[1]) == following:
            line = f"{following - shift}. {line[match.end() :]}"  # noqa: PLW2901
            following += 1
        found.append(line)
    return found


def _letters_from_a(lines: Sequence[str]) -> list[str]:
    """The same for letters, where the first marked line is a point."""
    first = next((line for line in lines if _NUMBERED.match(line) or _LETTERED.match(line)), "")
    match = _LETTERED.match(first)
    if match is None or match[1] not in POINT_LETTERS[1:]:
        return list(lines)
    shift = following = POINT_LETTERS.index(match[1])
    found = []
    for line in lines:
        marked = _LETTERED.match(line)
        if marked and following < len(POINT_LETTERS) and marked[1] == POINT_LETTERS[following]:
            line = f"{POINT_LETTERS[following - shift]}) {line[marked.end() :]}"  # noqa: PLW2901
            following += 1
        found.append(line)
    return found


def _with_tables(nodes: Sequence[Node], tables: Sequence[Table]) -> tuple[Node, ...]:
    """The nodes in which each line that stands for a table is that table."""
    found = []
    for node in nodes:
        match = _PLACE.fullmatch(node.text)
        if match and node.kind is NodeKind.PARAGRAPH and int(match[1]) < len(tables):
            found.append(Node(NodeKind.TABLE, key=node.key, table=tables[int(match[1])]))
            continue
        found.append(replace(node, children=_with_tables(node.children, tables)))
    return tuple(found)


def body_of(pasted: Pasted, *, next_key: int) -> Body:
    """The pasted pieces as a body of their own, whose keys no other node has."""
    bare = tuple(_without_keys(node) for node in pasted.nodes)
    return with_keys(Body(bare, next_key))


def _without_keys(node: Node) -> Node:
    return replace(node, key="", children=tuple(_without_keys(child) for child in node.children))
