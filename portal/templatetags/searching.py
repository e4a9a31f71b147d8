"""Links and words of the search page."""

from django import template
from django.utils.translation import gettext

from council.templatetags.nt import query_with
from portal.web import reading
from resolutions.rules import standing

register = template.Library()


@register.simple_tag(takes_context=True)
def narrowed(context: template.Context, parameter: str, value: str | None) -> str:
    """The same question with one filter changed, or without it (None); from the first page."""
    return query_with(context, **{parameter: value, "page": None})


@register.filter
def standing_worth_telling(value: str) -> str:
    """The standing, unless it is the usual one, of which nobody has to be told."""
    return "" if value == standing.Standing.IN_FORCE else value


@register.filter
def standing_tag(value: str) -> str:
    """Colour of its tag."""
    return reading.TAGS[standing.Standing(value)]


@register.filter
def standing_name(value: str) -> str:
    """A standing in words: "Hết hiệu lực toàn bộ"."""
    return gettext(standing.NAMES[standing.Standing(value)])
