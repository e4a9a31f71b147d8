import io
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader

from sessions.typesetting import attendance_sheet
from sessions.typesetting.attendance_sheet import AttendanceGroup, AttendanceSheet
from tests.council import pdf_probe

MADE = datetime(2023, 12, 11, 2, 0, tzinfo=UTC)


def sheet(*, groups: int = 2, delegates: int = 9) -> AttendanceSheet:
    people = [(f"Đại biểu Mẫu {number}", "Phường Mộ Lao") for number in range(1, delegates + 1)]
    return AttendanceSheet(
        issuer_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"],
        title="Danh sách điểm danh đại biểu",
        session_line="Kỳ họp thứ 13, ngày 12 tháng 12 năm 2023",
        sittings=["Sáng 12/12", "Chiều 12/12"],
        groups=[AttendanceGroup(f"Tổ đại biểu số {place}", people) for place in range(groups)],
    )


def test_each_group_has_its_heading_its_number_and_a_column_a_sitting() -> None:
    found = pdf_probe.text(attendance_sheet.typeset(sheet(), created=MADE))
    assert "DANH SÁCH ĐIỂM DANH ĐẠI BIỂU Kỳ họp thứ 13" in found
    assert (
        "Tổ đại biểu số 1: 9 trên tổng số 18 đại biểu "
        "STT Họ và tên Chức vụ, đơn vị Sáng 12/12 Chiều 12/12 "
        "1 Đại biểu Mẫu 1 Phường Mộ Lao 2 Đại biểu Mẫu 2"
    ) in found


def test_each_group_has_a_page_of_its_own() -> None:
    pages = pdf_probe.page_texts(attendance_sheet.typeset(sheet(groups=11), created=MADE))
    assert [page.count("Đại biểu Mẫu") for page in pages] == [9] * 11
    assert all("DANH SÁCH ĐIỂM DANH ĐẠI BIỂU" in page for page in pages)


def test_a_long_group_repeats_the_heading_and_counts_its_own_pages() -> None:
    pages = pdf_probe.page_texts(
        attendance_sheet.typeset(sheet(groups=2, delegates=40), created=MADE)
    )
    assert len(pages) % 2 == 0
    assert all("STT Họ và tên Chức vụ, đơn vị Sáng 12/12 Chiều 12/12" in page for page in pages)
    assert pages[1].startswith("2 STT")
    assert pages[len(pages) // 2 + 1].startswith("2 STT")


def test_a_long_name_makes_its_row_higher_and_covers_no_other() -> None:
    long = "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên"
    people = [(long, "Phó Trưởng Ban Kinh tế - Ngân sách Hội đồng nhân dân"), ("Lê B", "X")]
    made = attendance_sheet.typeset(
        replace(sheet(), groups=[AttendanceGroup("Tổ 1", people)]), created=MADE
    )
    letters = pdf_probe.glyphs(made)
    last = pdf_probe.line_of(letters, long)[-1]
    assert pdf_probe.line_of(letters, "Lê B")[0].baseline - last.baseline > 6


def test_every_line_has_room_for_a_signature() -> None:
    letters = pdf_probe.glyphs(attendance_sheet.typeset(sheet(), created=MADE))
    first = pdf_probe.line_of(letters, "Đại biểu Mẫu 1 Phường")[0]
    second = pdf_probe.line_of(letters, "Đại biểu Mẫu 2 Phường")[0]
    assert second.baseline - first.baseline >= 9


def test_more_than_three_sittings_turn_the_sheet() -> None:
    four = replace(sheet(), sittings=["S 12", "C 12", "S 13", "C 13"])
    wide = PdfReader(io.BytesIO(attendance_sheet.typeset(four, created=MADE))).pages[0].mediabox
    upright = PdfReader(io.BytesIO(attendance_sheet.typeset(sheet(), created=MADE))).pages[0]
    assert wide.width > wide.height
    assert upright.mediabox.width < upright.mediabox.height


def test_the_sheet_is_deterministic_and_reads_no_markup() -> None:
    nasty = "Lê #h(9cm) $x$ *b* <a> & @b"
    odd = replace(sheet(), groups=[AttendanceGroup(nasty, [(nasty, nasty)])])
    made = attendance_sheet.typeset(odd, created=MADE)
    assert attendance_sheet.typeset(odd, created=MADE) == made
    assert pdf_probe.text(made).count(nasty) == 3
