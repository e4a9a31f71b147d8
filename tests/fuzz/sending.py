"""Sends odd requests one after another; whatever one of them changes is undone."""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from council.models import User
from tests.fuzz.requests import Door, Grammar, Request, as_environ, fields_of

TOO_LONG_S: Final = 5.0
SERVER_FAULT: Final = 500
TRIES: Final = 4


@dataclass
class Report:
    """What came back: how often each status, and each request that failed or took too long."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    longest_s: float = 0.0


class Sender:
    """Clients of all roles; each request gets a fresh one with the role's session."""

    def __init__(self, users: dict[str, User | None]) -> None:
        self.cookies: dict[str, str] = {}
        for role, user in users.items():
            client = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            self.cookies[role] = client.cookies.output(header="", sep=";")

    def send(self, request: Request) -> tuple[HttpResponseBase, float]:
        """The answer, read to its end, and the seconds that it took."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies[request.role])
        began = time.perf_counter()
        with transaction.atomic():
            response = client.generic(
                request.method, request.path, request.body,
                request.content_type or "application/octet-stream", QUERY_STRING=request.query,
                **as_environ(request.headers),
            )  # fmt: skip
            if response.streaming:
                list(response)  # to its end: the file behind it is closed then
            transaction.set_rollback(True)
        return response, time.perf_counter() - began

    def controls(
        self, doors: Iterable[Door], roles: Iterable[str]
    ) -> dict[str, tuple[tuple[str, str], ...]]:
        """The controls of the forms on each page, as the first role that gets in sees them."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for door in doors:
            for path in door.paths[:2] if "GET" in door.methods else ():
                for role in roles:
                    response, _seconds = self.send(Request(0, role, "GET", path))
                    is_page = response.get("Content-Type", "").startswith("text/html")
                    if response.status_code == 200 and is_page and not response.streaming:
                        page = response.content.decode("utf-8", "replace")  # type: ignore[attr-defined]
                        found[path] = fields_of(page)
                        break
        return found


def run(
    sender: Sender, grammar: Grammar, numbers: Iterable[int], tell: Callable[[str], object] = print
) -> Report:
    """Send the requests of these numbers; a slow one is tried again: others use the machine."""
    report = Report()
    for number in numbers:
        request = grammar.make(number)
        try:
            response, seconds = sender.send(request)
            if seconds > TOO_LONG_S:
                response, seconds = min(
                    (sender.send(request) for _again in range(TRIES)), key=lambda one: one[1]
                )
            status = response.status_code
            why = reason_of(response) if status >= SERVER_FAULT else ""
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            status, seconds, why = 599, 0.0, last_lines(error)
        report.statuses[status] += 1
        report.longest_s = max(report.longest_s, seconds)
        is_wrong = status >= SERVER_FAULT and not (status == 503 and request.path == "/readyz")
        if is_wrong or seconds > TOO_LONG_S:
            line = f"{status} {seconds:.1f}s {request.line(grammar.seed)}{why}"
            (report.failed if is_wrong else report.slow).append(line)
            tell(line)
    return report


def reason_of(response: HttpResponseBase) -> str:
    """The end of the traceback."""
    found = getattr(response, "exc_info", None)
    return last_lines(found[1]) if found else ""


def last_lines(error: BaseException) -> str:
    """Where in our code it went wrong, and what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if str(settings.BASE_DIR) in one.filename][-3:]
    places = " < ".join(f"{one.filename.rpartition('/')[2]}:{one.lineno}" for one in reversed(ours))
    return f"\n    {type(error).__name__}: {str(error)[:300]} ({places})"
