"""Name plates (biển tên): an A4 sheet each, folded into a tent and read from both sides."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf
from sessions.rules import print_lines

TEMPLATE: Final = "sessions/typesetting/name_plates.typ"


@dataclass(frozen=True)
class Plate:
    """One person: the name as written, and the post below it (empty for none)."""

    name: str
    post: str = ""


@dataclass(frozen=True)
class NamePlates:
    """The plates in the order in which they are printed.

    Args:
        title: of the file.
        heading: small, above each name, e.g. ``HỘI ĐỒNG NHÂN DÂN TỈNH MẪU``.
    """

    title: str
    heading: str
    plates: Sequence[Plate]


def typeset(sheet: NamePlates, *, created: datetime) -> bytes:
    """A page each (A4 landscape, PDF/A-2a): the lower half upright, the upper half turned round.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: practice, no article.
    """
    data: dict[str, object] = {
        "document_title": sheet.title,
        "heading": sheet.heading,
        "plates": [
            asdict(plate) | {"lines": list(print_lines.balanced(plate.name.upper()))}
            for plate in sheet.plates
        ],
    }
    return compile_pdf(TEMPLATE, data, created=created)
