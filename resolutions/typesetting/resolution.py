"""A resolution in the layout of Decree 30/2020/NĐ-CP: from frozen data to PDF bytes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from council.rules.figures import date_in_document
from council.typesetting import wording
from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "resolutions/typesetting/resolution.typ"


@dataclass(frozen=True)
class ResolutionArticle:
    """One article.

    With a `heading`, label and heading stand in bold on a line of their own; without one the first
    paragraph follows the bold label.
    """

    label: str
    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class AnnexColumn:
    """A column of an annex's table; `width` is its share, relative to the other columns."""

    title: str
    width: int = 1
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Annex:
    """An annex on its own pages, numbered from 1: paragraphs, then one table, then notes."""

    label: str
    title: str
    paragraphs: Sequence[str] = ()
    columns: Sequence[AnnexColumn] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class ResolutionSheet:
    """Everything that stands on the paper.

    Args:
        council_name_lines: the issuing body in capitals, e.g. HỘI ĐỒNG NHÂN DÂN / QUẬN HÀ ĐÔNG.
        symbol_number: ``12/NQ-HĐND``, or ``…/NQ-HĐND`` while it has no number.
        place: before the date.
        dated: day of signing or adoption; None leaves dots.
        title: the abstract (trích yếu).
        authority_lines: in capitals, e.g. HỘI ĐỒNG NHÂN DÂN QUẬN HÀ ĐÔNG / KHÓA XXI, KỲ HỌP THỨ 13.
        bases: legal bases; their stops are set here.
        articles: in order.
        closing: the paragraph after the last article; empty for none.
        recipients: without dashes and stops; the last is ``Lưu: VT``.
        signatory_posts: CHỦ TỊCH, or KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
        signatory_name: without titles.
        annexes: appended, each on new pages.
        council_name: the issuing body in running text; for annexes; without it the capitals stand.
        is_draft: prints DỰ THẢO across each page.
        illustrative_note: printed at the foot of each page; empty for none.
    """

    council_name_lines: Sequence[str]
    symbol_number: str
    place: str
    dated: date | None
    title: str
    authority_lines: Sequence[str]
    bases: Sequence[str]
    articles: Sequence[ResolutionArticle]
    closing: str
    recipients: Sequence[str]
    signatory_posts: Sequence[str]
    signatory_name: str
    annexes: Sequence[Annex] = ()
    council_name: str = ""
    is_draft: bool = False
    illustrative_note: str = ""


def typeset(sheet: ResolutionSheet, *, created: datetime) -> bytes:
    """The resolution as tagged PDF/A-2a; the same sheet and moment give the same bytes.

    A paragraph in capitals only (a block's title such as "I. KHỐI HỘI ĐỒNG NHÂN DÂN") is bold.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    return compile_pdf(TEMPLATE, _data(sheet), created=created)


def _data(sheet: ResolutionSheet) -> dict[str, object]:
    articles = list(sheet.articles)
    if not sheet.closing and articles and articles[-1].paragraphs:
        articles[-1] = _ended(articles[-1])
    return {
        "document_title": f"Nghị quyết số {sheet.symbol_number}: {sheet.title}",
        "draft": sheet.is_draft,
        "note": sheet.illustrative_note,
        "issuer": list(sheet.council_name_lines),
        "symbol_number": sheet.symbol_number,
        "place_date": wording.place_and_date(sheet.place, sheet.dated),
        "title": sheet.title,
        "authority_lines": list(sheet.authority_lines),
        "bases": wording.legal_bases(sheet.bases),
        "articles": [_article(article) for article in articles],
        "closing": wording.end_of_text(sheet.closing) if sheet.closing else "",
        "recipients": wording.recipients(sheet.recipients),
        "signatory_posts": list(sheet.signatory_posts),
        "signatory_name": sheet.signatory_name,
        "annexes": [_annex(sheet, annex) for annex in sheet.annexes],
    }


def _ended(article: ResolutionArticle) -> ResolutionArticle:
    *before, last = article.paragraphs
    return replace(article, paragraphs=(*before, wording.end_of_text(last)))


def _article(article: ResolutionArticle) -> dict[str, object]:
    return {
        "label": article.label,
        "heading": article.heading,
        "paragraphs": [
            {"text": paragraph, "title": paragraph.isupper()} for paragraph in article.paragraphs
        ],
    }


def _annex(sheet: ResolutionSheet, annex: Annex) -> dict[str, object]:
    dated = date_in_document(sheet.dated) if sheet.dated else "ngày … tháng … năm …"
    number = f"Nghị quyết số {sheet.symbol_number} {dated}"
    body = sheet.council_name or " ".join(sheet.council_name_lines)
    return asdict(annex) | {"attached_to": f"(Kèm theo {number} của {body})"}
