"""One odd request, made of a seed and a number: the same two give the same request."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final
from urllib.parse import quote_from_bytes

from tests.fuzz import oddities

FIELD: Final = re.compile(r"<(input|select|textarea|button)\b([^>]*)>")
NAME: Final = re.compile(r"""\bname=["']([^"']*)["']""")
VALUE: Final = re.compile(r"""\bvalue=["']([^"']*)["']""")
BOUNDARY: Final = b"B"


@dataclass(frozen=True, slots=True)
class Door:
    """An address of the site: its pattern, methods, and paths that lead to something."""

    pattern: str
    methods: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(slots=True)
class Request:
    """What is sent."""

    number: int
    role: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def line(self, seed: int) -> str:
        """One line by which it can be sent again."""
        body = self.body[:300]
        return (
            f"seed={seed} number={self.number} {self.role}: {self.method} {self.path[:200]}"
            f"{'?' if self.query else ''}{self.query[:200]} {self.content_type[:60]} {body!r} "
            f"{ {name: value[:60] for name, value in self.headers.items()} }"
        )


def fields_of(page: str) -> tuple[tuple[str, str], ...]:
    """Names and values of the controls of a page."""
    found = []
    for _tag, rest in FIELD.findall(page):
        name = NAME.search(rest)
        if name and name[1] != "csrfmiddlewaretoken":
            value = VALUE.search(rest)
            found.append((unescape(name[1]), unescape(value[1]) if value else ""))
    return tuple(found)


class Grammar:
    """Makes requests.

    Args:
        doors: all addresses.
        roles: names of those who ask.
        known: path → the controls of its forms, as far as they are known.
    """

    def __init__(
        self,
        doors: Sequence[Door],
        roles: Sequence[str],
        known: dict[str, tuple[tuple[str, str], ...]],
        seed: int,
    ) -> None:
        self.doors, self.roles, self.known, self.seed = doors, roles, known, seed
        self.names = sorted({name for controls in known.values() for name, _value in controls})

    def make(self, number: int) -> Request:
        """The request of this number: doors and roles take turns, all else is chance."""
        chance = random.Random(f"{self.seed}:{number}")
        door = self.doors[number % len(self.doors)]
        made = Request(
            number, self.roles[(number + number // len(self.doors)) % len(self.roles)],
            chance.choice(door.methods), self.path(chance, door),
        )  # fmt: skip
        if chance.random() < 0.08:
            made.method = chance.choice(oddities.METHODS)
        if made.method == "GET" or chance.random() < 0.3:
            made.query = self.query(chance)
        if made.method in {"POST", "PUT", "PATCH"}:
            self.fill(chance, made)
        for _more in range(chance.choice((0, 0, 0, 1, 1, 3))):
            name = chance.choice(oddities.HEADERS)
            made.headers[name] = header(chance)
        return made

    def path(self, chance: random.Random, door: Door) -> str:
        """Mostly one that leads somewhere; else with an odd piece in a hole or at the end."""
        path = chance.choice(door.paths)
        if chance.random() < 0.75:
            return path
        pieces = path.split("/")
        place = chance.randrange(1, len(pieces))
        odd = chance.choice(
            (chance.choice(oddities.RAW_PATHS), escaped(oddities.value(chance))[:3_000])
        )
        pieces[place] = odd if chance.random() < 0.7 else pieces[place] + odd
        return "/".join(pieces)

    def query(self, chance: random.Random) -> str:
        """Some parameters, known names or odd ones, now and then broken."""
        names = (*oddities.NAMES, *chance.sample(self.names, min(3, len(self.names))))
        pairs = []
        for _more in range(chance.randrange(5)):
            name = chance.choice(names)
            pairs += [f"{escaped(name)}={escaped(oddities.value(chance))}"] * chance.choice(
                (1, 1, 2)
            )
        text = "&".join(pairs)
        return text + chance.choice(("", "", "", "", "&", "&=", "%", "&q=%FF", "&page=%00", ";"))

    def fill(self, chance: random.Random, made: Request) -> None:
        """A body: a form that is nearly right, a broken one, or something else altogether."""
        controls = list(self.known.get(made.path, ()))
        if not controls and self.names:
            controls = [(name, "") for name in chance.sample(self.names, min(6, len(self.names)))]
        pairs = [
            (name, value if chance.random() < 0.6 else oddities.value(chance))
            for name, value in controls
            if chance.random() < 0.9
        ]
        if chance.random() < 0.3:
            pairs += [(chance.choice(oddities.NAMES), oddities.value(chance))]
        if pairs and chance.random() < 0.2:
            pairs.append(chance.choice(pairs))
        form = "&".join(f"{escaped(name)}={escaped(value)}" for name, value in pairs).encode()
        match chance.randrange(10):
            case 0 | 1 | 2:
                made.body, made.content_type = multipart(chance, pairs)
            case 3:
                body, made.content_type = multipart(chance, pairs)
                made.body = body[: chance.randrange(len(body) + 1)]
            case 4:
                made.body, made.content_type = form, chance.choice(oddities.CONTENT_TYPES)
            case 5:
                made.body = oddities.value(chance).encode("utf-8", "surrogatepass")
                made.content_type = chance.choice(oddities.CONTENT_TYPES)
            case _:
                made.body, made.content_type = form, "application/x-www-form-urlencoded"


def escaped(text: str) -> str:
    """Percent-encoded; surrogates as the three bytes that no UTF-8 has."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def header(chance: random.Random) -> str:
    """A header's value as a server hands it on: latin-1, one line."""
    text = chance.choice((chance.choice(oddities.HEADER_VALUES), oddities.value(chance)[:2_000]))
    raw = text.encode("utf-8", "surrogatepass").decode("latin-1")
    return "".join(max(sign, " ") for sign in raw)


def multipart(chance: random.Random, pairs: Sequence[tuple[str, str]]) -> tuple[bytes, str]:
    """A form with a file in one of its controls."""
    parts = [part(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]
    names = [name for name, _value in pairs] or ["file"]
    for _more in range(chance.choice((0, 1, 1, 2))):
        name = "file" if chance.random() < 0.4 else chance.choice(names)
        content = chance.choice(oddities.CONTENTS)
        parts.append(part(name, content, chance.choice(oddities.FILE_NAMES)))
    body = b"".join(parts) + b"--" + BOUNDARY + b"--\r\n"
    return body, f"multipart/form-data; boundary={BOUNDARY.decode()}"


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    """One part of a form."""
    shown = name.replace('"', "%22").encode("utf-8", "surrogatepass")
    head = b'--B\r\nContent-Disposition: form-data; name="' + shown + b'"'
    if filename is not None:
        head += b'; filename="' + filename.encode("utf-8", "surrogatepass") + b'"'
    return head + b"\r\n\r\n" + content + b"\r\n"


def as_environ(headers: dict[str, str]) -> dict[str, Any]:
    """Headers as WSGI names them."""
    return {
        name.upper().replace("-", "_")
        if name.lower() in {"content-length", "content-type"}
        else "HTTP_" + name.upper().replace("-", "_"): value
        for name, value in headers.items()
    }
