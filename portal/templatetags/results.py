"""Results in words and bars, for public pages. Charts are SVG attributes: no inline styles."""

from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from council.templatetags import nt
from council.templatetags.nt import stacked_bar
from elections.models import Outcome, OutcomeLine
from elections.web.result_table import SHADES
from sessions.models import Indicator

register = template.Library()
WIDTH, HEIGHT = 1000, 16
BASE_NAMES = {
    "returned": gettext_noop("tổng số phiếu thu về"),
    "total": gettext_noop("tổng số đại biểu"),
    "present": gettext_noop("số đại biểu có mặt"),
    "valid": gettext_noop("số phiếu hợp lệ"),
    "in_office": gettext_noop("số đại biểu hiện có"),
}
OPTION_NAMES = {
    "high": gettext_noop("tín nhiệm cao"),
    "confidence": gettext_noop("tín nhiệm"),
    "low": gettext_noop("tín nhiệm thấp"),
    "for": gettext_noop("đồng ý"),
    "against": gettext_noop("không đồng ý"),
    "abstain": gettext_noop("không biểu quyết"),
    "no_confidence": gettext_noop("không tín nhiệm"),
}


def percent(line: OutcomeLine, option: str) -> str:
    """The frozen percentage in the page's form: "97,5%"."""
    return nt.vi_percent(line.percent.get(option))


@register.simple_tag
def poll_base_caption(outcome: Outcome) -> str:
    """What the percentages are of, with the count of papers."""
    return _(
        "Tỷ lệ trên %(base)s (%(value)d); phát ra %(issued)d, thu về %(returned)d, "
        "hợp lệ %(valid)d, không hợp lệ %(invalid)d"
    ) % {
        "base": _(BASE_NAMES[outcome.base]),
        "value": outcome.base_value,
        "issued": outcome.count.issued,
        "returned": outcome.count.returned,
        "valid": outcome.count.valid,
        "invalid": outcome.count.invalid,
    }


@register.simple_tag
def outcome_base(outcome: Outcome) -> str:
    """What the percentages are of: "trên tổng số phiếu thu về (34)"."""
    return _("trên %(base)s (%(value)d)") % {
        "base": _(BASE_NAMES[outcome.base]),
        "value": outcome.base_value,
    }


@register.simple_tag
def outcome_sentence(line: OutcomeLine, outcome: Outcome) -> str:
    """The sentence "33/35 phiếu đồng ý, bằng 94,29% tổng số đại biểu; cần 18 phiếu."""
    sentence = _("%(yes)d/%(value)d phiếu đồng ý, bằng %(percent)s so với %(base)s") % {
        "yes": line.votes["for"],
        "value": outcome.base_value,
        "percent": percent(line, "for"),
        "base": _(BASE_NAMES[outcome.base]),
    }
    if outcome.needed:
        sentence += _("; cần ít nhất %(needed)d phiếu") % {"needed": outcome.needed}
    return f"{sentence}."


@register.simple_tag
def outcome_bar(line: OutcomeLine, outcome: Outcome) -> SafeString:
    """One stacked bar over the base; what counts for nobody stays grey."""
    parts = [(SHADES[option], count) for option, count in line.votes.items() if count]
    spoken = ", ".join(
        f"{_(OPTION_NAMES[option])} {count} ({percent(line, option)})"
        for option, count in line.votes.items()
    )
    return stacked_bar(parts, outcome.base_value, f"{line.entry.person.full_name}: {spoken}")


@register.filter
def indicator_result(row: Indicator) -> str:
    """The result with its unit; amounts in million đồng read "34.550 tỷ 889 triệu đồng"."""
    return amount(row.result, row.unit)


def amount(value: Decimal | None, unit: str) -> str:
    """A figure with its unit, or a dash where the source gives none."""
    if value is None:
        return "–"
    if unit == "triệu đồng":
        return nt.vi_money(value.quantize(Decimal(1)) if value == value.to_integral() else value)
    return f"{nt.vi_decimal(value.normalize())} {unit}".replace(" %", "%")


