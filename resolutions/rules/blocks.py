"""The body as a flat row of blocks: what every rendering prints, in the same words and order.

PDF, DOCX, Akoma Ntoso and HTML all start from these blocks, so that they cannot disagree on a
number, a reference or a word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resolutions.rules import labels as numbering
from resolutions.rules.document import Body, Node, NodeKind, Table
from resolutions.rules.labels import Label


@dataclass(frozen=True, slots=True)
class Block:
    """One printed paragraph, heading or table.

    Attributes:
        kind: of the node.
        key: of the node.
        depth: how deep it stands, 0 at the top.
        label: printed before it: "Điều 3.", "2.", "đ)", "-"; empty for none.
        heading: in bold after the label (on a line of its own in divisions and annexes).
        text: with references spelled out; an article without heading carries its first paragraph.
        table: of a table.
        anchor: its part of the public address; empty where it has none.
        in_quote: it is words for another resolution.
        opens_quote, closes_quote: print “ before it, ” after it.
    """

    kind: NodeKind
    key: str
    depth: int
    label: str
    heading: str = ""
    text: str = ""
    table: Table | None = None
    anchor: str = ""
    in_quote: bool = False
    opens_quote: bool = False
    closes_quote: bool = False

    @property
    def words(self) -> str:
        """All its words on one line, as a reader would read them aloud; cells after each other."""
        cells: tuple[str, ...] = ()
        if self.table:
            titles = [column.title for column in self.table.columns]
            cells = (*titles, *(cell for row in self.table.rows for cell in row))
        said = " ".join(part for part in (self.label, self.heading, self.text, *cells) if part)
        return f"{'“' if self.opens_quote else ''}{said}{'”' if self.closes_quote else ''}"


def blocks_of(body: Body) -> tuple[Block, ...]:
    """Every block of the body, annexes included, in the order of reading.

    Raises:
        Refusal: ``document.lost_reference``.
    """
    labels = numbering.labels_of(body)
    return tuple(block for node in body.nodes for block in _blocks(node, labels, None, 0))


def _blocks(
    node: Node, labels: Mapping[str, Label], within: Label | None, depth: int
) -> Iterator[Block]:
    if node.kind is NodeKind.QUOTE:
        yield from _quoted(node, labels, depth)
        return
    label = labels[node.key]
    here = label if label.path else within
    children = node.children
    text = numbering.resolved(node.text, labels, within=here)
    if node.kind is NodeKind.ARTICLE and not node.heading and children:
        first = children[0]
        if first.kind is NodeKind.PARAGRAPH:
            text, children = numbering.resolved(first.text, labels, within=here), children[1:]
    yield Block(
        node.kind, node.key, depth, label.printed, node.heading, text, node.table,
        label.anchor,
    )  # fmt: skip
    for child in children:
        yield from _blocks(child, labels, here, depth + 1)


def _quoted(quote: Node, labels: Mapping[str, Label], depth: int) -> Iterator[Block]:
    """The quoted pieces; the first opens the quotation marks, the last closes them."""
    found = [block for child in quote.children for block in _in_quote(child, labels, depth)]
    for place, block in enumerate(found):
        yield Block(
            block.kind, block.key, block.depth, block.label, block.heading, block.text,
            block.table, in_quote=True, opens_quote=place == 0,
            closes_quote=place + 1 == len(found),
        )  # fmt: skip


def _in_quote(node: Node, labels: Mapping[str, Label], depth: int) -> Iterator[Block]:
    children, text = node.children, numbering.resolved(node.text, labels)
    if node.kind is NodeKind.ARTICLE and not node.heading and children:
        first = children[0]
        if first.kind is NodeKind.PARAGRAPH:
            text, children = numbering.resolved(first.text, labels), children[1:]
    yield Block(
        node.kind, node.key, depth, labels[node.key].printed, node.heading, text, node.table
    )
    for child in children:
        yield from _in_quote(child, labels, depth + 1)
