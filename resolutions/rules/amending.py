"""Drafts of resolutions that act on another one: the clerk says what, the words write themselves.

Each change of a piece becomes a numbered clause that quotes the piece as it reads now, for the
clerk to change within the quotation marks; and one relation beside it that names clause and piece.

Source: wording of amending resolutions in practice ("Sửa đổi khoản 2 Điều 3 như sau: “…”"), no
article; law.md 5 for the frame.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import consolidation
from resolutions.rules import labels as numbering
from resolutions.rules.document import (
    HAS_TEXT,
    MAY_HOLD,
    Body,
    Node,
    NodeKind,
    find,
    walk,
    with_keys,
)
from resolutions.rules.relations import RelationKind
from resolutions.rules.templates_session import BLANK


class Deed(StrEnum):
    """What a new resolution is to do to another."""

    AMEND = "amend"
    REPLACE = "replace"
    REPEAL = "repeal"
    IMPLEMENT = "implement"


CHOICES: Final = (
    (Deed.AMEND, gettext_noop("Sửa đổi, bổ sung, bãi bỏ một số điều, khoản")),
    (Deed.REPLACE, gettext_noop("Thay thế toàn bộ bằng nghị quyết mới")),
    (Deed.REPEAL, gettext_noop("Bãi bỏ toàn bộ")),
    (Deed.IMPLEMENT, gettext_noop("Triển khai thi hành")),
)


@dataclass(frozen=True, slots=True)
class Named:
    """The other resolution as running text names it.

    Attributes:
        symbol: "12/NQ-HĐND".
        adopted_on: its day.
        council: in full: "Hội đồng nhân dân tỉnh Mẫu".
        title: its abstract.
    """

    symbol: str
    adopted_on: date
    council: str
    title: str

    @property
    def full(self) -> str:
        """``Nghị quyết số 12/NQ-HĐND ngày … của Hội đồng nhân dân … về việc …``."""
        title = self.title[:1].lower() + self.title[1:]
        return (
            f"Nghị quyết số {self.symbol} {figures.date_in_document(self.adopted_on)} của "
            f"{self.council} {title}"
        )

    @property
    def short(self) -> str:
        """``Nghị quyết số 12/NQ-HĐND``."""
        return f"Nghị quyết số {self.symbol}"


@dataclass(frozen=True, slots=True)
class Change:
    """One piece and what is done to it; ``supplements`` puts something new after it."""

    kind: RelationKind
    target_key: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A relation that stands behind a clause of the draft."""

    kind: RelationKind
    target_key: str = ""
    target_words: str = ""
    source_key: str = ""


@dataclass(frozen=True, slots=True)
class Amending:
    """A draft: its abstract, its articles with keys (those of the frame after them), relations."""

    title: str
    body: Body
    relations: tuple[Planned, ...]


def drafted(
    deed: Deed, named: Named, text: Body, changes: Sequence[Change], *, frame: Body
) -> Amending:
    """The draft of the deed.

    Args:
        deed: what is to be done.
        named: the other resolution.
        text: it as it reads now, numbers frozen (`consolidation.numbered`).
        changes: of an amendment, in any order; ordered here by their place in the text.
        frame: the articles that end every resolution ("Giao … thực hiện"), kept as they are.

    Raises:
        Refusal: ``amending.nothing_chosen``, ``amending.not_quotable``,
            ``relation.no_such_piece``.
    """
    frame = Body(tuple(_without_keys(node) for node in frame.nodes))
    match deed:
        case Deed.AMEND:
            return _amendment(named, text, changes, frame)
        case Deed.REPLACE:
            return _replacement(named, text, frame)
        case Deed.REPEAL:
            return _whole(
                f"Bãi bỏ {named.short}", f"Bãi bỏ {named.full}.", RelationKind.REPEALS, frame
            )
        case Deed.IMPLEMENT:
            return _whole(
                f"Về việc triển khai thi hành {named.short}",
                f"Triển khai thi hành {named.full}: {BLANK}", RelationKind.IMPLEMENTS, frame,
            )  # fmt: skip


def _without_keys(node: Node) -> Node:
    return replace(node, key="", children=tuple(_without_keys(one) for one in node.children))


def _article(words: str) -> Node:
    return Node(NodeKind.ARTICLE, children=(Node(NodeKind.PARAGRAPH, text=words),))


def _whole(title: str, words: str, kind: RelationKind, frame: Body) -> Amending:
    body = with_keys(replace(frame, nodes=(_article(words), *frame.nodes)))
    return Amending(title, body, (Planned(kind, source_key=body.articles[0].key),))


def _replacement(named: Named, text: Body, frame: Body) -> Amending:
    """The old text as a start for the new one, and the article that takes the old one's place."""
    old = _fresh(text.nodes)
    annexes = tuple(node for node in old if node.kind is NodeKind.ANNEX)
    last = _article(f"Nghị quyết này thay thế {named.full}.")
    articles = tuple(node for node in old if node.kind is not NodeKind.ANNEX)
    body = with_keys(Body((*articles, *frame.nodes, last, *annexes)))
    source = body.articles[-1].key
    return Amending(named.title, body, (Planned(RelationKind.REPLACES, source_key=source),))


