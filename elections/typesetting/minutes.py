"""Counting minutes (biên bản kiểm phiếu) of the ballot committee."""

from datetime import datetime
from typing import Any, Final

from council.rules.figures import count_in_document
from council.rules.text import roman
from council.typesetting import wording
from council.typesetting.compile import compile_pdf
from elections.typesetting import tally_sheet
from elections.typesetting.tally_sheet import TallyLine, TallySheet

TEMPLATE: Final = "elections/typesetting/minutes.typ"
HEAD: Final = {
    "number": "STT", "name": "Họ và tên", "post": "Chức vụ", "votes": "Số phiếu", "percent": "%",
    "void": "Không hợp lệ",
}  # fmt: skip
VOID_NOTE: Final = (
    "Cột “Không hợp lệ” là số phiếu không tính cho riêng người đó, vì không đánh dấu hoặc đánh dấu "
    "từ hai ô trở lên trên dòng của người đó."
)


def typeset(sheet: TallySheet, *, created: datetime) -> bytes:
    """The minutes as tagged PDF/A-2a, ready for the committee's signatures.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: Resolution 96/2023/QH15 Art. 19(1) for the figures; the form is practice, no article;
    layout by Decree 30/2020/NĐ-CP, Appendix I.
    """
    return compile_pdf(TEMPLATE, content(sheet), created=created)


def content(sheet: TallySheet) -> dict[str, Any]:
    """Every word of the minutes, for the PDF and for the DOCX."""
    ended = tally_sheet.moment_in_document(sheet.ended, sheet.held_on)
    members = count_in_document(len(sheet.members))
    conclusions = [
        f"{tally_sheet.person_in_sentence(line)}: {line.conclusion}"
        for line in sheet.lines
        if line.conclusion
    ]
    return {
        "document_title": f"Biên bản kiểm phiếu {sheet.subject}",
        "draft": False,
        "note": sheet.illustrative_note,
        "superior": list(sheet.council_name_lines),
        "issuer": [sheet.committee_name.upper()],
        "place_date": wording.place_and_date(sheet.place, sheet.held_on),
        "type": "BIÊN BẢN",
        "abstract": f"Kiểm phiếu {sheet.subject}",
        "opening": _opening(sheet),
        "sections": _sections(has_conclusions=bool(conclusions)),
        "members_line": f"1. Ban kiểm phiếu gồm {members} thành viên:",
        "members": [{"name": name, "post": post} for name, post in sheet.members],
        "delegates_line": "2. Đại biểu Hội đồng nhân dân:",
        "attendance": _attendance(sheet),
        "totals": _totals(sheet),
        "way": f"Cách kiểm phiếu: {sheet.way}." if sheet.way else "",
        "options": [option.label for option in sheet.options],
        "has_posts": any(line.post for line in sheet.lines),
        "head": HEAD,
        "base": tally_sheet.base_sentence(sheet),
        "blocks": [
            {"title": title, "lines": [_line(number, line) for number, line in enumerate(lines, 1)]}
            for title, lines in tally_sheet.blocks(sheet)
        ],
        "void_note": VOID_NOTE,
        "conclusions": [f"- {conclusion}" for conclusion in conclusions],
        "remarks": sheet.remarks or "Không có.",
        "notes": list(sheet.notes),
        "closing": wording.end_of_text(
            f"Việc kiểm phiếu kết thúc lúc {ended}. Biên bản đã được đọc lại cho các thành viên "
            "Ban kiểm phiếu cùng nghe, thống nhất nội dung và ký tên"
        ),
        "signatures": [{"post": post.upper(), "name": name} for name, post in sheet.members],
    }


def _sections(*, has_conclusions: bool) -> dict[str, str]:
    names = {
        "people": "THÀNH PHẦN", "papers": "SỐ PHIẾU", "result": "KẾT QUẢ KIỂM PHIẾU",
        **({"conclusions": "KẾT LUẬN"} if has_conclusions else {}),
        "remarks": "Ý KIẾN, KHIẾU NẠI",
    }  # fmt: skip
    return {
        key: f"{roman(number)}. {name}" for number, (key, name) in enumerate(names.items(), start=1)
    }


def _opening(sheet: TallySheet) -> str:
    began = tally_sheet.moment_in_document(sheet.began, sheet.held_on)
    return (
        f"Hồi {began}, tại {sheet.hall}, Ban kiểm phiếu do {sheet.session_line} bầu ra "
        f"đã tiến hành kiểm phiếu {sheet.subject}."
    )


def _attendance(sheet: TallySheet) -> list[str]:
    total, present = count_in_document(sheet.total_delegates), count_in_document(sheet.present)
    return [
        f"- Tổng số đại biểu Hội đồng nhân dân: {total} đại biểu.",
        f"- Số đại biểu có mặt: {present} đại biểu.",
    ]


def _totals(sheet: TallySheet) -> list[str]:
    totals = sheet.totals
    counted = [
        ("Số phiếu in", totals.printed),
        ("Số phiếu phát ra", totals.issued),
        ("Số phiếu chưa dùng", totals.unused),
        ("Số phiếu hỏng, đổi", totals.spoiled),
        ("Số phiếu thu về", totals.returned),
        ("Số phiếu không thu về", totals.not_returned),
        ("Số phiếu hợp lệ", totals.valid),
        ("Số phiếu không hợp lệ", totals.invalid),
    ]
    return [
        f"- {label}: {count_in_document(count)} phiếu."
        for label, count in counted
        if count is not None
    ]


def _line(number: int, line: TallyLine) -> dict[str, object]:
    figures = [
        text
        for figure in line.figures
        for text in (
            tally_sheet.figure_in_document(figure.votes),
            tally_sheet.percent_in_document(figure.percent).removesuffix("%"),
        )
    ]
    return {
        "number": str(number),
        "name": line.name,
        "post": line.post,
        "figures": [*figures, tally_sheet.figure_in_document(line.void)],
    }
