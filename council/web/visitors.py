"""The mark of a page that is for everybody; no services here, so that the portal may use it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
PUBLIC = "public"


def public(view: View) -> View:
    """Say that the page is for everybody; the view must read published things only."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    gated.gate_verb = PUBLIC  # type: ignore[attr-defined]
    return gated
