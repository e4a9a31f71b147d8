"""Percentages of votes: for reading and printing only, never for deciding.

Source: practice (law.md section 10, format.percent_rounding): at most two decimals, half up; the
parts are not forced to add up to 100.
"""

from decimal import Decimal
from fractions import Fraction

from council.rules import figures

_PLACES = 2


def percentage(votes: int, base: int) -> Decimal:
    """``votes`` in per cent of ``base`` (≥ 1), exactly two decimals, half up: 78 of 80 is 97.50.

    Raises:
        ZeroDivisionError: the base is 0; no share exists.
    """
    return figures.rounded(Fraction(votes * 100, base), _PLACES)


def percent_vi(share: Decimal) -> str:
    """As Vietnamese documents print it: comma, trailing zeros dropped: ``97,5%``."""
    return figures.percent_vi(share)


def percent_plain(share: Decimal) -> str:
    """As data: a point and always two decimals: ``97.50``."""
    return f"{figures.rounded(share, _PLACES):f}"
