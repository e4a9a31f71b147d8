"""Turn away what no honest browser sends before it reaches a database that chokes on it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

MAX_QUERY = 4096
MAX_KEY_DIGITS = 18  # a longer number is no key of a 64-bit column


class InputGuardMiddleware:
    """400 for NUL bytes, broken UTF-8 and endless queries in the address; 404 for endless keys."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        check(request.META.get("QUERY_STRING", ""), request.path_info)
        return self.get_response(request)


def check(query: str, path: str) -> None:
    """Raises SuspiciousOperation, which Django answers with 400, or Http404."""
    if any(len(part) > MAX_KEY_DIGITS and part.isdecimal() for part in path.split("/")):
        raise Http404
    if len(query) > MAX_QUERY:
        message = "query too long"
        raise SuspiciousOperation(message)
    raw = unquote_to_bytes(query.replace("+", " "))
    if b"\x00" in raw or "\x00" in path or "�" in path:
        message = "NUL byte or broken UTF-8 in the address"
        raise SuspiciousOperation(message)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        message = "broken UTF-8 in the query"
        raise SuspiciousOperation(message) from error
