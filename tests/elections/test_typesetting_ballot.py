"""The ballot paper: the box map against the printed ink, and what the law and a scanner need."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, product

import pytest

from council.rules.refusals import Refusal
from elections.typesetting import ballot, ballot_code
from elections.typesetting import ballot_layout as layout
from elections.typesetting.ballot import BallotEntry, BallotOption, BallotPaper, BallotSheet
from elections.typesetting.box_map import MapBox, digest_of
from tests.council import pdf_probe
from tests.council.pdf_probe import Ink

MADE = datetime(2023, 12, 11, 15, 0, tzinfo=UTC)
LEVELS = [
    BallotOption("high", "Tín nhiệm cao"),
    BallotOption("confidence", "Tín nhiệm"),
    BallotOption("low", "Tín nhiệm thấp"),
]
YES_NO = [BallotOption("for", "Đồng ý"), BallotOption("against", "Không đồng ý")]
NAMES = ["Nguyễn Văn Mẫu", "Lê Thị Ví Dụ", "Trần Thị Phương Thí Dụ"]
POST = "Ủy viên Ủy ban nhân dân, Giám đốc Sở Nông nghiệp và Phát triển nông thôn"


def confidence(council: int, committee: int, *, post: str = POST) -> BallotSheet:
    entries = [
        BallotEntry(
            f"c{number:02d}",
            NAMES[number % 3],
            "Phó Chủ tịch Hội đồng nhân dân" if number <= council else post,
            "Khối Hội đồng nhân dân" if number <= council else "Khối Ủy ban nhân dân",
        )
        for number in range(1, council + committee + 1)
    ]
    return BallotSheet(
        poll=4217,
        kind="confidence",
        council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"],
        title="PHIẾU LẤY PHIẾU TÍN NHIỆM",
        subject="Đối với người giữ chức vụ do Hội đồng nhân dân quận Hà Đông bầu",
        session_line="Kỳ họp thứ 13, ngày 12 tháng 12 năm 2023",
        entries=entries,
        options=LEVELS,
        instructions=["Mỗi dòng đánh dấu X vào một trong ba ô.", "Không viết thêm vào phiếu."],
    )


def election(candidates: int) -> BallotSheet:
    entries = [
        BallotEntry(f"c{number:02d}", NAMES[number % 3], POST)
        for number in range(1, candidates + 1)
    ]
    return replace(
        confidence(1, 0), kind="election", title="PHIẾU BẦU", entries=entries, options=YES_NO
    )


def paper(sheet: BallotSheet) -> BallotPaper:
    return ballot.typeset(sheet, created=MADE)


def boxes(made: BallotPaper) -> list[MapBox]:
    return made.box_map["boxes"]


def is_ink(ink: Ink, x: float, y: float, *, level: bool) -> bool:
    """Whether a line of 3 mm, centred at (x, y), is dark; `level` for a horizontal one."""
    across, down = (1.5, 0.02) if level else (0.02, 1.5)
    return ink.share(x - across, y - down, x + across, y + down) > 0.5


def edge(ink: Ink, near: tuple[float, float], *, level: bool, inward: int) -> float:
    """Where an outline's outer edge is, looked for from 0.6 mm outside of the expected place."""
    x, y = near
    for step in range(-60, 61):
        shift = inward * step / 100
        at = (x, y + shift) if level else (x + shift, y)
        if is_ink(ink, *at, level=level):
            return at[1] if level else at[0]
    message = f"no outline near {near}"
    raise AssertionError(message)


@pytest.mark.parametrize(
    "sheet", [confidence(7, 18), confidence(7, 24), election(1), election(3)]
)  # fmt: skip
def test_each_box_is_printed_where_the_map_says(sheet: BallotSheet) -> None:
    made = paper(sheet)
    inks = {page["page"]: Ink(made.pdf, page["page"]) for page in made.box_map["pages"]}
    for box in boxes(made):
        ink = inks[box["page"]]
        x, y, w, h = box["x"], box["y"], box["w"], box["h"]
        middle_x, middle_y = x + w / 2, y + h / 2
        assert edge(ink, (middle_x, y), level=True, inward=1) == pytest.approx(y, abs=0.1)
        assert edge(ink, (middle_x, y + h), level=True, inward=-1) == pytest.approx(y + h, abs=0.1)
        assert edge(ink, (x, middle_y), level=False, inward=1) == pytest.approx(x, abs=0.1)
        assert edge(ink, (x + w, middle_y), level=False, inward=-1) == pytest.approx(x + w, abs=0.1)
        assert ink.share(x + 0.6, y + 0.6, x + w - 0.6, y + h - 0.6) == 0


