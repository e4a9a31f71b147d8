"""Two clerks at one register: a number gets one fate, and the book never loses count."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from resolutions.models import NumberEntry, NumberSeries
from resolutions.services import integrity, register
from tests.cast import Cast, build

DAY = date(2026, 7, 10)
ROUNDS = 6
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*verbs: Callable[[], object]) -> list[str]:
    """How each call ended: `done`, or the code of its refusal."""
    together, codes = threading.Barrier(len(verbs)), list[str]()

    def call(verb: Callable[[], object]) -> None:
        try:
            together.wait(20)
            verb()
            codes.append("done")
        except Exception as fault:  # noqa: BLE001 - told to the main thread
            codes.append(getattr(fault, "code", repr(fault)))
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    return sorted(codes)


def reserve(cast: Cast, who: str = "clerk") -> NumberEntry:
    return register.reserve(
        cast.council, kind="individual", title="Về việc mẫu", day=DAY, by=cast.user[who]
    )


def test_a_number_used_by_one_and_struck_out_by_another_at_once_has_one_fate() -> None:
    cast = build()
    for _ in range(ROUNDS):
        entry = reserve(cast)

        def use(entry: NumberEntry = entry) -> object:
            return register.use_on_paper(
                entry, issued_on=DAY, signatory="A", recipients="", by=cast.user["clerk"]
            )

        def void(entry: NumberEntry = entry) -> object:
            return register.void(entry, reason="Nhầm", by=cast.user["clerk2"])

        assert at_once(use, void) == ["done", "register.not_reserved"]
        entry.refresh_from_db()
        assert (entry.issued_on is None) == (entry.state == "void")


def test_a_number_taken_while_the_paper_register_is_joined_on_follows_it_or_forbids_it() -> None:
    cast = build()

    def start() -> object:
        return register.start_series(
            cast.council, year=2026, kind="individual", last=34, by=cast.user["clerk2"]
        )

    codes = at_once(start, lambda: reserve(cast))
    series = NumberSeries.objects.get()
    ended = (codes, series.opened_after, series.last, series.entries.get().number)
    assert ended in (
        (["done", "done"], 34, 35, 35),
        (["done", "register.already_used"], 0, 1, 1),
    )
    assert list(integrity._verify_numbers()) == []
