"""Each page goes by the law that administrators approved, at most a minute old."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from council.services import rulebook


class FreshRulebookMiddleware:
    """Reads the approved rules again where that was long ago; most requests find them fresh."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in {"/healthz", "/readyz"}:
            rulebook.refresh_if_due()
        return self.get_response(request)
