"""Following by e-mail: asked, confirmed from the letter, left with one click, forgotten.

These verbs are a reader's own and nobody else's: there is no account, what authorises is the signed
word of the link (`follow_tokens`). They leave no trace in the audit chain, which forgets nothing,
because an address has to be forgotten (docs/adr/0011).
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from council.rules.refusals import Refusal, gettext_noop
from portal.models import Delivery, Letter, Subscriber, Subscription
from portal.rules.following import Topic
from portal.services import follow_tokens

ASKED_A_DAY: Final = 3
"""So many letters of confirmation go to one address a day, however often somebody asks."""

TOPICS_MAX: Final = 30
KEPT_DAYS: Final = 60
"""How long it is known what was sent; older publications are never sent (`letters.spread`)."""


def ask(*, email: str, topic: Topic, frequency: str, language: str) -> None:
    """Ask the address, by a letter, whether it wants to follow the topic.

    What happens is the same to the eye whoever the address belongs to, whether it follows
    something already, and where it was asked too often: then no letter goes out. An address that
    follows the topic is asked too; confirming then changes how often letters come.

    Raises:
        Refusal: ``follow.no_mail``, ``follow.everything``.
    """
    if not settings.MAIL_IS_CONFIGURED:
        raise Refusal("follow.no_mail", gettext_noop("Trang này chưa gửi được thư."))
    if topic.is_empty:
        raise Refusal(
            "follow.everything", gettext_noop("Chọn một hội đồng, hoặc ghi từ cần theo dõi.")
        )
    now = timezone.now()
    with transaction.atomic():
        subscriber = _subscriber(email.strip().lower(), language, now)
        subscription = _subscription(subscriber, topic, frequency, now)
        if subscription is None or _asked_enough(subscriber, now):
            return
        Letter.objects.create(
            subscriber=subscriber, kind=Letter.Kind.CONFIRM, subscription=subscription,
            frequency=frequency, language=language, made_at=now, not_before=now,
        )  # fmt: skip


def _subscriber(email: str, language: str, now: datetime) -> Subscriber:
    """The row of the address, locked; two who ask at once meet here."""
    made, _created = Subscriber.objects.get_or_create(
        email=email,
        defaults={"language": language, "key": secrets.token_hex(16), "made_at": now},
    )
    return Subscriber.objects.select_for_update().get(pk=made.pk)


def _subscription(
    subscriber: Subscriber, topic: Topic, frequency: str, now: datetime
) -> Subscription | None:
    found = subscriber.subscriptions.filter(topic=topic.text).first()
    if found is not None or subscriber.subscriptions.count() >= TOPICS_MAX:
        return found
    return Subscription.objects.create(
        subscriber=subscriber, topic=topic.text, frequency=frequency, asked_at=now,
        key=secrets.token_hex(16),
    )  # fmt: skip


def _asked_enough(subscriber: Subscriber, now: datetime) -> bool:
    since = now - timedelta(days=1)
    asked = subscriber.letters.filter(kind=Letter.Kind.CONFIRM, made_at__gt=since)
    return asked.count() >= ASKED_A_DAY


def check_link(token: str) -> follow_tokens.Asked:
    """What the link of a letter says yes to, as long as it can.

    Raises:
        Refusal: ``follow.link_dead``: not ours, too old, or what it asks about is forgotten.
    """
    asked = follow_tokens.asked_in(token)
    if asked is None or not Subscription.objects.filter(key=asked.key).exists():
        raise Refusal(
            "follow.link_dead",
            gettext_noop("Liên kết này không còn dùng được. Hãy đăng ký lại."),
        )
    return asked


def confirm(token: str) -> Subscription:
    """Follow from now on; confirming twice is confirming once.

    Raises:
        Refusal: ``follow.link_dead``.
    """
    with transaction.atomic():
        asked = check_link(token)
        _locked(subscriptions__key=asked.key)
        check_link(token)  # its reader may have left meanwhile
        subscription = Subscription.objects.get(key=asked.key)
        subscription.frequency = asked.frequency
        subscription.confirmed_at = subscription.confirmed_at or timezone.now()
        subscription.save(update_fields=["frequency", "confirmed_at"])
        Subscriber.objects.filter(pk=subscription.subscriber_id).update(language=asked.language)
    return subscription


def leave(token: str) -> bool:
    """Forget the address and all that is known of it; False where the word is not ours.

    Leaving twice is leaving once: an address that is gone counts as left.
    """
    key = follow_tokens.leaving_key(token)
    if key is not None:
        with transaction.atomic():
            subscriber = _locked(key=key)
            if subscriber is not None:
                subscriber.delete()
    return key is not None


def leave_one(token: str, subscription_key: str) -> bool:
    """Follow one thing less; with the last one the address is forgotten. False as in `leave`."""
    key = follow_tokens.leaving_key(token)
    if key is None:
        return False
    with transaction.atomic():
        subscriber = _locked(key=key)
        if subscriber is not None:
            subscriber.subscriptions.filter(key=subscription_key).delete()
            if not subscriber.subscriptions.exists():
                subscriber.delete()
    return True


def sweep(now: datetime) -> int:
    """Forget who never confirmed and what was sent long ago; returns how many addresses went."""
    asked_before = now - timedelta(days=follow_tokens.CONFIRM_DAYS)
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=asked_before).delete()
    sent_before = now - timedelta(days=KEPT_DAYS)
    Delivery.objects.filter(made_at__lt=sent_before).delete()
    Letter.objects.filter(made_at__lt=sent_before).delete()
    alone = Subscriber.objects.filter(subscriptions=None, made_at__lt=now - timedelta(hours=1))
    return sum(_forget_if_alone(pk) for pk in list(alone.values_list("pk", flat=True)))


def _forget_if_alone(pk: int) -> bool:
    with transaction.atomic():
        subscriber = _locked(pk=pk)
        if subscriber is None or subscriber.subscriptions.exists():
            return False
        subscriber.delete()
    return True


def _locked(**which: object) -> Subscriber | None:
    """The reader's row, locked before any other row of the reader's: the one order of locks."""
    keys = list(Subscriber.objects.filter(**which).values_list("pk", flat=True)[:1])
    return Subscriber.objects.select_for_update().filter(pk__in=keys).first()
