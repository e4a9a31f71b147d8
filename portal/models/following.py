"""Who follows what by e-mail. Personal data: nothing here goes into a log or the audit chain.

Everything of a reader hangs on the `Subscriber` row and goes with it: when the reader leaves, and
after a week where nobody confirmed (`portal.services.subscriptions.sweep`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.models.search import SearchEntry


class Frequency(models.TextChoices):
    """How soon letters come."""

    AT_ONCE = "at_once", _("ngay khi công bố")
    DAILY = "daily", _("mỗi ngày một thư, buổi sáng")
    WEEKLY = "weekly", _("mỗi tuần một thư, sáng thứ Hai")


class Subscriber(models.Model):
    """An address to which letters go. `key` is what the signed links to leave carry."""

    email = models.EmailField(unique=True, help_text="In lower case.")
    language = models.CharField(max_length=2, default="vi")
    key = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("người theo dõi")
        verbose_name_plural = _("người theo dõi")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_language_known",
                condition=Q(language__in=["vi", "en"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"  # never the address: this is what logs and errors print


class Subscription(models.Model):
    """One thing that an address follows, once it was confirmed from a letter to that address."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    topic = models.CharField(max_length=300, help_text="`portal.rules.following.Topic` as text.")
    frequency = models.CharField(max_length=7, choices=Frequency, default=Frequency.DAILY)
    key = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("đăng ký theo dõi")
        verbose_name_plural = _("đăng ký theo dõi")
        indexes = [
            models.Index(
                fields=["topic"],
                condition=Q(confirmed_at__isnull=False),
                name="portal_subscription_by_topic",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_topic", fields=["subscriber", "topic"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_frequency_known",
                condition=Q(frequency__in=Frequency.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Letter(models.Model):
    """One letter: claimed (committed), sent, marked as sent (committed).

    A worker that dies between claim and mark leaves it `sending`: nobody knows whether it left, and
    it is not sent again.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("thư xác nhận")
        NEWS = "news", _("thư tin")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENDING = "sending", _("đang gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("máy chủ thư không nhận")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=7, choices=Kind)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, null=True, related_name="letters",
        help_text="What a letter of confirmation asks about.",
    )  # fmt: skip
    frequency = models.CharField(max_length=7, choices=Frequency, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True, help_text="Kind and code, no address.")
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thư")
        verbose_name_plural = _("thư")
        indexes = [models.Index(fields=["state", "not_before"], name="portal_letter_due")]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_asks_about_one",
                condition=Q(kind="confirm", subscription__isnull=False, frequency__gt="")
                | Q(kind="news", subscription=None, frequency=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_times",
                condition=Q(state="waiting", claimed_at=None, sent_at=None)
                | Q(state__in=["sending", "failed"], claimed_at__isnull=False, sent_at=None)
                | Q(state="sent", claimed_at__isnull=False, sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Delivery(models.Model):
    """One publication for one address: whatever is tried again, there is only one such row."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=10, choices=SearchEntry.Kind)
    object_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    letter = models.ForeignKey(
        Letter, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )

    class Meta:
        verbose_name = _("tin gửi đi")
        verbose_name_plural = _("tin gửi đi")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(letter=None), name="portal_delivery_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["subscriber", "kind", "object_id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
