"""Vietnamese figures: written, read back, refused where they could mean two things."""

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import figures
from council.rules.refusals import Refusal


@pytest.mark.parametrize(
    ("value", "written"),
    [(34550889, "34.550.889"), (999, "999"), (1000, "1.000"), (-1234, "-1.234")],
)
def test_thousands_are_grouped_by_dots(value, written):
    assert figures.integer_vi(value) == written


@pytest.mark.parametrize(
    ("votes", "ballots", "written"),
    [
        (78, 80, "97,5%"),  # Thanh Hóa, December 2023
        (1, 80, "1,25%"),
        (19, 47, "40,43%"),  # Vĩnh Phúc, December 2023
        (25, 47, "53,19%"),
        (52, 53, "98,11%"),  # Thừa Thiên Huế 2018
        (87, 94, "92,55%"),  # Hà Nội, December 2023
        (51, 52, "98,08%"),
        (0, 80, "0%"),
        (80, 80, "100%"),
    ],
)
def test_published_percentages_are_half_up_without_trailing_zeros(votes, ballots, written):
    assert figures.percent_vi(Fraction(100 * votes, ballots)) == written


def test_half_goes_up_as_tua_chua_printed_it():
    assert figures.decimal_vi(Fraction(1800, 32), 1) == "56,3"


def test_zeros_are_kept_only_on_request():
    assert figures.decimal_vi(Decimal("97.5"), keep_zeros=True) == "97,50"


def test_a_small_negative_rounds_to_plain_zero():
    assert figures.decimal_vi(Decimal("-0.004")) == "0"
    assert figures.decimal_vi(Decimal("-0.005")) == "-0,01"


@pytest.mark.parametrize(
    ("millions", "written"),
    [
        (34550889, "34.550 tỷ 889 triệu đồng"),  # Hà Đông, production value 2023
        (38242382, "38.242 tỷ 382 triệu đồng"),
        (3874112, "3.874 tỷ 112 triệu đồng"),
        (492169, "492 tỷ 169 triệu đồng"),
        (34550000, "34.550 tỷ đồng"),
        (889, "889 triệu đồng"),
        (0, "0 triệu đồng"),
        (-1001, "-1 tỷ 1 triệu đồng"),
        (Decimal("1889.5"), "1 tỷ 889,5 triệu đồng"),
    ],
)
def test_money_in_billions_and_millions(millions, written):
    assert figures.money_vi(millions) == written


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("34.550,889", "34550.889"), (" 90,35% ", "90.35"), ("34.550.889", "34550889"),
        ("1.234", "1234"), ("-0,5", "-0.5"), ("−3", "-3"), ("+7", "7"), ("0", "0"),
        ("492,169", "492.169"),
    ],
)  # fmt: skip
def test_vietnamese_figures_are_read(typed, value):
    assert figures.parse_decimal_vi(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["90.35", "0.125", "34,550.889", "12.34.567", "1.234.5678", "0.5", "1.23,4"]
)
def test_what_could_be_english_is_refused_with_an_example(typed):
    with pytest.raises(Refusal) as refusal:
        figures.parse_decimal_vi(typed, field="result")
    assert (refusal.value.code, refusal.value.field) == ("figure.ambiguous", "result")
    assert "34.550,889" in str(refusal.value)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1e99", "NaN", "5,", ",5", "1,2,3", "9" * 31, "٣", "1 %%"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Refusal) as refusal:
        figures.parse_decimal_vi(typed)
    assert refusal.value.code == "figure.not_a_number"


def test_a_count_must_be_whole():
    assert figures.parse_integer_vi("34.550") == 34550
    with pytest.raises(Refusal) as refusal:
        figures.parse_integer_vi("3,5")
    assert refusal.value.code == "figure.not_whole"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_is_written_reads_back(value):
    assert figures.parse_decimal_vi(figures.decimal_vi(value, 4)) == value


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=200), st.integers(0, 4))
def test_rounding_is_within_half_a_unit_and_symmetric(value, places):
    rounded = figures.rounded(value, places)
    assert abs(Fraction(rounded) - value) * 2 * 10**places <= 1
    assert figures.rounded(-value, places) == -rounded


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0"), (4, "04"), (9, "09"), (10, "10"), (1234, "1.234")]
)
def test_counts_below_ten_carry_a_zero_in_documents(count, written):
    assert figures.count_in_document(count) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 2, 5), "ngày 05 tháng 02 năm 2023"),
        (date(2023, 12, 12), "ngày 12 tháng 12 năm 2023"),
        (date(2024, 3, 1), "ngày 01 tháng 3 năm 2024"),
        (date(2025, 1, 31), "ngày 31 tháng 01 năm 2025"),
    ],
)
def test_dates_in_documents_carry_the_zeros_of_decree_30(day, written):
    assert figures.date_in_document(day) == written


def test_dates_in_lists_and_times():
    assert figures.date_short(date(2023, 2, 5)) == "05/02/2023"
    assert figures.time_vi(time(8, 2)) == "8 giờ 02"
    assert figures.time_vi(time(14, 0)) == "14 giờ"