@pytest.mark.parametrize("sheet", [confidence(7, 18), confidence(7, 24), election(2)])
def test_nothing_is_printed_within_3_mm_of_a_box(sheet: BallotSheet) -> None:
    made = paper(sheet)
    inks = {page["page"]: Ink(made.pdf, page["page"]) for page in made.box_map["pages"]}
    by_column: dict[tuple[float, float], list[float]] = {}
    for box in boxes(made):
        by_column.setdefault((box["page"], box["x"]), []).append(box["y"])
    for (page, x), tops in by_column.items():
        for top, following in pairwise([*sorted(tops), 999.0]):
            ink, gap = inks[int(page)], min(2.9, following - top - 5.0)
            assert ink.share(x - 2.9, top - 2.9, x - 0.2, top + 7.9) == 0
            assert ink.share(x + 7.2, top - 2.9, x + 9.9, top + 7.9) == 0
            assert ink.share(x, top + 5.2, x + 7, top + 5 + gap - 0.2) == 0
        assert inks[int(page)].share(x, min(tops) - 2.9, x + 7, min(tops) - 0.2) == 0


def test_the_map_keeps_its_contract() -> None:
    made = paper(confidence(5, 21))
    assert {key: value for key, value in made.box_map.items() if key != "boxes"} == {
        "contract": "omr-box-map/1",
        "units": "mm",
        "origin": "top-left",
        "pages": [
            {"page": 1, "width": 210, "height": 297}, {"page": 2, "width": 210, "height": 297}
        ],
    }  # fmt: skip
    found = boxes(made)
    assert all(set(box) == {"page", "x", "y", "w", "h", "entry", "option"} for box in found)
    pairs = [(box["entry"], box["option"]) for box in found]
    codes = [f"c{number:02d}" for number in range(1, 27)]
    assert pairs == [(code, option.code) for code in codes for option in LEVELS]


@pytest.mark.parametrize("sheet", [confidence(7, 18), confidence(15, 35), election(10)])
def test_boxes_keep_the_distances_a_scanner_needs(sheet: BallotSheet) -> None:
    found = boxes(paper(sheet))
    for page in (1, 2):
        rows = sorted({box["y"] for box in found if box["page"] == page})
        columns = sorted({box["x"] for box in found if box["page"] == page})
        assert all(after - before >= 8.5 - 1e-6 for before, after in pairwise(rows))
        assert all(after - before - 7 >= 14 for before, after in pairwise(columns))
    assert {(box["w"], box["h"]) for box in found} == {(7.0, 5.0)}


@pytest.mark.parametrize("sheet", [confidence(7, 18), confidence(7, 24), election(1)])
def test_four_squares_and_a_bar_at_both_ends_of_each_row(sheet: BallotSheet) -> None:
    made = paper(sheet)
    for page in made.box_map["pages"]:
        ink = Ink(made.pdf, page["page"])
        for x in (13, 197):
            for y in (13, 284):
                assert ink.share(x - 2.9, y - 2.9, x + 2.9, y + 2.9) == 1
                outer = ink.share(x - 4, y - 4, x + 4, y + 4)
                assert outer == pytest.approx(36 / 64, abs=0.02)
        middles = {box["y"] + 2.5 for box in boxes(made) if box["page"] == page["page"]}
        for middle in middles:
            for x in (13, 197):
                assert ink.share(x - 1.9, middle - 0.65, x + 1.9, middle + 0.65) == 1
                assert ink.share(x - 2.9, middle - 1.4, x + 2.9, middle + 1.4) == pytest.approx(
                    6 / (5.8 * 2.8), abs=0.03
                )


def test_25_rows_in_two_blocks_fit_on_one_side_and_50_on_two() -> None:
    assert len(paper(confidence(7, 18)).box_map["pages"]) == 1
    assert len(paper(confidence(7, 19)).box_map["pages"]) == 2
    assert len(paper(confidence(20, 30)).box_map["pages"]) == 2


def test_51_rows_are_refused_with_a_sentence() -> None:
    with pytest.raises(Refusal) as refused:
        paper(confidence(21, 30))
    assert refused.value.code == "ballot.too_long"
    assert "51 người" in str(refused.value)


def test_a_word_that_would_run_across_the_boxes_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        paper(confidence(0, 1, post="Chủ tịch " + "x" * 26))
    assert refused.value.code == "ballot.long_word"
    assert "xxxxxxxxxxxx…" in str(refused.value)
    assert paper(confidence(0, 1, post="Chủ tịch " + "x" * 25)).pdf


def test_posts_of_400_letters_make_their_rows_higher_and_stay_whole() -> None:
    post = ("Ủy viên Ủy ban nhân dân, " * 16)[:398].strip() + "."
    made = paper(confidence(2, 6, post=post))
    assert pdf_probe.text(made.pdf).count(post) == 6
    letters = [glyph for glyph in pdf_probe.glyphs(made.pdf) if glyph.font == "Tinos-Regular"]
    assert min(glyph.size for glyph in letters) >= 8


