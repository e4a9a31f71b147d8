"""Indicators: published comparisons follow, wrong ones are named with what follows instead."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from sessions.rules import indicators
from sessions.rules.indicators import Assessment, Comparison, Direction, Form, Indicator, Scope


def amount(result, plan=None, prior=None, **more):
    bounds = {"plan_lower": Decimal(plan), "plan_upper": Decimal(plan)} if plan else {}
    return Indicator(
        "triệu đồng",
        result=Decimal(result),
        prior=Decimal(prior) if prior else None,
        **(bounds | more),
    )


def rate(result, lower=None, upper=None, direction=Direction.HIGHER, prior=None, **more):
    return Indicator(
        "%",
        direction,
        plan_lower=None if lower is None else Decimal(lower),
        plan_upper=None if upper is None else Decimal(upper),
        result=Decimal(result),
        prior=None if prior is None else Decimal(prior),
        is_rate=True,
        **more,
    )


class TestComparisons:
    @pytest.mark.parametrize(
        ("result", "plan", "shown"),
        [("18610", "21208", "87,75%"), ("2850", "3650", "78,08%"), ("814.3", "814.3", "100%")],
    )
    def test_amounts_are_a_percentage_of_the_plan(self, result, plan, shown):
        assert indicators.against_plan(amount(result, plan)).shown() == shown

    def test_amounts_grow_against_the_same_period(self):
        growth = indicators.against_prior(amount("111", prior="100"))
        assert (growth.form, growth.shown()) == (Form.CHANGE, "+11%")
        assert indicators.against_prior(amount("85.8", prior="100")).shown() == "-14,2%"
        assert indicators.against_prior(amount("100", prior="100")).shown() == "0%"

    def test_rates_differ_in_percentage_points(self):
        row = rate("7.5", "7", "7", prior="8")
        assert indicators.against_plan(row).shown() == "+0,5 điểm %"
        assert indicators.against_prior(row).shown() == "-0,5 điểm %"

    @pytest.mark.parametrize(
        "row", [amount("5"), amount("5", plan="-1"), Indicator("ha"), Indicator("%", is_rate=True)]
    )
    def test_nothing_is_compared_with_what_is_missing_or_not_positive(self, row):
        assert indicators.against_plan(row) is None
        assert indicators.against_prior(row) is None

    @pytest.mark.parametrize(
        ("result", "direction", "bound"),
        [("6", "higher", "6.5"), ("6", "lower", "7"), ("6", "range", "6.5"), ("8", "range", "7")],
    )
    def test_a_range_is_measured_by_the_bound_that_matters(self, result, direction, bound):
        assert rate(result, "6.5", "7", direction).plan == Decimal(bound)

    def test_a_plan_out_of_order_is_refused(self):
        with pytest.raises(Refusal) as refusal:
            rate("6", "7", "6.5")
        assert refusal.value.code == "indicator.plan_out_of_order"
        assert "7 đến 6,5" in str(refusal.value)


class TestAssess:
    @pytest.mark.parametrize(
        ("row", "verdict"),
        [
            (amount("101", "100"), Assessment.EXCEEDED),
            (amount("100", "100"), Assessment.MET),
            (amount("99.99", "100"), Assessment.MISSED),
            (amount("99", "100", direction=Direction.LOWER), Assessment.EXCEEDED),
            (amount("101", "100", direction=Direction.LOWER), Assessment.MISSED),
            (rate("7.5", lower="7.5"), Assessment.MET),  # "từ 7,5% trở lên"
            (rate("9", lower="7.5"), Assessment.MET),
            (rate("7.4", lower="7.5"), Assessment.MISSED),
            (rate("34", upper="35", direction=Direction.LOWER), Assessment.MET),  # "dưới 35%"
            (rate("36", upper="35", direction=Direction.LOWER), Assessment.MISSED),
            (rate("6.7", "6.5", "7"), Assessment.MET),
            (rate("7.1", "6.5", "7"), Assessment.EXCEEDED),
            (rate("7.1", "6.5", "7", Direction.RANGE), Assessment.MISSED),
            (rate("6.5", "6.5", "7", Direction.RANGE), Assessment.MET),
            (amount("5"), None),
        ],
    )
    def test_a_whole_year_is_exceeded_met_or_missed(self, row, verdict):
        assert indicators.assess(row) is verdict

    @pytest.mark.parametrize(
        ("row", "elapsed", "verdict"),
        [
            (amount("101", "100"), None, Assessment.EXCEEDED),
            (amount("92", "100"), Fraction(11, 12), Assessment.ON_TRACK),
            (amount("90.35", "100"), Fraction(11, 12), None),
            (amount("92", "100"), None, None),
            (rate("8", lower="7.5"), None, Assessment.ON_TRACK),
            (amount("90", "100", direction=Direction.LOWER), None, Assessment.ON_TRACK),
            (amount("110", "100", direction=Direction.LOWER), None, None),
        ],
    )
    def test_part_of_a_year_says_only_what_is_certain(self, row, elapsed, verdict):
        fields = {name: getattr(row, name) for name in Indicator.__slots__}
        part = Indicator(**(fields | {"scope": Scope.PART_YEAR}))
        assert indicators.assess(part, elapsed=elapsed) is verdict

    @given(
        st.decimals(0, 1000, places=2), st.decimals(1, 1000, places=2), st.decimals(0, 50, places=2)
    )
    def test_a_better_result_is_never_assessed_worse(self, result, plan, more):
        order = [Assessment.MISSED, Assessment.MET, Assessment.EXCEEDED]
        lower, higher = amount(str(result), str(plan)), amount(str(result + more), str(plan))
        assert order.index(indicators.assess(lower)) <= order.index(indicators.assess(higher))


class TestStated:
    RATIO = Comparison(Fraction(9035, 100), Form.RATIO)

    @pytest.mark.parametrize("stated", ["90.35", "90.350", "90.4", "90.3", "90"])
    def test_what_rounds_to_it_at_its_own_precision_follows(self, stated):
        if stated == "90.3":  # 90.35 lies in the middle: either neighbour is a usual rounding
            assert indicators.follows(Decimal(stated), self.RATIO.value)
        assert indicators.check_stated(self.RATIO, Decimal(stated), Form.RATIO) is None

    def test_what_does_not_follow_is_said_with_what_follows_instead(self):
        warning = indicators.check_stated(
            self.RATIO, Decimal("90.53"), Form.RATIO, field="stated_plan"
        )
        assert warning.code == "indicator.does_not_follow"
        assert "90,53%" in str(warning)
        assert "90,35%" in str(warning)
        assert warning.field == "stated_plan"

    def test_a_ratio_and_a_growth_are_the_same_comparison(self):
        growth = indicators.against_prior(amount("109.28", prior="100"))
        assert indicators.check_stated(growth, Decimal("9.28"), Form.CHANGE) is None
        assert indicators.check_stated(growth, Decimal("109.28"), Form.RATIO) is None
        assert "109,28%" in str(indicators.check_stated(growth, Decimal("9.28"), Form.RATIO))
        plan = indicators.against_plan(amount("100.01", "100"))
        assert indicators.check_stated(plan, Decimal("0.01"), Form.CHANGE) is None

    @pytest.mark.parametrize(
        ("result", "plan", "stated"), [("18610", "21208", "88"), ("2850", "3650", "78")]
    )
    def test_the_published_figures_of_dak_nong_follow(self, result, plan, stated):
        exact = indicators.against_plan(amount(result, plan))
        assert indicators.check_stated(exact, Decimal(stated), Form.RATIO) is None

    def test_points_are_not_compared_with_percentages_and_nothing_with_nothing(self):
        points = Comparison(Fraction(1, 2), Form.POINTS)
        assert indicators.check_stated(points, Decimal(99), Form.RATIO) is None
        assert indicators.check_stated(points, Decimal("0.5"), Form.POINTS) is None
        assert indicators.check_stated(None, Decimal(99), Form.RATIO) is None
        assert indicators.check_stated(points, None, Form.POINTS) is None

    @given(st.fractions(0, 300, max_denominator=997), st.integers(0, 3))
    def test_the_rounded_exact_figure_always_follows_and_a_distant_one_never(self, exact, places):
        rounded = indicators.figures.rounded(exact, places)
        assert indicators.follows(rounded, exact)
        assert not indicators.follows(rounded + 2, exact)
