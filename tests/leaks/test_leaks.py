"""A crawl for canaries: two random councils, every address, every reader that is not of the house.

Runs where LEAKS is set (`make leaks`). `LEAKS=deep` also asks as every other role, follows more
links, asks for parts of pages, and searches for every private word. The councils are built once.
"""

import io
import logging
import os
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from portal.management.probe import addresses, build, places
from portal.management.probe.words import canaries_in
from tests.leaks.crawl import Crawl

IS_DEEP = os.environ.get("LEAKS") == "deep"
SEED = int(os.environ.get("LEAKS_SEED", "20261125"))
READERS = ("anonymous", "delegate", "other_clerk", "clerk")
MORE_READERS = ("counter", "approver", "chair", "second_counter", "administrator", "other_delegate")
SEARCHED = 40
LINKS = 4_000 if IS_DEEP else 400
SHOWN_NOWHERE = {
    "council_sessions.OpenVote.subject", "resolutions.Resolution.recipients",
    "resolutions.SessionText.public_text",  # as long as it says what the books say
}  # fmt: skip
"""Published texts that no public page shows although they may be read."""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, down to the level at which a server logs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setLevel(logging.INFO)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.skipif("LEAKS" not in os.environ, reason="takes minutes: make leaks")
@pytest.mark.once
@pytest.mark.timeout(1500)
def test_nobody_reads_what_is_for_others_and_everybody_what_is_public(
    db: None, log: io.StringIO
) -> None:
    probe = build.build(SEED)
    found = places.places()
    crawls = {name: crawled(probe, name, found) for name in readers()}
    anonymous = crawls["anonymous"]
    cached = canaries_in(cached_texts())
    searched_for(anonymous, found)
    said = canaries_in(log.getvalue()) - asked_for(probe)
    wrong = {
        **{f"shown to {name}": crawl.told() for name, crawl in crawls.items()},
        **{f"broken for {name}": crawl.broken for name, crawl in crawls.items()},
        "kept in the cache": [told(word, found) for word in cached if not anonymous.may_read(word)],
        "written into the log": [told(word, found) for word in said],
        "public and never shown": unseen(anonymous, found),
    }
    assert {what: cases for what, cases in wrong.items() if cases} == {}


def readers() -> tuple[str, ...]:
    """Names of the accounts that crawl."""
    return READERS + MORE_READERS if IS_DEEP else READERS


def crawled(probe: build.Probe, name: str, found: dict[str, set[places.Place]]) -> Crawl:
    """Every address of the table; links further on for those who read public pages."""
    crawl = Crawl(probe.users[name], found)
    paths = [target.path for target in addresses.targets() if "/quan-tri/" not in target.path]
    public = [target.path for target in addresses.targets() if target.is_public]
    crawl.go(paths, follow=False)
    crawl.most = LINKS
    crawl.go(public if name in {"anonymous", "delegate"} else [reverse("council:home")])
    if name == "anonymous" or IS_DEEP:
        crawl.most = LINKS
        crawl.go(public if name == "anonymous" else paths, language="en", follow=False)
    if IS_DEEP:
        for path in paths:
            crawl.ask(path, **{"hx-request": "true"})
    return crawl


def searched_for(crawl: Crawl, found: dict[str, set[places.Place]]) -> None:
    """Nobody finds a private word: not as a hit, a suggestion or the count of a facet."""
    private = sorted(word for word in found if not places.is_public(found[word]))
    step = 1 if IS_DEEP else max(1, len(private) // SEARCHED)
    for word in private[::step]:
        for asked in (word, word[:-1]):
            page = crawl.client.get(reverse("portal:search"), {"q": asked})
            said = page.content.decode()
            crawl.note(f"search for {asked}", canaries_in(said) - {asked, word})
            if word not in asked and word in canaries_in(said):
                crawl.leaks[word] = f"search for {asked}"


def cached_texts() -> str:
    """Everything that the cache and the store of pages keep."""
    kept = getattr(cache, "_cache", {})
    return "\n".join(str(pickle.loads(value)) for value in kept.values())


def told(word: str, found: dict[str, set[places.Place]]) -> str:
    """The word with the fields in which it stands."""
    where = sorted({f"{place.model}.{place.field}" for place in found.get(word, ())})
    return f"{word}: {', '.join(where)}"


def asked_for(probe: build.Probe) -> set[str]:
    """Words of addresses, which a log of requests tells: the councils' own."""
    return canaries_in(f"{probe.own.council.slug} {probe.other.council.slug}")


def unseen(crawl: Crawl, found: dict[str, set[places.Place]]) -> list[str]:
    """Public words that the reader never saw, by the fields in which they stand."""
    missing = []
    for word, where in found.items():
        public = {f"{place.model}.{place.field}" for place in where if place.verb == "public"}
        if public - SHOWN_NOWHERE and word not in crawl.seen:
            missing.append(f"{word}: {', '.join(sorted(public))}")
    return sorted(missing)


@pytest.mark.skipif(not IS_DEEP, reason="asks every address as every account: LEAKS=deep")
@pytest.mark.timeout(1500)
def test_the_description_for_testers_keeps_its_contract(db: None) -> None:
    said: dict[str, Any] = build.described(build.build(SEED + 1))
    assert set(said) == {
        "login", "user_field", "pass_field", "roles", "urls", "canary_private", "canary_public",
        "upload", "edit", "export_csv", "search", "logs", "dbfiles",
    }  # fmt: skip
    assert set(said["canary_private"]) & set(said["canary_public"]) == set()
