"""What every address for machines answers: CORS, entity tags, limits that are told, problems."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import http_date, quote_etag

from council.web.problems import problem
from council.web.visitors import address_of, public

METHODS = "GET, HEAD, OPTIONS"
QUOTA, WINDOW_SECONDS = 600, 60
PREFLIGHT_SECONDS = 86400
REVALIDATE = "public, no-cache"
KEEP_SECONDS = 30 * 24 * 3600
View = Callable[..., HttpResponseBase]


def for_machines(view: View) -> View:
    """GET, HEAD and OPTIONS for everybody, from any page, within the limit."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return opened(HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS}))
        if request.method not in {"GET", "HEAD"}:
            return refused(HTTPStatus.METHOD_NOT_ALLOWED, Allow=METHODS)
        left, reset = spend(address_of(request))
        if left < 0:
            answer: HttpResponseBase = refused(
                HTTPStatus.TOO_MANY_REQUESTS, **{"Retry-After": str(reset)}
            )
        else:
            answer = conditional(request, asked_as_get(view, request, *args, **kwargs))
        answer["RateLimit-Policy"] = f'"address";q={QUOTA};w={WINDOW_SECONDS}'
        answer["RateLimit"] = f'"address";r={max(left, 0)};t={reset}'
        return opened(answer)

    served.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here changes anything
    return public(served)


def refused(status: HTTPStatus, **headers: str) -> HttpResponse:
    """A problem with these headers."""
    response = problem(status)
    for name, value in headers.items():
        response[name] = value
    return response


def asked_as_get(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """HEAD is GET without the body, which the server leaves out."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def spend(address: str) -> tuple[int, int]:
    """Count one request of this address: how many are left, and in how many seconds all are back.

    The address is kept as a keyed hash, for a minute.
    """
    now = int(timezone.now().timestamp())
    window, reset = now // WINDOW_SECONDS, WINDOW_SECONDS - now % WINDOW_SECONDS
    key = f"portal:rate:{window}:{keyed(address)}"
    cache.add(key, 0, 2 * WINDOW_SECONDS)
    try:
        used = cache.incr(key)
    except ValueError:  # it went in between: nothing is counted, nobody is refused for that
        used = 1
    return QUOTA - used, reset


def conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Entity tag and day of the last change; 304 for what the reader has.

    `Last-Modified` is when these bytes were first seen at this address without a query.
    """
    if response.status_code != HTTPStatus.OK:
        return response
    response.headers.setdefault("Cache-Control", REVALIDATE)
    if isinstance(response, HttpResponse) and not response.has_header("ETag"):
        response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    etag, seen_at = response.get("ETag"), None
    if etag is None:
        return response
    if not request.META.get("QUERY_STRING"):
        seen_at = first_seen(request.path, etag)
        response["Last-Modified"] = http_date(seen_at)
    found = get_conditional_response(request, etag, seen_at)
    if found is None:
        return response
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        if response.has_header(name):
            found[name] = response[name]
    return found


def first_seen(path: str, etag: str) -> int:
    """When the address began to answer with this entity, in seconds since 1970."""
    key = f"portal:seen:{keyed(path)}"
    known = cache.get(key)
    if known and known[0] == etag:
        return int(known[1])
    now = int(timezone.now().timestamp())
    cache.set(key, (etag, now), KEEP_SECONDS)
    return now


def keyed(text: str) -> str:
    """What stands for the text in the cache: nobody who reads the cache learns an address."""
    return salted_hmac("portal.machines", text, algorithm="sha256").hexdigest()[:32]


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """Readable from any page; nothing here depends on who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Accept"
    response["Access-Control-Expose-Headers"] = (
        "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"
    )
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
