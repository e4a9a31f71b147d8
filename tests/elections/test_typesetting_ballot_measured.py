"""Papers of 1 to 50 rows in every kind, long names and posts: drawn boxes against the map."""

from dataclasses import replace

import pytest

from elections.rules.polls import PollKind, labels_of
from elections.typesetting import ballot
from elections.typesetting import ballot_layout as layout
from elections.typesetting.ballot import BallotEntry, BallotOption, BallotPaper, BallotSheet
from tests.council import pdf_probe
from tests.elections.test_typesetting_ballot import MADE, confidence

LONG_NAMES = [
    "Bà Nguyễn Phương Khánh Huyền Trang", "Ông Y Thanh Hà Niê Kđăm Buôn Krông", "Ông Phạm S",
]  # fmt: skip
LONG_POST = (
    "Phó Chủ tịch Hội đồng nhân dân tỉnh, Trưởng Ban Kinh tế - Ngân sách, Ủy viên Ban Thường vụ"
)
LONG_HEADING = (
    "Ủy viên Ủy ban nhân dân, Giám đốc Sở Văn hóa, Thể thao và Du lịch tỉnh Mẫu, phụ trách công "
    "tác gia đình (bầu 02 người)"
)
HALF_STROKE = layout.OUTLINE / 2
COUNTS = (1, 2, 13, 25, 26, 28, 50)


def sheet_of(kind: PollKind, count: int) -> BallotSheet:
    """`count` rows; blocks where there are several rows, as a confidence vote has them."""
    blocks = ("Khối Hội đồng nhân dân", "Khối Ủy ban nhân dân") if kind == "confidence" else ("",)
    per_block = -(-count // len(blocks))
    entries = [
        BallotEntry(f"c{n + 1:02d}", LONG_NAMES[n % 3], LONG_POST[: 92 if count < 26 else 40],
                    blocks[n // per_block])
        for n in range(count)
    ]  # fmt: skip
    options = [BallotOption(code, label) for code, label in labels_of(kind)]
    return replace(confidence(1, 0), kind=kind.value, entries=entries, options=options)


def lowest(glyph: pdf_probe.Glyph) -> float:
    """Where the letter may end: the descent of Tinos below its line."""
    return glyph.baseline + 0.216 * glyph.size * 25.4 / 72


def check_boxes(made: BallotPaper) -> None:
    """Every box of the map is one drawn outline, and no letter stands within 3 mm of it."""
    drawn = pdf_probe.strokes(made.pdf)
    outlines = [one for one in drawn if 7 < one.width < 8 and 4 < one.bottom - one.top < 6]
    letters = pdf_probe.glyphs(made.pdf)
    for box in made.box_map["boxes"]:
        x, y, right, bottom = box["x"], box["y"], box["x"] + box["w"], box["y"] + box["h"]
        near = [
            one for one in outlines if one.page == box["page"]
            and abs(one.left + HALF_STROKE - x) < 0.1 and abs(one.top + HALF_STROKE - y) < 0.1
            and abs(one.right - HALF_STROKE - right) < 0.1
            and abs(one.bottom - HALF_STROKE - bottom) < 0.1
        ]  # fmt: skip
        assert len(near) == 1, box
        clear = layout.CLEAR
        assert not [
            glyph for glyph in letters if glyph.page == box["page"]
            and glyph.right > x - clear and glyph.left < right + clear
            and lowest(glyph) > y - clear and glyph.baseline < bottom + clear
        ], box  # fmt: skip
    assert len(outlines) == len(made.box_map["boxes"])


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("kind", list(PollKind))
def test_every_box_is_drawn_where_the_map_says_and_every_name_is_whole(
    kind: PollKind, count: int
) -> None:
    sheet = sheet_of(kind, count)
    made = ballot.typeset(sheet, created=MADE)
    check_boxes(made)
    assert len(made.box_map["boxes"]) == count * len(sheet.options)
    if count > layout.ROWS_A_SIDE:
        assert len(made.box_map["pages"]) == 2
    said = pdf_probe.text(made.pdf)
    for name in LONG_NAMES:
        assert said.count(name) == sum(entry.name == name for entry in sheet.entries)
    rows = {(box["page"], box["y"]) for box in made.box_map["boxes"]}
    assert len(rows) == count
    for page in (1, 2):
        assert sum(at == page for at, _y in rows) <= layout.ROWS_A_SIDE


def posts_sheet(*listed: tuple[str, int]) -> BallotSheet:
    """An election to several posts, each with so many candidates."""
    headings = [heading for heading, count in listed for _ in range(count)]
    entries = [
        BallotEntry(f"c{n + 1:02d}", LONG_NAMES[n % 3], "", heading)
        for n, heading in enumerate(headings)
    ]
    options = [BallotOption(code, label) for code, label in labels_of("election")]
    return replace(
        confidence(1, 0), kind="election", title="PHIẾU BẦU", entries=entries, options=options
    )


def test_each_post_has_its_heading_and_numbers_of_its_own() -> None:
    made = ballot.typeset(
        posts_sheet(
            ("Phó Chủ tịch Ủy ban nhân dân (bầu 01 người)", 2),
            (LONG_HEADING, 3),
        ),
        created=MADE,
    )  # fmt: skip
    check_boxes(made)
    said = pdf_probe.text(made.pdf)
    assert "I. PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN (BẦU 01 NGƯỜI)" in said
    assert "PHỤ TRÁCH CÔNG TÁC GIA ĐÌNH (BẦU 02 NGƯỜI)" in said
    numbers = [word for word in said.split("NGƯỜI)")[-1].split() if word.isdigit()]
    assert numbers == ["1", "2", "1", "2", "3"]
    heading = pdf_probe.line_of(pdf_probe.glyphs(made.pdf), "II. ỦY VIÊN ỦY BAN NHÂN DÂN, GIÁM ĐỐC")
    assert max(glyph.right for glyph in pdf_probe.glyphs(made.pdf)) < layout.PAGE_WIDTH - 10
    assert {round(glyph.baseline, 1) for glyph in heading} == {round(heading[0].baseline, 1)}


def test_a_post_that_goes_on_overleaf_says_so() -> None:
    made = ballot.typeset(
        posts_sheet(("Phó Chủ tịch (bầu 01 người)", 2), ("Ủy viên (bầu 24 người)", 28)),
        created=MADE,
    )
    check_boxes(made)
    assert "II. ỦY VIÊN (BẦU 24 NGƯỜI) (TIẾP THEO)" in pdf_probe.page_texts(made.pdf)[1].upper()
