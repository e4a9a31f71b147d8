"""Socio-economic indicators: result against plan and against the same period, exactly.

Amounts compare as ratios ("đạt 90,35% kế hoạch") and growth ("tăng 11% so với cùng kỳ"), rates as
differences in percentage points, because a percentage of a percentage tells nothing.

Source: practice.md section 5 (practice, no article).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop

_HUNDRED: Final = 100
SHOWN_PLACES: Final = 2


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Scope(StrEnum):
    """Whether the result is the whole year's or of a part of it, such as 11 months."""

    WHOLE_YEAR = "whole_year"
    PART_YEAR = "part_year"


class Assessment(StrEnum):
    """vượt, đạt, theo tiến độ, chưa đạt."""

    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    MISSED = "missed"


class Form(StrEnum):
    """How a comparison is put in words.

    ``ratio``: result is so many per cent of the other figure; ``change``: so many per cent more
    (or fewer, negative); ``points``: so many percentage points more (rates only).
    """

    RATIO = "ratio"
    CHANGE = "change"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison in per cent or percentage points, exact; round it only to show it."""

    value: Fraction
    form: Form

    def shown(self, places: int = SHOWN_PLACES) -> str:
        """In Vietnamese figures, changes with their sign: ``90,35%``, ``+11%``, ``-0,5 điểm %``."""
        amount = figures.decimal_vi(self.value, places)
        match self.form:
            case Form.RATIO:
                return f"{amount}%"
            case Form.CHANGE:
                return f"{_signed(amount)}%"
            case Form.POINTS:
                return f"{_signed(amount)} điểm %"


def _signed(amount: str) -> str:
    return amount if amount.startswith("-") or amount == "0" else f"+{amount}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the table, amounts in ``unit``; figures that the source does not tell are None.

    A plan is a point (both bounds equal), a range, or one-sided (one bound only: "từ 7,5% trở
    lên" has a lower, "dưới 35%" an upper one).

    Raises:
        Refusal: ``indicator.plan_out_of_order``.
    """

    unit: str
    direction: Direction = Direction.HIGHER
    plan_lower: Decimal | None = None
    plan_upper: Decimal | None = None
    result: Decimal | None = None
    prior: Decimal | None = None
    is_rate: bool = False
    scope: Scope = Scope.WHOLE_YEAR

    def __post_init__(self) -> None:
        lower, upper = self.plan_lower, self.plan_upper
        if lower is not None and upper is not None and lower > upper:
            raise Refusal(
                "indicator.plan_out_of_order",
                gettext_noop(
                    "Kế hoạch từ %(lower)s đến %(upper)s: số đầu phải nhỏ hơn hoặc bằng số cuối."
                ),
                params={
                    "lower": figures.decimal_vi(lower, 4),
                    "upper": figures.decimal_vi(upper, 4),
                },
                field="plan_upper",
            )

    @property
    def plan(self) -> Decimal | None:
        """The bound that the result is measured by; None without a plan.

        A point or one-sided plan has only one. Of a range it is the bound that must be reached:
        the lower one, or the upper one where less is better; above a range whose middle is wanted,
        the upper one.
        """
        lower, upper = self.plan_lower, self.plan_upper
        if lower is None or upper is None:
            return upper if lower is None else lower
        direction = Direction(self.direction)
        match direction:
            case Direction.HIGHER:
                return lower
            case Direction.LOWER:
                return upper
            case Direction.RANGE:
                is_above = self.result is not None and self.result > upper
                return upper if is_above else lower


def _ratio(result: Decimal | None, base: Decimal | None) -> Fraction | None:
    if result is None or base is None or base <= 0:
        return None
    return Fraction(result) / Fraction(base) * _HUNDRED


def _points(result: Decimal | None, base: Decimal | None) -> Comparison | None:
    if result is None or base is None:
        return None
    return Comparison(Fraction(result) - Fraction(base), Form.POINTS)


def against_plan(indicator: Indicator) -> Comparison | None:
    """Result as a percentage of the plan; for rates the difference in percentage points.

    None where a figure is missing or the plan is not positive.
    """
    if indicator.is_rate:
        return _points(indicator.result, indicator.plan)
    ratio = _ratio(indicator.result, indicator.plan)
    return None if ratio is None else Comparison(ratio, Form.RATIO)


def against_prior(indicator: Indicator) -> Comparison | None:
    """Growth on the same period in per cent; for rates the difference in percentage points."""
    if indicator.is_rate:
        return _points(indicator.result, indicator.prior)
    ratio = _ratio(indicator.result, indicator.prior)
    return None if ratio is None else Comparison(ratio - _HUNDRED, Form.CHANGE)


