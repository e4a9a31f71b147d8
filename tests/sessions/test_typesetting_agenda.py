from dataclasses import replace
from datetime import UTC, date, datetime

from sessions.typesetting import agenda
from sessions.typesetting.agenda import AgendaLine, AgendaPart, AgendaSheet
from tests.council import pdf_probe

MADE = datetime(2023, 12, 1, 2, 0, tzinfo=UTC)
MORNING = "Buổi sáng, thứ Ba, ngày 12 tháng 12 năm 2023"


def sheet(*lines: AgendaLine) -> AgendaSheet:
    return AgendaSheet(
        issuer_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"],
        symbol_number="",
        place="Hà Đông",
        dated=date(2023, 12, 1),
        title="Kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông",
        standing="Dự kiến",
        introduction=["Địa điểm: Hội trường Ủy ban nhân dân quận."],
        parts=[AgendaPart(MORNING, lines or [AgendaLine("1", 0, "Khai mạc", "8 giờ", "Chủ tọa")])],
    )


def text_of(printed: AgendaSheet) -> str:
    return pdf_probe.text(agenda.typeset(printed, created=MADE))


def test_items_stand_under_their_sitting_with_time_presenter_and_papers() -> None:
    found = text_of(
        sheet(
            AgendaLine("1", 0, "Khai mạc kỳ họp", "8 giờ", "Chủ tọa"),
            AgendaLine("2", 0, "Báo cáo", papers=["Báo cáo số 450/BC-UBND"]),
        )
    )
    assert "CHƯƠNG TRÌNH Kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông (Dự kiến)" in found
    assert f"{MORNING} STT Thời gian Nội dung Trình bày, thực hiện" in found
    assert "1 8 giờ Khai mạc kỳ họp Chủ tọa 2 Báo cáo – Báo cáo số 450/BC-UBND" in found


def test_lower_items_are_indented() -> None:
    made = agenda.typeset(
        sheet(AgendaLine("1", 0, "Báo cáo chung"), AgendaLine("1.1", 1, "Thuyết minh")),
        created=MADE,
    )
    letters = pdf_probe.glyphs(made)
    upper = pdf_probe.line_of(letters, "Báo cáo chung")[0]
    lower = pdf_probe.line_of(letters, "Thuyết minh")[0]
    assert 4.5 < lower.left - upper.left < 5.5


def test_without_times_there_is_no_column_for_them() -> None:
    assert "Thời gian" not in text_of(sheet(AgendaLine("1", 0, "Khai mạc")))


def test_a_withdrawn_item_says_so() -> None:
    found = text_of(sheet(AgendaLine("3", 0, "Lấy phiếu tín nhiệm", is_dropped=True)))
    assert "Lấy phiếu tín nhiệm Đã rút khỏi chương trình." in found


def test_a_signature_is_printed_only_where_there_is_one() -> None:
    assert "Nơi nhận" not in text_of(sheet())
    signed = replace(
        sheet(), recipients=["Lưu: VT"], signatory_posts=["CHỦ TỊCH"], signatory_name="Lê Văn Mẫu"
    )
    assert "Nơi nhận: - Lưu: VT. CHỦ TỊCH Lê Văn Mẫu" in text_of(signed)


def test_95_items_repeat_the_tables_head_and_read_no_markup() -> None:
    nasty = "Mục #set page(width: 1cm) $x$ *b* <a> & @b"
    printed = sheet(*(AgendaLine(str(number), 0, nasty) for number in range(1, 96)))
    made = agenda.typeset(printed, created=MADE)
    pages = pdf_probe.page_texts(made)
    assert len(pages) > 2
    assert all("Nội dung Trình bày, thực hiện" in page for page in pages)
    assert pdf_probe.text(made).count(nasty) == 95
    assert agenda.typeset(printed, created=MADE) == made
