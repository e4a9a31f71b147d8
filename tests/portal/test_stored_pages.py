"""Published pages from memory: the same bytes, never stale, nobody else's."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from council.web.language import language_of_headers
from portal.services import page_store
from portal.services.page_stamps import FileStamp
from portal.web import stored_pages
from portal.web.stored_pages import StoredPages
from tests.portal.stage import published_resolution
from tests.resolutions.stage import Stage, build_stage

PAGE = "/tinh-thu/nghi-quyet/2026/12-nq-hdnd/"


class Counting:
    """A made-up application: each answer says which it is; `marked` ones may be kept."""

    def __init__(
        self, *, marked: bool = True, status: str = "200 OK", cookie: bool = False
    ) -> None:
        self.asked, self.status = 0, status
        self.headers = [("Content-Type", "text/html"), ("ETag", '"e1"'), ("Vary", "Cookie")]
        self.headers += [("X-Page-Store", "x")] if marked else []
        self.headers += [("Set-Cookie", "a=b")] if cookie else []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [f"answer {self.asked}".encode()]


def in_front(application: Any, stamp: Any = lambda: 1) -> StoredPages:
    return StoredPages(
        application, stamp=stamp, language_of=language_of_headers, session_cookie="sessionid"
    )


def get(application: Any, path: str = PAGE, **environ: str) -> tuple[str, dict[str, str], bytes]:
    told: list[Any] = []
    asked = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), **environ,
    }  # fmt: skip
    answered = application(asked, lambda *args: told.append(args))
    body = b"".join(answered)
    if hasattr(answered, "close"):
        answered.close()
    return told[0][0], dict(told[0][1]), body


def test_the_second_reader_gets_the_same_answer_without_asking() -> None:
    application = Counting()
    front = in_front(application)
    first, second = get(front), get(front)
    assert first == second
    assert application.asked == 1
    assert "X-Page-Store" not in first[1]


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "a=1"},
        {"HTTP_COOKIE": "x=1; sessionid=abc"},
    ],
)
def test_who_asks_for_something_of_his_own_always_gets_it_fresh(more: dict[str, str]) -> None:
    application = Counting()
    front = in_front(application)
    get(front)
    assert get(front, **more)[2] == b"answer 2"


@pytest.mark.parametrize(
    "application",
    [Counting(marked=False), Counting(status="404 Not Found"), Counting(cookie=True)],
)
def test_what_is_not_marked_or_not_whole_is_never_kept(application: Counting) -> None:
    front = in_front(application)
    get(front)
    assert get(front)[2] == b"answer 2"


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_HOST": "elsewhere"},
        {"wsgi.url_scheme": "https"},
        {"PATH_INFO": "/other/"},
        {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"},
        {"HTTP_COOKIE": "a=b; django_language=en"},
    ],
)
def test_another_host_scheme_path_or_language_is_another_page(other: dict[str, str]) -> None:
    application = Counting()
    front = in_front(application)
    get(front)
    assert get(front, **other)[2] == b"answer 2"
    assert get(front)[2] == b"answer 1"


def test_after_a_purge_and_after_midnight_nothing_old_is_served(tmp_path: Path) -> None:
    application = Counting()
    stamp = FileStamp(tmp_path / "deep" / "stamp")
    front = in_front(application, stamp)
    with travel("2026-07-10T10:00:00Z", tick=False):
        get(front)
        assert get(front)[2] == b"answer 1"
        stamp.renew()
        assert get(front)[2] == b"answer 2"
        stamp.renew()
        assert get(front)[2] == b"answer 3"
    with travel("2026-07-11T10:00:00Z", tick=False):
        assert get(front)[2] == b"answer 4"


def test_what_has_not_changed_is_not_sent_again() -> None:
    front = in_front(Counting())
    get(front)
    for asked in ('"e1"', 'W/"e1"', '"x", "e1"', "*"):
        status, headers, body = get(front, HTTP_IF_NONE_MATCH=asked)
        assert (status, body) == ("304 Not Modified", b"")
        assert headers["ETag"] == '"e1"'
        assert "Content-Type" not in headers
    assert get(front, HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


def test_a_head_has_the_headers_and_no_body() -> None:
    application = Counting()
    front = in_front(application)
    get(front)
    status, headers, body = get(front, REQUEST_METHOD="HEAD")
    assert (status, body, application.asked) == ("200 OK", b"", 1)
    assert headers["Content-Type"] == "text/html"


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_pages, "MEMORY_MAX", 30)
    application = Counting()
    front = in_front(application)
    for number in range(8):
        get(front, f"/{number}/")
    assert get(front, "/7/")[2] == b"answer 8"
    assert get(front, "/0/")[2] == b"answer 9", "the oldest went"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_header_breaks_it(cookie: str, accepted: str, tag: str) -> None:
    front = in_front(Counting())
    for _ in range(2):
        status, _headers, _body = get(
            front, HTTP_COOKIE=cookie, HTTP_ACCEPT_LANGUAGE=accepted, HTTP_IF_NONE_MATCH=tag
        )
        assert status[:3] in ("200", "304")


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """A stage whose connection outlives a request, as the test client sees to it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield build_stage()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_published_page_is_djangos_byte_for_byte_until_it_is_purged(
    stage: Stage, settings: Any, tmp_path: Path
) -> None:
    cache.clear()
    settings.PAGES_STAMP = tmp_path / "stamp"
    settings.ALLOWED_HOSTS = ["testserver"]
    published_resolution(stage)
    django = WSGIHandler()
    front = in_front(django, page_store.stamp())
    first = get(front)
    assert first[0] == "200 OK"
    assert get(front) == first
    kept = next(iter(front._pages.values()))
    assert kept.body == first[2]
    assert first[1]["Cache-Control"] == "public, no-cache"
    assert get(django)[2] == first[2]
    page_store.purge("tinh-thu")
    assert front._purged() != kept.stamp[0]
    assert get(front, HTTP_HOST="wrong.example")[0].startswith("400")
