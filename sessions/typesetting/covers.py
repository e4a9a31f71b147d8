"""Envelopes (DL, C5) and sheets of address labels (A4, 2 × 7) for those whom letters go to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf

ENVELOPES: Final = "sessions/typesetting/envelopes.typ"
LABELS: Final = "sessions/typesetting/labels.typ"
SIZES: Final = {"dl": (220, 110), "c5": (229, 162)}
"""Width and height in mm; ISO 269."""


@dataclass(frozen=True)
class Covers:
    """Lines of each cover, in the order of the letters, and the sender's lines."""

    title: str
    sender: Sequence[str]
    covers: Sequence[Sequence[str]]


def typeset_envelopes(sheet: Covers, *, size: str, created: datetime) -> bytes:
    """A page the size of the envelope for each cover: `size` is ``dl`` or ``c5``.

    Raises:
        Refusal: ``document.letter_missing``.
        KeyError: another size.

    Source: practice, no article.
    """
    width, height = SIZES[size]
    return compile_pdf(
        ENVELOPES, _data(sheet) | {"width": width, "height": height}, created=created
    )


def typeset_labels(sheet: Covers, *, created: datetime) -> bytes:
    """A4 sheets of 14 labels of 99.1 × 38.1 mm, the usual stock.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: practice, no article.
    """
    return compile_pdf(LABELS, _data(sheet), created=created)


def _data(sheet: Covers) -> dict[str, object]:
    return {
        "document_title": sheet.title,
        "sender": list(sheet.sender),
        "covers": [list(lines) for lines in sheet.covers],
    }
