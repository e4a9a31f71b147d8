"""Lines by which people take a mark back, and strokes that end in another row's box."""

from typing import Any

import cv2
import numpy as np
import pytest

from elections.scanning.readings import BLANK, REVIEW
from tests.scanning.pictures import FELT, answers_of, read, scan, sheet_with, voted
from tests.scanning_kit.papers import printed

MM = 300 / 25.4


def boxes() -> dict[tuple[str, str], Any]:
    """Entry and option → box of the paper of ten rows."""
    return {(box["entry"], box["option"]): box for box in printed(10, 3).box_map["boxes"]}


def line(
    sheet: Any, start: tuple[float, float], end: tuple[float, float], wide: float = 0.5
) -> Any:
    """A dark stroke between two places of the page in mm."""
    points = np.round(np.array([start, end]) * MM).astype(int).tolist()
    cv2.line(sheet, points[0], points[1], 40, round(wide * MM), cv2.LINE_AA)
    return sheet


@pytest.mark.parametrize("rise", [-1.0, 0.0, 1.2])
def test_a_mark_struck_out_with_one_line_is_neither_a_vote_nor_one_of_two(rise):
    marks = voted()
    marks["c04"] = [("high", "cross"), ("low", "cross")]
    marks["c05"] = [("high", "tick")]
    sheet = sheet_with(marks)
    for entry in ("c04", "c05"):
        box = boxes()[entry, "high"]
        middle = box["y"] + 2.5
        line(sheet, (box["x"] - 1.5, middle - rise), (box["x"] + 8.5, middle + rise))
    reading = read(scan(sheet))
    assert (reading.answers["c04"], reading.answers["c05"]) == (REVIEW, REVIEW)
    others = {entry: made for entry, made in marks.items() if entry not in {"c04", "c05"}}
    assert {entry: reading.answers[entry] for entry in others} == answers_of(others)


@pytest.mark.parametrize("slope", [0.0, 0.8])
def test_a_row_struck_out_from_end_to_end_goes_to_people(slope):
    sheet = sheet_with(voted())
    first, last = boxes()["c06", "high"], boxes()["c06", "low"]
    middle = first["y"] + 2.5
    line(sheet, (first["x"] - 60, middle), (last["x"] + 10, middle + slope))
    assert read(scan(sheet)).answers["c06"] == REVIEW


def test_a_line_by_a_ruler_down_a_column_is_no_dirt_on_the_glass():
    sheet = sheet_with({})
    top, bottom = boxes()["c02", "middle"], boxes()["c09", "middle"]
    line(sheet, (top["x"] + 3.5, top["y"] + 1), (top["x"] + 3.5, bottom["y"] + 4))
    answers = read(scan(sheet)).answers
    assert {answers[f"c{n:02d}"] for n in range(2, 10)} == {REVIEW}
    assert {answers["c01"], answers["c10"]} == {BLANK}


def test_a_long_tail_that_ends_in_the_box_below_is_no_second_mark():
    paper = printed(25, 3)
    sheet = sheet_with({"c02": [("middle", "cross")], "c05": [("low", "cross")]}, paper=paper)
    places = {(box["entry"], box["option"]): box for box in paper.box_map["boxes"]}
    box = places["c04", "high"]
    line(sheet, (box["x"] + 1, box["y"] + 0.8), (box["x"] + 3, box["y"] + 2.5))
    line(sheet, (box["x"] + 3, box["y"] + 2.5), (box["x"] + 3.6, box["y"] + 12.8))
    answers = read(scan(sheet), paper).answers
    assert answers["c04"] in {"high", REVIEW}
    assert answers["c05"] in {"low", REVIEW}
    assert answers["c02"] == "middle"


def test_wide_felt_crosses_are_not_struck_out():
    marks = voted("wide cross")
    answers = read(scan(sheet_with(marks, pen=FELT))).answers
    assert all(answers[entry] in {made[0][0], REVIEW} for entry, made in marks.items())
    assert sum(answers[entry] == REVIEW for entry in marks) <= 2
