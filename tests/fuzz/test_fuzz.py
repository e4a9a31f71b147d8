"""A share of the odd requests of `make fuzz`: no answer of 500, none that takes five seconds.

`make fuzz` sets how many (FUZZ_REQUESTS), the seed (FUZZ_SEED), and, to repeat what failed, the
numbers (FUZZ_ONLY, with blanks between).
"""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from portal.management.commands.show_urls import addresses
from tests.access_stage import Stage, build
from tests.fuzz import sending
from tests.fuzz.requests import Door, Grammar, fields_of

COUNT = int(os.environ.get("FUZZ_REQUESTS", "1500"))
SEED = int(os.environ.get("FUZZ_SEED", "20261125"))
ONLY = [int(number) for number in os.environ.get("FUZZ_ONLY", "").split()]
ROLES = (
    None,
    "clerk",
    "approver",
    "only_chair",
    "counter1",
    "delegate",
    "admin",
    "outsider",
    "root",
)


def doors_of(stage: Stage) -> list[Door]:
    """Every address, with the stage's object in its holes."""
    found = []
    for address in addresses():
        if address.name.startswith("admin:"):
            path = address.pattern.replace("<path:object_id>", "1")
            paths = (path.replace("<path:content_type_id>", "1"),)
        else:
            paths = (reverse(address.name, kwargs=stage.arguments(address.pattern)),)
        found.append(Door(address.pattern, tuple(address.methods), paths))
    return found


@pytest.mark.timeout(max(900, COUNT // 4))
def test_no_odd_request_is_the_servers_fault(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    stage = build()
    users = {str(role): stage.user(role) if role else None for role in ROLES}
    sender, doors = sending.Sender(users), doors_of(stage)
    grammar = Grammar(doors, list(users), sender.controls(doors, ("root", "clerk")), SEED)
    report = sending.run(sender, grammar, ONLY or range(COUNT))
    statuses = dict(sorted(report.statuses.items()))
    sys.stdout.write(
        f"\n{report.statuses.total()} requests, {len(doors)} addresses, {len(users)} roles, "
        f"longest {report.longest_s:.2f} s; {statuses}\n"
    )
    assert report.failed == []
    if "FUZZ_REQUESTS" in os.environ:  # `make fuzz`, alone on the machine: seconds mean something
        assert report.slow == []
    if not ONLY:
        assert report.statuses.total() == COUNT
        assert report.statuses[200] > COUNT // 10, "the requests lead nowhere"


def test_the_same_seed_and_number_give_the_same_request() -> None:
    doors = [Door("/a/", ("GET", "POST"), ("/a/",)), Door("/b/<int:pk>/", ("GET",), ("/b/1/",))]
    known = {"/a/": (("title", "x"), ("version", "1"))}

    def some(seed: int) -> list[str]:
        grammar = Grammar(doors, ["clerk", "nobody"], known, seed)
        return [grammar.make(number).line(seed) for number in range(50)]

    assert some(3) == some(3)
    assert some(3) != some(4)


def test_the_controls_of_a_page_are_read() -> None:
    page = '<input type="hidden" name="version" value="3"><textarea name="ý&amp;"></textarea>'
    assert fields_of(page) == (("version", "3"), ("ý&", ""))