@register.filter
def indicator_plan(row: Indicator) -> str:
    """Against plan, as the report states it."""
    if row.stated_plan is None:
        return plan_words(row)
    if row.stated_plan_form == Indicator.PlanForm.EXCESS:
        return signed(row.stated_plan, _("vượt %(value)s"), _("hụt %(value)s"))
    return nt.vi_percent(row.stated_plan)


@register.filter
def plan_figure(row: Indicator) -> str:
    """The plan alone, for a column of plans: a point, a range or one bound."""
    low, high = row.plan_lower, row.plan_upper
    if low is None and high is None:
        return "–"
    if high is None:
        return _("từ %(value)s trở lên") % {"value": amount(low, row.unit)}
    if low is None:
        return _("không quá %(value)s") % {"value": amount(high, row.unit)}
    if low == high:
        return amount(low, row.unit)
    return f"{amount(low, row.unit)} – {amount(high, row.unit)}"


def plan_words(row: Indicator) -> str:
    """The plan itself where no comparison is stated: a point, a range or one bound."""
    low, high = row.plan_lower, row.plan_upper
    if low is None and high is None:
        return "–"
    if high is None:
        return _("kế hoạch từ %(low)s trở lên") % {"low": amount(low, row.unit)}
    if low is None:
        return _("kế hoạch không quá %(high)s") % {"high": amount(high, row.unit)}
    if low == high:
        return _("kế hoạch %(plan)s") % {"plan": amount(low, row.unit)}
    return _("kế hoạch %(low)s – %(high)s") % {
        "low": amount(low, row.unit),
        "high": amount(high, row.unit),
    }


@register.filter
def indicator_prior(row: Indicator) -> str:
    """Against the same period, as the report states it."""
    if row.stated_prior is None:
        return "–"
    if row.stated_prior_form == Indicator.PriorForm.RATIO:
        return _("bằng %(value)s") % {"value": nt.vi_percent(row.stated_prior)}
    return signed(row.stated_prior, _("tăng %(value)s"), _("giảm %(value)s"))


def signed(value: Decimal, up: str, down: str) -> str:
    """Either "tăng 11%" or "giảm 2%"."""
    return (up if value >= 0 else down) % {"value": nt.vi_percent(abs(value))}


@register.simple_tag
def indicator_chart(rows: list[Indicator]) -> SafeString:
    """Bars of the percentage of the plan reached, with the plan as a line at 100%."""
    shown = [(row, ratio) for row in rows if (ratio := plan_ratio(row)) is not None]
    if not shown:
        return SafeString("")
    bars = format_html_join(
        "",
        '<div class="chart-row"><span>{}</span>{}<span class="num">{}</span></div>',
        ((row.name, plan_bar(ratio, row), nt.vi_percent(ratio)) for row, ratio in shown),
    )
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}</figure>',
        _("So với kế hoạch (vạch là 100%)"),
        bars,
    )


def plan_ratio(row: Indicator) -> Decimal | None:
    """Percentage of the plan reached, from the stated comparison."""
    if row.stated_plan is None:
        return None
    return row.stated_plan + (100 if row.stated_plan_form == Indicator.PlanForm.EXCESS else 0)


def plan_bar(ratio: Decimal, row: Indicator) -> SafeString:
    """One bar; its full width is 125% of the plan."""
    width = min(WIDTH, int(ratio * WIDTH / 125))
    shade = "low" if row.assessment == Indicator.Assessment.MISSED else "high"
    return format_html(
        '<svg class="bar" role="img" aria-label="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">'
        '<rect class="bar-sunk" x="0" y="0" width="{}" height="{}"></rect>'
        '<rect class="bar-{}" x="0" y="0" width="{}" height="{}"></rect>'
        '<rect class="bar-mark" x="{}" y="0" width="4" height="{}"></rect></svg>',
        f"{row.name}: {nt.vi_percent(ratio)}",
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        shade,
        width,
        HEIGHT,
        WIDTH * 100 // 125,
        HEIGHT,
    )
