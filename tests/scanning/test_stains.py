"""Stains on the paper, and pencils that a scanner dropped."""

import cv2
import numpy as np
import pytest

from elections.scanning.readings import BLANK, REVIEW
from tests.scanning.pictures import OPTIONS, PENCIL, answers_of, read, scan, sheet_with, voted
from tests.scanning_kit.hands import Pen
from tests.scanning_kit.papers import printed

MM = 300 / 25.4


def stained(sheet, entry: str, option: str, strength: float = 0.25):
    """A brown ring of a cup, filled, over a box."""
    (box,) = (
        one
        for one in printed(10, 3).box_map["boxes"]
        if (one["entry"], one["option"]) == (entry, option)
    )
    spot = np.zeros(sheet.shape, np.uint8)
    middle = (round((box["x"] - 2) * MM), round((box["y"] + 3) * MM))
    cv2.ellipse(spot, middle, (round(8 * MM), round(6 * MM)), 0, 0, 360, 1, -1)
    sheet *= 1 - strength * spot
    return sheet


def test_a_stain_over_an_empty_box_does_not_hide_the_vote_beside_it():
    marks = voted()
    voted_for = marks["c05"][0][0]
    empty = next(option for option in OPTIONS if option != voted_for)
    assert read(scan(stained(sheet_with(marks), "c05", empty))).answers["c05"] == voted_for


@pytest.mark.parametrize("pen", [PENCIL, Pen(0.45, 50, 0.1)])
def test_people_look_at_a_stained_row_that_is_blank_or_whose_mark_is_stained(pen):
    marks = {entry: made for entry, made in voted().items() if entry != "c05"}
    blank = read(scan(stained(sheet_with(marks, pen=pen), "c05", "high")))
    assert blank.answers["c05"] == REVIEW
    below = stained(sheet_with(voted(), pen=pen), "c05", voted()["c05"][0][0])
    assert read(scan(below)).answers["c05"] == REVIEW


def test_a_pale_scrawl_over_a_mark_is_no_stain():
    marks = voted() | {"c05": [("middle", "cross")]}
    sheet = sheet_with(marks)
    scrawl = sheet_with({"c05": [("middle", "scribble")]}, pen=Pen(0.6, 165, 0.6))
    both = np.minimum(sheet, scrawl)
    assert read(scan(both)).answers["c05"] in {REVIEW, BLANK}


def test_a_side_on_which_the_scanner_lost_the_pencil_is_refused():
    pale = Pen(0.5, 132, 0.6)
    for seed in range(3):
        reading = read(scan(sheet_with(voted(), pen=pale, seed=seed), bilevel=1, noise=4.0))
        assert reading.status == "refused" or set(reading.answers.values()) == {REVIEW}
        assert reading.code in {"", "scan.lost"}
    assert reading.code == "scan.lost"
    assert read(scan(sheet_with(voted(), pen=pale))).answers == answers_of(voted())
