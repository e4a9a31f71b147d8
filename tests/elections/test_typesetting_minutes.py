"""Counting minutes and the list for reading aloud, from one frozen tally."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from elections.typesetting import minutes, reading_list
from elections.typesetting.tally_sheet import (
    TallyFigure,
    TallyLine,
    TallyOption,
    TallySheet,
    TallyTotals,
)
from tests.council import pdf_probe

MADE = datetime(2023, 12, 12, 4, 0, tzinfo=UTC)
SUBJECT = "lấy phiếu tín nhiệm đối với người giữ chức vụ do Hội đồng nhân dân bầu"


def figures(*votes: int, base: int = 80) -> list[TallyFigure]:
    return [TallyFigure(count, Decimal(100 * count) / base) for count in votes]


def sheet() -> TallySheet:
    return TallySheet(
        council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"],
        committee_name="Ban kiểm phiếu",
        subject=SUBJECT,
        session_line="kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI",
        place="Hà Đông",
        hall="Hội trường Ủy ban nhân dân quận",
        held_on=date(2023, 12, 12),
        began=datetime(2023, 12, 12, 9, 30, tzinfo=UTC),
        ended=datetime(2023, 12, 12, 10, 5, tzinfo=UTC),
        members=[
            ("Nguyễn Văn Mẫu", "Trưởng ban"),
            ("Lê Thị Ví Dụ", "Thư ký"),
            ("Trần Văn Thí Dụ", "Ủy viên"),
        ],
        total_delegates=85,
        present=80,
        options=[
            TallyOption("high", "Tín nhiệm cao"),
            TallyOption("confidence", "Tín nhiệm"),
            TallyOption("low", "Tín nhiệm thấp"),
        ],
        totals=TallyTotals(85, 80, 5, 0, 80, 0, 80, 0),
        lines=[
            TallyLine(
                "ông", "Phạm Văn Minh Họa", "Chủ tịch", "Khối Hội đồng nhân dân",
                figures(78, 1, 1), 0,
            ),
            TallyLine(
                "bà", "Hoàng Thị Mẫu", "Chủ tịch", "Khối Ủy ban nhân dân",
                figures(20, 15, 42), 3, "Có thể xin từ chức.",
            ),
        ],
        base_name="tổng số phiếu thu về",
        base_value=80,
        base_cite="khoản 3 Điều 19 Nghị quyết số 96/2023/QH15",
    )  # fmt: skip


def election() -> TallySheet:
    line = TallyLine("bà", "Trần Thị Lương An", "", "", figures(34, 1, base=38), 0, "Trúng cử.")
    return replace(
        sheet(),
        subject="bầu bổ sung Phó Chủ tịch Ủy ban nhân dân quận",
        options=[TallyOption("for", "Đồng ý"), TallyOption("against", "Không đồng ý")],
        lines=[line],
        base_name="tổng số đại biểu",
        base_value=38,
        base_cite="",
    )


def minutes_text(tally: TallySheet) -> str:
    return pdf_probe.text(minutes.typeset(tally, created=MADE))


def test_minutes_tell_when_where_and_who() -> None:
    found = minutes_text(sheet())
    assert "HỘI ĐỒNG NHÂN DÂN QUẬN HÀ ĐÔNG BAN KIỂM PHIẾU" in found
    assert f"BIÊN BẢN Kiểm phiếu {SUBJECT}" in found
    assert "Hồi 9 giờ 30, ngày 12 tháng 12 năm 2023, tại Hội trường Ủy ban nhân dân quận" in found
    assert "1) Nguyễn Văn Mẫu Trưởng ban 2) Lê Thị Ví Dụ Thư ký" in found
    assert "Tổng số đại biểu Hội đồng nhân dân: 85 đại biểu" in found
    assert "Số đại biểu có mặt: 80 đại biểu" in found
    assert "kết thúc lúc 10 giờ 05, ngày 12 tháng 12 năm 2023" in found
    assert "ký tên./. TRƯỞNG BAN Nguyễn Văn Mẫu THƯ KÝ Lê Thị Ví Dụ ỦY VIÊN" in found


def test_unknown_times_leave_dots() -> None:
    found = minutes_text(replace(sheet(), began=None, ended=None))
    assert "Hồi … giờ …, ngày 12 tháng 12 năm 2023" in found
    assert "kết thúc lúc … giờ …, ngày 12" in found


def test_minutes_list_the_papers_and_leave_out_what_was_not_recorded() -> None:
    found = minutes_text(sheet())
    for words in (
        "Số phiếu in: 85", "Số phiếu phát ra: 80", "Số phiếu chưa dùng: 05",
        "Số phiếu thu về: 80", "Số phiếu hợp lệ: 80", "Số phiếu không hợp lệ: 0",
    ):  # fmt: skip
        assert f"{words} phiếu" in found
    told = minutes_text(replace(sheet(), totals=TallyTotals(None, 80, None, None, 80, None, 79, 1)))
    assert "Số phiếu in" not in told
    assert "Số phiếu không thu về" not in told
    assert "Số phiếu không hợp lệ: 01 phiếu" in told


def test_each_person_has_counts_percentages_and_papers_void_for_them() -> None:
    found = minutes_text(sheet())
    assert "1 Phạm Văn Minh Họa Chủ tịch 78 97,5 01 1,25 01 1,25 0" in found
    assert "1 Hoàng Thị Mẫu Chủ tịch 20 25 15 18,75 42 52,5 03" in found
    assert "I. KHỐI HỘI ĐỒNG NHÂN DÂN" in found
    assert "II. KHỐI ỦY BAN NHÂN DÂN" in found
    assert "Bà Hoàng Thị Mẫu, Chủ tịch: Có thể xin từ chức." in found


def test_the_base_of_the_percentages_is_named_with_its_article() -> None:
    assert (
        "tính trên tổng số phiếu thu về (80), theo khoản 3 Điều 19 Nghị quyết số 96/2023/QH15."
    ) in minutes_text(sheet())
    assert "tính trên tổng số đại biểu (38)." in minutes_text(election())


def test_an_elections_minutes_have_no_column_of_posts() -> None:
    found = minutes_text(election())
    assert "Chức vụ" not in found
    assert "1 Trần Thị Lương An 34 89,47 01 2,63 0" in found
    assert "Bà Trần Thị Lương An: Trúng cử." in found


def test_figures_that_are_not_told_are_dashes() -> None:
    line = replace(sheet().lines[0], figures=[TallyFigure(None, None)] * 3, void=None)
    found = minutes_text(replace(sheet(), lines=[line]))
    assert "Phạm Văn Minh Họa Chủ tịch – – – – – – –" in found


def test_remarks_and_notes_are_printed() -> None:
    assert "KHIẾU NẠI Không có." in minutes_text(sheet())
    found = minutes_text(replace(sheet(), remarks="Một đại biểu hỏi.", notes=["Ô c02 đếm lại."]))
    assert "KHIẾU NẠI Một đại biểu hỏi. Ô c02 đếm lại." in found


def test_31_persons_repeat_the_tables_head_on_each_page() -> None:
    long = replace(sheet().lines[0], post="Ủy viên Ủy ban nhân dân, Giám đốc Sở Giao thông")
    pages = pdf_probe.page_texts(minutes.typeset(replace(sheet(), lines=[long] * 31), created=MADE))
    with_rows = [page for page in pages if "Phạm Văn Minh Họa" in page]
    assert len(with_rows) >= 2
    assert all("Họ và tên" in page for page in with_rows)


def test_the_reading_list_says_each_result_as_the_head_reads_it() -> None:
    found = pdf_probe.text(reading_list.typeset(sheet(), created=MADE))
    assert "Kết quả lấy phiếu tín nhiệm" in found
    assert "Số phiếu phát ra: 80. Số phiếu thu về: 80. Số phiếu hợp lệ: 80." in found
    assert "1. Ông Phạm Văn Minh Họa, Chủ tịch Tín nhiệm cao: 78 phiếu, bằng 97,5%" in found
    assert (
        "Tín nhiệm thấp: 42 phiếu, bằng 52,5% Không hợp lệ riêng cho người này: 03 phiếu" in found
    )
    assert "03 phiếu Có thể xin từ chức." in found
    assert "Tổng số đại biểu Hội đồng nhân dân: 85. Có mặt: 80." in found


def test_the_reading_list_is_set_large() -> None:
    found = pdf_probe.glyphs(reading_list.typeset(sheet(), created=MADE))
    line = pdf_probe.line_of(found, "Tín nhiệm cao: 78 phiếu")
    assert {round(glyph.size) for glyph in line} == {16}


@pytest.mark.parametrize("typeset", [minutes.typeset, reading_list.typeset])
def test_both_are_deterministic_note_made_up_figures_and_never_read_markup(
    typeset: Callable[..., bytes],
) -> None:
    nasty = "Lê #h(9cm) $x$ *b* <a> & @b"
    line = replace(sheet().lines[0], name=nasty, conclusion=nasty)
    tally = replace(sheet(), lines=[line], illustrative_note="Số liệu minh họa.")
    made = typeset(tally, created=MADE)
    assert typeset(tally, created=MADE) == made
    found = pdf_probe.text(made)
    assert found.count(nasty) >= 2
    assert "Số liệu minh họa." in found
    assert pdf_probe.fonts(made) <= {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}


def test_the_title_of_a_block_stays_with_its_first_row() -> None:
    """Where a tall first row goes to the next page, the title goes with it."""
    one, other = sheet().lines
    other = replace(other, post="Chủ tịch Ủy ban nhân dân, Trưởng ban Chỉ đạo của thành phố " * 3)
    title = "II. KHỐI ỦY BAN NHÂN DÂN"
    for count in range(2, 8):
        rows = [replace(one, name=f"Người Thứ {n}") for n in range(count)]
        pages = pdf_probe.page_texts(
            minutes.typeset(replace(sheet(), lines=[*rows, other]), created=MADE)
        )
        (page,) = [text for text in pages if title in text]
        assert page.partition(title)[2].startswith(" 1 Hoàng"), count
