"""What a reader follows, whether a publication belongs to it, and when the letter is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode

from portal.rules.asking import LENGTH_MAX, understand
from portal.rules.terms import terms_of

MORNING: Final = time(7)
"""When digests go out, in the councils' time."""

KINDS: Final = ("resolution", "session", "poll")
"""What letters tell of: publications. Past resolutions come by the thousand, people are no news."""

SLUG_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Topic:
    """What is followed; an empty part narrows nothing.

    Args:
        asked: words that must all be there, as the search takes them.
        council: a council's word in addresses.
        kind: one of `KINDS`.
    """

    asked: str = ""
    council: str = ""
    kind: str = ""

    @property
    def text(self) -> str:
        """The topic as one line, the same for the same topic."""
        parts = {"council": self.council, "q": " ".join(self.asked.split()), "type": self.kind}
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def is_empty(self) -> bool:
        """Whether it is everything of everybody."""
        return not self.text


def topic_of(text: str) -> Topic:
    """The topic behind its line; nonsense in a part is no part."""
    parts = dict(parse_qsl(text))
    kind = parts.get("type", "")
    return Topic(
        asked=" ".join(parts.get("q", "")[:LENGTH_MAX].split()),
        council=parts.get("council", "")[:SLUG_MAX],
        kind=kind if kind in KINDS else "",
    )


@dataclass(frozen=True, slots=True)
class Published:
    """A publication as topics look at it.

    Args:
        words: all its words without marks, in order, with a blank before and after each.
    """

    council: str
    kind: str
    words: str


def published(*, council: str, kind: str, text: str) -> Published:
    """The same of its text; what abbreviations stand for is found too."""
    return Published(council, kind, f" {terms_of(text).words} ")


def belongs(found: Published, topic: Topic) -> bool:
    """Whether the publication is what the topic follows; marks of letters do not matter."""
    if found.kind not in KINDS or (topic.kind and topic.kind != found.kind):
        return False
    if topic.council and topic.council != found.council:
        return False
    question = understand(topic.asked)
    groups = [(word,) for word in question.words] + list(question.phrases)
    return all(f" {' '.join(word.folded for word in one)} " in found.words for one in groups)


def due(frequency: str, now: datetime) -> datetime:
    """When a letter about something published now goes out.

    Args:
        frequency: ``at_once``, ``daily`` or ``weekly``.
        now: in the councils' time zone; the answer is in it too.
    """
    if frequency == "at_once":
        return now
    morning = datetime.combine(now.date(), MORNING, tzinfo=now.tzinfo)
    if frequency == "daily":
        return morning if now < morning else morning + timedelta(days=1)
    monday = morning + timedelta(days=-now.weekday() % 7)
    return monday if now < monday else monday + timedelta(days=7)
