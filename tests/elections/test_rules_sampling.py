"""The sample: anybody draws it again, and its risk is stated exactly."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import sampling


@given(st.sets(st.text("0123456789abcdef", min_size=4), min_size=1, max_size=40), st.data())
def test_the_same_number_draws_the_same_papers_whatever_their_order(keys, data):
    size = data.draw(st.integers(1, len(keys)))
    mixed = sorted(keys)
    Random(1).shuffle(mixed)
    first = sampling.drawn(keys, "2615", size)
    assert first == sampling.drawn(mixed, "2615", size)
    assert len(first) == size
    assert set(first) <= keys


def test_another_number_draws_other_papers_and_each_paper_has_its_chance():
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
        sampling.most_wrong_papers(3, size)


@pytest.mark.parametrize(("papers", "sampled"), [(6, 2), (8, 3), (9, 5), (7, 7)])
def test_the_risk_is_that_of_all_samples_that_could_be_drawn(papers, sampled):
    """Counted out: one wrong paper more would show in at least 95 of 100 samples."""
    wrong = sampling.most_wrong_papers(papers, sampled)

    def unseen(bad: int) -> Fraction:
        every = list(combinations(range(papers), sampled))
        return Fraction(sum(min(one) >= bad for one in every), len(every))

    assert wrong == 0 or unseen(wrong) > sampling.RISK
    assert unseen(wrong + 1) <= sampling.RISK


def test_all_papers_in_the_sample_leave_no_risk():
    assert sampling.most_wrong_papers(33, 33) == 0


@given(st.integers(2, 200), st.data())
def test_a_larger_sample_never_leaves_more_risk(papers, data):
    sampled = data.draw(st.integers(1, papers - 1))
    assert sampling.most_wrong_papers(papers, sampled + 1) <= sampling.most_wrong_papers(
        papers, sampled
    )


@pytest.mark.parametrize(
    ("decisions", "bound"), [(1, 0.95), (10, 0.2589), (100, 0.02951), (19852, 0.00015089)]
)
def test_the_rate_is_exact_and_near_the_rule_of_three(decisions, bound):
    assert sampling.rate_below(decisions) == pytest.approx(bound, rel=1e-3)
    if decisions >= 100:
        assert sampling.rate_below(decisions) == pytest.approx(3 / decisions, rel=0.03)


def test_what_the_page_says_is_rounded_up():
    assert sampling.per_ten_thousand(280) == 107
    assert sampling.per_ten_thousand(1_000_000) == 1
    with pytest.raises(ValueError, match="nothing"):
        sampling.rate_below(0)


def test_the_sample_has_ten_papers_or_all():
    assert [sampling.smallest(papers) for papers in (3, 10, 60)] == [3, 10, 10]


def test_differences_are_counted_row_by_row():
    assert sampling.differs(["high", "low", "@blank"], ["high", "high", "@over"]) == 2
