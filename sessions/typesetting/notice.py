"""Letters of a session: the convening notice (giấy triệu tập) and invitations (giấy mời)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from council.typesetting import wording
from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "sessions/typesetting/notice.typ"
MERGED: Final = "sessions/typesetting/letters.typ"


@dataclass(frozen=True)
class NoticeSheet:
    """Everything that stands on the notice.

    Args:
        issuer_lines: in capitals, e.g. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN / QUẬN HÀ ĐÔNG.
        symbol_number: ``15/GM-HĐND``, or ``…/GM-HĐND`` while it has no number.
        place: before the date; `dated`: day of signing, None leaves dots.
        kind: in capitals: GIẤY TRIỆU TẬP.
        abstract: e.g. ``Dự kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI``.
        addressees: whom it calls, each a line after the salutation.
        opening: the sentence that convenes, with its basis.
        facts: (label, text) one a line: time, place, content…
        paragraphs: what follows: papers, dress, contact.
        recipients, signatory_posts, signatory_name: as on a resolution.
        is_draft: prints DỰ THẢO across each page.
        illustrative_note: printed at the foot of each page; empty for none.
        salutation: the words before the addressees.
    """

    issuer_lines: Sequence[str]
    symbol_number: str
    place: str
    dated: date | None
    kind: str
    abstract: str
    addressees: Sequence[str]
    opening: str
    facts: Sequence[tuple[str, str]]
    paragraphs: Sequence[str]
    recipients: Sequence[str]
    signatory_posts: Sequence[str]
    signatory_name: str
    is_draft: bool = False
    illustrative_note: str = ""
    salutation: str = "Kính gửi:"


@dataclass(frozen=True)
class Letters:
    """The same letter to many: `addressees` has the lines after the salutation of each copy."""

    letter: NoticeSheet
    addressees: Sequence[Sequence[str]]


def typeset(sheet: NoticeSheet, *, created: datetime) -> bytes:
    """The notice as tagged PDF/A-2a.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Decree 30/2020/NĐ-CP, Appendix I (layout); the form is practice, no article.
    """
    return compile_pdf(TEMPLATE, content(sheet), created=created)


def typeset_each(letters: Letters, *, created: datetime) -> bytes:
    """A letter for each addressee, in the order given, in one PDF/A-2a.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: as `typeset`.
    """
    merged = [list(lines) for lines in letters.addressees]
    data = content(letters.letter) | {"merged": merged}
    return compile_pdf(MERGED, data, created=created)


def content(sheet: NoticeSheet) -> dict[str, Any]:
    """The sheet as plain data, punctuated as the decree says: for PDF and DOCX alike."""
    paragraphs = [*sheet.paragraphs]
    if paragraphs:
        paragraphs[-1] = wording.end_of_text(paragraphs[-1])
    return {
        "document_title": f"{sheet.kind} số {sheet.symbol_number}: {sheet.abstract}",
        "draft": sheet.is_draft,
        "note": sheet.illustrative_note,
        "issuer": list(sheet.issuer_lines),
        "symbol_number": sheet.symbol_number,
        "place_date": wording.place_and_date(sheet.place, sheet.dated),
        "kind": sheet.kind,
        "abstract": sheet.abstract,
        "salutation": sheet.salutation,
        "addressees": list(sheet.addressees),
        "opening": sheet.opening,
        "facts": [{"label": label, "text": text} for label, text in sheet.facts],
        "paragraphs": paragraphs,
        "recipients": wording.recipients(sheet.recipients),
        "signatory_posts": list(sheet.signatory_posts),
        "signatory_name": sheet.signatory_name,
    }
