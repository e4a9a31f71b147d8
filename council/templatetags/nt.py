"""Dates, numbers and names in Vietnamese form; the same filters in English pages."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from council.rules import figures, text

register = template.Library()


def local_day(value: date | datetime) -> date:
    """The day in Vietnam."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def vi_date(value: date | datetime | None) -> str:
    """12/12/2023; in English 12 December 2023."""
    if not value:
        return "–"
    day = local_day(value)
    return date_format(day, "j F Y") if get_language() == "en" else figures.date_short(day)


@register.filter
def vi_date_long(value: date | datetime | None) -> str:
    """ngày 12 tháng 12 năm 2023; in English 12 December 2023."""
    if not value:
        return "–"
    day = local_day(value)
    return date_format(day, "j F Y") if get_language() == "en" else figures.date_in_document(day)


@register.filter
def document_date(value: date | None) -> str:
    """The date as documents write it, in Vietnamese whatever the page's language."""
    return figures.date_in_document(local_day(value)) if value else "ngày … tháng … năm …"


@register.filter
def vi_time(value: time | datetime | None) -> str:
    """8 giờ 02; in English 08:02."""
    if value is None:
        return "–"
    moment = timezone.localtime(value).time() if isinstance(value, datetime) else value
    return f"{moment:%H:%M}" if get_language() == "en" else figures.time_vi(moment)


@register.filter
def vi_percent(value: Decimal | str | float | None) -> str:
    """90,35%."""
    try:
        return figures.percent_vi(Decimal(str(value)))
    except InvalidOperation:
        return "–"


@register.filter
def vi_int(value: int | None) -> str:
    """34.550."""
    return "–" if value is None else figures.integer_vi(value)


@register.filter
def vi_money(value: Decimal | int | None) -> str:
    """A sum in million đồng: 34.550 tỷ 889 triệu đồng."""
    return "–" if value is None else figures.money_vi(value)


@register.filter
def roman(value: int) -> str:
    """XIII."""
    return text.roman(value)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: object) -> str:
    """The page's own query string with some values changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"
