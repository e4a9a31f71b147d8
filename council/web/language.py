"""Language of the interface: `?lang=`, then a cookie, then the browser's wish, else Vietnamese."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

KNOWN = dict(settings.LANGUAGES)
COOKIE_AGE = 365 * 24 * 3600


class LanguageMiddleware:
    """Activate the language; remember an explicit choice in a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = asked if asked in KNOWN else wished(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked in KNOWN:
            response["Cache-Control"] = "private, no-store"  # nobody else gets this reader's cookie
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        translation.deactivate()
        return response


def wished(request: HttpRequest) -> str:
    """The cookie's language, else the browser's first known one, else Vietnamese."""
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language_of(cookie, request.headers.get("Accept-Language", ""))


def language_of(cookie: str, accepted: str) -> str:
    """The same of the cookie's value and of the header as they came."""
    if cookie in KNOWN:
        return cookie
    for part in accepted[:200].split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in KNOWN:
            return code
    return settings.LANGUAGE_CODE


def language_of_headers(cookies: str, accepted: str) -> str:
    """The same of the raw Cookie header, for who comes before Django."""
    mark = f"{settings.LANGUAGE_COOKIE_NAME}="
    values = [part.strip() for part in cookies.split(";")]
    cookie = next((one.removeprefix(mark) for one in values if one.startswith(mark)), "")
    return language_of(cookie, accepted)
