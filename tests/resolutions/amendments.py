"""Acts upon a made-up resolution, as rules see them and as rows."""

from dataclasses import replace
from datetime import date

from council.models import Job
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.rules import document, relations
from resolutions.rules.document import Body, Node, NodeKind
from resolutions.rules.relations import Action, RelationKind
from resolutions.services import drafts, publication, signing
from tests.cast import PASSWORD
from tests.resolutions.stage import Stage, drafted, ready_to_sign

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


def published(stage: Stage, resolution: Resolution | None = None) -> Resolution:
    """Signed and published by its job, as a worker would."""
    resolution = ready_to_sign(stage, resolution or fee_draft(stage))
    resolution = signing.sign(resolution, password=PASSWORD, by=stage.user["chair"])
    publication.run(Job.objects.get(key=publication.job_key(resolution.pk)))
    return Resolution.objects.get(pk=resolution.pk)


def fee_draft(stage: Stage) -> Resolution:
    """The made-up resolution on fees as a draft of the session."""
    draft = drafted(stage, title="Về mức thu một số loại phí")
    return rewritten(stage, draft, fees())


def rewritten(stage: Stage, draft: Resolution, body: Body) -> Resolution:
    """The draft with another body."""
    return drafts.edit(
        draft, title=draft.title, bases=draft.bases, body=body, closing=draft.closing,
        recipients=draft.recipients, signatory_post=draft.signatory_post,
        signatory_name=draft.signatory_name, by=stage.user["clerk"],
    )  # fmt: skip


def with_quote(stage: Stage, draft: Resolution, key: str, words: str) -> Resolution:
    """The draft in which the piece quoted by the clause with this key reads so."""
    body = texts.body_of(draft)

    def changed(node: Node) -> Node:
        if node.key == key:
            quote = node.children[0]
            piece = replace(quote.children[0], text=words)
            return replace(node, children=(replace(quote, children=(piece,)),))
        return replace(node, children=tuple(changed(child) for child in node.children))

    return rewritten(stage, draft, replace(body, nodes=tuple(changed(node) for node in body.nodes)))
