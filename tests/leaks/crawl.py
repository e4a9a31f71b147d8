"""One reader goes to every address, follows every link, and writes down whose words it saw."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from council.models import User
from portal.management.probe import addresses
from portal.management.probe.places import Place
from portal.management.probe.words import canaries_in
from tests.leaks.reading import body_of, links_in, texts_of

ASKS = re.compile(r"[?&](?:q|next|lang)=")
"""Links that ask the same again: a search, a way back, another language."""


@dataclass
class Crawl:
    """What a reader saw.

    Attributes:
        places: every canary of the database with its places.
        leaks: word → the first address that showed it to somebody for whom it is not.
        seen: every canary that was shown.
        broken: addresses that answered with 500.
    """

    user: User | None
    places: dict[str, set[Place]]
    most: int = 5000
    leaks: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reader = addresses.reader_of(self.user)
        self.client = addresses.client_of(self.user)

    def may_read(self, word: str) -> bool:
        """Whether one of the word's places is for this reader; nobody in particular: public."""
        found = self.places.get(word, set())
        if self.reader is None:
            return any(place.verb == "public" for place in found)
        return any(self.reader.may_read(place) for place in found)

    def go(self, paths: Iterable[str], *, language: str = "vi", follow: bool = True) -> None:
        """Ask every address, and what they link to, once."""
        waiting = deque(dict.fromkeys(paths))
        known = set(waiting)
        while waiting and self.most > 0:
            self.most -= 1
            path = waiting.popleft()
            for link in self.ask(path, language):
                if follow and link not in known and not ASKS.search(link):
                    known.add(link)
                    waiting.append(link)

    def ask(self, path: str, language: str = "vi", **headers: str) -> set[str]:
        """Read one answer; the links in it."""
        response = self.client.get(path, headers={"accept-language": language, **headers})
        if response.status_code >= 500:
            self.broken.append(f"{response.status_code} {path}")
        links: set[str] = set()
        asked = canaries_in(path)
        for text in texts_of(response, body_of(response)):
            self.note(f"{response.status_code} {language} {path}", canaries_in(text) - asked)
            if len(text) < 2_000_000:
                links |= links_in(path, text)
        if response.status_code in {301, 302}:
            links |= links_in(path, f'href="{response["Location"]}"')
        return {link for link in links if "/dang-xuat/" not in link}

    def note(self, where: str, words: set[str]) -> None:
        """Write down which words were shown here."""
        for word in words:
            self.seen.setdefault(word, where)
            if not self.may_read(word):
                self.leaks.setdefault(word, where)

    def told(self) -> list[str]:
        """The leaks as lines: where it was shown, and where it stands in the database."""
        return sorted(
            f"{where}: " + ", ".join(
                sorted(f"{p.model}.{p.field}[{p.verb}]" for p in self.places.get(word, ()))
                or ["nowhere in the tables"]
            )
            for word, where in self.leaks.items()
        )  # fmt: skip
