"""Our own printed papers, marked and degraded, are read back."""

import cv2
import numpy as np
import pytest

from elections.scanning.reader import VERSION, read_image
from elections.scanning.readings import BLANK, OVER, REVIEW, Style
from tests.scanning.pictures import (
    FELT,
    OPTIONS,
    PENCIL,
    answers_of,
    read,
    scan,
    sheet_with,
    voted,
)  # fmt: skip
from tests.scanning_kit.papers import printed


@pytest.mark.parametrize("kind", ["cross", "tick", "slash", "wide cross", "tail", "star"])
def test_every_usual_mark_is_read(kind):
    marks = voted(kind)
    assert read(scan(sheet_with(marks))).answers == answers_of(marks)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_sheet_may_lie_in_any_way(turns):
    marks = voted()
    reading = read(scan(sheet_with(marks), turns=turns, skew=1.5))
    assert reading.answers == answers_of(marks)
    assert {entry.turns for entry in reading.entries} == {(4 - turns) % 4}


@pytest.mark.parametrize(
    "luck",
    [
        {"dpi": 150, "jpeg": 30},
        {"dpi": 300, "skew": 4.0},
        {"dpi": 240, "bilevel": 1},
        {"dpi": 200, "bilevel": 2},
        {"scale": 0.95, "skew": -2.0},
        {"stretch": 1.2},
        {"perspective": 0.01},
        {"gradient": 0.3, "paper": 0.8},
        {"fade": 0.45, "noise": 8.0},
        {"black_border": True, "skew": 3.0},
        {"salt": 0.002},
        {"blur": 0.15},
    ],
    ids=str,
)
def test_bad_scans_are_read(luck):
    marks = voted()
    assert read(scan(sheet_with(marks), **luck)).answers == answers_of(marks)


@pytest.mark.parametrize(
    ("entries", "options"), [(1, 2), (2, 2), (10, 2), (28, 3), (50, 2), (50, 3)]
)
def test_papers_of_any_length_are_read_side_by_side(entries, options):
    paper = printed(entries, options)
    names = [f"c{n + 1:02d}" for n in range(entries)]
    marks = {name: [(OPTIONS[n % options], "cross")] for n, name in enumerate(names)}
    found = {}
    for page in range(1, len(paper.pages) + 1):
        here = {box["entry"] for box in paper.box_map["boxes"] if box["page"] == page}
        some = {name: made for name, made in marks.items() if name in here}
        reading = read(scan(sheet_with(some, paper=paper, page=page)), paper)
        assert (reading.status, reading.page) == ("read", page)
        assert set(reading.answers) == here
        found |= reading.answers
    assert found == answers_of(marks)


def test_a_blackened_box_goes_to_people():
    """It may have been filled or struck out."""
    answers = read(scan(sheet_with(voted("fill")))).answers
    assert set(answers.values()) == {REVIEW}


def test_nothing_is_blank_and_two_alike_are_over():
    marks = {"c02": [("high", "cross"), ("low", "cross")]}
    answers = read(scan(sheet_with(marks))).answers
    assert answers.pop("c02") == OVER
    assert set(answers.values()) == {BLANK}


def test_what_shows_through_from_the_other_side_is_no_mark():
    paper = printed(50, 3)
    back = sheet_with({f"c{n}": [("high", "fill")] for n in range(26, 51)}, paper=paper, page=2)
    reading = read(scan(sheet_with({}, paper=paper), back=back, through=0.12), paper)
    assert set(reading.answers.values()) == {BLANK}


def test_a_thick_felt_pen_at_150_dpi_is_no_strike_out():
    marks = voted()
    answers = read(scan(sheet_with(marks, pen=FELT), dpi=150, jpeg=40)).answers
    assert answers == answers_of(marks)


def test_light_pencil_is_read():
    marks = voted()
    assert read(scan(sheet_with(marks, pen=PENCIL), noise=4.0)).answers == answers_of(marks)


def test_a_resting_pen_beside_a_mark_does_not_matter_and_alone_is_no_vote():
    marks = {"c01": [("high", "cross"), ("low", "dot")], "c02": [("middle", "dot")]}
    answers = read(scan(sheet_with(marks))).answers
    assert answers["c01"] == "high"
    assert answers["c02"] in {BLANK, REVIEW}


