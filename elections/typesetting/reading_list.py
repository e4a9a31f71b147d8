"""The result as the head of the ballot committee reads it out, in large type."""

from datetime import datetime
from typing import Final

from council.rules.figures import count_in_document
from council.typesetting.compile import compile_pdf
from elections.typesetting import tally_sheet
from elections.typesetting.tally_sheet import TallyLine, TallySheet

TEMPLATE: Final = "elections/typesetting/reading_list.typ"


def typeset(sheet: TallySheet, *, created: datetime) -> bytes:
    """One paragraph a person: name, post, each option's votes and percentage.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Resolution 96/2023/QH15 Art. 19(1), what the ballot committee announces.
    """
    return compile_pdf(TEMPLATE, _data(sheet), created=created)


def _data(sheet: TallySheet) -> dict[str, object]:
    totals = sheet.totals
    subject = sheet.subject[:1].upper() + sheet.subject[1:]
    return {
        "document_title": f"Danh sách đọc kết quả: {subject}",
        "draft": False,
        "note": sheet.illustrative_note,
        "title": subject,
        "session_line": sheet.session_line[:1].upper() + sheet.session_line[1:],
        "totals": (
            f"Tổng số đại biểu Hội đồng nhân dân: {count_in_document(sheet.total_delegates)}. "
            f"Có mặt: {count_in_document(sheet.present)}. "
            f"Số phiếu phát ra: {count_in_document(totals.issued)}. "
            f"Số phiếu thu về: {count_in_document(totals.returned)}. "
            f"Số phiếu hợp lệ: {count_in_document(totals.valid)}. "
            f"Số phiếu không hợp lệ: {count_in_document(totals.invalid)}."
        ),
        "base": tally_sheet.base_sentence(sheet),
        "blocks": [
            {"title": title, "lines": [_line(sheet, line) for line in lines]}
            for title, lines in tally_sheet.blocks(sheet)
        ],
    }


def _line(sheet: TallySheet, line: TallyLine) -> dict[str, object]:
    figures = zip(sheet.options, line.figures, strict=True)
    return {
        "person": tally_sheet.person_in_sentence(line),
        "figures": [
            f"{option.label}: {tally_sheet.figure_in_document(figure.votes)} phiếu, "
            f"bằng {tally_sheet.percent_in_document(figure.percent)}"
            for option, figure in figures
        ],
        "void": (
            f"Không hợp lệ riêng cho người này: {tally_sheet.figure_in_document(line.void)} phiếu"
            if line.void
            else ""
        ),
        "conclusion": line.conclusion,
    }
