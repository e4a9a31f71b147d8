"""The body as plain data for canonical JSON, and back; what is not a body is refused."""

import json
from collections.abc import Mapping
from typing import Any, Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules.document import COLUMNS_MAX, Body, Column, Node, NodeKind, Table
from resolutions.rules.layout import canonical

FORMAT: Final = "nghi-quyet/2"
_ALIGNMENTS: Final = ("left", "center", "right")
_DEPTH_MAX: Final = 12


def data_of(body: Body) -> dict[str, Any]:
    """The body as mappings, lists, texts and numbers; empty fields are left out."""
    return {
        "format": FORMAT,
        "next": body.next_key,
        "nodes": [_node_data(node) for node in body.nodes],
    }


def dumps(body: Body) -> str:
    """Canonical JSON: the same body is the same text on any machine."""
    return canonical(data_of(body)).decode()


def _node_data(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": node.kind.value, "key": node.key}
    for name in ("heading", "text", "number"):
        if getattr(node, name):
            data[name] = getattr(node, name)
    if node.children:
        data["children"] = [_node_data(child) for child in node.children]
    if node.table is not None:
        data["table"] = {
            "columns": [
                {"title": one.title, "width": one.width, "align": one.align}
                for one in node.table.columns
            ],
            "rows": [list(row) for row in node.table.rows],
        }
    return data


def loads(written: str) -> Body:
    """The body behind JSON.

    Raises:
        Refusal: ``document.broken``: it is no JSON, or not of a body's form.
    """
    try:
        return body_of(json.loads(written))
    except (ValueError, RecursionError) as error:
        raise broken() from error


def body_of(data: object) -> Body:
    """The body behind plain data; texts are made NFC.

    Raises:
        Refusal: ``document.broken``.
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise broken()
    following = data.get("next", 1)
    if not isinstance(following, int) or isinstance(following, bool) or following < 1:
        raise broken()
    return Body(tuple(_node(one, 1) for one in _list(data.get("nodes", []))), following)


def _node(data: object, depth: int) -> Node:
    if not isinstance(data, Mapping) or depth > _DEPTH_MAX:
        raise broken()
    try:
        kind = NodeKind(str(data.get("kind")))
    except ValueError as error:
        raise broken() from error
    table = data.get("table")
    return Node(
        kind,
        key=_text(data, "key"),
        heading=_text(data, "heading"),
        text=_text(data, "text"),
        children=tuple(_node(one, depth + 1) for one in _list(data.get("children", []))),
        table=None if table is None else _table(table),
        number=_text(data, "number")[:10],
    )


def _table(data: object) -> Table:
    if not isinstance(data, Mapping):
        raise broken()
    columns = tuple(_column(one) for one in _list(data.get("columns", [])))
    rows = tuple(
        tuple(text.nfc(str(cell)) for cell in _list(row)) for row in _list(data.get("rows", []))
    )
    return Table(columns, rows)


def _column(data: object) -> Column:
    if not isinstance(data, Mapping):
        raise broken()
    width, align = data.get("width", 1), data.get("align", "left")
    if not isinstance(width, int) or not 1 <= width <= COLUMNS_MAX or align not in _ALIGNMENTS:
        raise broken()
    return Column(_text(data, "title"), width, str(align))


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise broken()
    return text.nfc(value)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise broken()
    return value


def broken() -> Refusal:
    """The refusal of what is no body."""
    return Refusal(
        "document.broken",
        gettext_noop(
            "Cấu trúc văn bản gửi lên bị hỏng nên chưa lưu được. Tải lại trang; nội dung bạn gõ "
            "vẫn còn trong bản tự lưu."
        ),
    )
