"""Random resolutions for hypothesis, and small changes to them. All of it is made up."""

from dataclasses import replace

from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import document, editing
from resolutions.rules.document import HAS_HEADING, HAS_TEXT, Body, Column, Node, NodeKind, Table
from resolutions.rules.editing import Row

K = NodeKind
WORDS = st.lists(
    st.sampled_from(["Giao", "Ủy ban", "nhân dân", "dự toán", "năm", "2027", "thu", "chi", "đất"]),
    min_size=1, max_size=6,
).map(" ".join)  # fmt: skip


def _node(kind: NodeKind, words: str, children: list[Node]) -> Node:
    return Node(
        kind, heading=words if kind in HAS_HEADING and kind not in HAS_TEXT else "",
        text=words if kind in HAS_TEXT else "", children=tuple(children),
    )  # fmt: skip


DASHES = st.builds(lambda words: _node(K.DASH, words, []), WORDS)
POINTS = st.builds(
    lambda words, inner: _node(K.POINT, words, inner), WORDS, st.lists(DASHES, max_size=2)
)
CLAUSES = st.builds(
    lambda words, inner: _node(K.CLAUSE, words, inner), WORDS, st.lists(POINTS, max_size=3)
)
PARAGRAPHS = st.builds(lambda words: _node(K.PARAGRAPH, words, []), WORDS)
ARTICLES = st.builds(
    lambda words, inner: _node(K.ARTICLE, words, inner),
    WORDS, st.lists(st.one_of(PARAGRAPHS, CLAUSES), max_size=4),
)  # fmt: skip
CHAPTERS = st.builds(
    lambda words, inner: _node(K.CHAPTER, words, inner), WORDS,
    st.lists(ARTICLES, min_size=1, max_size=3),
)  # fmt: skip
ANNEXES = st.builds(
    lambda words, inner: _node(K.ANNEX, words, inner), WORDS, st.lists(PARAGRAPHS, max_size=2)
)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """A whole body with keys: chapters or articles, perhaps an annex."""
    nodes = draw(st.lists(st.one_of(ARTICLES, CHAPTERS), min_size=1, max_size=4))
    annexes = draw(st.lists(ANNEXES, max_size=2))
    return document.with_keys(Body((*nodes, *annexes)))


@st.composite
def changed(draw: st.DrawFn, body: Body, *, times: int = 4) -> Body:
    """The body after a few presses of the editor's buttons."""
    rows = editing.rows_of(body.nodes)
    for _ in range(draw(st.integers(0, times))):
        place = draw(st.integers(0, len(rows) - 1)) if rows else None
        rows = draw(presses(rows, place))
    return document.with_keys(replace(body, nodes=editing.nodes_of(rows)))


@st.composite
def presses(draw: st.DrawFn, rows: list[Row], place: int | None) -> list[Row]:
    """The lines after one button, or as they are where it refuses."""
    words = draw(WORDS)
    if place is None:
        return editing.add(rows, None, [Row(K.ARTICLE, heading=words)])[0]
    kind = draw(st.sampled_from([K.ARTICLE, K.CLAUSE, K.POINT, K.PARAGRAPH, K.DASH, K.ANNEX]))
    verb = draw(
        st.sampled_from(["up", "down", "in", "out", "remove", "add", "turn", "word", "word"])
    )
    field = "text" if (rows[place].kind if verb == "word" else kind) in HAS_TEXT else "heading"
    if verb == "word":
        return [*rows[:place], replace(rows[place], **{field: words}), *rows[place + 1 :]]
    moves = {
        "up": editing.move_up, "down": editing.move_down, "in": editing.move_in,
        "out": editing.move_out, "remove": editing.remove,
    }  # fmt: skip
    try:
        if verb in moves:
            return moves[verb](rows, place)[0]
        if verb == "turn":
            return editing.turn_into(rows, place, kind)[0]
        return editing.add(rows, place, [Row(kind, **{field: words})])[0]
    except Refusal:
        return rows


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Body, Body]:
    """A body and what became of it."""
    body = draw(bodies())
    return body, draw(changed(body))


@st.composite
def triples(draw: st.DrawFn) -> tuple[Body, Body, Body]:
    """A body and what two people made of it."""
    body = draw(bodies())
    return body, draw(changed(body)), draw(changed(body))


def everything() -> Body:
    """A body with each kind of piece: chapters, clauses, points, dashes, a quote, tables, annex."""
    rows = tuple((f"Khoản thu {row}", f"{row}.500", "tỷ đồng") for row in range(1, 60))
    columns = (
        Column("Nội dung", width=3), Column("Số tiền", align="right"), Column("Đơn vị tính"),
    )  # fmt: skip
    figures = Node(K.TABLE, heading="Bảng số liệu (minh họa)", table=Table(columns, rows))
    points = tuple(Node(K.POINT, text=f"Điểm về ngân sách số {n};") for n in range(5))
    dashes = (Node(K.DASH, text="Gạch thứ nhất;"), Node(K.DASH, text="Gạch thứ hai."))
    clause = Node(K.CLAUSE, heading="Tên khoản", text="Giao Ủy ban nhân dân:", children=points)
    quote = Node(K.QUOTE, children=(Node(K.CLAUSE, number="5a", text="Được sửa đổi như sau."),))
    long = Node(K.PARAGRAPH, text="Hội đồng nhân dân quyết định các nội dung sau đây. " * 30)
    first = Node(K.ARTICLE, heading="Phạm vi điều chỉnh", children=(long, clause))
    second = Node(K.ARTICLE, children=(Node(K.PARAGRAPH, text="Các số liệu:"), *dashes, figures))
    third = Node(K.ARTICLE, heading="Sửa đổi", children=(Node(K.PARAGRAPH, text="Bổ sung:"), quote))
    chapters = (
        Node(K.CHAPTER, heading="QUY ĐỊNH CHUNG", children=(first,)),
        Node(K.CHAPTER, heading="TỔ CHỨC THỰC HIỆN", children=(second, third)),
    )
    annex = Node(K.ANNEX, heading="DANH MỤC DỰ ÁN", children=(long, figures))
    return document.with_keys(Body((*chapters, annex)))
