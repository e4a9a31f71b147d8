"""Percentages: two decimals, half up, comma in print and point in data."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import shares


@pytest.mark.parametrize(
    ("votes", "base", "plain", "vietnamese"),
    [
        (78, 80, "97.50", "97,5%"),
        (1, 80, "1.25", "1,25%"),
        (25, 47, "53.19", "53,19%"),
        (52, 53, "98.11", "98,11%"),
        (52, 52, "100.00", "100%"),
        (0, 52, "0.00", "0%"),
        (27, 49, "55.10", "55,1%"),
        (1, 800, "0.13", "0,13%"),  # 0.125 rounds up, not to even
        (3, 800, "0.38", "0,38%"),
    ],
)
def test_published_shares_come_out_as_printed(votes, base, plain, vietnamese):
    share = shares.percentage(votes, base)
    assert shares.percent_plain(share) == plain
    assert shares.percent_vi(share) == vietnamese


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_is_never_off_by_more_than_half_a_hundredth(votes, base):
    share = shares.percentage(votes, base)
    assert abs(Fraction(share) - Fraction(votes * 100, base)) <= Fraction(1, 200)
    assert share.as_tuple().exponent == -2


def test_a_share_of_nothing_does_not_exist():
    with pytest.raises(ZeroDivisionError):
        shares.percentage(1, 0)


def test_plain_keeps_two_decimals_of_whatever_comes():
    assert shares.percent_plain(Decimal(7)) == "7.00"
