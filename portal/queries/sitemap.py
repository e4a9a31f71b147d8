"""Every public page as an address with the moment of its last change, in parts by key."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse

from council.models import Council
from elections.models import Poll
from portal.queries import notices, public_rows
from resolutions.models import ArchivedResolution, Notice, Relation, Resolution
from sessions.models import Session, Sitting

PART: Final = 10_000
"""Addresses in one sitemap; the protocol allows 50,000, but readers take small ones sooner."""

COUNCIL_PAGES: Final = (
    "council", "session-list", "resolution-list", "archived-list", "delegate-list", "office-list",
    "indicator-list",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: its path, and when what it shows last changed, as far as is known."""

    path: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """One sitemap of a council: what it lists, and its number from 1."""

    council: str
    kind: str
    number: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of page is listed.

    Args:
        rows: the public ones, in no order.
        council: lookup of the council's slug.
        view: name of its page, whose arguments are the `columns`.
        own: columns that tell of a change; a kind of page may have none.
        others: rows that tell of one too: which, by what they point here, when.
    """

    rows: QuerySet[Any]
    council: str
    view: str
    columns: tuple[str, ...]
    own: tuple[str, ...]
    others: tuple[tuple[QuerySet[Any], str, str], ...] = ()

    @property
    def moments(self) -> list[Any]:
        """What to select of a row to learn when it last changed."""
        return [*map(F, self.own), *(_newest(*other) for other in self.others)]

    def counted(self, name: str) -> Iterator[QuerySet[Any]]:
        """By council: how many rows there are and the newest moment, one query for each moment."""
        yield _by_council(self.rows, self.council, name, Count("pk"), None)
        for own in self.own:
            yield _by_council(self.rows, self.council, name, Value(0), own)
        for rows, to, moment in self.others:
            yield _by_council(rows, f"{to}__{self.council}", name, Value(0), moment)


def _by_council(
    rows: QuerySet[Any], council: str, name: str, counts: Count | Value, moment: str | None
) -> QuerySet[Any]:
    found = rows.filter(**{f"{council}__isnull": False}).order_by()
    last = Max(moment) if moment else Cast(Value(None), DateTimeField())
    grouped: QuerySet[Any] = found.values(of=F(council)).annotate(
        listed=Value(name), counts=counts, last=last
    )
    return grouped.values_list("of", "listed", "counts", "last")


def _newest(rows: QuerySet[Any], to: str, moment: str) -> Subquery:
    found = rows.filter(**{to: OuterRef("pk")}).order_by().values(to)
    return Subquery(found.annotate(last=Max(moment)).values("last"))


def _acts() -> QuerySet[Relation]:
    """What published resolutions do to other texts."""
    return Relation.objects.filter(resolution__in=Resolution.objects.published())


def _resolutions() -> _Kind:
    return _Kind(
        Resolution.objects.published().filter(~notices.hides_text()), "council__slug",
        "portal:resolution",
        ("council__slug", "year", "slug"), ("published_at",),
        (
            (_acts(), "target", "resolution__published_at"),
            (Notice.objects.published(), "target", "published_at"),
        ),
    )  # fmt: skip


def _archived() -> _Kind:
    return _Kind(
        ArchivedResolution.objects.all(), "council__slug", "portal:archived",
        ("council__slug", "year", "slug"), ("published_at",),
        ((_acts(), "archived", "resolution__published_at"),),
    )  # fmt: skip


def _sessions() -> _Kind:
    polls, issued = Poll.objects.published(), Resolution.objects.published()
    return _Kind(
        Session.objects.published(), "term__council__slug", "portal:session",
        ("term__council__slug", "term__label", "number"), ("convened_at",),
        (
            (issued, "council_session", "published_at"), (polls, "council_session", "published_at"),
            (polls, "council_session", "annulled_at"),
            (Sitting.objects.all(), "council_session", "closed_at"),
        ),
    )  # fmt: skip


def _polls() -> _Kind:
    way = "council_session__term__council__slug"
    return _Kind(
        Poll.objects.published(), way, "portal:poll",
        (way, "council_session__term__label", "council_session__number", "slug"),
        ("published_at", "annulled_at"),
    )  # fmt: skip


def _notices() -> _Kind:
    """None whose words are hidden, as on the portal (`notices.newest`)."""
    hidden = Notice.objects.published().filter(target=OuterRef("target"), hides_text=True)
    return _Kind(
        Notice.objects.published().filter(
            ~Exists(hidden) | Q(kind=Notice.Kind.WITHDRAWAL), target__published_at__isnull=False
        ),
        "target__council__slug", "portal:notice",
        ("target__council__slug", "target__year", "target__slug", "slug"), ("published_at",),
    )  # fmt: skip


def _persons() -> _Kind:
    return _Kind(
        public_rows.persons(), "council__slug", "portal:person", ("council__slug", "slug"), ()
    )


_KINDS: Final = {
    "nghi-quyet": _resolutions, "luu": _archived, "ky-hop": _sessions, "phieu": _polls,
    "cong-van": _notices, "nguoi": _persons,
}  # fmt: skip
PAGES: Final = "trang"
KINDS: Final = (PAGES, *_KINDS)


def parts() -> list[Part]:
    """All sitemaps in two queries: by council and kind, by key where there are many pages.

    `changed_at` of a part is the newest of its council and kind.
    """
    found = [
        Part(slug, PAGES, 1, None)
        for slug in Council.objects.order_by("pk").values_list("slug", flat=True)
    ]
    counts: Counter[tuple[str, str]] = Counter()
    newest: dict[tuple[str, str], datetime | None] = {}
    first, *others = (rows for name, made in _KINDS.items() for rows in made().counted(name))
    for council, kind, count, changed_at in first.union(*others, all=True):
        counts[council, kind] += count
        newest[council, kind] = _last((newest.get((council, kind)), changed_at))
    return found + [
        Part(council, kind, number, newest[council, kind])
        for (council, kind), count in sorted(counts.items())
        for number in range(1, -(-count // PART) + 1)
    ]


def beginnings(slug: str, kind: str) -> list[int]:
    """The first key of each part of a council's pages of one kind, in order."""
    chosen = _KINDS[kind]()
    rows = chosen.rows.filter(**{chosen.council: slug})
    numbered = rows.order_by("pk").annotate(nth=Window(RowNumber(), order_by="pk"))
    first = numbered.annotate(step=(F("nth") - 1) % PART).filter(step=0)
    return list(first.values_list("pk", flat=True))


def listed(slug: str, kind: str, first: int) -> list[Listed]:
    """The pages of the part that begins with this key."""
    chosen = _KINDS[kind]()
    rows = chosen.rows.filter(**{chosen.council: slug}, pk__gte=first).order_by("pk")
    size = len(chosen.columns)
    return [
        Listed(reverse(chosen.view, args=row[:size]), _last(row[size:]))
        for row in rows.values_list(*chosen.columns, *chosen.moments)[:PART]
    ]


def council_pages(slug: str) -> list[Listed]:
    """The pages that every council has; none where there is no such council."""
    if not Council.objects.filter(slug=slug).exists():
        return []
    return [Listed(reverse(f"portal:{name}", args=[slug]), None) for name in COUNCIL_PAGES]


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
