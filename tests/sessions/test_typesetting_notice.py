from dataclasses import replace
from datetime import UTC, date, datetime

from sessions.typesetting import notice
from sessions.typesetting.notice import NoticeSheet
from tests.council import pdf_probe

MADE = datetime(2023, 11, 20, 2, 0, tzinfo=UTC)


def sheet() -> NoticeSheet:
    return NoticeSheet(
        issuer_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"],
        symbol_number="15/GM-HĐND",
        place="Hà Đông",
        dated=date(2023, 11, 20),
        kind="GIẤY TRIỆU TẬP",
        abstract="Dự kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI",
        addressees=["Các vị đại biểu Hội đồng nhân dân quận"],
        opening="Thường trực Hội đồng nhân dân quận trân trọng triệu tập đại biểu dự kỳ họp:",
        facts=[("Thời gian", "8 giờ 00, ngày 12 tháng 12 năm 2023"), ("Địa điểm", "Hội trường")],
        paragraphs=["Tài liệu gửi kèm.", "Đề nghị đại biểu dự đầy đủ."],
        recipients=["Như trên", "Lưu: VT"],
        signatory_posts=["TM. THƯỜNG TRỰC", "CHỦ TỊCH"],
        signatory_name="Nguyễn Văn Mẫu",
    )


def text_of(notice_sheet: NoticeSheet) -> str:
    return pdf_probe.text(notice.typeset(notice_sheet, created=MADE))


def test_the_notice_tells_whom_when_and_where() -> None:
    found = text_of(sheet())
    assert "Số: 15/GM-HĐND Hà Đông, ngày 20 tháng 11 năm 2023" in found
    assert "GIẤY TRIỆU TẬP Dự kỳ họp thứ 13" in found
    assert "Kính gửi: Các vị đại biểu Hội đồng nhân dân quận" in found
    assert "Thời gian: 8 giờ 00, ngày 12 tháng 12 năm 2023 Địa điểm: Hội trường" in found
    assert "dự đầy đủ./. Nơi nhận: - Như trên; - Lưu: VT. TM. THƯỜNG TRỰC CHỦ TỊCH" in found


def test_several_addressees_stand_one_below_the_other() -> None:
    made = notice.typeset(replace(sheet(), addressees=["Tổ 1", "Tổ 2"]), created=MADE)
    assert "Kính gửi: - Tổ 1; - Tổ 2." in pdf_probe.text(made)
    letters = pdf_probe.glyphs(made)
    first, second = (pdf_probe.line_of(letters, f"- Tổ {number}")[0] for number in (1, 2))
    assert first.left == second.left
    assert second.baseline > first.baseline + 4


def test_a_draft_is_marked_and_has_dots_for_the_day() -> None:
    found = text_of(replace(sheet(), dated=None, is_draft=True))
    assert "ngày … tháng … năm …" in found
    assert "DỰ THẢO" in found


def test_the_notice_is_deterministic_and_reads_no_markup() -> None:
    nasty = "Tổ #h(9cm) $x$ *b* <a> & @b"
    odd = replace(sheet(), addressees=[nasty], facts=[(nasty, nasty)], opening=nasty)
    assert notice.typeset(odd, created=MADE) == notice.typeset(odd, created=MADE)
    assert text_of(odd).count(nasty) == 4
    fonts = pdf_probe.fonts(notice.typeset(odd, created=MADE))
    assert {font.partition("-")[0] for font in fonts} == {"Tinos"}
