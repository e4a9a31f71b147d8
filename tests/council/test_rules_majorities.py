"""Majorities in integers: exactly half, exactly two thirds, and the words for them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.majorities import Base, Threshold

HALF = Threshold(Fraction(1, 2), Base.TOTAL, strict=True)
TWO_THIRDS = Threshold(Fraction(2, 3), Base.RETURNED, strict=False)
OVER_TWO_THIRDS = Threshold(Fraction(2, 3), Base.IN_OFFICE, strict=True)

shares = st.fractions(min_value=Fraction(1, 100), max_value=Fraction(99, 100), max_denominator=100)
thresholds = st.builds(Threshold, shares, st.sampled_from(Base), st.booleans())


@pytest.mark.parametrize("total", range(1, 151))
def test_exactly_half_is_not_more_than_half_for_any_total(total):
    assert HALF.met(total // 2, total) is False
    assert HALF.met(total // 2 + 1, total) is True
    assert HALF.votes_needed(total) == total // 2 + 1


@pytest.mark.parametrize("total", range(1, 151))
def test_exactly_two_thirds_is_two_thirds_for_any_total(total):
    bar = -(-2 * total // 3)
    assert TWO_THIRDS.met(bar, total) is True
    assert TWO_THIRDS.met(bar - 1, total) is False
    assert TWO_THIRDS.votes_needed(total) == bar
    assert OVER_TWO_THIRDS.votes_needed(total) == 2 * total // 3 + 1
    if total % 3 == 0:
        assert OVER_TWO_THIRDS.met(2 * total // 3, total) is False


@given(thresholds, st.integers(1, 10**6), st.integers(0, 10**6))
def test_met_says_what_exact_fractions_say(threshold, base, votes):
    share = Fraction(votes, base)
    expected = share > threshold.share if threshold.strict else share >= threshold.share
    assert threshold.met(votes, base) is expected


@given(thresholds, st.integers(1, 10**6))
def test_votes_needed_is_the_smallest_number_that_passes(threshold, base):
    needed = threshold.votes_needed(base)
    assert threshold.met(needed, base)
    assert not threshold.met(needed - 1, base)


@given(thresholds, st.integers(0, 1000))
def test_of_nothing_nothing_passes(threshold, votes):
    assert threshold.met(votes, 0) is False


@pytest.mark.parametrize(
    ("threshold", "phrase"),
    [
        (HALF, "quá nửa tổng số đại biểu"),
        (TWO_THIRDS, "từ hai phần ba tổng số phiếu thu về trở lên"),
        (OVER_TWO_THIRDS, "trên hai phần ba tổng số đại biểu hiện có"),
        (
            Threshold(Fraction(1, 3), Base.TOTAL, strict=False),
            "từ một phần ba tổng số đại biểu trở lên",
        ),
        (
            Threshold(Fraction(1, 10), Base.VOTERS, strict=True),
            "trên mười phần trăm tổng số cử tri",
        ),
        (
            Threshold(Fraction(3, 4), Base.VALID, strict=False),
            "từ 3/4 tổng số phiếu hợp lệ trở lên",
        ),
    ],
)
def test_a_majority_reads_as_the_law_words_it(threshold, phrase):
    assert threshold.phrase == phrase


def test_every_base_has_words():
    assert all(base.words for base in Base)
