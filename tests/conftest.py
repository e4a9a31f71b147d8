"""What all tests share: profiles of hypothesis, emptying a guarded database, jobs, browser, worker.

Who is in the database (councils, people, accounts) is `tests/cast.py`.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests import template_database
from tests.processes import Worker

settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("deep", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure() -> None:
    """One connection a thread, whether or not Playwright's event loop shows in it.

    Django keeps connections by event loop too. A test whose transaction was begun while the loop
    showed, and whose body ran while it was hidden, would write outside its transaction, through a
    second connection: rows stay, locks stay.
    """
    connections._connections = threading.local()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What lies in tests/e2e needs a browser; that and a real worker may take longer.

    What touches no database is `pure`: a second database cannot change it. The marks are there
    before `-m` chooses by them, the order is made after everything else.
    """
    for item in items:
        if not item.get_closest_marker("django_db") and not DATABASE & set(item.fixturenames):
            item.add_marker("pure")
        if "e2e" in item.path.parts:
            item.add_marker("e2e")
        for slow in ("e2e", "broker"):
            if item.get_closest_marker(slow) and not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(240))
    yield
    items.sort(key=seconds_of_slow)


def seconds_of_slow(item: pytest.Item) -> tuple[bool, int]:
    """Slow tests at the end, the longest of them first: nobody waits for one that began last.

    Behind all others, since Playwright's event loop stays in the process that had a browser.
    """
    is_slow = any(item.get_closest_marker(name) for name in ("e2e", "broker"))
    marker = item.get_closest_marker("timeout") if is_slow else None
    return is_slow, -int(marker.args[0]) if marker else 0


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests for PostgreSQL run in the second round of `make test`, which has one."""
    if item.get_closest_marker("postgres") and connections["default"].vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL round")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database as a copy of what the migrations made (tests/template_database.py)."""
    connection = connections["default"]
    name, verbosity = connection.settings_dict["NAME"], request.config.option.verbose
    with django_db_blocker.unblock():
        template_database.provide(
            connection, verbosity=verbosity, is_new=request.config.option.create_db
        )
    yield
    with django_db_blocker.unblock():
        template_database.end_other_sessions(connection)
        connection.creation.destroy_test_db(name, verbosity)


@pytest.fixture(scope="session", autouse=True)
def _emptying_a_guarded_database() -> Iterator[None]:
    """Emptying after a transactional test: lift the triggers that forbid it, then put them back."""
    from council.models import AuditHead, audit_triggers
    from resolutions.models import immutability

    def teardown(case: TransactionTestCase) -> None:
        connection = connections["default"]
        template_database.end_other_sessions(connection)
        for guards in (audit_triggers, immutability):
            guards.remove(connection)
        template_database.empty(connection)
        AuditHead.objects.get_or_create(pk=1)
        for guards in (audit_triggers, immutability):
            guards.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def _fresh_cache_and_files(tmp_path: Path, settings: Any) -> None:
    """No test sees another's cache, uploaded files or search index."""
    from django.core.cache import cache

    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.PAGES_STAMP = tmp_path / "pages.stamp"


@pytest.fixture(autouse=True)
def _no_loop_of_the_browser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide the event loop that Playwright leaves behind in a process that had a browser.

    It sleeps between Playwright's calls, but while it shows, nothing else can run a loop of its
    own, as signing does; and which tests follow a browser's is chance.
    """
    loop = None if "browser" in request.fixturenames else asyncio._get_running_loop()
    if loop is not None:
        asyncio._set_running_loop(None)
    yield
    if loop is not None:
        asyncio._set_running_loop(loop)


@pytest.fixture(autouse=True)
def _law_of_the_files() -> Iterator[None]:
    """No test sees rules that another one approved."""
    from council.rules.law import RULEBOOK

    yield
    if RULEBOOK.editions:
        RULEBOOK.take(())


@pytest.fixture
def cast(db: None) -> Any:
    """The council, people and accounts of `tests/cast.py`."""
    from tests.cast import build

    return build()


@pytest.fixture
def run_jobs(db: None) -> Callable[..., int]:
    """Call it to do all background work that is due, here and now; returns how many jobs."""
    from council.services import jobs

    def run(now: datetime | None = None) -> int:
        return jobs.run_due(now)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; one for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the ORM is used between its calls, not in them.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Call it for a page with cookies of its own: `new_page(width=390, java_script_enabled=False)`.

    The test fails if the browser reported an error: a script's, a missing file, or what the
    content security policy blocked.
    """
    contexts, complaints = [], []

    def make(*, width: int = 1280, height: int = 900, **options: Any) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda line: line.type == "error" and complaints.append(f"{line.text} ({page.url})"),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """One page of a desktop's size, nobody signed in."""
    return new_page()


@pytest.fixture
def broker_url(tmp_path: Path) -> str:
    """The broker of this round: `TEST_BROKER_URL`, else the embedded one in a folder of its own."""
    return os.environ.get("TEST_BROKER_URL") or f"embedded://localhost{tmp_path / 'broker'}"


@pytest.fixture
def start_worker(
    transactional_db: None, broker_url: str, tmp_path: Path
) -> Iterator[Callable[..., Worker]]:
    """Call it for a Celery worker in a process of its own, on this test's database and broker.

    While the test runs, this process sends its tasks to the same broker.
    """
    from config.celery import app as celery_app
    from tests import processes

    workers: list[Worker] = []

    def start(*, concurrency: int = 1, beat: bool = False) -> Worker:
        worker = processes.start_worker(broker_url, tmp_path, concurrency=concurrency, beat=beat)
        workers.append(worker)
        return worker

    with processes.sending_to(broker_url):
        celery_app.control.purge()  # what an earlier test left unread is about rows that are gone
        yield start
        for worker in workers:
            worker.kill()  # a polite end takes seconds, and there is nothing to save
