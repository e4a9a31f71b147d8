"""The layout of Decree 30/2020/NĐ-CP, measured on the finished PDF."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from resolutions.rules import blocks, document, parsing
from resolutions.rules.blocks import Block
from resolutions.rules.document import Column, Node, NodeKind, Table
from resolutions.rules.layout import ArticleText
from resolutions.typesetting import resolution
from resolutions.typesetting.resolution import (
    ResolutionSheet,
)
from tests.council import pdf_probe
from tests.council.pdf_probe import Glyph, Stroke

SIGNED = datetime(2023, 12, 12, 9, 0, tzinfo=UTC)
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLE = (
    "Xác nhận kết quả lấy phiếu tín nhiệm đối với người giữ chức vụ do Hội đồng nhân dân "
    "quận Hà Đông khóa XXI, nhiệm kỳ 2021 - 2026 bầu"
)
LONG = (
    "Kỳ họp đã tiến hành lấy phiếu tín nhiệm đối với năm người giữ chức vụ do Hội đồng nhân dân "
    "bầu bảo đảm nghiêm túc, đúng nội dung, quy trình, thủ tục theo quy định của pháp luật."
)


def blocks_of(*articles: ArticleText, annexes: tuple[Node, ...] = ()) -> tuple[Block, ...]:
    body = parsing.body_of(articles)
    return blocks.blocks_of(document.with_keys(replace(body, nodes=(*body.nodes, *annexes))))


def sheet(**changes: object) -> ResolutionSheet:
    usual = ResolutionSheet(
        council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"],
        symbol_number="12/NQ-HĐND",
        place="Hà Đông",
        dated=date(2023, 12, 12),
        title=TITLE,
        authority_lines=["HỘI ĐỒNG NHÂN DÂN QUẬN HÀ ĐÔNG", "KHÓA XXI, KỲ HỌP THỨ 13"],
        bases=["Căn cứ Luật Tổ chức chính quyền địa phương;", "Căn cứ Biên bản kiểm phiếu"],
        blocks=blocks_of(
            ArticleText("", (LONG,) * 8),
            ArticleText("Kết quả", ("I. KHỐI HỘI ĐỒNG NHÂN DÂN", *(LONG,) * 8)),
            ArticleText("", ("Nghị quyết có hiệu lực kể từ ngày thông qua.",)),
        ),
        closing="Nghị quyết này đã được Hội đồng nhân dân quận Hà Đông thông qua.",
        recipients=["Ủy ban nhân dân quận", "Lưu: VT"],
        signatory_posts=["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        signatory_name="Nguyễn Văn Mẫu",
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return resolution.typeset(sheet(), created=SIGNED)


@pytest.fixture(scope="module")
def letters(pdf: bytes) -> list[Glyph]:
    return pdf_probe.glyphs(pdf)


def style(line: list[Glyph]) -> tuple[float, str]:
    (size,) = {round(glyph.size, 1) for glyph in line}
    (font,) = {glyph.font for glyph in line}
    return size, font


@pytest.mark.parametrize(
    ("words", "size", "font"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Tinos-Bold"),
        (MOTTO, 13, "Tinos-Bold"),
        ("QUẬN HÀ ĐÔNG", 12, "Tinos-Bold"),
        ("Số: 12/NQ-HĐND", 13, "Tinos-Regular"),
        ("Hà Đông, ngày 12 tháng 12 năm 2023", 13, "Tinos-Italic"),
        ("NGHỊ QUYẾT", 14, "Tinos-Bold"),
        (TITLE, 14, "Tinos-Bold"),
        ("KHÓA XXI, KỲ HỌP THỨ 13", 14, "Tinos-Bold"),
        ("Căn cứ Luật Tổ chức chính quyền địa phương;", 14, "Tinos-Italic"),
        ("QUYẾT NGHỊ:", 14, "Tinos-Bold"),
        ("Điều 1.", 14, "Tinos-Bold"),
        (LONG, 14, "Tinos-Regular"),
        ("Điều 2. Kết quả", 14, "Tinos-Bold"),
        ("I. KHỐI HỘI ĐỒNG NHÂN DÂN", 14, "Tinos-Bold"),
        ("PHÓ CHỦ TỊCH", 14, "Tinos-Bold"),
        ("Nguyễn Văn Mẫu", 14, "Tinos-Bold"),
        ("Nơi nhận:", 12, "Tinos-BoldItalic"),
        ("- Lưu: VT.", 11, "Tinos-Regular"),
    ],
)
def test_each_part_has_its_size_and_style(
    letters: list[Glyph], words: str, size: float, font: str
) -> None:
    assert style(pdf_probe.line_of(letters, words)) == (size, font)


def test_only_tinos_is_embedded(pdf: bytes) -> None:
    assert pdf_probe.fonts(pdf) == {
        "Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic",
    }  # fmt: skip


def test_the_page_is_a4_with_the_decrees_margins(letters: list[Glyph]) -> None:
    body = [glyph for glyph in letters if glyph.baseline > 20]
    assert min(glyph.left for glyph in body) == pytest.approx(30, abs=0.3)
    assert max(glyph.right for glyph in body) == pytest.approx(195, abs=0.3)
    highest = min(glyph.baseline - glyph.size * 0.891 / pdf_probe.MM for glyph in body)
    assert highest == pytest.approx(20, abs=0.3)
    lowest = max(glyph.baseline + glyph.size * 0.216 / pdf_probe.MM for glyph in body)
    assert 259 < lowest <= 277.05  # a paragraph of three lines is never torn


def test_the_body_is_justified_with_an_indent_of_127_mm(letters: list[Glyph]) -> None:
    paragraph = pdf_probe.line_of(letters, LONG + LONG)[len("".join(LONG.split())) :]
    lines: dict[float, list[Glyph]] = {}
    for glyph in paragraph:
        lines.setdefault(round(glyph.baseline, 1), []).append(glyph)
    first, *rest = [lines[place] for place in sorted(lines)]
    assert first[0].left == pytest.approx(42.7, abs=0.3)
    assert all(line[0].left == pytest.approx(30, abs=0.4) for line in rest)
    assert all(line[-1].right == pytest.approx(195, abs=0.4) for line in [first, *rest][:-1])


def test_lines_are_single_to_one_and_a_half_and_paragraphs_6_pt_apart(
    letters: list[Glyph],
) -> None:
    two = pdf_probe.line_of(letters, LONG + LONG)
    baselines = sorted({round(glyph.baseline, 2) for glyph in two})
    pitches = [after - before for before, after in pairwise(baselines)]
    single = 14 * 1.149 / pdf_probe.MM
    gap = 6 / pdf_probe.MM
    per_paragraph = len(baselines) // 2
    between = pitches.pop(per_paragraph - 1)
    assert all(single <= pitch <= 1.5 * single for pitch in pitches)
    assert between >= pitches[0] + gap - 0.02


def horizontal(pdf: bytes, page: int = 1) -> list[Stroke]:
    return sorted(
        (
            stroke
            for stroke in pdf_probe.strokes(pdf)
            if stroke.page == page and stroke.bottom - stroke.top < 0.5 and stroke.width > 2
        ),
        key=lambda stroke: (stroke.top, stroke.left),
    )


def test_the_rule_below_the_motto_is_as_long_as_the_motto(pdf: bytes, letters: list[Glyph]) -> None:
    motto = pdf_probe.line_of(letters, MOTTO)
    below = [rule for rule in horizontal(pdf) if rule.left > 100 and rule.top < 40]
    assert len(below) == 1
    assert below[0].left == pytest.approx(motto[0].left, abs=0.6)
    assert below[0].right == pytest.approx(motto[-1].right, abs=0.6)
    assert 0 < below[0].top - motto[0].baseline < 4


@pytest.mark.parametrize(
    ("words", "choose"),
    [
        ("QUẬN HÀ ĐÔNG", lambda rule: rule.right < 100),
        (TITLE.partition("do Hội ")[2], lambda rule: rule.top > 45),
    ],
)
def test_a_third_to_a_half_of_the_line_above_is_ruled_and_centred(
    pdf: bytes, letters: list[Glyph], words: str, choose: Callable[[Stroke], bool]
) -> None:
    above = pdf_probe.line_of(letters, words)
    (rule,) = [rule for rule in horizontal(pdf) if choose(rule)]
    length = above[-1].right - above[0].left
    assert length / 3 <= rule.width <= length / 2
    middle = (above[-1].right + above[0].left) / 2
    assert (rule.left + rule.right) / 2 == pytest.approx(middle, abs=0.7)


def test_number_and_date_stand_on_one_line(letters: list[Glyph]) -> None:
    number = pdf_probe.line_of(letters, "Số: 12/NQ-HĐND")
    dated = pdf_probe.line_of(letters, "Hà Đông, ngày 12 tháng 12 năm 2023")
    assert number[0].baseline == pytest.approx(dated[0].baseline, abs=0.1)


def test_recipients_are_level_with_the_signatorys_post(letters: list[Glyph]) -> None:
    left = pdf_probe.line_of(letters, "Nơi nhận:")
    right = pdf_probe.line_of(letters, "KT. CHỦ TỊCH")
    assert left[0].baseline == pytest.approx(right[0].baseline, abs=1.0)
    assert left[0].left == pytest.approx(30, abs=0.3)
    name = pdf_probe.line_of(letters, "Nguyễn Văn Mẫu")
    middle = (name[0].left + name[-1].right) / 2
    assert middle == pytest.approx((right[0].left + right[-1].right) / 2, abs=0.3)
    assert middle == pytest.approx(112.5 + 165 / 4, abs=0.6)


def test_pages_are_numbered_in_the_top_margin_from_the_second_one(letters: list[Glyph]) -> None:
    numbers = [glyph for glyph in letters if glyph.baseline < 19]
    assert [(glyph.page, glyph.letter) for glyph in numbers] == [(2, "2")]
    assert round(numbers[0].size, 1) == 14
    assert (numbers[0].left + numbers[0].right) / 2 == pytest.approx(112.5, abs=0.5)


def test_the_text_comes_out_exactly_and_in_nfc(pdf: bytes) -> None:
    found = pdf_probe.text(pdf)
    assert found == unicodedata.normalize("NFC", found)
    assert f"NGHỊ QUYẾT {TITLE} HỘI ĐỒNG NHÂN DÂN QUẬN HÀ ĐÔNG" in found
    assert f"Điều 1. {LONG} {LONG}" in found
    assert "Căn cứ Biên bản kiểm phiếu. QUYẾT NGHỊ:" in found
    assert "quận Hà Đông thông qua./. Nơi nhận: - Ủy ban nhân dân quận; - Lưu: VT." in found


def test_without_a_closing_the_last_article_ends_the_text() -> None:
    found = pdf_probe.text(resolution.typeset(sheet(closing=""), created=SIGNED))
    assert "Nghị quyết có hiệu lực kể từ ngày thông qua./. Nơi nhận:" in found


def test_an_unnumbered_draft_shows_dots_and_the_watermark_on_each_page() -> None:
    draft = sheet(symbol_number="…/NQ-HĐND", dated=None, is_draft=True)
    made = resolution.typeset(draft, created=SIGNED)
    pages = pdf_probe.page_texts(made)
    assert "Số: …/NQ-HĐND" in pages[0]
    assert "Hà Đông, ngày … tháng … năm …" in pages[0]
    assert all("DỰ THẢO" in page for page in pages)
    assert "DỰ THẢO" not in pdf_probe.text(resolution.typeset(sheet(), created=SIGNED))


def test_a_note_on_made_up_figures_stands_on_every_page() -> None:
    note = "Số phiếu trong văn bản này là số liệu minh họa."
    made = resolution.typeset(sheet(illustrative_note=note), created=SIGNED)
    assert all(note in page for page in pdf_probe.page_texts(made))


def test_an_annex_begins_a_page_and_is_numbered_by_itself() -> None:
    columns = (Column("STT", 1, "center"), Column("Họ và tên", 5))
    rows = tuple((str(number), "Lê Thị Ví Dụ #1") for number in range(1, 61))
    pieces = (
        Node(NodeKind.PARAGRAPH, text="Kèm bảng sau."),
        Node(NodeKind.TABLE, table=Table(columns, rows)),
        Node(NodeKind.PARAGRAPH, text="Hết."),
    )
    annexes = tuple(
        Node(NodeKind.ANNEX, heading=title, children=pieces) for title in ("TỔNG HỢP", "DANH SÁCH")
    )
    text = blocks_of(*(ArticleText("", (LONG,) * 8) for _ in range(2)), annexes=annexes)
    named = sheet(blocks=text, council_name="Hội đồng nhân dân quận Hà Đông")
    made = resolution.typeset(named, created=SIGNED)
    texts = pdf_probe.page_texts(made)
    first = next(place for place, page in enumerate(texts) if "Phụ lục I" in page)
    assert (
        "(Kèm theo Nghị quyết số 12/NQ-HĐND ngày 12 tháng 12 năm 2023 của Hội đồng nhân dân "
        "quận Hà Đông)"
    ) in texts[first]
    numbers = [
        (glyph.page, glyph.letter) for glyph in pdf_probe.glyphs(made) if glyph.baseline < 19
    ]
    assert numbers == [(2, "2"), (first + 2, "2"), (first + 4, "2")]
    assert texts[first + 1].count("STT Họ và tên") == 1


@pytest.mark.parametrize("closing", ["Nghị quyết này đã được thông qua", ""])
def test_the_signature_never_stands_alone_on_a_page(closing: str) -> None:
    for lines in range(1, 26):
        text = blocks_of(ArticleText("", (LONG, *("Một dòng ngắn",) * lines)))
        made = resolution.typeset(sheet(blocks=text, closing=closing), created=SIGNED)
        last = pdf_probe.page_texts(made)[-1]
        assert "KT. CHỦ TỊCH" in last
        assert "./." in last
        assert "Nguyễn Văn Mẫu" in last


def test_the_same_sheet_gives_the_same_bytes(pdf: bytes) -> None:
    assert resolution.typeset(sheet(), created=SIGNED) == pdf


def test_text_of_a_resolution_is_never_markup() -> None:
    nasty = 'Điểm #set text(9pt) $x$ *b* \\ <a> & @b "q" _i_'
    text = blocks_of(ArticleText(nasty, (nasty,)))
    made = resolution.typeset(sheet(blocks=text, recipients=[nasty]), created=SIGNED)
    assert f"Điều 1. {nasty} {nasty}" in pdf_probe.text(made)
    assert f"- {nasty}." in pdf_probe.text(made)
