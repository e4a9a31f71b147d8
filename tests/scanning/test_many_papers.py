"""A small run of what `make omr` does at large."""

import pytest

from tests.scanning_kit.measuring import measured, told


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("level", "marks", "share"), [("normal", 1_100, 0.015), ("hard", 400, 0.08)]
)
def test_no_answer_is_wrong(level, marks, share):
    score = measured(level, 5_000, marks)
    assert score.wrong == [], told(level, 5_000, score)
    assert score.clear_reviewed <= share * score.clear
    assert sum(score.refused.values()) <= 0.05 * score.sides
