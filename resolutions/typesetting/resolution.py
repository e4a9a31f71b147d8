"""A resolution in the layout of Decree 30/2020/NĐ-CP: from frozen data to PDF bytes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import takewhile
from typing import Final

from council.rules.figures import date_in_document
from council.typesetting import wording
from council.typesetting.compile import compile_pdf
from resolutions.rules.blocks import Block
from resolutions.rules.document import NodeKind

TEMPLATE: Final = "resolutions/typesetting/resolution.typ"
OPENING, CLOSING = "“", "”"


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
        blocks: articles and annexes, block by block in the order of reading.
        closing: the paragraph after the last article; empty for none.
        recipients: without dashes and stops; the last is ``Lưu: VT``.
        signatory_posts: CHỦ TỊCH, or KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
        signatory_name: without titles.
        council_name: the issuing body in running text; for annexes; without it the capitals stand.
        is_draft: prints DỰ THẢO across each page.
        illustrative_note: printed at the foot of each page; empty for none.
        verification: printed small under the signature, in the bottom margin; empty for none.
    """

    council_name_lines: Sequence[str]
    symbol_number: str
    place: str
    dated: date | None
    title: str
    authority_lines: Sequence[str]
    bases: Sequence[str]
    blocks: Sequence[Block]
    closing: str
    recipients: Sequence[str]
    signatory_posts: Sequence[str]
    signatory_name: str
    council_name: str = ""
    is_draft: bool = False
    illustrative_note: str = ""
    verification: str = ""


def typeset(sheet: ResolutionSheet, *, created: datetime) -> bytes:
    """The resolution as tagged PDF/A-2a; the same sheet and moment give the same bytes.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    return compile_pdf(TEMPLATE, _data(sheet), created=created)


def _data(sheet: ResolutionSheet) -> dict[str, object]:
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
        "blocks": [_block(block) for block in ended(main_text(sheet), sheet.closing)],
        "closing": wording.end_of_text(sheet.closing) if sheet.closing else "",
        "recipients": wording.recipients(sheet.recipients),
        "signatory_posts": list(sheet.signatory_posts),
        "signatory_name": sheet.signatory_name,
        "annexes": [[_block(block) for block in annex] for annex in annexes_of(sheet)],
        "attached_to": attached_to(sheet),
        "verification": sheet.verification,
    }


def main_text(sheet: ResolutionSheet) -> list[Block]:
    """The blocks before the first annex."""
    return list(takewhile(lambda block: block.kind is not NodeKind.ANNEX, sheet.blocks))


def annexes_of(sheet: ResolutionSheet) -> list[list[Block]]:
    """The blocks of each annex; its title is the first."""
    found: list[list[Block]] = []
    for block in sheet.blocks:
        if block.kind is NodeKind.ANNEX:
            found.append([])
        if found:
            found[-1].append(block)
    return found


def ended(main: Sequence[Block], closing: str) -> list[Block]:
    """The main text; without a closing formula its last words end with ``./.``."""
    if closing or not main or not main[-1].text:
        return list(main)
    return [*main[:-1], replace(main[-1], text=wording.end_of_text(main[-1].text))]


def attached_to(sheet: ResolutionSheet) -> str:
    """The line under an annex's title that says to which resolution it belongs.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    dated = date_in_document(sheet.dated) if sheet.dated else "ngày … tháng … năm …"
    number = f"Nghị quyết số {sheet.symbol_number} {dated}"
    body = sheet.council_name or " ".join(sheet.council_name_lines)
    return f"(Kèm theo {number} của {body})"


def _block(block: Block) -> dict[str, object]:
    table = None
    if block.table is not None:
        table = {
            "columns": [asdict(column) for column in block.table.columns],
            "rows": [list(row) for row in block.table.rows],
        }
    return {
        "kind": block.kind.value,
        "depth": block.depth,
        "label": f"{OPENING if block.opens_quote else ''}{block.label}",
        "heading": block.heading,
        "text": f"{block.text}{CLOSING if block.closes_quote and not block.table else ''}",
        "table": table,
        "closing": CLOSING if block.closes_quote and block.table else "",
    }
