"""Voting cards (thẻ biểu quyết): four or eight to an A4 sheet, with marks where to cut."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf
from sessions.rules import print_lines

TEMPLATE: Final = "sessions/typesetting/voting_cards.typ"
FOUR, EIGHT = 4, 8


@dataclass(frozen=True)
class Card:
    """One delegate: the number, the name as written, the group (empty for none)."""

    number: int
    name: str
    group: str = ""


@dataclass(frozen=True)
class VotingCards:
    """The cards in the order in which they are printed.

    Args:
        title: of the file.
        council: in capitals, e.g. ``HỘI ĐỒNG NHÂN DÂN TỈNH MẪU``.
        term: ``Khóa XX, nhiệm kỳ 2026 - 2031``.
        a_sheet: 4 (A6 cards) or 8 (A7 cards).
    """

    title: str
    council: str
    term: str
    a_sheet: int
    cards: Sequence[Card]


def typeset(sheet: VotingCards, *, created: datetime) -> bytes:
    """Upright A4 sheets (PDF/A-2a), two cards in a row.

    Raises:
        Refusal: ``document.letter_missing``.
        ValueError: neither 4 nor 8 to a sheet.

    Source: practice, no article.
    """
    if sheet.a_sheet not in {FOUR, EIGHT}:
        raise ValueError(sheet.a_sheet)
    data: dict[str, object] = {
        "document_title": sheet.title,
        "council": sheet.council,
        "term": sheet.term,
        "rows": sheet.a_sheet // 2,
        "cards": [
            asdict(card) | {"lines": list(print_lines.balanced(card.name))} for card in sheet.cards
        ],
    }
    return compile_pdf(TEMPLATE, data, created=created)