def test_an_erased_mark_is_no_second_vote():
    marks = {name: [("high", "cross"), ("low", "cross")] for name in ("c01", "c02", "c03")}
    pale = {("c01", "low"): 0.12, ("c02", "low"): 0.25, ("c03", "low"): 0.4}
    answers = read(scan(sheet_with(marks, pen=PENCIL, pale=pale))).answers
    assert all(answers[name] in {"high", REVIEW} for name in marks)


def test_a_page_of_pale_marks_is_not_taken_for_erasures():
    marks = voted()
    pale = {(entry, made[0][0]): 0.55 for entry, made in marks.items()}
    assert read(scan(sheet_with(marks, pen=PENCIL, pale=pale))).answers == answers_of(marks)


@pytest.mark.parametrize("seed", range(4))
def test_corrections_strike_outs_and_marks_outside_go_to_people(seed):
    marks = {
        "c01": [("high", "cross"), ("high", "scribble"), ("low", "cross")],
        "c03": [("middle", "cross"), ("middle", "scribble")],
        "c05": [("low", "outside")],
        "c07": [("high", "cross"), ("low", "outside")],
    }
    reading = read(scan(sheet_with(marks, seed=seed)))
    assert {name: reading.answers[name] for name in marks} == dict.fromkeys(marks, REVIEW)
    reasons = {entry.code: entry.reason for entry in reading.entries}
    assert reasons["c05"] == "stray"


def test_the_tail_of_the_row_above_is_no_mark_of_the_row_below():
    paper = printed(25, 3)
    sheet = sheet_with({"c02": [("middle", "cross")]}, paper=paper)
    boxes = {(box["entry"], box["option"]): box for box in paper.box_map["boxes"]}
    above, mm = boxes["c04", "high"], 300 / 25.4
    line = [(above["x"] + 1, above["y"] + 1), (above["x"] + 4.5, above["y"] + 10.6)]
    points = np.round(np.array(line) * mm).astype(np.int32)
    cv2.polylines(sheet, [points], False, 40, 6, cv2.LINE_AA)
    answers = read(scan(sheet), paper).answers
    assert answers["c04"] in {"high", REVIEW}
    assert answers["c05"] in {BLANK, REVIEW}
    assert answers["c02"] == "middle"


@pytest.mark.parametrize("skew", [0.0, 2.0, -3.5])
@pytest.mark.parametrize("turns", [0, 1])
def test_a_streak_through_a_column_of_boxes_is_no_mark(skew, turns):
    marks = {"c03": [("middle", "cross")]}
    image = scan(sheet_with(marks), dpi=200, skew=skew).copy()
    box = next(box for box in printed(10, 3).box_map["boxes"] if box["option"] == "high")
    column = round((box["x"] + 3) * 200 / 25.4)
    image[:, column : column + 3] = 90
    answers = read(np.rot90(image, turns).copy()).answers
    assert answers.pop("c03") == "middle"
    assert set(answers.values()) <= {BLANK, REVIEW}


def test_the_same_image_gives_the_same_reading():
    image = scan(sheet_with(voted()), dpi=150, noise=10.0, skew=1.1)
    cv2.setNumThreads(4)
    first = read(image)
    cv2.setNumThreads(1)
    assert read(np.asfortranarray(image)) == first


def test_a_reading_tells_what_it_rests_on():
    reading = read(scan(sheet_with(voted())))
    assert reading.reader == VERSION
    assert reading.thresholds["mark_area"] == 2.1
    assert len(reading.template) == 64
    first = reading.entries[0].boxes[0]
    assert (first.option, first.found) == ("high", "M")
    assert first.area > 2.1


def test_the_crop_shows_the_row_and_nothing_else():
    marks = {"c04": [("high", "fill")]}
    image = scan(sheet_with(marks), dpi=200)
    reading = read(image)
    crops = {entry.code: entry.crop for entry in reading.entries}
    x, y, width, height = crops["c04"]
    part = image[y : y + height, x : x + width]
    assert (part < 100).mean() > 0.03
    other = crops["c06"]
    assert y + height <= other[1]
    assert width < 90 * 200 / 25.4


def test_a_paper_of_another_poll_or_form_is_refused():
    paper, image = printed(10, 3), scan(sheet_with(voted()))
    other = read_image(image, paper.box_map, Style(paper.style.poll + 1, paper.style.digest))
    assert (other.status, other.code) == ("refused", "scan.wrong_poll")
    assert "cuộc bỏ phiếu khác" in other.sentence
    changed = read_image(image, paper.box_map, Style(paper.style.poll, "0" * 8))
    assert changed.code == "scan.wrong_style"
