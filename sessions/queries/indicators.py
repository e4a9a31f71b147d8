"""Indicators as the working area shows them: figures in words, comparisons, and warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from council.models import Council
from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from sessions.models import Indicator
from sessions.rules import indicators as rules

PLACES = 4
BAR_MAX = Decimal(125)
MONEY_UNIT = "triệu đồng"
PLAN_FORMS = {
    Indicator.PlanForm.RATIO.value: rules.Form.RATIO,
    Indicator.PlanForm.EXCESS.value: rules.Form.CHANGE,
}
PRIOR_FORMS = {
    Indicator.PriorForm.RATIO.value: rules.Form.RATIO,
    Indicator.PriorForm.GROWTH.value: rules.Form.CHANGE,
}
LOWER_ONLY, UPPER_ONLY = gettext_noop("từ %(value)s trở lên"), gettext_noop("không quá %(value)s")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table.

    Attributes:
        row: the indicator.
        plan, result, prior: figures as they are read; a dash where the source gives none.
        plan_phrase: msgid to put a one-sided plan in; empty for a point or a range.
        against_plan, against_prior: from the figures, empty where they cannot be compared.
        stated_plan, stated_prior: the report's own, empty where it states none.
        warnings: stated percentages that do not follow from the figures.
        ratio: percentage of the plan reached, for the chart: from the figures, else as the report
            states it; None for rates.
    """

    row: Indicator
    plan: str
    plan_phrase: str
    result: str
    prior: str
    against_plan: str
    against_prior: str
    stated_plan: str
    stated_prior: str
    warnings: tuple[Refusal, ...]
    ratio: Decimal | None

    @property
    def ratio_shown(self) -> str:
        """The percentage at the end of the chart's bar."""
        return figures.percent_vi(self.ratio or Decimal(0))

    @property
    def bar_width(self) -> str:
        """Width of the chart's bar, 100 being the plan; never beyond the drawing."""
        return f"{min(max(self.ratio or Decimal(0), Decimal(0)), BAR_MAX):f}"


def for_staff(council: Council) -> QuerySet[Indicator]:
    """Indicators of the council's sessions, for looking one up by its key."""
    return Indicator.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council"
    )


def table(rows: Iterable[Indicator]) -> list[Line]:
    """The rows with everything that is computed from them."""
    return [line(row) for row in rows]


def line(row: Indicator) -> Line:
    """One row with everything that is computed from it."""
    judged = as_rule(row)
    plan, prior = rules.against_plan(judged), rules.against_prior(judged)
    plan_form, prior_form = stated_forms(row)
    shown_plan, phrase = plan_words(row)
    return Line(
        row=row, plan=shown_plan, plan_phrase=phrase, result=amount(row.result, row.unit),
        prior=amount(row.prior, row.unit), against_plan=plan.shown() if plan else "",
        against_prior=prior.shown() if prior else "",
        stated_plan=stated_words(row.stated_plan, plan_form),
        stated_prior=stated_words(row.stated_prior, prior_form),
        warnings=warnings_of(row),
        ratio=ratio_of(row, plan),
    )  # fmt: skip


def ratio_of(row: Indicator, exact: rules.Comparison | None) -> Decimal | None:
    """Percentage of the plan reached, to two decimals; None for rates and where nobody says it."""
    if row.is_rate:
        return None
    if exact is not None:
        return figures.rounded(exact.value, 2)
    if row.stated_plan is None:
        return None
    is_excess = row.stated_plan_form == Indicator.PlanForm.EXCESS
    return row.stated_plan + (100 if is_excess else 0)


def as_rule(row: Indicator) -> rules.Indicator:
    """The row as the rules see it.

    Raises:
        Refusal: ``indicator.plan_out_of_order``.
    """
    scope = rules.Scope.WHOLE_YEAR if row.is_whole_year else rules.Scope.PART_YEAR
    return rules.Indicator(
        unit=row.unit, direction=rules.Direction(row.direction), plan_lower=row.plan_lower,
        plan_upper=row.plan_upper, result=row.result, prior=row.prior, is_rate=row.is_rate,
        scope=scope,
    )  # fmt: skip


def stated_forms(row: Indicator) -> tuple[rules.Form, rules.Form]:
    """How the report's two comparisons are meant; of rates always in percentage points."""
    if row.is_rate:
        return rules.Form.POINTS, rules.Form.POINTS
    return PLAN_FORMS[row.stated_plan_form], PRIOR_FORMS[row.stated_prior_form]


def warnings_of(row: Indicator) -> tuple[Refusal, ...]:
    """Stated percentages that do not follow from the figures, to be shown beside their fields."""
    judged = as_rule(row)
    plan_form, prior_form = stated_forms(row)
    checked = (
        rules.check_stated(
            rules.against_plan(judged), row.stated_plan, plan_form, field="stated_plan"
        ),
        rules.check_stated(
            rules.against_prior(judged), row.stated_prior, prior_form, field="stated_prior"
        ),
    )
    return tuple(warning for warning in checked if warning is not None)


def stated_words(stated: Decimal | None, form: rules.Form) -> str:
    """The report's own comparison in figures."""
    if stated is None:
        return ""
    return rules.Comparison(Fraction(stated), form).shown(3)


def plan_words(row: Indicator) -> tuple[str, str]:
    """The plan: a point, a range, or one bound with the msgid of its phrase."""
    lower, upper = row.plan_lower, row.plan_upper
    if lower is None and upper is None:
        return "–", ""
    if upper is None:
        return amount(lower, row.unit), LOWER_ONLY
    if lower is None:
        return amount(upper, row.unit), UPPER_ONLY
    if lower == upper:
        return amount(lower, row.unit), ""
    return f"{figures.decimal_vi(lower, PLACES)} – {amount(upper, row.unit)}", ""


def amount(value: Decimal | None, unit: str) -> str:
    """A figure with its unit: ``34.550 tỷ 889 triệu đồng``, ``7,5%``; a dash for none."""
    if value is None:
        return "–"
    if unit == MONEY_UNIT:
        return figures.money_vi(value)
    shown = figures.decimal_vi(value, PLACES)
    return f"{shown}%" if unit == "%" else f"{shown} {unit}"
