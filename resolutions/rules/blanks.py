"""Places of a draft that are still to be filled in: dots, and notes to the clerk in brackets.

"…", three dots and a run of underscores are the same. Dots that only say "and so on" ("đường,
trường, …", "trạm bơm…") or stand for words left out of a quotation ("(…)", "[…]") are no blank;
right after "số", "ngày", "tháng", "năm", "là" they are one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resolutions.rules import labels as numbering
from resolutions.rules.blocks import Block, blocks_of
from resolutions.rules.document import Body
from resolutions.rules.templates_session import LOOK_UP

DATE_DOTS: Final = "ngày … tháng … năm …"
"""In the closing formula these stand for the day of adoption, which the program fills in."""

_AROUND: Final = 24
_CLOSES: Final = r"[\s.,;:!?)”\"'\]]|\Z"
_DOTS: Final = r"(?:…|\.{3,})+"
_NAMED: Final = "".join(rf"(?<!\b{word})" for word in ("số", "ngày", "tháng", "năm", "là"))
_ELLIPSIS: Final = re.compile(
    rf"(?P<omitted>\({_DOTS}\)|\[{_DOTS}\])"
    rf"|(?P<and_so_on>(?:(?<=\w){_NAMED}|(?<=[,;])|(?<=[,;] )){_DOTS}(?={_CLOSES}))"
    rf"|{_DOTS}|_{{3,}}|{re.escape(LOOK_UP)}"
)


class Where(StrEnum):
    """Which part of the resolution."""

    TITLE = "title"
    BASIS = "basis"
    BODY = "body"
    CLOSING = "closing"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Blank:
    """One place: in which part, under which label, between which words.

    Attributes:
        where: the part.
        label: "khoản 1 Điều 2" in the body, the ordinal of a basis; empty where there is none.
        excerpt: the words around it.
    """

    where: Where
    label: str
    excerpt: str


def excerpts(words: str) -> tuple[str, ...]:
    """The words around each blank of one line, in order."""
    return tuple(_excerpt(words, match) for match in _blanks(words))


def _blanks(words: str) -> Iterator[re.Match[str]]:
    for match in _ELLIPSIS.finditer(words):
        if not (match["omitted"] or match["and_so_on"]):
            yield match


def _excerpt(words: str, match: re.Match[str]) -> str:
    start, end = max(match.start() - _AROUND, 0), min(match.end() + _AROUND, len(words))
    while start and not words[start - 1].isspace():
        start -= 1
    while end < len(words) and not words[end].isspace():
        end += 1
    return words[start:end].strip()


def blanks_of(
    *, title: str, bases: Sequence[str], body: Body, closing: str, recipients: Sequence[str]
) -> tuple[Blank, ...]:
    """Every blank of a resolution, in the order of reading.

    Raises:
        Refusal: ``document.lost_reference``.
    """
    return (
        *_in(Where.TITLE, "", title),
        *(one for place, basis in enumerate(bases, start=1) for one in _in(
            Where.BASIS, str(place), basis
        )),
        *_in_body(body),
        *_in(Where.CLOSING, "", closing.replace(DATE_DOTS, "")),
        *(one for line in recipients for one in _in(Where.RECIPIENT, "", line)),
    )  # fmt: skip


def _in(where: Where, label: str, words: str) -> Iterator[Blank]:
    for excerpt in excerpts(words):
        yield Blank(where, label, excerpt)


def _in_body(body: Body) -> Iterator[Blank]:
    labels, place = numbering.labels_of(body), ""
    for block in blocks_of(body):
        label = labels.get(block.key)
        place = (label.words if label else "") or place
        for words in _pieces(block):
            yield from _in(Where.BODY, place, words)


def _pieces(block: Block) -> Iterator[str]:
    """What a block says, each cell of a table by itself."""
    yield block.heading
    yield block.text
    if block.table:
        yield from (column.title for column in block.table.columns)
        for row in block.table.rows:
            yield from row
