"""The sample: anybody draws it again, and its risk is stated exactly."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import sampling


@given(st.sets(st.text("0123456789abcdef", min_size=4), min_size=1, max_size=40), st.data())
def test_the_same_number_draws_the_same_rows_whatever_their_order(keys, data):
    size = data.draw(st.integers(1, len(keys)))
    mixed = sorted(keys)
    Random(1).shuffle(mixed)
    first = sampling.drawn(keys, "2615", size)
    assert first == sampling.drawn(mixed, "2615", size)
    assert len(first) == size
    assert set(first) <= keys


def test_another_number_draws_other_rows_and_each_has_its_chance():
    keys = [f"{n:032x}" for n in range(20)]
    hits = dict.fromkeys(keys, 0)
    for seed in range(2000):
        for key in sampling.drawn(keys, str(seed), 5):
            hits[key] += 1
    assert all(400 < count < 600 for count in hits.values())


@pytest.mark.parametrize("size", [0, 4])
def test_a_sample_of_nobody_or_of_more_than_all_is_none(size):
    with pytest.raises(ValueError, match="sample"):
        sampling.drawn(["a", "b", "c"], "1", size)
    with pytest.raises(ValueError, match="sample"):
        sampling.most_wrong(3, size)


@pytest.mark.parametrize(("papers", "sampled"), [(6, 2), (8, 3), (9, 5), (7, 7)])
def test_the_risk_is_that_of_all_samples_that_could_be_drawn(papers, sampled):
    """Counted out: one wrong row more would show in at least 95 of 100 samples."""
    wrong = sampling.most_wrong(papers, sampled)

    def unseen(bad: int) -> Fraction:
        every = list(combinations(range(papers), sampled))
        return Fraction(sum(min(one) >= bad for one in every), len(every))

    assert wrong == 0 or unseen(wrong) > sampling.RISK
    assert unseen(wrong + 1) <= sampling.RISK


def test_all_rows_in_the_sample_leave_no_risk():
    assert sampling.most_wrong(33, 33) == 0


@given(st.integers(2, 200), st.data())
def test_a_larger_sample_never_leaves_more_risk(papers, data):
    sampled = data.draw(st.integers(1, papers - 1))
    assert sampling.most_wrong(papers, sampled + 1) <= sampling.most_wrong(papers, sampled)


def test_what_the_usual_sample_proves_of_sixty_papers_with_28_rows():
    """Two hundred rows from all papers bound the misread rows to 1.4 %; ten whole papers would
    let fourteen misread papers pass, 392 rows, and took longer."""
    assert sampling.most_wrong(60 * 28, 200) == 23
    assert sampling.most_wrong(60, 10) == 14


def test_the_sample_has_two_hundred_rows_or_all_or_what_the_council_wants():
    assert [sampling.smallest(rows) for rows in (3, 200, 1680)] == [3, 200, 200]
    assert sampling.smallest(1680, usual=300) == 300
    assert sampling.smallest(1680, usual=10) == 200


def test_differences_are_counted_row_by_row():
    assert sampling.differs(["high", "low", "@blank"], ["high", "high", "@over"]) == 2
