"""A notice on a resolution as PDF: a letter (công văn) or an announcement (thông báo)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from council.typesetting import wording
from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "resolutions/typesetting/notice.typ"


@dataclass(frozen=True)
class NoticeSheet:
    """Everything that stands on the paper.

    Args:
        issuer_lines: issuing body in capitals.
        symbol: ``15/HĐND-VP``; place, dated: for the date line.
        kind: type in capitals; empty for a letter, whose abstract stands under the number.
        abstract: what it is about.
        addressees: after "Kính gửi:"; may be empty.
        paragraphs: the body; the end of the text is set here.
        recipients: without dashes and stops.
        signatory_posts, signatory_name: over and under the signature.
        is_draft: DỰ THẢO across each page.
        illustrative_note: printed at the foot of each page; empty for none.
    """

    issuer_lines: Sequence[str]
    symbol: str
    place: str
    dated: date
    kind: str
    abstract: str
    addressees: Sequence[str]
    paragraphs: Sequence[str]
    recipients: Sequence[str]
    signatory_posts: Sequence[str]
    signatory_name: str
    is_draft: bool = False
    illustrative_note: str = ""


def typeset(sheet: NoticeSheet, *, created: datetime) -> bytes:
    """The notice as tagged PDF/A-2a; the same sheet and moment give the same bytes.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Decree 30/2020/NĐ-CP, Appendix I (cells 5a, 5b, 9a, 9b).
    """
    return compile_pdf(TEMPLATE, content(sheet), created=created)


def content(sheet: NoticeSheet) -> dict[str, Any]:
    """The sheet as plain data, punctuated as the decree says: for the PDF and for the preview."""
    paragraphs = [*sheet.paragraphs]
    paragraphs[-1] = wording.end_of_text(paragraphs[-1])
    return {
        "document_title": f"{sheet.kind or 'Công văn'} số {sheet.symbol}: {sheet.abstract}",
        "draft": sheet.is_draft,
        "note": sheet.illustrative_note,
        "issuer": list(sheet.issuer_lines),
        "symbol": f"Số: {sheet.symbol}",
        "place_date": wording.place_and_date(sheet.place, sheet.dated),
        "kind": sheet.kind,
        "abstract": sheet.abstract,
        "salutation": "Kính gửi:",
        "addressees": list(sheet.addressees),
        "paragraphs": paragraphs,
        "recipients": wording.recipients(sheet.recipients),
        "signatory_posts": list(sheet.signatory_posts),
        "signatory_name": sheet.signatory_name,
    }
