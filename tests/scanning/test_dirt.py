"""Specks of toner all over a side, and scanners that drop pale ink."""

import numpy as np
import pytest

from elections.scanning.readings import BLANK, REVIEW
from elections.scanning.tones import drops_pale_ink
from tests.scanning.pictures import answers_of, read, scan, sheet_with, voted
from tests.scanning_kit.copiers import copies
from tests.scanning_kit.simulation import Score, scan_of


def gritty(image, seed: int = 3):
    """Black and white with ragged specks everywhere."""
    rng, spoiled = np.random.default_rng(seed), np.where(image < 150, 0, 255).astype(np.uint8)
    for y, x in rng.integers(0, np.array(image.shape) - 4, (2_500, 2)):
        spoiled[y : y + rng.integers(2, 4), x : x + rng.integers(2, 5)] = 0
    return spoiled


def test_a_side_full_of_specks_is_read_and_a_mark_beside_a_box_is_no_speck():
    marks = {entry: made for entry, made in voted().items() if entry not in {"c03", "c07"}}
    sheet = sheet_with(marks | {"c07": [("low", "outside")]})
    answers = read(gritty(scan(sheet))).answers
    assert answers["c07"] == REVIEW
    read_alone = [entry for entry in marks if answers[entry] != REVIEW]
    assert len(read_alone) >= len(marks) - 1
    assert all(answers[entry] == marks[entry][0][0] for entry in read_alone)
    assert answers["c03"] in {BLANK, REVIEW}


def test_an_almost_blank_side_in_black_and_white_is_refused_and_in_grey_believed():
    sheet = sheet_with({"c02": [("high", "cross")]})
    assert read(scan(sheet, bilevel=1)).code == "scan.lost"
    answers = read(scan(sheet)).answers
    assert answers.pop("c02") == "high"
    assert set(answers.values()) == {BLANK}


def test_black_and_white_drops_pale_ink_and_grey_does_not():
    image = scan(sheet_with(voted()))
    assert not drops_pale_ink(image)
    assert drops_pale_ink(np.where(image < 128, 0, 255).astype(np.uint8))
    assert read(scan(sheet_with(voted()), bilevel=1)).answers == answers_of(voted())


@pytest.mark.parametrize("seed", [104, 111, 141, 214])
def test_copiers_fax_machines_and_other_hands_get_no_wrong_answer(seed):
    score = Score()
    for scanned in scan_of(seed, "copied", (7, 2)):
        score.add(scanned, read(scanned.image, scanned.paper))
    assert score.wrong == []


def test_the_third_simulator_repeats_itself():
    first, again = (next(iter(copies(5, (3, 3)))) for _ in range(2))
    assert np.array_equal(first[0], again[0])
    assert first[3] == again[3]
