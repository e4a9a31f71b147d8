"""Papers and the count that follows from them: no order matters, nothing is lost."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import papers
from elections.rules.papers import BLANK, OVER, Paper

CODES = ("c01", "c02", "c03")
OPTIONS = ("high", "confidence", "low")

valid_papers = st.fixed_dictionaries(
    dict.fromkeys(CODES, st.sampled_from([*OPTIONS, BLANK, OVER]))
).map(Paper)
heaps = st.lists(st.one_of(valid_papers, st.just(Paper({}, is_valid=False))), max_size=40)


@given(heaps, st.randoms())
def test_order_changes_neither_count_nor_digest(heap: list[Paper], chance: random.Random) -> None:
    turned = chance.sample(heap, len(heap))
    assert papers.count(turned, CODES, OPTIONS) == papers.count(heap, CODES, OPTIONS)
    assert papers.digest(turned) == papers.digest(heap)
    assert papers.in_no_order(turned) == papers.in_no_order(heap)
    assert papers.same_heap(turned, heap)


@given(heaps)
def test_every_paper_counts_once_and_no_row_exceeds_the_valid(heap: list[Paper]) -> None:
    counted = papers.count(heap, CODES, OPTIONS)
    assert counted.returned == len(heap)
    for code in CODES:
        marks = sum(counted.lines[code, option] for option in OPTIONS)
        void = sum(p.is_valid and p.marks[code] in {BLANK, OVER} for p in heap)
        assert marks + void == counted.valid


@given(heaps, valid_papers)
def test_one_more_paper_shows_in_count_and_digest(heap: list[Paper], more: Paper) -> None:
    before, after = (papers.count(h, CODES, OPTIONS) for h in (heap, [*heap, more]))
    assert after.valid == before.valid + 1
    assert papers.digest(heap) != papers.digest([*heap, more])


@pytest.mark.parametrize(
    "marks",
    [
        {"c01": "high"},
        {"c01": "high", "c02": "low", "c03": "no"},
        {**dict.fromkeys(CODES, "low"), "c09": "low"},
    ],
)
def test_a_paper_that_does_not_fit_is_not_counted(marks: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        papers.count([Paper(marks)], CODES, OPTIONS)


def test_differences_name_the_rows() -> None:
    one = Paper({"c01": "high", "c02": "low", "c03": BLANK})
    two = Paper({"c01": "high", "c02": OVER, "c03": "low"})
    assert papers.differences(one, two) == ("c02", "c03")
    assert papers.differences(one, one) == ()
    assert papers.differences(one, Paper({}, is_valid=False)) == ("@valid",)


def test_strokes_come_in_fives() -> None:
    assert [papers.fives(votes) for votes in (0, 4, 5, 13)] == [(0, 0), (0, 4), (1, 0), (2, 3)]
