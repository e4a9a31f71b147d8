"""What cannot be read for certain is refused with a sentence."""

import numpy as np
import pytest

from tests.scanning.pictures import answers_of, read, scan, sheet_with, voted
from tests.scanning_kit.papers import printed

MM = 300 / 25.4


def without(*places):
    """A marked sheet with white patches: (left, top, right, bottom) in mm."""
    sheet = sheet_with(voted())
    for left, top, right, bottom in places:
        sheet[round(top * MM) : round(bottom * MM), round(left * MM) : round(right * MM)] = 255
    return sheet


@pytest.mark.parametrize(
    "image",
    [
        np.full((2339, 1654), 250, np.uint8),
        np.zeros((2339, 1654), np.uint8),
        np.random.default_rng(1).integers(0, 256, (2339, 1654)).astype(np.uint8),
        np.linspace(0, 255, 1654 * 2339).reshape(2339, 1654).astype(np.uint8),
        np.full((10, 10), 255, np.uint8),
        np.full((1, 5000), 255, np.uint8),
    ],
    ids=["white", "black", "noise", "photo", "tiny", "line"],
)
def test_an_image_that_is_no_paper_of_ours_is_refused(image):
    reading = read(image)
    assert (reading.status, reading.code) == ("refused", "scan.no_code")
    assert reading.sentence.endswith(".")
    assert reading.answers == {}


def test_a_paper_without_both_codes_is_refused():
    reading = read(scan(without((170, 5, 193, 27), (15, 280, 34, 296))))
    assert reading.code == "scan.no_code"


@pytest.mark.parametrize("place", [(170, 5, 193, 27), (15, 280, 34, 296)])
def test_one_code_suffices(place):
    reading = read(scan(without(place), skew=1.5))
    assert reading.answers == answers_of(voted())


def test_one_lost_corner_is_read_and_two_are_refused():
    one = read(scan(without((0, 270, 40, 297))))
    assert one.answers == answers_of(voted())
    two = read(scan(without((0, 270, 40, 297), (180, 270, 210, 297))))
    assert (two.status, two.code) == ("refused", "scan.no_squares")


def test_lost_bars_are_refused():
    box = printed(10, 3).box_map["boxes"][0]
    reading = read(scan(without((9, box["y"], 17.5, 250))))
    assert reading.code == "scan.no_bars"


def test_a_coarse_image_is_refused():
    image = scan(sheet_with(voted()), dpi=100)
    assert read(image).status == "refused"


def test_half_a_page_is_refused():
    image = scan(sheet_with(voted()))
    assert read(image[: len(image) // 2].copy()).status == "refused"


def test_two_papers_in_one_image_are_refused():
    image = scan(sheet_with(voted()))
    assert read(np.hstack([image, image])).code == "scan.two_papers"


def test_a_mirrored_image_is_refused():
    image = scan(sheet_with(voted()))
    assert read(image[:, ::-1].copy()).status == "refused"
