"""Figures that a clerk wrote against the books: each contradiction with the right number."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given

from resolutions.rules import figure_claims, minutes_words, press_words
from resolutions.rules.session_facts import (
    Compared,
    IndicatorFact,
    LineFact,
    PollFact,
    ResolutionFact,
    SessionFacts,
    SittingFact,
)
from sessions.rules.indicators import Form
from tests.resolutions import texts_stage as stage

OPENED = datetime(2026, 12, 10, 8)
VOTES = (("Đồng ý", 33, Decimal("94.29")), ("Không đồng ý", 1, Decimal("2.86")))
LINE = LineFact("bà Trần Thị Mẫu", "Trưởng phòng", VOTES, 0, "elected", "", "Phó Chủ tịch")
POLL = PollFact(
    1, "election", "Bầu", "bầu Phó Chủ tịch", None, None, stage.DAY, 35, 34, 34, 34, 34, 0,
    "tổng số đại biểu", 35, (LINE,),
)  # fmt: skip
FACTS = SessionFacts(
    1, 13, "thường lệ", "tỉnh Thử", 2, "2026-2031", "Hội trường", stage.DAY, stage.DAY,
    sittings=(SittingFact(1, "buổi sáng", stage.DAY, OPENED, None, 35, 34, 34, ("ông A",)),),
    polls=(POLL,), resolutions=(ResolutionFact(1, "11/NQ-HĐND", "Về việc thử", None),),
    indicators=(
        IndicatorFact(1, "Giá trị sản xuất (giá so sánh 2010)", "2026",
                      "34.550 tỷ 889 triệu đồng", Compared(Form.RATIO, Decimal("90.35"))),
        IndicatorFact(2, "Giá trị sản xuất công nghiệp", "2026", "38.242 tỷ 382 triệu đồng",
                      None, Compared(Form.CHANGE, Decimal("11.55"))),
    ),
)  # fmt: skip


def found(words: str) -> list[tuple[str, tuple[str, ...]]]:
    known = figure_claims.known_figures(FACTS)
    return [(one.written, one.right) for one in figure_claims.contradictions(words, known)]


@pytest.mark.parametrize(
    "words",
    [
        "Có mặt 34 đại biểu.",
        "Có mặt 34/35 đại biểu, vắng 01 đại biểu.",
        "Bà Trần Thị Mẫu được 33/35 phiếu, bằng 94,29%.",
        "Giá trị sản xuất đạt 34.550 tỷ 889 triệu đồng, bằng 90,35% kế hoạch.",
        "Giá trị sản xuất công nghiệp tăng 11,55%.",
        "Thông qua 1 nghị quyết.",
        "Có 12 ý kiến phát biểu về 40% diện tích chưa giải phóng mặt bằng.",
        "",
    ],
)
def test_what_agrees_or_cannot_be_judged_is_left_alone(words):
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "written", "right"),
    [
        ("Có mặt 36 đại biểu.", "36 đại biểu", "34 đại biểu"),
        ("Bà Trần Thị Mẫu được 32/35 phiếu.", "32/35 phiếu", "33 phiếu"),
        ("Bà TRẦN THỊ MẪU đạt 94,92%", "94,92%", "94,29%"),
        ("Giá trị sản xuất đạt 34.550 tỷ đồng", "34.550 tỷ đồng", "34.550 tỷ 889 triệu đồng"),
        ("Giá trị sản xuất công nghiệp tăng 90,35%", "90,35%", "11,55%"),
        ("Kỳ họp thông qua 3 nghị quyết.", "3 nghị quyết", "1 nghị quyết"),
    ],
)
def test_a_contradiction_comes_with_the_right_number(words, written, right):
    ((said, known),) = found(words)
    assert said == written
    assert right in known


def test_a_sentence_answers_for_itself_only():
    words = "Bà Trần Thị Mẫu phát biểu. Tỷ lệ giải ngân đạt 70%."
    assert found(words) == []


@given(stage.sessions())
def test_the_generated_texts_never_contradict_their_own_books(facts):
    known = figure_claims.known_figures(facts)
    for one in (*minutes_words.generate(facts), *press_words.generate(facts)):
        if one.key.startswith(("indicator", "sitting", "lead")):
            assert figure_claims.contradictions(one.words, known) == ()
