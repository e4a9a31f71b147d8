"""What one resolution does to another: amends, supplements, rewords, repeals, replaces and so on.

A relation is written with the draft that acts, freezes when it is signed and works on the public's
view from its own day on. What it makes of the other text is `resolutions.rules.consolidation`,
whether the other is still in force `resolutions.rules.standing`.

Source: practice of amending resolutions (practice.md 2.3); that words of an amendment stand within
quotation marks: law.md 5. Names of the states: practice, no article.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import labels as numbering
from resolutions.rules.document import Body, Node, NodeKind, find, walk

WORDS_MAX: Final = 2_000


class RelationKind(StrEnum):
    """sửa đổi, bổ sung, thay cụm từ, bãi bỏ, thay thế, thi hành, đính chính, thu hồi."""

    AMENDS = "amends"
    SUPPLEMENTS = "supplements"
    REWORDS = "rewords"
    REPEALS = "repeals"
    REPLACES = "replaces"
    IMPLEMENTS = "implements"
    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"


_K = RelationKind
NAMES: Final[dict[RelationKind, str]] = {
    _K.AMENDS: gettext_noop("Sửa đổi"), _K.SUPPLEMENTS: gettext_noop("Bổ sung"),
    _K.REWORDS: gettext_noop("Thay cụm từ"), _K.REPEALS: gettext_noop("Bãi bỏ"),
    _K.REPLACES: gettext_noop("Thay thế"), _K.IMPLEMENTS: gettext_noop("Triển khai thi hành"),
    _K.CORRECTS: gettext_noop("Đính chính"), _K.WITHDRAWS: gettext_noop("Thu hồi"),
}  # fmt: skip
PASSIVE: Final[dict[RelationKind, str]] = {
    _K.AMENDS: gettext_noop("Được sửa đổi bởi"), _K.SUPPLEMENTS: gettext_noop("Được bổ sung bởi"),
    _K.REWORDS: gettext_noop("Được thay cụm từ bởi"), _K.REPEALS: gettext_noop("Bị bãi bỏ bởi"),
    _K.REPLACES: gettext_noop("Bị thay thế bởi"),
    _K.IMPLEMENTS: gettext_noop("Được triển khai bởi"),
    _K.CORRECTS: gettext_noop("Được đính chính bởi"),
    _K.WITHDRAWS: gettext_noop("Bị thu hồi bởi"),
}  # fmt: skip

WITH_TEXT: Final = frozenset({_K.AMENDS, _K.SUPPLEMENTS})
"""Need new words, which stand within quotation marks in the text that acts."""

WITH_WORDS: Final = frozenset({_K.REWORDS, _K.CORRECTS})
"""Put some words in the place of others."""

ONLY_WHOLE: Final = frozenset({_K.IMPLEMENTS, _K.WITHDRAWS})
ONLY_PIECE: Final = frozenset({_K.AMENDS})
CHANGING: Final = frozenset(
    {_K.AMENDS, _K.SUPPLEMENTS, _K.REWORDS, _K.REPEALS, _K.REPLACES, _K.CORRECTS}
)
"""Change words or force of the other text; the rest only point to it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A relation as it is typed.

    Attributes:
        kind: what is done.
        target_key: the piece of the other text; empty for the whole.
        source_key: the piece of the text that acts and says so; empty for none named.
        old_words, new_words: of a change of words; new words may be empty (words struck out).
    """

    kind: RelationKind
    target_key: str = ""
    source_key: str = ""
    old_words: str = ""
    new_words: str = ""


def check(wanted: Wanted, *, acting: Body, target: Body | None) -> None:
    """Refuse a relation that cannot be carried out.

    Args:
        wanted: as typed.
        acting: the text that acts.
        target: the other text as it stands on the day; None where its pieces are not known.

    Raises:
        Refusal: ``relation.whole_only``, ``relation.piece_missing``, ``relation.no_such_piece``,
            ``relation.words_missing``, ``relation.words_same``, ``relation.words_not_found``,
            ``relation.text_missing``.
    """
    _check_place(wanted, target)
    if wanted.kind in WITH_WORDS:
        _check_words(wanted, target)
    needs_text = wanted.kind in WITH_TEXT or (
        wanted.kind is RelationKind.REPLACES and wanted.target_key != ""
    )
    if needs_text and not pieces_of(acting, wanted.source_key):
        raise Refusal(
            "relation.text_missing",
            gettext_noop(
                "Chọn điều, khoản của dự thảo có phần “Nội dung sửa đổi” (đặt trong ngoặc kép): "
                "lời văn mới lấy từ đó."
            ),
            field="source_key",
        )


def _check_place(wanted: Wanted, target: Body | None) -> None:
    if wanted.kind in ONLY_WHOLE and wanted.target_key:
        raise Refusal(
            "relation.whole_only",
            gettext_noop("Quan hệ này là với cả văn bản, không chọn điều, khoản."),
            field="target_key",
        )
    if target is None:
        return
    if wanted.kind in ONLY_PIECE and not wanted.target_key:
        raise Refusal(
            "relation.piece_missing",
            gettext_noop("Chọn điều, khoản, điểm được sửa đổi."),
            field="target_key",
        )
    if wanted.target_key and find(target, wanted.target_key) is None:
        raise Refusal(
            "relation.no_such_piece",
            gettext_noop("Văn bản kia không có (hoặc không còn) điều, khoản này. Chọn lại."),
            field="target_key",
        )


def _check_words(wanted: Wanted, target: Body | None) -> None:
    if not wanted.old_words:
        raise Refusal(
            "relation.words_missing",
            gettext_noop("Ghi đúng cụm từ đang có trong văn bản kia."),
            field="old_words",
        )
    if wanted.old_words == wanted.new_words:
        raise Refusal(
            "relation.words_same",
            gettext_noop("Cụm từ mới giống cụm từ cũ."),
            field="new_words",
        )
    if target is None:
        return
    place = find(target, wanted.target_key) if wanted.target_key else None
    nodes = (place,) if place else target.nodes
    if not any(wanted.old_words in words for node in nodes for words in all_words(node)):
        raise Refusal(
            "relation.words_not_found",
            gettext_noop(
                "Không thấy “%(words)s” ở chỗ đã chọn. Chép đúng từng chữ, kể cả chữ hoa và dấu."
            ),
            params={"words": wanted.old_words[:80]},
            field="old_words",
        )


def all_words(node: Node) -> tuple[str, ...]:
    """Every heading, text and cell of the node and of what belongs to it."""
    found: list[str] = []
    for one, _depth in walk((node,), into_quotes=True):
        found += [one.heading, one.text]
        if one.table:
            found += [column.title for column in one.table.columns]
            found += [cell for row in one.table.rows for cell in row]
    return tuple(words for words in found if words)


def pieces_of(acting: Body, source_key: str) -> tuple[Node, ...]:
    """The new words that a piece of the acting text holds within quotation marks, in order.

    References are spelled out, since in the other text they would lead elsewhere. Empty where the
    piece is gone or quotes nothing.
    """
    source = find(acting, source_key)
    if source is None:
        return ()
    labels = numbering.labels_of(acting)
    quotes = (node for node, _ in walk((source,)) if node.kind is NodeKind.QUOTE)
    return tuple(_spelled(child, labels) for quote in quotes for child in quote.children)


def _spelled(node: Node, labels: dict[str, numbering.Label]) -> Node:
    return replace(
        node,
        text=numbering.resolved(node.text, labels),
        children=tuple(_spelled(child, labels) for child in node.children),
    )


def sources_of(acting: Body) -> tuple[tuple[str, str, bool], ...]:
    """The articles, clauses and points that can be named as the place of a relation.

    Returns: key, words ("khoản 1 Điều 2"), and whether it quotes new words.
    """
    labels = numbering.labels_of(acting)
    return tuple(
        (node.key, labels[node.key].words, bool(pieces_of(acting, node.key)))
        for node, _ in walk(acting.nodes)
        if node.key and labels[node.key].words
    )


@dataclass(frozen=True, slots=True)
class Action:
    """A relation that is in the books, with all that carrying it out needs.

    Attributes:
        kind: what is done.
        act: number and symbol of the act that does it: "15/NQ-HĐND".
        act_id: one whole number an act, for keys of pieces that it brings.
        place: of the act: "khoản 1 Điều 2"; empty for the act as a whole.
        effective_on: the first day on which it works.
        target_key: empty for the whole.
        target_words: the piece in words as the act calls it.
        pieces: the new words.
        old_words, new_words: of a change of words.
        address: where the act is read.
        dated: day of the act.
        void_from: the first day on which it no longer works, because the act itself was taken
            back, or was repealed before it began.
        is_hidden: the words of the act are no longer shown, so they cannot be carried out either.
        is_unclear: the provision was rewritten before it began, and what it now says of words of
            the other text cannot be read from it by rule.
        touched_by: what other acts did to the provision, of any day, earliest first.
    """

    kind: RelationKind
    act: str
    act_id: int
    effective_on: date
    place: str = ""
    target_key: str = ""
    target_words: str = ""
    pieces: tuple[Node, ...] = ()
    old_words: str = ""
    new_words: str = ""
    address: str = ""
    dated: date | None = None
    void_from: date | None = None
    is_hidden: bool = False
    is_unclear: bool = False
    touched_by: tuple["Action", ...] = ()

    def works_on(self, day: date) -> bool:
        """Has begun by the day and was not undone by it."""
        return self.effective_on <= day and (self.void_from is None or day < self.void_from)

    @property
    def is_whole(self) -> bool:
        """Concerns the whole text."""
        return not self.target_key and not self.target_words
