"""Figures as people read them: amounts, shares of the plan, bars."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from portal.templatetags import results
from sessions.models import Indicator


def indicator(**values):
    return Indicator(name="Giá trị sản xuất", unit="triệu đồng", period="11 tháng", **values)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal(34550889), "triệu đồng", "34.550 tỷ 889 triệu đồng"),
        (Decimal("34550889.0000"), "triệu đồng", "34.550 tỷ 889 triệu đồng"),
        (Decimal(3874112), "triệu đồng", "3.874 tỷ 112 triệu đồng"),
        (Decimal("90.3500"), "%", "90,35%"),
        (Decimal("12.5"), "nghìn người", "12,5 nghìn người"),
        (Decimal(100), "xã", "100 xã"),
        (Decimal(1200000), "lượt khách", "1.200.000 lượt khách"),
        (None, "xã", "–"),
    ],
)
def test_a_figure_has_its_unit(value, unit, words):
    assert results.amount(value, unit) == words


@pytest.mark.parametrize(
    ("stated", "form", "words"),
    [
        ("90.35", "ratio", "90,35%"),
        ("0.01", "excess", "vượt 0,01%"),
        ("-2.5", "excess", "hụt 2,5%"),
    ],
)
def test_against_the_plan_as_the_report_says_it(stated, form, words):
    row = indicator(stated_plan=Decimal(stated), stated_plan_form=form)
    assert results.indicator_plan(row) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "–"),
        (5, None, "kế hoạch từ 5 triệu đồng trở lên"),
        (None, 5, "kế hoạch không quá 5 triệu đồng"),
        (5, 5, "kế hoạch 5 triệu đồng"),
        (5, 7, "kế hoạch 5 triệu đồng – 7 triệu đồng"),
    ],
)
def test_a_plan_may_be_a_point_a_range_or_one_bound(low, high, words):
    bounds = {
        "plan_lower": None if low is None else Decimal(low),
        "plan_upper": None if high is None else Decimal(high),
    }
    assert results.indicator_plan(indicator(**bounds)) == words


@pytest.mark.parametrize(
    ("stated", "form", "words"),
    [
        ("11", "growth", "tăng 11%"),
        ("-3.25", "growth", "giảm 3,25%"),
        ("85.8", "ratio", "bằng 85,8%"),
        (None, "growth", "–"),
    ],
)
def test_against_the_same_period_as_the_report_says_it(stated, form, words):
    value = None if stated is None else Decimal(stated)
    row = indicator(stated_prior=value, stated_prior_form=form)
    assert results.indicator_prior(row) == words


def test_the_chart_draws_only_what_is_compared_and_never_overflows():
    rows = [
        indicator(stated_plan=Decimal("90.35"), stated_plan_form="ratio"),
        indicator(stated_plan=Decimal(400), stated_plan_form="ratio"),
        indicator(),
    ]
    chart = results.indicator_chart(rows)
    assert chart.count("<svg") == 2
    assert 'aria-label="Giá trị sản xuất: 90,35%"' in chart
    assert 'width="722"' in chart
    assert 'width="1000"' in chart
    assert results.indicator_chart([indicator()]) == ""


def test_a_bar_is_void_where_no_vote_counts():
    bar = results.stacked_bar([("high", 30), ("low", 1)], 34, 'nhãn "<b>"')
    assert 'class="bar-void" x="0" y="0" width="1000"' in bar
    assert 'class="bar-high" x="0.00" y="0" width="882.35"' in bar
    assert 'class="bar-low" x="882.35" y="0" width="29.41"' in bar
    assert "&lt;b&gt;" in bar
    assert "style=" not in bar
    assert results.stacked_bar([("high", 1)], 0, "")


def test_the_english_page_keeps_the_figures():
    with override("en"):
        assert results.amount(Decimal(34550889), "triệu đồng").startswith("34")
