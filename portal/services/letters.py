"""Letters to those who follow: each publication once to each address, none doubled by a retry.

A publication becomes one `Delivery` for each address (a unique constraint); what is due is bundled
into a `Letter`; a letter is claimed (committed), sent, and marked as sent (committed). The server
is reached before anything is claimed. What it refuses for now is tried again, what it refuses for
good is marked so; where a worker or the line dies between claim and mark nobody knows whether the
letter left, and it is not sent again: rather one letter too few than one too many.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Final

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.models import Delivery, Frequency, Letter, SearchEntry, Subscriber, Subscription
from portal.rules import following
from portal.services import letter_texts

LETTERS_AT_ONCE: Final = 300
ROWS_AT_ONCE: Final = 1000
NEWS_DAYS: Final = 30
"""Older publications are no news: they are indexed anew, or came late."""

ATTEMPTS_MAX: Final = 6
PAUSE: Final = timedelta(minutes=15)
FOR_NOW: Final = range(400, 500)
State = Letter.State


class NotSentError(RuntimeError):
    """The mail server could not be reached or broke off; says nothing of the letter's address."""


def spread(kind: str, object_id: int) -> None:
    """Note the publication for everybody who follows it.

    Only what was published after somebody confirmed, and lately: so making the search table anew,
    or a change of an old page, tells nobody anything. Doing it twice changes nothing.
    """
    now = timezone.now()
    entry = (
        SearchEntry.objects.filter(
            kind=kind, object_id=object_id, published_at__gt=now - timedelta(days=NEWS_DAYS)
        )
        .select_related("council")
        .first()
    )
    topics = _topics_of(entry) if entry is not None else []
    if entry is not None and topics:
        for frequency in Frequency.values:
            _note(entry, topics, frequency, now)


def _topics_of(entry: SearchEntry) -> list[str]:
    """The followed topics to which the publication belongs."""
    text = "\n".join((entry.title, str(entry.council), entry.body))
    found = following.published(council=entry.council.slug, kind=entry.kind, text=text)
    followed = Subscription.objects.filter(confirmed_at__isnull=False).order_by("topic")
    return [
        topic
        for topic in followed.values_list("topic", flat=True).distinct()
        if following.belongs(found, following.topic_of(topic))
    ]


def _note(entry: SearchEntry, topics: Sequence[str], frequency: str, now: datetime) -> None:
    """One delivery for each address that follows one of the topics so often.

    The soonest frequency comes first: whoever follows by two ways gets the earlier letter.
    """
    due_at = following.due(frequency, timezone.localtime(now))
    rows = Subscription.objects.filter(
        topic__in=topics, frequency=frequency, confirmed_at__lte=entry.published_at
    )
    keys = rows.order_by("subscriber").values_list("subscriber", flat=True).distinct()
    made = (
        Delivery(
            subscriber_id=key, kind=entry.kind, object_id=entry.object_id, due_at=due_at,
            made_at=now,
        )
        for key in keys
    )  # fmt: skip
    Delivery.objects.bulk_create(made, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def send_due(now: datetime) -> int:
    """Bundle what is due, then send what waits; returns how many letters the server took.

    Raises:
        NotSentError: the server cannot be reached, or broke off; the next call goes on.
    """
    _bundle(now)
    waiting = Letter.objects.filter(state=State.WAITING, not_before__lte=now)
    found = list(waiting.order_by("not_before", "pk")[:LETTERS_AT_ONCE])
    if not found:
        return 0
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
        return sum(_send(letter, connection) for letter in found)
    except OSError as error:
        raise NotSentError(_kind_of(error)) from None
    finally:
        connection.close()


def _bundle(now: datetime) -> None:
    """One letter for all that is due to an address."""
    due = Delivery.objects.filter(letter=None, due_at__lte=now)
    keys = due.order_by("subscriber").values_list("subscriber", flat=True).distinct()
    for key in list(keys[:LETTERS_AT_ONCE]):
        with transaction.atomic():
            subscriber = Subscriber.objects.select_for_update().filter(pk=key).first()
            if subscriber is None or not due.filter(subscriber=subscriber).exists():
                continue
            letter = Letter.objects.create(
                subscriber=subscriber, kind=Letter.Kind.NEWS, language=subscriber.language,
                made_at=now, not_before=now,
            )  # fmt: skip
            due.filter(subscriber=subscriber).update(letter=letter)


def _send(letter: Letter, connection: BaseEmailBackend) -> bool:
    """Claim it, send it, mark it; True where the server took it."""
    rows = Letter.objects.filter(pk=letter.pk)
    claimed = rows.filter(state=State.WAITING).update(
        state=State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1, error=""
    )
    if not claimed:
        return False
    mine = rows.select_related("subscriber", "subscription").first()
    message = letter_texts.message(mine, connection) if mine else None
    if mine is None or message is None:  # the reader left, or all that it would tell of is gone
        rows.delete()
        return False
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPResponseException, UnicodeError, ValueError) as error:
        _not_taken(mine, error)
        return False
    rows.update(state=State.SENT, sent_at=timezone.now())
    return True


def _not_taken(letter: Letter, error: Exception) -> None:
    """The server said no to this letter: it surely did not leave."""
    rows = Letter.objects.filter(pk=letter.pk)
    if _is_for_now(error) and letter.attempts < ATTEMPTS_MAX:
        later = timezone.now() + PAUSE * 2 ** (letter.attempts - 1)
        rows.update(state=State.WAITING, claimed_at=None, not_before=later, error=_kind_of(error))
    else:
        rows.update(state=State.FAILED, error=_kind_of(error))


def _codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPResponseException) else []


def _is_for_now(error: Exception) -> bool:
    """4xx: ask again later (RFC 5321 4.2.1)."""
    codes = _codes(error)
    return bool(codes) and all(code in FOR_NOW for code in codes)


def _kind_of(error: Exception) -> str:
    """What went wrong, in words that hold no address."""
    return " ".join([type(error).__name__, *map(str, _codes(error))])[:80]
