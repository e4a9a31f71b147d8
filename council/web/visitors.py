"""The mark of a page that is for everybody; no services here, so that the portal may use it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
PUBLIC = "public"


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, for counting tries; behind a proxy, what the proxy saw."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.BEHIND_PROXY and forwarded and seen in settings.TRUSTED_PROXIES:
        return forwarded.rpartition(",")[2].strip()[:64]
    return seen[:64]


def public(view: View) -> View:
    """Say that the page is for everybody; the view must read published things only."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    gated.gate_verb = PUBLIC  # type: ignore[attr-defined]
    return gated
