"""The register of outgoing documents (sổ đăng ký văn bản đi) of one year and kind, for printing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "resolutions/typesetting/number_register.typ"


@dataclass(frozen=True)
class RegisterRow:
    """One line of the book; `is_struck` for a number that was struck out."""

    symbol: str
    dated: str
    title: str
    signatory: str
    recipients: str
    kept_by: str
    note: str
    is_struck: bool = False


@dataclass(frozen=True)
class NumberRegister:
    """The book of one series.

    Args:
        issuer_lines: in capitals.
        council: whose book it is, for the document's title.
        year, kind: what is registered: ``2026``, ``Nghị quyết cá biệt``.
        rows: ascending by number.
        totals: (words, how many numbers); those of 0 are not printed.
        illustrative_note: printed at the foot of each page; empty for none.
    """

    issuer_lines: Sequence[str]
    council: str
    year: int
    kind: str
    rows: Sequence[RegisterRow]
    totals: Sequence[tuple[str, int]]
    illustrative_note: str = ""


def typeset(book: NumberRegister, *, created: datetime) -> bytes:
    """The register as tagged PDF/A-2a in landscape; the number of copies is left to the pen.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: practice, no article.
    """
    sums = [f"{count} {words}" for words, count in book.totals if count]
    count = sum(count for _words, count in book.totals)
    data: dict[str, object] = {
        "document_title": f"Sổ đăng ký văn bản đi năm {book.year}, {book.kind}, {book.council}",
        "draft": False,
        "note": book.illustrative_note,
        "issuer": list(book.issuer_lines),
        "title": "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        "kind": book.kind,
        "year": f"Năm {book.year}",
        "rows": [asdict(row) for row in book.rows],
        "total": f"Cộng {count} số: {', '.join(sums)}." if sums else "Chưa cấp số nào.",
    }
    return compile_pdf(TEMPLATE, data, created=created)