def assess(indicator: Indicator, *, elapsed: Fraction | None = None) -> Assessment | None:
    """What the figures alone say; None where a person must say it.

    A whole year is exceeded, met or missed. A part of a year is exceeded or met once the year's
    plan is reached, on track where an amount keeps pace with the time gone, and otherwise
    undecided: whether eleven months at 90% are good enough is a judgement. Rates, ceilings and
    ranges move both ways, so a part of a year only ever says "on track" for them.

    Args:
        indicator: with a result and a plan.
        elapsed: share of the year gone (11 months: 11/12).
    """
    final = _final(indicator)
    if final is None or indicator.scope is Scope.WHOLE_YEAR:
        return final
    is_settled = not indicator.is_rate and indicator.direction is Direction.HIGHER
    if final is not Assessment.MISSED:
        return final if is_settled else Assessment.ON_TRACK
    ratio = _ratio(indicator.result, indicator.plan)
    keeps_pace = ratio is not None and elapsed is not None and ratio >= elapsed * _HUNDRED
    return Assessment.ON_TRACK if is_settled and keeps_pace else None


def _final(indicator: Indicator) -> Assessment | None:
    """The verdict if the year ended with this result."""
    if indicator.result is None or indicator.plan is None:
        return None
    falls_short, goes_beyond = _sides(indicator, indicator.result, indicator.plan)
    if falls_short:
        return Assessment.MISSED
    is_one_sided = indicator.plan_lower is None or indicator.plan_upper is None
    return Assessment.EXCEEDED if goes_beyond and not is_one_sided else Assessment.MET


def _sides(indicator: Indicator, result: Decimal, plan: Decimal) -> tuple[bool, bool]:
    """Whether the result falls short of the plan, and whether it goes beyond all of it."""
    lower = plan if indicator.plan_lower is None else indicator.plan_lower
    upper = plan if indicator.plan_upper is None else indicator.plan_upper
    direction = Direction(indicator.direction)
    match direction:
        case Direction.HIGHER:
            return result < lower, result > upper
        case Direction.LOWER:
            return result > upper, result < lower
        case Direction.RANGE:
            is_below = indicator.plan_lower is not None and result < lower
            is_above = indicator.plan_upper is not None and result > upper
            return is_below or is_above, False


def precision(stated: Decimal) -> int:
    """Decimals that a stated percentage claims; trailing zeros claim nothing ("11" is 11.000)."""
    exponent = stated.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def follows(stated: Decimal, exact: Fraction) -> bool:
    """Whether the stated figure is the exact one, rounded in any usual way to its own decimals."""
    tolerance = Fraction(1, 2 * 10 ** precision(stated))
    return abs(Fraction(stated) - exact) <= tolerance


def check_stated(
    exact: Comparison | None, stated: Decimal | None, form: Form, *, field: str = ""
) -> Refusal | None:
    """A warning where a stated percentage does not follow from its figures; None where it does.

    Args:
        exact: `against_plan` or `against_prior` of the same indicator.
        stated: the report's own percentage, e.g. 90.35.
        form: whether the report states a ratio ("bằng 90,35%"), a change ("tăng 11%") or
            percentage points.
        field: form field to show it beside.

    Returns:
        A `Refusal` as a value, code ``indicator.does_not_follow``, to be shown, not raised: the
        report's figure stays as it is.
    """
    if exact is None or stated is None:
        return None
    expected = _in_form(exact, form)
    if expected is None or follows(stated, expected.value):
        return None
    places = max(precision(stated), SHOWN_PLACES)
    said = Comparison(Fraction(stated), form)
    return Refusal(
        "indicator.does_not_follow",
        gettext_noop(
            "Báo cáo nêu %(stated)s, nhưng theo số liệu thì là %(expected)s. "
            "Hãy kiểm tra lại số liệu hoặc tỷ lệ."
        ),
        params={"stated": said.shown(places), "expected": expected.shown(places)},
        field=field,
    )


def _in_form(exact: Comparison, form: Form) -> Comparison | None:
    """The same comparison in another form; None between percentages and points."""
    match exact.form, Form(form):
        case (Form.RATIO, Form.CHANGE):
            return Comparison(exact.value - _HUNDRED, Form.CHANGE)
        case (Form.CHANGE, Form.RATIO):
            return Comparison(exact.value + _HUNDRED, Form.RATIO)
        case (one, other):
            return exact if one is other else None
