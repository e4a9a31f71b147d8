"""The body of a resolution as a tree: parts, articles, clauses, points, tables, annexes.

Numbers are never stored: they follow from the order (`resolutions.rules.labels`). Each node has a
key that stays with it however it moves, so that references, differences between versions, public
addresses and amendments all name the same thing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

NODES_MAX: Final = 5_000
TEXT_MAX: Final = 20_000
HEADING_MAX: Final = 1_000
COLUMNS_MAX: Final = 20
ROWS_MAX: Final = 2_000
POINTS_MAX: Final = 23
KEY: Final = re.compile(r"n[1-9][0-9]{0,6}")


class NodeKind(StrEnum):
    """phần, chương, mục, tiểu mục, điều, đề mục (I, II), khoản, điểm, gạch đầu dòng, đoạn."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    GROUP = "group"
    CLAUSE = "clause"
    POINT = "point"
    DASH = "dash"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    QUOTE = "quote"
    ANNEX = "annex"


_K = NodeKind
_TEXTS: Final = frozenset(
    {_K.GROUP, _K.CLAUSE, _K.POINT, _K.DASH, _K.PARAGRAPH, _K.TABLE, _K.QUOTE}
)
MAY_HOLD: Final[dict[NodeKind | None, frozenset[NodeKind]]] = {
    None: frozenset({_K.PART, _K.CHAPTER, _K.SECTION, _K.ARTICLE, _K.ANNEX}),
    _K.PART: frozenset({_K.CHAPTER, _K.ARTICLE}),
    _K.CHAPTER: frozenset({_K.SECTION, _K.ARTICLE}),
    _K.SECTION: frozenset({_K.SUBSECTION, _K.ARTICLE}),
    _K.SUBSECTION: frozenset({_K.ARTICLE}),
    _K.ARTICLE: _TEXTS,
    _K.ANNEX: _TEXTS,
    _K.GROUP: _TEXTS - {_K.GROUP},
    _K.CLAUSE: frozenset({_K.PARAGRAPH, _K.POINT, _K.DASH, _K.TABLE, _K.QUOTE}),
    _K.POINT: frozenset({_K.PARAGRAPH, _K.DASH, _K.TABLE, _K.QUOTE}),
    _K.DASH: frozenset(),
    _K.PARAGRAPH: frozenset(),
    _K.TABLE: frozenset(),
    # The words that an amendment puts into another resolution: numbered there, so not here.
    _K.QUOTE: frozenset(
        {_K.CHAPTER, _K.ARTICLE, _K.CLAUSE, _K.POINT, _K.PARAGRAPH, _K.DASH, _K.TABLE}
    ),
}  # fmt: skip
"""What may stand directly in what; None is the body itself."""

HAS_HEADING: Final = frozenset(
    {_K.PART, _K.CHAPTER, _K.SECTION, _K.SUBSECTION, _K.ARTICLE, _K.GROUP, _K.CLAUSE, _K.ANNEX,
     _K.TABLE}
)  # fmt: skip
HAS_TEXT: Final = frozenset({_K.CLAUSE, _K.POINT, _K.DASH, _K.PARAGRAPH})

