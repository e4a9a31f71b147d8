"""Charts as SVG, drawn on the server: no script, no inline style, sizes as attributes.

Widths are per cent, heights pixels: letters keep their size on a phone and on paper.
"""

from django import template
from django.template.defaultfilters import capfirst
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from council.templatetags import nt
from portal.rules import series, timeline
from portal.templatetags.results import indicator_result
from portal.web.indicator_page import Series, YearRow
from portal.web.office_page import Holding, OfficeGroup

register = template.Library()
BAR_TOP, BAR_HEIGHT = 18, 14
"""Place and height of a bar in its lane; the holder's name stands above it."""


SERIES_HEIGHT, SERIES_TOP = 96, 6
"""Height of a chart of years without its labels, and the air above the highest figure."""
COLUMN_MARGIN = 0.18
"""Air at both sides of a year's bar, as a share of the year's column."""


def share(fraction: float) -> str:
    """A fraction of the width as SVG takes it."""
    return f"{fraction * 100:.2f}%"


def level(fraction: float) -> str:
    """A height of a chart of years in pixels."""
    return f"{SERIES_TOP + fraction * SERIES_HEIGHT:.1f}"


@register.simple_tag
def office_timeline(group: OfficeGroup, axis: timeline.Axis) -> SafeString:
    """One office's holders on the strip of years; the table below says the same in words."""
    name = f"chuc-vu-{group.office.pk}"
    spoken = "; ".join(spoken_of(row) for row in group.holdings)
    return format_html(
        '<svg class="timeline" role="img" aria-labelledby="{0} {0}-y" width="100%" height="{1}">'
        '<title id="{0}">{2}</title><desc id="{0}-y">{3}</desc>{4}{5}</svg>',
        name,
        group.height,
        group.office.title,
        spoken,
        format_html_join(
            "",
            '<line class="timeline-year" x1="{0}" x2="{0}" y1="0" y2="{1}"></line>',
            ((share(mark.place), group.height) for mark in axis.marks()),
        ),
        format_html_join("", "{}", ((holder(row),) for row in group.holdings)),
    )


@register.simple_tag
def timeline_years(axis: timeline.Axis) -> SafeString:
    """The years under the strips; the dates stand in the table, so this is drawn only."""
    return format_html(
        '<svg class="timeline" aria-hidden="true" width="100%" height="20">{}</svg>',
        format_html_join(
            "",
            '<text class="timeline-label" x="{}" y="14">{}</text>',
            ((share(mark.place), mark.label) for mark in axis.marks()),
        ),
    )


def spoken_of(row: Holding) -> str:
    """One holder in words: "Ông Nguyễn Văn Mẫu, 28/06/2021 – nay"."""
    end = nt.vi_date(row.ends_on) if row.ends_on else _("nay")
    return f"{capfirst(str(row.tenure.person))}, {nt.vi_date(row.tenure.starts_on)} – {end}"


def holder(row: Holding) -> SafeString:
    """A name over a bar; who was not elected has an outline instead of a full bar."""
    bar = row.bar
    return format_html(
        '<text class="timeline-name" x="{}" y="{}"{}>{}</text>'
        '<rect class="timeline-{}" x="{}" y="{}" width="{}" height="{}">'
        "<title>{}</title></rect>",
        share(bar.right if bar.reads_leftwards else bar.left),
        row.y + BAR_TOP - 5,
        SafeString(' text-anchor="end"') if bar.reads_leftwards else "",
        capfirst(str(row.tenure.person)),
        row.tenure.basis,
        share(bar.left),
        row.y + BAR_TOP,
        share(bar.width),
        BAR_HEIGHT,
        spoken_of(row),
    )


@register.simple_tag
def series_chart(shown: Series) -> SafeString:
    """Bars by year with the plan as a mark across each; part of a year is outlined."""
    found = series.columns(shown.results, shown.plans)
    spoken = "; ".join(spoken_year(year, shown) for year in shown.years)
    name = f"chi-tieu-{shown.key}"
    return format_html(
        '<svg class="series" role="img" aria-labelledby="{0} {0}-y" width="100%" height="{1}">'
        '<title id="{0}">{2}</title><desc id="{0}-y">{3}</desc>{4}</svg>',
        name,
        SERIES_TOP + SERIES_HEIGHT + 20,
        shown.name,
        spoken,
        format_html_join(
            "",
            "{}",
            ((year_column(year, column),) for year, column in zip(shown.years, found, strict=True)),
        ),
    )


def year_column(year: YearRow, column: series.Column) -> SafeString:
    """One year: its bar, the plan's mark, the year below; a dash where nothing is known."""
    left = column.left + column.width * COLUMN_MARGIN
    width = column.width * (1 - 2 * COLUMN_MARGIN)
    middle = share(column.left + column.width / 2)
    parts = [
        format_html(
            '<text class="series-year" x="{}" y="{}">{}</text>',
            middle, SERIES_TOP + SERIES_HEIGHT + 16, year.year,
        )
    ]  # fmt: skip
    if column.top is None or column.height is None:
        parts.append(
            format_html(
                '<text class="series-none" x="{}" y="{}">–</text>',
                middle, SERIES_TOP + SERIES_HEIGHT - 4,
            )
        )  # fmt: skip
    else:
        part = "" if year.row and year.row.is_whole_year else " series-part"
        parts.append(
            format_html(
                '<rect class="series-bar{}" x="{}" y="{}" width="{}" height="{}"></rect>',
                part, share(left), level(column.top), share(width),
                f"{max(column.height * SERIES_HEIGHT, 1.0):.1f}",
            )
        )  # fmt: skip
    if column.plan is not None:
        parts.append(
            format_html(
                '<line class="series-plan" x1="{}" x2="{}" y1="{}" y2="{}"></line>',
                share(left - column.width * 0.08), share(left + width + column.width * 0.08),
                level(column.plan), level(column.plan),
            )
        )  # fmt: skip
    return format_html_join("", "{}", ((part,) for part in parts))


def spoken_year(year: YearRow, shown: Series) -> str:
    """One year in words: "2023: 34.550 tỷ 889 triệu đồng, 90,35% kế hoạch"."""
    if year.row is None:
        return _("%(year)s: không có số liệu") % {"year": year.year}
    words = "" if shown.is_of_ratios else indicator_result(year.row)
    if year.ratio is not None:
        ratio = _("%(percent)s kế hoạch") % {"percent": nt.vi_percent(year.ratio)}
        words = f"{words}, {ratio}" if words else ratio
    return f"{year.year}: {words or nt.NOTHING}"
