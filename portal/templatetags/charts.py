"""Charts as SVG, drawn on the server: no script, no inline style, sizes as attributes.

Widths are per cent, heights pixels: letters keep their size on a phone and on paper.
"""

from django import template
from django.template.defaultfilters import capfirst
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from council.templatetags import nt
from portal.rules import timeline
from portal.web.office_page import Holding, OfficeGroup

register = template.Library()
BAR_TOP, BAR_HEIGHT = 18, 14
"""Place and height of a bar in its lane; the holder's name stands above it."""


def share(fraction: float) -> str:
    """A fraction of the width as SVG takes it."""
    return f"{fraction * 100:.2f}%"


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
