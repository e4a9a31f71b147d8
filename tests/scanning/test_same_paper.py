"""One paper scanned twice is found by its ink."""

from elections.scanning.same_paper import ALIKE, alike, same_paper
from tests.scanning.pictures import read, scan, sheet_with, voted


def signature(sheet, **luck):
    return read(scan(sheet, **luck)).signature


def test_two_scans_of_one_paper_are_alike_and_two_papers_are_not():
    sheets = [sheet_with(voted(), seed=seed) for seed in (1, 2, 3)]
    signatures = [signature(sheet, seed=n) for n, sheet in enumerate(sheets)]
    again = signature(sheets[1], seed=9, dpi=150, skew=2.0, turns=2, jpeg=40, noise=6.0)
    assert alike([*signatures, again]) == [(1, 3)]
    assert same_paper(signatures[1], again) >= ALIKE
    assert same_paper(signatures[0], signatures[1]) < 0.85


def test_papers_with_the_same_votes_are_different_papers():
    marks = {f"c{n + 1:02d}": [("high", "cross")] for n in range(10)}
    signatures = [signature(sheet_with(marks, seed=seed)) for seed in range(6)]
    assert alike(signatures) == []


def test_blank_papers_are_never_alike():
    blank = signature(sheet_with({}))
    assert same_paper(blank, blank) == 0
    assert same_paper(b"", blank) == 0
