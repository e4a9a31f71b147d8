"""What pages and letters say of what somebody follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from council.models import Council
from portal.models import Delivery, Letter, SearchEntry, Subscriber
from portal.rules.following import KINDS, Topic, topic_of

LISTED_MAX = 100
"""So many publications one letter lists; how many more there are it says."""


def councils() -> list[tuple[str, str]]:
    """Word and name of the councils that one can follow: those that have not ended."""
    rows = Council.objects.filter(existed_to=None).order_by("unit_name", "pk")
    return [(council.slug, str(council)) for council in rows]


def kinds() -> list[tuple[str, str]]:
    """The kinds of publication that letters tell of."""
    return [(kind, str(SearchEntry.Kind(kind).label)) for kind in KINDS]


def said(topics: Iterable[Topic]) -> list[str]:
    """The topics in words, in the reader's language; one query."""
    found = list(topics)
    slugs = {topic.council for topic in found}
    names = {row.slug: str(row) for row in Council.objects.filter(slug__in=slugs)}
    return [_said(topic, names.get(topic.council, topic.council)) for topic in found]


def _said(topic: Topic, council: str) -> str:
    kind = str(SearchEntry.Kind(topic.kind).label) if topic.kind else ""
    parts = (f"“{topic.asked}”" if topic.asked else "", kind, council)
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing that somebody follows, with the key by which it is left."""

    key: str
    words: str
    frequency: str


def followed(subscriber_key: str) -> list[Followed]:
    """What the owner of the key follows; nothing where there is no such reader (any more)."""
    subscriber = Subscriber.objects.filter(key=subscriber_key).first()
    if subscriber is None:
        return []
    rows = list(subscriber.subscriptions.filter(confirmed_at__isnull=False).order_by("pk"))
    words = said(topic_of(row.topic) for row in rows)
    return [
        Followed(row.key, said_so, row.get_frequency_display())
        for row, said_so in zip(rows, words, strict=True)
    ]


def told_by(letter: Letter) -> tuple[Sequence[SearchEntry], int]:
    """What a letter tells of that can still be read, newest first, and how many are left out."""
    wanted = Q(pk=None)
    for kind in KINDS:
        keys = Delivery.objects.filter(letter=letter, kind=kind).values("object_id")
        wanted |= Q(kind=kind, object_id__in=keys)
    rows = SearchEntry.objects.filter(wanted).select_related("council").defer("body", "body_folded")
    found = list(rows.order_by("council__slug", "-published_at", "-pk"))
    return found[:LISTED_MAX], max(len(found) - LISTED_MAX, 0)
