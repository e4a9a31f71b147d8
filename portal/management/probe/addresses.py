"""Every address that can be read, with the objects of the probe councils in its holes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.test import Client

from council.models import Council, RoleKind, User
from council.web.gates import ANY_ADMINISTRATOR, SIGNED_IN, SUPERUSER
from council.web.visitors import PUBLIC
from portal.management.commands import show_urls
from portal.management.probe.places import Reader, fields_of, rows_of, way_to_council
from portal.models import PublishedObject
from sessions.models import Session

HOLE: Final = re.compile(r"([^/<>]*)/?<(\w+):(\w+)>")
REGEX: Final = re.compile(r"\^?\(\?P<(\w+)>[^)]*\)\$?/?\$?")
BEHIND: Final = {
    "viec": "council.Job", "nhan-su": "council.Person", "tu-cach": "council.Mandate",
    "nguoi-giu": "council.Tenure", "nhiem-ky": "council.Term", "vai-tro": "council.Role",
    "thoi-giu": "council.EndApproval", "de-xuat": "council.RuleVersion",
    "ky-hop": "council_sessions.Session", "phien": "council_sessions.Sitting",
    "noi-dung": "council_sessions.AgendaItem", "tai-lieu": "council_sessions.Document",
    "tep-tai-lieu": "council_sessions.DocumentVersion",
    "tep-dang-nhan": "council_sessions.PaperUpload", "bieu-quyet": "council_sessions.OpenVote",
    "chi-tieu": "council_sessions.Indicator", "khach": "council_sessions.Guest",
    "ban-in": "council_sessions.PrintedSheet", "cau-tom-tat": "council_sessions.SessionNote",
    "bo-phieu": "elections.Poll", "tap-phieu": "elections.PaperBatch",
    "ung-cu-vien": "elections.PollEntry", "kien-nghi": "elections.Trigger",
    "viec-phat-sinh": "elections.FollowUp", "don": "elections.Resignation",
    "thoi-dai-bieu": "elections.SeatRelease", "nghi-quyet": "resolutions.Resolution",
    "van-ban-ky-hop": "resolutions.SessionText", "ho-so-luu": "resolutions.ArchiveImport",
    "dong-ho-so": "resolutions.ArchiveRow", "so": "resolutions.NumberEntry",
    "quyen": "resolutions.NumberSeries", "ban-pdf": "resolutions.RegisterPrint",
    "cong-van": "resolutions.Notice",
    "sessions": "council_sessions.Session", "polls": "elections.Poll",
    "resolutions": "resolutions.Resolution", "persons": "council.Person",
}  # fmt: skip
"""The model of the key in an address, by the word before it."""
STATES: Final = ("state", "visibility", "kind", "readers")
"""Columns by which the rows of a model differ: one row of each combination is taken."""
MOST: Final = 12
"""Rows of one model in the addresses of one pattern, at most."""
WORDS: Final[dict[str, str]] = {
    "rest": "khong-co", "suffix": "csv", "kind": "ballot", "form": "pdf", "key": "a" * 32,
    "page": "1", "width": "720", "ordinal": "1", "which": "1", "part": "person",
    "setting": "papers_days", "rule_id": "resolution.majority", "app_label": "council",
    "url": "khong-co", "listed": "trang", "number": "1",
    "confirm_token": "khong-co", "leave_token": "khong-co", "content_type_id": "1",
}  # fmt: skip
"""What fills the holes that name no row."""


NAMED: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "person_slug": ("council.Person", {"person_slug": "slug"}),
    "code": ("resolutions.SigningCopy", {"code": "code"}),
    "poll_slug": ("elections.Poll", {
        "poll_slug": "slug", "term": "council_session__term__label",
        "number": "council_session__number",
    }),
    "term": ("council_sessions.Session", {"term": "term__label", "number": "number"}),
    "notice_slug": ("resolutions.Notice", {
        "year": "target__year", "number": "target__slug", "notice_slug": "slug",
    }),
    "filename": ("portal.DataFile", {"filename": "name"}),
    "year": ("resolutions.Resolution", {"year": "year", "number": "slug"}),
}  # fmt: skip
"""The model that a pattern without a key speaks of, by its most telling hole, and its columns."""
BELONGING: Final = {
    "mandate_pk": "council.Mandate", "relation_pk": "resolutions.Relation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """One address: what fills a pattern, whose it is, and the pattern."""

    path: str
    slug: str
    address: show_urls.Address

    @property
    def is_public(self) -> bool:
        return bool(self.address.gate == PUBLIC)

    def is_for(self, reader: Reader | None) -> bool:
        """Whether the permission table lets the reader in; nobody in particular: None."""
        gate = self.address.gate
        if gate == PUBLIC:
            return True
        if reader is None:
            return False
        if gate == SUPERUSER:
            return reader.is_superuser
        if gate == SIGNED_IN:
            return True
        if gate == ANY_ADMINISTRATOR:
            everywhere = frozenset[str]().union(*reader.roles.values())
            return reader.is_superuser or RoleKind.ADMINISTRATOR in everywhere
        return bool(frozenset(self.address.roles) & reader.roles.get(self.slug, frozenset()))


def targets() -> list[Target]:
    """At least one address for each pattern that answers GET."""
    found = []
    for address in show_urls.addresses():
        if "GET" in address.methods:
            found += list(filled(address))
    return found


def filled(address: show_urls.Address) -> Iterator[Target]:
    """The pattern with each set of words that fits its holes."""
    pattern = REGEX.sub(lambda hole: WORDS[hole[1]] + "/", address.pattern).rstrip("$")
    if pattern.endswith("khong-co/"):
        pattern = pattern.removesuffix("/")
    holes = HOLE.findall(pattern)
    seen = set()
    for words in fillings(pattern, tuple(holes)):
        path = pattern
        for _before, kind, name in holes:
            path = path.replace(f"<{kind}:{name}>", str(words[name]))
        if path not in seen:
            seen.add(path)
            yield Target(path, str(words["slug"]), address)


def fillings(pattern: str, holes: tuple[tuple[str, str, str], ...]) -> Iterator[dict[str, Any]]:
    """Words for the holes of a pattern, a row of the database at a time."""
    names = {name for _before, _kind, name in holes}
    for row in rows_for(pattern, holes, names):
        words = {"slug": Council.objects.earliest("pk").slug, **WORDS, **row}
        for hole, label in BELONGING.items():
            if hole in names:
                words[hole] = first_of(label, str(words["slug"]))
        yield words


def rows_for(
    pattern: str, holes: tuple[tuple[str, str, str], ...], names: set[str]
) -> list[dict[str, Any]]:
    """The rows that the pattern speaks of, as words for its holes."""
    if "/oparl/" in pattern and holes:
        return of_oparl(*holes[-1])
    if "object_id" in names:
        return [{"object_id": pk} for pk in keys_of_admin(pattern)]
    if "pk" in names:
        before = next(before for before, _kind, name in holes if name == "pk")
        return columns(BEHIND[before], pk="pk")
    for hole, (label, wanted) in NAMED.items():
        if hole in names:
            past = "/luu/" in pattern and label == "resolutions.Resolution"
            rows = columns("resolutions.ArchivedResolution" if past else label, **wanted)
            return [row for row in rows if all(row.values())]
    return columns("council.Council") if "slug" in names else [{}]


def of_oparl(before: str, kind: str, name: str) -> list[dict[str, Any]]:
    """Keys of the newest objects of one kind in OParl; any word where the hole takes the rest."""
    if kind == "path":
        return [{}]
    found = PublishedObject.objects.filter(kind=before, is_deleted=False).order_by("-pk")
    return [{name: key} for key in found.values_list("key", flat=True)[:MOST]]


@cache
def taken(label: str, slugs: tuple[str, ...]) -> list[object]:
    """Keys of one row for each council and combination of states, the newest."""
    model: type[models.Model] = apps.get_model(label)
    way = way_to_council(model)
    states = [one.name for one in fields_of(model) if one.name in STATES]
    found: dict[tuple[object, ...], object] = {}
    for pk, *kind in (
        rows_of(model).order_by("pk").values_list("pk", *([way] if way else []), *states)
    ):
        found[tuple(kind)] = pk
    return list(found.values())[-MOST * len(slugs) :]


def columns(label: str, **wanted: str) -> list[dict[str, Any]]:
    """The wanted columns of the rows of a model, and the council's address."""
    model: type[models.Model] = apps.get_model(label)
    way, slugs = way_to_council(model), tuple(Council.objects.values_list("slug", flat=True))
    lookups = {**({"slug": way} if way else {}), **wanted}
    rows = rows_of(model).filter(pk__in=taken(label, slugs)).order_by("pk")
    return [
        dict(zip(lookups, values, strict=True)) for values in rows.values_list(*lookups.values())
    ]


def first_of(label: str, slug: str) -> object:
    """The key of a row of the council."""
    model: type[models.Model] = apps.get_model(label)
    way = way_to_council(model) or "pk"
    return rows_of(model).filter(**{way: slug}).values_list("pk", flat=True).first() or 0


def keys_of_admin(pattern: str) -> list[object]:
    """A key for the pages of one model behind the administrators' door."""
    parts = pattern.split("/")
    try:
        model: type[models.Model] = apps.get_model(parts[2], parts[3])
    except (LookupError, IndexError):
        return [1]
    return list(rows_of(model).order_by("pk").values_list("pk", flat=True)[:1]) or [1]


def reader_of(user: User | None) -> Reader | None:
    """What the account may be."""
    if user is None:
        return None
    roles: dict[str, frozenset[str]] = {}
    for slug, kind in user.roles.filter(revoked_at=None).values_list("council__slug", "kind"):
        roles[slug] = roles.get(slug, frozenset()) | {kind}
    return Reader(roles, user.is_superuser)


def client_of(user: User | None) -> Client:
    """A browser in which the account is signed in."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def reading_session() -> Session:
    """The session that is only prepared: it can be edited and takes papers."""
    return Session.objects.filter(state="draft").select_related("term__council").earliest("pk")
