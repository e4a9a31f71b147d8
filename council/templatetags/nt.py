"""Dates, figures, states and bars for templates: Vietnamese form, English form on English pages."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from council.rules import figures, text
from council.typesetting import wording

register = template.Library()

NOTHING: Final = "–"
ENGLISH_SIGNS: Final = str.maketrans(".,", ",.")
MILLIONS_A_BILLION: Final = 1000
BAR_WIDTH, BAR_HEIGHT = 1000, 16
SHADES: Final = frozenset({"high", "mid", "low", "void"})
SHAPED: Final = frozenset({"mid", "low"})
"""Shades told by a shape too: a line along the middle, stripes across."""

DONE: Final = frozenset(
    {"done", "ok", "published", "agreed", "closed", "elected", "passed", "present", "met"}
)
UNDER_WAY: Final = frozenset(
    {"now", "soon", "open", "current", "running", "counting", "in_progress", "suspended",
     "submitted", "approved", "adopted", "signed", "to_send", "sent"}
)  # fmt: skip
TROUBLE: Final = frozenset({"late", "failed", "annulled", "refused", "missed", "withdrawn"})


def is_english() -> bool:
    """Whether the page is read in English."""
    return get_language() == "en"


def figure(vietnamese: str) -> str:
    """A figure with the page's own signs: 34.550,5 becomes 34,550.5 in English."""
    return vietnamese.translate(ENGLISH_SIGNS) if is_english() else vietnamese


def local_day(value: date | datetime) -> date:
    """The day in Vietnam."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def vi_date(value: date | datetime | None) -> str:
    """12/12/2023; in English 12 December 2023."""
    if not value:
        return NOTHING
    day = local_day(value)
    return date_format(day, "j F Y") if is_english() else figures.date_short(day)


@register.filter
def vi_date_long(value: date | datetime | None) -> str:
    """The date in running text: ngày 12 tháng 12 năm 2023; in English 12 December 2023."""
    if not value:
        return NOTHING
    day = local_day(value)
    return date_format(day, "j F Y") if is_english() else figures.date_in_document(day)


@register.filter
def document_date(value: date | None) -> str:
    """The date as documents write it, in Vietnamese whatever the page's language."""
    return figures.date_in_document(local_day(value)) if value else "ngày … tháng … năm …"


@register.filter
def recipients(lines: str) -> list[str]:
    """The lines of "Nơi nhận" with their dashes and stops, as the printed document has them."""
    return wording.recipients([line for line in lines.splitlines() if line.strip()])


@register.filter
def vi_time(value: time | datetime | None) -> str:
    """8 giờ 02; in English 08:02."""
    if value is None:
        return NOTHING
    moment = timezone.localtime(value).time() if isinstance(value, datetime) else value
    return f"{moment:%H:%M}" if is_english() else figures.time_vi(moment)


@register.filter
def vi_percent(value: Decimal | str | float | None) -> str:
    """90,35%; in English 90.35%."""
    try:
        return figure(figures.percent_vi(Decimal(str(value))))
    except InvalidOperation:
        return NOTHING


@register.filter
def vi_int(value: int | None) -> str:
    """34.550; in English 34,550."""
    return NOTHING if value is None else figure(figures.integer_vi(value))


@register.filter
def vi_decimal(value: Decimal | None) -> str:
    """3,5 with at most two decimals; in English 3.5."""
    return NOTHING if value is None else figure(figures.decimal_vi(value))


@register.filter
def vi_money(value: Decimal | int | None) -> str:
    """A sum in million đồng: 34.550 tỷ 889 triệu đồng; in English 34,550.889 billion đồng."""
    if value is None:
        return NOTHING
    if not is_english():
        return figures.money_vi(value)
    millions = Decimal(value)
    if abs(millions) < MILLIONS_A_BILLION:
        return f"{figure(figures.decimal_vi(millions, 6))} million đồng"
    return f"{figure(figures.decimal_vi(millions / MILLIONS_A_BILLION, 9))} billion đồng"


@register.filter
def roman(value: int) -> str:
    """XIII."""
    return text.roman(value)


@register.simple_tag
def status_tag(state: str, word: str) -> SafeString:
    """A state in a word and a shape: the shape and colour follow from `state`, `word` is read."""
    return format_html('<span class="tag {}">{}</span>', shape_of(state), word)


def shape_of(state: str) -> str:
    """The class of a state's tag: ok, warn (under way or due), bad, or quiet."""
    if state in DONE:
        return "ok"
    if state in UNDER_WAY:
        return "warn"
    return "bad" if state in TROUBLE else "quiet"


@register.simple_tag
def stacked_bar(parts: Iterable[tuple[str, int]], base: int, label: str) -> SafeString:
    """A stacked bar as SVG, since the security policy allows no inline style.

    Args:
        parts: (shade, count) from left to right; shade is high, mid, low or void, count ≥ 0.
        base: what the whole width stands for, ≥ 0; what the parts leave over stays grey.
        label: the figures in words, for those who do not see the bar.
    """
    rects, x = [], 0.0
    for shade, count in parts:
        if shade not in SHADES:
            raise ValueError(shade)
        width = BAR_WIDTH * count / base if base else 0.0
        if width:
            rects.append((shade, f"{x:.2f}", f"{width:.2f}", BAR_HEIGHT))
        x += width
    shapes = [
        (shade, left, BAR_HEIGHT // 2, width)
        for shade, left, width, _height in rects
        if shade in SHAPED
    ]
    return format_html(
        '<svg class="bar" role="img" aria-label="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">'
        '<rect class="bar-void" x="0" y="0" width="{}" height="{}"></rect>{}</svg>',
        label,
        BAR_WIDTH,
        BAR_HEIGHT,
        BAR_WIDTH,
        BAR_HEIGHT,
        format_html_join(
            "", '<rect class="bar-{}" x="{}" y="0" width="{}" height="{}"></rect>', rects
        )
        + format_html_join("", '<path class="bar-shape-{}" d="M{} {}h{}"></path>', shapes),
    )


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: object) -> str:
    """The page's own query string with some values changed; `None` takes a value away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"