def _fresh(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The same words with keys from n1 on, references led to them, numbers from the order again."""
    keys = [node.key for node, _ in walk(nodes, into_quotes=True)]
    new = {key: f"n{place}" for place, key in enumerate(keys, start=1)}

    def led(match: re.Match[str]) -> str:
        return f"[[{new.get(match[1], match[1])}]]"

    def fresh(node: Node, *, in_quote: bool) -> Node:
        inside = in_quote or node.kind is NodeKind.QUOTE
        return replace(
            node, key=new[node.key], number=node.number if in_quote else "",
            text=numbering.REFERENCE.sub(led, node.text),
            children=tuple(fresh(child, in_quote=inside) for child in node.children),
        )  # fmt: skip

    return tuple(fresh(node, in_quote=False) for node in nodes)


def _amendment(named: Named, text: Body, changes: Sequence[Change], frame: Body) -> Amending:
    if not changes:
        raise Refusal(
            "amending.nothing_chosen",
            gettext_noop("Chọn ít nhất một điều, khoản và việc cần làm với nó."),
            field="changes",
        )
    text = consolidation.numbered(text)
    labels = numbering.labels_of(text)
    places = {key: place for place, key in enumerate(labels)}
    ordered = sorted(changes, key=lambda one: places.get(one.target_key, len(places)))
    clauses = tuple(_clause(change, text, labels) for change in ordered)
    article = Node(
        NodeKind.ARTICLE,
        heading=f"{_deeds(ordered)} một số điều, khoản của {named.short}",
        children=clauses,
    )
    body = with_keys(replace(frame, nodes=(article, *frame.nodes)))
    keys = [child.key for child in body.articles[0].children]
    only_repeals = all(one.kind is RelationKind.REPEALS for one in ordered)
    what = "Bãi bỏ một số điều, khoản" if only_repeals else "Sửa đổi, bổ sung một số điều"
    return Amending(
        f"{what} của {named.full}",
        body,
        tuple(
            Planned(change.kind, change.target_key, labels[change.target_key].words, key)
            for change, key in zip(ordered, keys, strict=True)
        ),
    )


_DEEDS: Final = {
    RelationKind.AMENDS: "sửa đổi", RelationKind.SUPPLEMENTS: "bổ sung",
    RelationKind.REPEALS: "bãi bỏ",
}  # fmt: skip


def _deeds(changes: Sequence[Change]) -> str:
    """``Sửa đổi, bãi bỏ``: what is done, in the usual order."""
    done = {change.kind for change in changes}
    words = ", ".join(words for kind, words in _DEEDS.items() if kind in done)
    return f"{words[:1].upper()}{words[1:]}"


def _clause(change: Change, text: Body, labels: dict[str, numbering.Label]) -> Node:
    """“Sửa đổi khoản 2 Điều 3 như sau:” and the piece in quotation marks; or “Bãi bỏ …”."""
    node = find(text, change.target_key)
    label = labels.get(change.target_key)
    if node is None or label is None or not label.words:
        raise Refusal(
            "relation.no_such_piece",
            gettext_noop("Văn bản kia không có (hoặc không còn) điều, khoản này. Chọn lại."),
            field="changes",
        )
    if change.kind is RelationKind.REPEALS:
        return Node(NodeKind.CLAUSE, text=f"Bãi bỏ {label.words}.")
    if node.kind not in MAY_HOLD[NodeKind.QUOTE]:
        raise Refusal(
            "amending.not_quotable",
            gettext_noop(
                "“%(piece)s” chỉ bãi bỏ được; muốn sửa thì chọn từng điều, khoản trong đó."
            ),
            params={"piece": label.words},
            field="changes",
        )
    match change.kind:
        case RelationKind.SUPPLEMENTS:
            new = Node(
                node.kind, heading="" if node.kind in HAS_TEXT else BLANK,
                text=BLANK if node.kind in HAS_TEXT else "", number=_following(node, label.number),
            )  # fmt: skip
            kind_word = label.words.partition(" ")[0]
            words = f"Bổ sung {kind_word} {new.number} vào sau {label.words} như sau:"
            return _quoting(words, new)
        case _:
            return _quoting(f"Sửa đổi {label.words} như sau:", _spelled(node, labels))


def _following(node: Node, number: str) -> str:
    """After clause 2 comes "2a"; after point đ, since letters would clash, "đ1"."""
    return f"{number}1" if node.kind is NodeKind.POINT else f"{number}a"


def _quoting(words: str, piece: Node) -> Node:
    return Node(NodeKind.CLAUSE, text=words, children=(Node(NodeKind.QUOTE, children=(piece,)),))


def _spelled(node: Node, labels: dict[str, numbering.Label]) -> Node:
    """The piece for a quote: its own keys dropped, references as words."""
    return replace(
        node, key="", text=numbering.resolved(node.text, labels, within=labels.get(node.key)),
        children=tuple(_spelled(child, labels) for child in node.children),
    )  # fmt: skip
