"""Numbers of a resolution's pieces and references to them, both from the order alone.

Articles count through the whole resolution, chapters too; sections restart in each chapter,
subsections in each section, clauses in each article or group, points in each clause.
Points go a, b, c, d, đ, e, g … (Decree 30/2020/NĐ-CP, Appendix I; law.md 5.2).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules.document import Body, Node, NodeKind

POINT_LETTERS: Final = tuple("abcdđeghiklmnopqrstuvxy")
REFERENCE: Final = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
_DIVISIONS: Final = {
    NodeKind.PART: "Phần", NodeKind.CHAPTER: "Chương", NodeKind.SECTION: "Mục",
    NodeKind.SUBSECTION: "Tiểu mục",
}  # fmt: skip
_RESTARTED_BY: Final = {
    NodeKind.SECTION: NodeKind.CHAPTER, NodeKind.SUBSECTION: NodeKind.SECTION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """How a node is numbered and named.

    Attributes:
        printed: before its text: "Điều 3.", "2.", "đ)", "Chương II", "-"; empty for none.
        number: bare: "3", "2", "đ", "II".
        path: the kinds and bare numbers from the article down, for references and addresses:
            ``(("article", "3"), ("clause", "2"))``.
    """

    printed: str
    number: str
    path: tuple[tuple[NodeKind, str], ...] = ()

    @property
    def words(self) -> str:
        """Named in running text: "điểm đ khoản 2 Điều 3", "Phụ lục II"; empty where it has none."""
        return " ".join(_named(kind, number) for kind, number in reversed(self.path))

    @property
    def anchor(self) -> str:
        """As part of an address: ``dieu-3-khoan-2-diem-d``; đ is written ``dd``."""
        return "-".join(_anchor(kind, number) for kind, number in self.path)


_WORDS: Final = {
    NodeKind.PART: "Phần", NodeKind.CHAPTER: "Chương", NodeKind.SECTION: "Mục",
    NodeKind.SUBSECTION: "Tiểu mục", NodeKind.ARTICLE: "Điều", NodeKind.GROUP: "mục",
    NodeKind.CLAUSE: "khoản", NodeKind.POINT: "điểm", NodeKind.ANNEX: "Phụ lục",
}  # fmt: skip


def _named(kind: NodeKind, number: str) -> str:
    return f"{_WORDS[kind]} {number}".strip()


def _anchor(kind: NodeKind, number: str) -> str:
    bare = number.replace("đ", "dd") if kind is NodeKind.POINT else number
    return text.slug(f"{_WORDS[kind]} {bare}".strip())


def labels_of(body: Body) -> dict[str, Label]:
    """The label of every node that has a key, within quotes too (there only its own number)."""
    found: dict[str, Label] = {}
    counter = _Counter(annexes=len(body.annexes))
    for node in body.nodes:
        _label(node, (), counter, found)
    return found


class _Counter:
    """The running numbers of one resolution."""

    def __init__(self, *, annexes: int) -> None:
        self.annexes = annexes
        self.last: dict[NodeKind, int] = {}

    def next(self, kind: NodeKind) -> int:
        self.last[kind] = self.last.get(kind, 0) + 1
        for restarted, by in _RESTARTED_BY.items():
            if by is kind:
                self.last[restarted] = 0
        return self.last[kind]


def _label(
    node: Node,
    above: tuple[tuple[NodeKind, str], ...],
    counter: _Counter,
    found: dict[str, Label],
) -> None:
    """Label one node and what is in it; clauses, points and groups count within their parent."""
    number = node.number or _next_number(node, counter)
    label = _made(node, number, above)
    if node.key:
        found[node.key] = label
    if node.kind is NodeKind.QUOTE:
        for child in node.children:
            _label_quoted(child, found)
        return
    own = _Counter(annexes=0)
    starts = node.kind in (NodeKind.PART, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.SUBSECTION)
    for child in node.children:
        _label(child, label.path, counter if starts else own, found)


def _label_quoted(node: Node, found: dict[str, Label]) -> None:
    if node.key:
        found[node.key] = _made(node, node.number, ())
    for child in node.children:
        _label_quoted(child, found)


def _next_number(node: Node, counter: _Counter) -> str:
    match node.kind:
        case NodeKind.PART | NodeKind.CHAPTER | NodeKind.GROUP:
            return text.roman(counter.next(node.kind))
        case NodeKind.SECTION | NodeKind.SUBSECTION | NodeKind.ARTICLE | NodeKind.CLAUSE:
            return str(counter.next(node.kind))
        case NodeKind.POINT:
            place = counter.next(node.kind)
            return POINT_LETTERS[place - 1] if place <= len(POINT_LETTERS) else f"y{place}"
        case NodeKind.ANNEX:
            return text.roman(counter.next(node.kind)) if counter.annexes > 1 else ""
        case NodeKind.DASH | NodeKind.PARAGRAPH | NodeKind.TABLE | NodeKind.QUOTE:
            return ""


def _made(node: Node, number: str, above: tuple[tuple[NodeKind, str], ...]) -> Label:
    here = (*above, (node.kind, number))
    match node.kind:
        case NodeKind.PART | NodeKind.CHAPTER | NodeKind.SECTION | NodeKind.SUBSECTION:
            return Label(f"{_DIVISIONS[node.kind]} {number}", number, ((node.kind, number),))
        case NodeKind.ARTICLE:
            return Label(f"Điều {number}.", number, ((node.kind, number),))
        case NodeKind.ANNEX:
            return Label(f"Phụ lục {number}".strip(), number, ((node.kind, number),))
        case NodeKind.GROUP | NodeKind.CLAUSE:
            return Label(f"{number}." if number else "", number, here)
        case NodeKind.POINT:
            return Label(f"{number})" if number else "", number, here)
        case NodeKind.DASH | NodeKind.PARAGRAPH | NodeKind.TABLE | NodeKind.QUOTE:
            return Label("-" if node.kind is NodeKind.DASH else "", "")


def resolved(words: str, labels: Mapping[str, Label], *, within: Label | None = None) -> str:
    """The text with each `[[n17]]` replaced by the words for that node, as seen from `within`.

    In its own article a clause is "khoản 1 Điều này", in its own clause a point "điểm a khoản
    này", as laws are written.

    Raises:
        Refusal: ``document.lost_reference``: the node is gone.
    """
    return _substituted(words, labels, lambda label: _from_here(label, within))


def shown(words: str, labels: Mapping[str, Label]) -> str:
    """The text as it is edited: `[[n17]]` becomes `[[khoản 2 Điều 3]]`.

    Raises:
        Refusal: ``document.lost_reference``.
    """
    return _substituted(words, labels, lambda label: f"[[{label.words}]]")


def _substituted(words: str, labels: Mapping[str, Label], naming: Callable[[Label], str]) -> str:
    def named(match: re.Match[str]) -> str:
        label = labels.get(match[1])
        if label is None or not label.words:
            raise Refusal(
                "document.lost_reference",
                gettext_noop(
                    "Có chỗ viện dẫn một mục đã bị bỏ. Tìm đoạn “%(around)s” và viện dẫn lại."
                ),
                params={"around": _around(words, match)},
            )
        return naming(label)

    return REFERENCE.sub(named, words)


def _around(words: str, match: re.Match[str]) -> str:
    return f"{words[max(0, match.start() - 30) : match.start()]}…".strip()


def _from_here(label: Label, within: Label | None) -> str:
    if within is None:
        return label.words
    same = 0
    for mine, theirs in zip(label.path[:-1], within.path, strict=False):
        if mine != theirs:
            break
        same += 1
    if same == 0:
        return label.words
    own = [_named(kind, number) for kind, number in reversed(label.path[same:])]
    return " ".join([*own, f"{_WORDS[label.path[same - 1][0]]} này"])


def tokenised(words: str, *tables: Mapping[str, Label]) -> str:
    """The text as it is stored: `[[khoản 2 Điều 3]]` becomes `[[n17]]`.

    Args:
        words: as typed; a key in brackets stands as it is.
        tables: labels to look the words up in, the first that knows them wins: those of the text
            that was on the screen, then those of the new one.

    Raises:
        Refusal: ``document.unknown_reference``.
    """
    books = [{_folded(label.words): key for key, label in table.items() if label.words}
             for table in tables]  # fmt: skip
    keys = {key for table in tables for key in table}

    def key_of(match: re.Match[str]) -> str:
        wanted = match[1].strip()
        if wanted in keys:
            return f"[[{wanted}]]"
        for book in books:
            if _folded(wanted) in book:
                return f"[[{book[_folded(wanted)]}]]"
        raise Refusal(
            "document.unknown_reference",
            gettext_noop(
                "Không có “%(wanted)s” trong văn bản để viện dẫn. Ghi ví dụ [[khoản 2 Điều 3]]."
            ),
            params={"wanted": wanted},
        )

    return REFERENCE.sub(key_of, words)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


_ACTS_ON_ANOTHER: Final = re.compile(r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm từ)\b")
"""Begins a clause that names pieces of another text, not of this one."""


def plain_mentions(words: str, labels: Mapping[str, Label]) -> Sequence[str]:
    """Mentions such as "khoản 2 Điều 3" typed as plain words that name a piece of this text.

    They do not follow when the text is renumbered; the editor offers to turn them into references.
    """
    if _ACTS_ON_ANOTHER.match(words):
        return []
    bare = REFERENCE.sub(" ", words)
    known = {_folded(label.words) for label in labels.values() if label.words}
    return [found for found in _MENTION.findall(bare) if _folded(found) in known]


def bracketed(words: str, labels: Mapping[str, Label]) -> str:
    """The text in which each plain mention of a piece of this text is put in double brackets."""
    if _ACTS_ON_ANOTHER.match(words):
        return words
    known = {_folded(label.words) for label in labels.values() if label.words}

    def around(match: re.Match[str]) -> str:
        return f"[[{match[0]}]]" if _folded(match[0]) in known else match[0]

    parts = REFERENCE.split(words)
    # `split` gives text and the inside of brackets by turns.
    return "".join(
        f"[[{part}]]" if place % 2 else _MENTION.sub(around, part)
        for place, part in enumerate(parts)
    )


_MENTION: Final = re.compile(
    r"(?:điểm [a-zđ] )?(?:khoản \d{1,3} )?Điều \d{1,3}(?!\d)(?! (?:của )?(?:Luật|Nghị))",
)