NAMES: Final[dict[NodeKind, str]] = {
    _K.PART: gettext_noop("Phần"), _K.CHAPTER: gettext_noop("Chương"),
    _K.SECTION: gettext_noop("Mục"), _K.SUBSECTION: gettext_noop("Tiểu mục"),
    _K.ARTICLE: gettext_noop("Điều"), _K.GROUP: gettext_noop("Đề mục"),
    _K.CLAUSE: gettext_noop("Khoản"), _K.POINT: gettext_noop("Điểm"),
    _K.DASH: gettext_noop("Gạch đầu dòng"), _K.PARAGRAPH: gettext_noop("Đoạn"),
    _K.TABLE: gettext_noop("Bảng"), _K.QUOTE: gettext_noop("Nội dung sửa đổi"),
    _K.ANNEX: gettext_noop("Phụ lục"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share beside the other columns, 1 to 20."""

    title: str
    width: int = 1
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of text; each row has as many as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One piece of the text.

    Attributes:
        kind: what it is.
        key: `n17`; given once, never used again in this resolution. Empty until `with_keys`.
        heading: of parts, articles, groups, clauses, annexes; the caption of a table.
        text: of clauses, points, dashes, paragraphs; `[[n17]]` stands for the number of a node.
        children: in their order.
        table: of a table only.
        number: what is printed instead of the number that follows from the order: within a quote
            ("5a" of the amended resolution) and in a consolidated text. Without stop or bracket.
    """

    kind: NodeKind
    key: str = ""
    heading: str = ""
    text: str = ""
    children: tuple["Node", ...] = ()
    table: Table | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """All nodes in order, annexes last; `next_key` is the number that the next new node gets."""

    nodes: tuple[Node, ...] = ()
    next_key: int = 1

    @property
    def articles(self) -> tuple[Node, ...]:
        """Every article of the resolution itself, in order; not those within a quote."""
        return tuple(node for node, _depth in walk(self.nodes) if node.kind is NodeKind.ARTICLE)

    @property
    def annexes(self) -> tuple[Node, ...]:
        """The annexes in order."""
        return tuple(node for node in self.nodes if node.kind is NodeKind.ANNEX)


def walk(
    nodes: Sequence[Node], depth: int = 0, *, into_quotes: bool = False
) -> Iterator[tuple[Node, int]]:
    """Every node with its depth, a parent before its children."""
    for node in nodes:
        yield node, depth
        if node.kind is not NodeKind.QUOTE or into_quotes:
            yield from walk(node.children, depth + 1, into_quotes=into_quotes)


def find(body: Body, key: str) -> Node | None:
    """The node with this key, within quotes too."""
    return next(
        (node for node, _ in walk(body.nodes, into_quotes=True) if key and node.key == key), None
    )


def with_keys(body: Body) -> Body:
    """The same body in which each node without a key, or with one seen before, got a new one."""
    seen: set[str] = set()
    following = max(
        [body.next_key, *(_number(node.key) + 1 for node, _ in walk(body.nodes, into_quotes=True))]
    )

    def keyed(node: Node) -> Node:
        nonlocal following
        key = node.key
        if not KEY.fullmatch(key) or key in seen:
            key, following = f"n{following}", following + 1
        seen.add(key)
        return replace(node, key=key, children=tuple(keyed(child) for child in node.children))

    nodes = tuple(keyed(node) for node in body.nodes)
    return Body(nodes, following)


def _number(key: str) -> int:
    return int(key[1:]) if KEY.fullmatch(key) else 0


def check(body: Body) -> None:
    """Refuse a body that is no resolution: wrong nesting, empty pieces, too much of anything.

    Raises:
        Refusal: ``document.no_article``, ``document.misplaced``, ``document.empty``,
            ``document.too_long``, ``document.too_many_points``, ``document.ragged_table``,
            ``document.annex_first``.
    """
    if not body.articles:
        raise Refusal("document.no_article", gettext_noop("Nghị quyết phải có ít nhất một điều."))
    if sum(1 for _ in walk(body.nodes, into_quotes=True)) > NODES_MAX:
        raise Refusal(
            "document.too_long",
            gettext_noop("Văn bản dài quá %(most)d mục. Hãy chuyển bớt vào phụ lục riêng."),
            params={"most": NODES_MAX},
        )
    kinds = [node.kind for node in body.nodes]
    if NodeKind.ANNEX in kinds and set(kinds[kinds.index(NodeKind.ANNEX) :]) != {NodeKind.ANNEX}:
        raise Refusal("document.annex_first", gettext_noop("Phụ lục phải đứng sau các điều."))
    _check_children(None, body.nodes)


def _check_children(parent: Node | None, children: Sequence[Node]) -> None:
    allowed = MAY_HOLD[parent.kind if parent else None]
    for child in children:
        if child.kind not in allowed:
            raise Refusal(
                "document.misplaced",
                gettext_noop(
                    "“%(piece)s” không đặt trực tiếp trong “%(place)s” được. Hãy lùi ra hoặc "
                    "chuyển sang chỗ khác."
                ),
                params={
                    "piece": NAMES[child.kind],
                    "place": NAMES[parent.kind] if parent else gettext_noop("văn bản"),
                },
                field=child.key,
            )
        _check_node(child)
        _check_children(child, child.children)
    if sum(child.kind is NodeKind.POINT for child in children) > POINTS_MAX:
        raise Refusal(
            "document.too_many_points",
            gettext_noop("Một khoản có nhiều nhất %(most)d điểm (từ a đến y)."),
            params={"most": POINTS_MAX},
            field=parent.key if parent else "",
        )


def _check_node(node: Node) -> None:
    if not (node.heading or node.text or node.children or node.table):
        raise Refusal(
            "document.empty",
            gettext_noop("“%(piece)s” chưa có nội dung. Ghi nội dung hoặc bỏ mục này."),
            params={"piece": NAMES[node.kind]},
            field=node.key,
        )
    if len(node.text) > TEXT_MAX or len(node.heading) > HEADING_MAX:
        raise Refusal(
            "document.text_too_long",
            gettext_noop("Một đoạn dài quá %(most)d chữ. Hãy tách thành nhiều đoạn."),
            params={"most": TEXT_MAX if len(node.text) > TEXT_MAX else HEADING_MAX},
            field=node.key,
        )
    if (node.kind is NodeKind.TABLE) != (node.table is not None):
        raise Refusal(
            "document.table_missing", gettext_noop("Bảng chưa có cột nào."), field=node.key
        )
    if node.table is not None:
        _check_table(node, node.table)


def _check_table(node: Node, table: Table) -> None:
    wide, long = len(table.columns), len(table.rows)
    if not 1 <= wide <= COLUMNS_MAX or long > ROWS_MAX:
        raise Refusal(
            "document.table_too_large",
            gettext_noop("Bảng có từ 1 đến %(columns)d cột và nhiều nhất %(rows)d dòng."),
            params={"columns": COLUMNS_MAX, "rows": ROWS_MAX},
            field=node.key,
        )
    for place, row in enumerate(table.rows, start=1):
        if len(row) != wide:
            raise Refusal(
                "document.ragged_table",
                gettext_noop("Dòng %(row)d của bảng có %(cells)d ô, bảng có %(columns)d cột."),
                params={"row": place, "cells": len(row), "columns": wide},
                field=node.key,
            )
