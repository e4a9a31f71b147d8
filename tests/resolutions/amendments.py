"""Acts upon a made-up resolution, as rules see them."""

from datetime import date

from resolutions.rules import document, relations
from resolutions.rules.document import Body, Node, NodeKind
from resolutions.rules.relations import Action, RelationKind

K = NodeKind
BEGINS = date(2026, 1, 1)
LATER = date(2026, 7, 1)


def fees() -> Body:
    """Made up: a resolution on fees with clauses, points, a reference and an annex."""
    return document.with_keys(
        Body(
            (
                Node(K.ARTICLE, heading="Mức thu", children=(
                    Node(K.CLAUSE, text="Phí thư viện:", children=(
                        Node(K.POINT, text="người lớn 20.000 đồng;"),
                        Node(K.POINT, text="trẻ em 5.000 đồng."),
                    )),
                    Node(K.CLAUSE, text="Phí gửi xe 3.000 đồng."),
                )),
                Node(K.ARTICLE, heading="Miễn giảm", children=(
                    Node(K.PARAGRAPH, text="Hộ nghèo được miễn phí tại [[n2]]."),
                )),
                Node(K.ARTICLE, heading="Tổ chức thực hiện", children=(
                    Node(K.PARAGRAPH, text="Giao Ủy ban nhân dân tỉnh thực hiện."),
                )),
                Node(K.ANNEX, heading="Danh mục", children=(
                    Node(K.PARAGRAPH, text="Thư viện tỉnh."),
                )),
            )
        )
    )  # fmt: skip


def quoting(*pieces: Node) -> tuple[Body, str]:
    """A made-up amending text whose first clause quotes the pieces; and that clause's key."""
    body = document.with_keys(
        Body((
            Node(K.ARTICLE, heading="Sửa đổi, bổ sung một số điều", children=(
                Node(K.CLAUSE, text="Sửa đổi như sau:", children=(
                    Node(K.QUOTE, children=pieces),
                )),
            )),
        ))
    )  # fmt: skip
    return body, body.nodes[0].children[0].key


def action(
    kind: RelationKind,
    target_key: str = "",
    *pieces: Node,
    day: date = LATER,
    act_id: int = 7,
    old: str = "",
    new: str = "",
) -> Action:
    """What the act no. 7 (or another) does; its pieces go through a quote as in life."""
    brought: tuple[Node, ...] = ()
    if pieces:
        body, key = quoting(*pieces)
        brought = relations.pieces_of(body, key)
    return Action(
        kind, f"{act_id:02d}/NQ-HĐND", act_id, day, place="khoản 1 Điều 1", target_key=target_key,
        pieces=brought, old_words=old, new_words=new,
    )  # fmt: skip