def test_the_back_repeats_the_heading_and_goes_on_counting_in_its_block() -> None:
    front, back = pdf_probe.page_texts(paper(confidence(7, 24)).pdf)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in front
    assert "Xem tiếp mặt sau" in front
    assert "PHIẾU LẤY PHIẾU TÍN NHIỆM – MẶT SAU" in back
    assert "STT HỌ VÀ TÊN CHỨC VỤ Tín nhiệm cao Tín nhiệm Tín nhiệm thấp" in front
    assert "STT HỌ VÀ TÊN CHỨC VỤ Tín nhiệm cao Tín nhiệm Tín nhiệm thấp" in back
    assert "II. KHỐI ỦY BAN NHÂN DÂN (tiếp theo)" in back
    assert "(tiếp theo)" not in front
    numbers = [int(word) for word in back.split() if word.isdigit()]
    rows = [number for number in numbers if number < 100][1:]  # after the day in the heading
    assert rows[-1] == 24


def test_numbers_begin_anew_in_each_block() -> None:
    found = pdf_probe.text(paper(confidence(2, 2)).pdf)
    assert "I. KHỐI HỘI ĐỒNG NHÂN DÂN" in found
    assert "II. KHỐI ỦY BAN NHÂN DÂN" in found
    assert f"1 {NAMES[0]} {POST} 2 {NAMES[1]} {POST}" in found


def test_an_elections_paper_has_no_posts_and_one_candidate_no_number() -> None:
    one, three = pdf_probe.text(paper(election(1)).pdf), pdf_probe.text(paper(election(3)).pdf)
    assert "STT" not in one
    assert "STT HỌ VÀ TÊN Đồng ý Không đồng ý" in three
    assert "CHỨC VỤ" not in three
    assert POST not in three
    assert f"3 {NAMES[0]}" in three


def test_all_names_are_set_in_one_size_on_both_sides() -> None:
    found = pdf_probe.glyphs(paper(confidence(7, 24)).pdf)
    sides = [[glyph for glyph in found if glyph.page == page] for page in (1, 2)]
    lines = [pdf_probe.line_of(side, name) for side in sides for name in NAMES]
    assert len({round(glyph.size, 2) for line in lines for glyph in line}) == 1


@pytest.mark.parametrize("sheet", [confidence(7, 18), confidence(15, 35), election(1)])
def test_both_codes_of_each_side_name_poll_side_and_layout(sheet: BallotSheet) -> None:
    made = paper(sheet)
    style = digest_of(made.box_map)[:8].upper()
    for page in made.box_map["pages"]:
        ink = Ink(made.pdf, page["page"])
        for corner, (x, y) in layout.CODE_CENTRES.items():
            rows = ballot_code.modules(f"N1{page['page']}{corner}{style}4217")
            module = layout.CODE_SIZES[corner] / len(rows)
            left, top = x - layout.CODE_SIZES[corner] / 2, y - layout.CODE_SIZES[corner] / 2
            for row, column in product(range(len(rows)), repeat=2):
                at = (left + column * module, top + row * module)
                inner = (at[0] + 0.1, at[1] + 0.1, at[0] + module - 0.1, at[1] + module - 0.1)
                assert ink.share(*inner) == rows[row][column]
            quiet = layout.CODE_QUIET
            side = layout.CODE_SIZES[corner]
            whole = ink.share(left - quiet, top - quiet, left + side + quiet, top + side + quiet)
            blacks = sum(map(sum, rows)) * module**2
            assert whole == pytest.approx(blacks / (side + 2 * quiet) ** 2, abs=0.01)


def test_the_code_has_the_smallest_form_for_every_usual_poll_number() -> None:
    made = paper(confidence(7, 18)).box_map
    for poll in (1, 99_999_999):
        assert len(ballot_code.modules(ballot_code.text_of(poll, made, 1, "A"))) == 21


def test_all_copies_are_the_same_bytes_and_carry_no_serial() -> None:
    made = paper(confidence(7, 18))
    assert paper(confidence(7, 18)) == made
    assert pdf_probe.fonts(made.pdf) == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}


def test_the_seals_place_at_the_top_left_stays_free() -> None:
    ink = Ink(paper(election(1)).pdf, 1)
    assert ink.share(18, 24, 56, 60) == 0


@pytest.mark.parametrize(
    ("entries", "options", "message"),
    [
        ([], YES_NO, "needs entries"),
        ([BallotEntry("c01", "A", "")] * 2, YES_NO, "unique"),
        ([BallotEntry("c01", "A", "")], [*YES_NO, YES_NO[0]], "unique"),
        ([BallotEntry("c01", "A", "")], [BallotOption("@blank", "Trắng")], "@"),
    ],
)
def test_ambiguous_codes_are_an_error(
    entries: list[BallotEntry], options: list[BallotOption], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        paper(replace(election(1), entries=entries, options=options))


def test_text_on_the_paper_is_never_markup() -> None:
    nasty = "Lê #h(9cm) $x$ *b* <a> & @b"
    sheet = replace(confidence(0, 1), entries=[BallotEntry("c01", nasty, nasty)])
    assert f"{nasty} {nasty}" in pdf_probe.text(paper(sheet).pdf)
