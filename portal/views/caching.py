"""Public pages may be kept by anybody between us and the reader, but not shown unasked."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from council.web.requests import PublicRequest

REVALIDATE = "public, no-cache"
"""Keep it, ask each time: a 304 costs little, yesterday's result on today's page costs trust."""
View = Callable[..., HttpResponse]


def publicly_cached(view: View) -> View:
    """`Cache-Control: public` for what everybody may see; errors stay uncached."""

    @wraps(view)
    def cached(request: PublicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK:
            response.headers.setdefault("Cache-Control", REVALIDATE)
        return response

    return cached
