"""A thin layer before Django: published pages that were rendered once, served from memory.

Only what a view marks with the header `X-Page-Store` is kept, and only as it was answered to
somebody who is not signed in, without a query. A page is good as long as the stamp is the one
under which it was rendered; every purge and every midnight changes the stamp. So nothing here has
to know which publication touches which page, and nothing stale can be served.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from portal.services.page_store import STORE_HEADER

MEMORY_MAX: Final = 64 * 1024 * 1024
"""Bytes of pages that one process keeps; what was read longest ago goes first."""

_KEPT_WITH_304: Final = frozenset(
    {
        "etag",
        "cache-control",
        "vary",
        "content-language",
        "content-security-policy",
        "last-modified",
    }
)
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, str, str]
Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was answered, and the stamp under which it was."""

    stamp: Stamp
    headers: Headers
    short_headers: Headers
    etag: str
    body: bytes


class StoredPages:
    """The WSGI application in front of another one.

    Args:
        application: answers what is not stored.
        stamp: changes whenever pages were purged; cheap, since it is asked for each request.
        language_of: cookie header and Accept-Language → language of the page.
        session_cookie: who sends it is signed in (or was) and always gets a page of Django's.
    """

    def __init__(
        self,
        application: Application,
        *,
        stamp: Callable[[], object],
        language_of: Callable[[str, str], str],
        session_cookie: str,
    ) -> None:
        self.application = application
        self._purged = stamp
        self._language = lru_cache(maxsize=512)(language_of)
        self._session_mark = f"{session_cookie}="
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The stored page, else what the application answers; storable answers are kept."""
        cookies = environ.get("HTTP_COOKIE", "")
        if (
            environ.get("REQUEST_METHOD") not in ("GET", "HEAD")
            or environ.get("QUERY_STRING")
            or self._session_mark in cookies
        ):
            return self.application(environ, start_response)
        language = self._language(cookies[:400], environ.get("HTTP_ACCEPT_LANGUAGE", "")[:200])
        key = (environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""),
               environ.get("PATH_INFO", ""), language)  # fmt: skip
        stamp: Stamp = (self._purged(), *time.localtime()[:3])
        page = self._pages.get(key)
        if page is None or page.stamp != stamp:
            return self._ask(key, stamp, environ, start_response)
        return _answer(page, environ, start_response)

    def _ask(
        self, key: Key, stamp: Stamp, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application answer; keep it where the view says that it may be kept."""
        told: list[Any] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> None:
            told[:] = [status, headers, exc_info]

        answered = self.application(environ, start)
        status, headers, exc_info = told
        if environ["REQUEST_METHOD"] == "HEAD" or not _is_storable(status, headers):
            start_response(status, _public(headers), exc_info)
            return answered
        try:
            body = b"".join(answered)
        finally:
            _close(answered)
        page = _page(stamp, headers, body)
        self._keep(key, page)
        return _answer(page, environ, start_response)

    def _keep(self, key: Key, page: Page) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(old.body) if old else 0)
            self._pages[key] = page
            while self._bytes > MEMORY_MAX and len(self._pages) > 1:
                _key, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body)


def _is_storable(status: str, headers: Headers) -> bool:
    names = {name.lower() for name, _value in headers}
    return (
        status.startswith("200") and STORE_HEADER.lower() in names and "set-cookie" not in names
        and "etag" in names
    )  # fmt: skip


def _page(stamp: Stamp, headers: Headers, body: bytes) -> Page:
    shown = _public(headers)
    etag = next(value for name, value in headers if name.lower() == "etag")
    short = [(name, value) for name, value in shown if name.lower() in _KEPT_WITH_304]
    return Page(stamp, shown, short, etag, body)


def _public(headers: Headers) -> Headers:
    """Without the mark of the store, which is of no use to a reader."""
    return [pair for pair in headers if pair[0].lower() != STORE_HEADER.lower()]


def _answer(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    wanted = environ.get("HTTP_IF_NONE_MATCH", "")
    if wanted and (wanted.strip() == "*" or _names(wanted, page.etag)):
        start_response("304 Not Modified", list(page.short_headers))
        return (b"",)
    start_response("200 OK", list(page.headers))
    return (b"",) if environ["REQUEST_METHOD"] == "HEAD" else (page.body,)


def _names(wanted: str, etag: str) -> bool:
    """Whether the list of entity tags holds this one; weak and strong are alike here."""
    bare = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == bare for one in wanted.split(","))


def _close(answered: Iterable[bytes]) -> None:
    close = getattr(answered, "close", None)
    if close is not None:
        close()
