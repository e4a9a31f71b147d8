"""Plates, cards, labels, envelopes, letters: measured on the PDF as with a ruler."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from docx import Document
from pypdf import PdfReader

from sessions.rules.print_lines import Addressee
from sessions.typesetting import covers, letters_docx, name_plates, notice, voting_cards
from sessions.typesetting import seating_list as seating
from sessions.typesetting.covers import Covers
from sessions.typesetting.name_plates import NamePlates, Plate
from sessions.typesetting.notice import Letters, NoticeSheet
from sessions.typesetting.voting_cards import Card, VotingCards
from tests.council import pdf_probe

MADE = datetime(2026, 12, 1, tzinfo=UTC)
LONG = "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Ưu"  # 41 letters with blanks
NAMES = ["Nguyễn Văn Mẫu", "Y Thanh Hà Niê Kđăm", LONG, "Phạm S", "Điểu K'Ré"] * 3
POST = "Phó Trưởng Ban Kinh tế - Ngân sách, Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch Thường trực"
GUEST = Addressee(
    "ông", LONG, POST, "Văn phòng Mẫu tỉnh Mẫu " * 4, "Số 123 đường Mẫu, phường Mẫu " * 4
)


def plates() -> bytes:
    shown = [Plate(name, POST) for name in NAMES]
    return name_plates.typeset(
        NamePlates("Biển tên", "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", shown), created=MADE
    )


def cards(a_sheet: int = 4) -> bytes:
    shown = [Card(n, name, f"Tổ đại biểu số {n}") for n, name in enumerate(NAMES, start=101)]
    term = "Khóa XX, nhiệm kỳ 2026 - 2031"
    sheet = VotingCards("Thẻ", "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", term, a_sheet, shown)
    return voting_cards.typeset(sheet, created=MADE)


def cover() -> Covers:
    return Covers("Bì thư", ["HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", "Số 1"], [GUEST.on_cover] * 17)


def labels() -> bytes:
    return covers.typeset_labels(cover(), created=MADE)


def letters() -> Letters:
    sheet = NoticeSheet(
        issuer_lines=["THƯỜNG TRỰC", "HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"], symbol_number="16/GM-HĐND",
        place="Mẫu", dated=date(2026, 12, 1), kind="GIẤY MỜI", abstract="Dự kỳ họp thứ 3",
        addressees=[], opening="Trân trọng kính mời:", facts=[("Thời gian", "7 giờ 30")],
        paragraphs=["Rất mong được đón tiếp."], recipients=["Như trên", "Lưu: VT"],
        signatory_posts=["CHỦ TỊCH"], signatory_name="Lê Mẫu", salutation="Kính mời:",
        illustrative_note="Số liệu minh họa.",
    )  # fmt: skip
    return Letters(sheet, [["Ông Nguyễn A"], ["Bà Trần B"], ["Ban Mẫu"]])


def invitations() -> bytes:
    return notice.typeset_each(letters(), created=MADE)


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    mm = pdf_probe.MM
    return {
        (round(float(p.mediabox.width) / mm), round(float(p.mediabox.height) / mm)) for p in pages
    }


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (plates, (297, 210)),
        (cards, (210, 297)),
        (lambda: cards(8), (210, 297)),
        (labels, (210, 297)),
        (invitations, (210, 297)),
        (lambda: covers.typeset_envelopes(cover(), size="dl", created=MADE), (220, 110)),
        (lambda: covers.typeset_envelopes(cover(), size="c5", created=MADE), (229, 162)),
    ],
)
def test_the_paper_is_right_nothing_lies_within_5_mm_of_its_edge_and_only_tinos_is_used(
    make: Callable[[], bytes], size: tuple[int, int]
) -> None:
    made = make()
    width, height = size
    assert sizes(made) == {size}
    for page in range(1, len(PdfReader(io.BytesIO(made)).pages) + 1):
        ink = pdf_probe.Ink(made, page, dots_per_mm=4)
        rims = (
            (0, 0, 5, height),
            (width - 5, 0, width, height),
            (0, 0, width, 5),
            (0, height - 5, width, height),
        )
        assert [ink.share(*rim) for rim in rims] == [0, 0, 0, 0]
    assert {font.partition("-")[0] for font in pdf_probe.fonts(made)} == {"Tinos"}
    assert make() == made


def test_a_plate_is_read_from_both_sides_and_no_name_is_small() -> None:
    made = plates()
    pages = pdf_probe.page_texts(made)
    assert len(pages) == len(NAMES)
    letters_of = [
        [glyph for glyph in pdf_probe.glyphs(made) if glyph.page == n] for n in range(1, 6)
    ]
    for name, page, found in zip(NAMES, pages, letters_of, strict=False):
        assert page.count(name.upper()) == 2
        assert page.count(POST) == 2
        words = name.upper().split()[0]
        turned, upright = (
            pdf_probe.line_of(part, words)
            for part in (
                [g for g in found if g.baseline < 105], [g for g in found if g.baseline > 105],
            )
        )  # fmt: skip
        assert min(glyph.size for glyph in upright) >= 44
        assert min(glyph.size for glyph in turned) >= 44
        if len(words) > 1:
            assert turned[0].left > turned[-1].left
            assert upright[0].left < upright[-1].left


def test_the_fold_is_marked_in_the_middle() -> None:
    marks = [stroke for stroke in pdf_probe.strokes(plates()) if stroke.page == 1]
    assert {round(mark.top) for mark in marks} == {105}
    assert min(mark.left for mark in marks) >= 5
    assert max(mark.right for mark in marks) <= 292


@pytest.mark.parametrize(("a_sheet", "rows"), [(4, 2), (8, 4)])
def test_cards_lie_in_their_frames_and_the_marks_show_where_to_cut(a_sheet: int, rows: int) -> None:
    made = cards(a_sheet)
    height = 297 / rows
    pages = pdf_probe.page_texts(made)
    assert len(pages) == -(-len(NAMES) // a_sheet)
    for number, glyph_page in ((101, 1), (102, 1), (101 + a_sheet, 2)):
        found = [glyph for glyph in pdf_probe.glyphs(made) if glyph.page == glyph_page]
        first = pdf_probe.line_of(found, str(number))[0]
        column = (number - 101) % a_sheet % 2
        assert column * 105 < first.left < (column + 1) * 105
        assert first.size >= 40
    for glyph in pdf_probe.glyphs(made):
        assert abs(glyph.left - 105) > 3 < abs(glyph.right - 105)
        assert 3 < glyph.baseline % height < height - 3
    marks = [stroke for stroke in pdf_probe.strokes(made) if stroke.page == 1]
    across = {round(n, 1) for n in (mark.top / height for mark in marks if mark.width > 1)}
    assert across == set(range(1, rows))
    assert {round(mark.left) for mark in marks if mark.width < 1} == {105}
    assert all(mark.left >= 5 and mark.right <= 205 for mark in marks)


def test_each_card_has_its_number_name_term_and_group() -> None:
    text = pdf_probe.text(cards(8))
    assert text.count("THẺ BIỂU QUYẾT") == text.count("nhiệm kỳ 2026 - 2031") == len(NAMES)
    for number, name in enumerate(NAMES, start=101):
        assert f"{number} {name} Tổ đại biểu số {number}" in text


def test_labels_lie_on_the_stock_of_two_by_seven() -> None:
    made = labels()
    found = [glyph for glyph in pdf_probe.glyphs(made) if glyph.page == 1]
    starts = [glyph for glyph in found if glyph.letter == "Ô"]
    assert len(starts) == 14
    assert {round(glyph.left) for glyph in starts} == {10, 111}
    rows = sorted({round(glyph.baseline, 1) for glyph in starts})
    assert [round(b - a, 1) for a, b in pairwise(rows)] == [38.1] * 6
    for glyph in found:
        assert 15.1 < glyph.baseline < 297 - 15.1
        assert glyph.right < 4.65 + 99.1 + 0.2 or glyph.left > 106.2


def test_letters_keep_the_margins_of_the_decree_and_count_their_own_pages() -> None:
    made = invitations()
    found = pdf_probe.glyphs(made)
    assert abs(min(glyph.left for glyph in found) - 30) < 1.5
    assert max(glyph.right for glyph in found) <= 195.3
    assert all(glyph.baseline > 20 for glyph in found)
    pages = pdf_probe.page_texts(made)
    assert [page.partition("Kính mời: ")[2][:12] for page in pages] == [
        "Ông Nguyễn A", "Bà Trần B Tr", "Ban Mẫu Trân",
    ]  # fmt: skip


def test_the_word_file_says_what_the_pdf_says_and_has_its_margins() -> None:
    made = letters_docx.typeset(letters(), created=MADE)
    assert letters_docx.typeset(letters(), created=MADE) == made
    document = Document(io.BytesIO(made))
    assert len(document.sections) == 3
    for section in document.sections:
        assert [round(edge.mm) for edge in (section.left_margin, section.right_margin)] == [30, 15]
        assert [round(edge.mm) for edge in (section.top_margin, section.bottom_margin)] == [20, 20]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    body = [part.text for part in document.paragraphs]
    for part in document.tables:
        body += [paragraph.text for cell in part.rows[0].cells for paragraph in cell.paragraphs]
    words = sorted(" ".join(body).split())
    page = pdf_probe.text(invitations()).replace("Số liệu minh họa.", "")
    assert sorted(page.split()) == words


def test_seats_are_listed_by_number_under_a_heading_on_each_page() -> None:
    rows = [(n, f"Đại biểu Mẫu {n}", "Giám đốc Sở Mẫu", "Tổ đại biểu số 1") for n in range(1, 81)]
    sheet = seating.SeatingList(
        ["HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"], "Danh sách chỗ ngồi", "Kỳ 3", rows
    )
    pages = pdf_probe.page_texts(seating.typeset(sheet, created=MADE))
    assert len(pages) > 1
    assert all("Số ghế Họ và tên Chức vụ, đơn vị Tổ" in page for page in pages)
    assert "80 Đại biểu Mẫu 80" in pages[-1]
