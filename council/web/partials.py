"""htmx gets a part of the page, everybody else the page."""

from django.http import HttpRequest


def template_for(request: HttpRequest, template: str, partial: str) -> str:
    """`page.html#partial` for an htmx request that is not boosted, else `page.html`."""
    htmx = getattr(request, "htmx", None)
    return f"{template}#{partial}" if htmx and not htmx.boosted else template
