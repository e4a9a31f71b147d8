"""Rows of many sessions as series over the years."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import series

FIGURES = st.lists(
    st.tuples(
        st.none() | st.decimals(-1000, 1000, places=2),
        st.none() | st.decimals(-1000, 1000, places=2),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    "name",
    [
        "Thu ngân sách nhà nước",
        "thu ngân sách  nhà nước",
        "Thu ngân sách nhà nước năm 2023",
        "Thu ngân sách nhà nước 11 tháng năm 2023",
        "Thu ngân sách nhà nước, ước thực hiện cả năm 2024",
        "Thu ngân sách nhà nước (6 tháng đầu năm 2022)",
    ],
)
def test_a_name_is_the_same_whatever_its_capitals_marks_and_period(name) -> None:
    expected = series.key_of("Thu ngân sách nhà nước", "Triệu đồng")
    assert series.key_of(name, "triệu  đồng") == expected


def test_another_unit_or_another_name_is_another_series() -> None:
    one = series.key_of("Thu ngân sách", "triệu đồng")
    assert series.key_of("Thu ngân sách", "tỷ đồng") != one
    assert series.key_of("Chi ngân sách", "triệu đồng") != one
    assert series.key_of("2023", "%")[0] == "2023"


@pytest.mark.parametrize(
    ("period", "year"),
    [("11 tháng năm 2023", 2023), ("2021-2025", 2025), ("ước cả năm", 2026), ("mã 120235", 2026)],
)
def test_the_year_is_the_last_one_named_else_that_of_the_session(period, year) -> None:
    assert series.year_of(period, 2026) == year


def test_years_without_a_figure_are_told() -> None:
    assert series.gaps([2021, 2022, 2024], [2024, 2020]) == (2021, 2022)


def test_a_bar_that_reaches_its_plan_touches_the_mark() -> None:
    reached, half, none = series.columns(
        [Decimal(100), Decimal(50), None], [Decimal(100), Decimal(100), None]
    )
    assert reached.top == reached.plan == 0
    assert reached.height == 1
    assert half.top == half.height == 0.5
    assert none.top is None
    assert none.plan is None


@given(FIGURES)
def test_every_column_stays_on_the_drawing(rows) -> None:
    found = series.columns([row[0] for row in rows], [row[1] for row in rows])
    assert len(found) == len(rows)
    for column in found:
        assert column.left >= 0
        assert column.left + column.width <= 1 + 1e-9
        for edge in (column.top, column.plan):
            assert edge is None or -1e-9 <= edge <= 1 + 1e-9
        if column.top is not None and column.height is not None:
            assert column.top + column.height <= 1 + 1e-9
