"""Readers who follow, and a mail server that fails as one is told."""

import re
from typing import Any

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from portal.models import Subscription
from portal.rules.following import Topic
from portal.services import letters, search, subscriptions
from resolutions.models import Resolution
from tests.portal.stage import published_resolution
from tests.resolutions.stage import Stage

LINK = re.compile(r"https?://\S+/theo-doi/(?:xac-nhan|bo)/\S+/")


class FailingServer(EmailBackend):
    """Takes letters, and does with each what `plan` says next; nothing planned: it takes it.

    A plan's entry is an exception, raised instead of taking the letter, or (`after`) when it was
    taken already.
    """

    plan: list[tuple[str, BaseException]] = []

    def send_messages(self, messages: Any) -> int:
        when, error = self.plan.pop(0) if self.plan else ("", None)
        if error and when == "before":
            raise error
        count = super().send_messages(messages)
        if error:
            raise error
        return count


class NoServer(BaseEmailBackend):
    """Nobody answers."""

    def open(self) -> bool:
        raise ConnectionRefusedError


def asked(email: str = "doc.gia@vi-du.vn", frequency: str = "at_once", **topic: str) -> None:
    """A reader asks to follow; the letter goes out."""
    subscriptions.ask(
        email=email, topic=Topic(**(topic or {"council": "tinh-thu"})), frequency=frequency,
        language="vi",
    )  # fmt: skip
    letters.send_due(timezone.now())


def following(
    email: str = "doc.gia@vi-du.vn", frequency: str = "at_once", **topic: str
) -> Subscription:
    """A reader follows: asked, and confirmed from the letter."""
    asked(email, frequency, **topic)
    made = subscriptions.confirm(token_in(mail.outbox[-1]))
    mail.outbox.clear()
    return made


def token_in(message: Any, which: int = 0) -> str:
    """The signed word of the letter's link: 0 the first, to confirm or of the first link."""
    found: list[str] = LINK.findall(message.body)
    return found[which].rstrip("/").rpartition("/")[2]


def told(stage: Stage, *, number: int = 12, **more: Any) -> Resolution:
    """A resolution is published now, and whoever follows is noted."""
    made = published_resolution(stage, number=number, **more)
    search.index("resolution", made.pk)
    letters.spread("resolution", made.pk)
    return made
