"""What can be searched, and the feed of its changes. Derived; `reindex --table` makes it anew."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One published page as the search sees it, and as a hit is shown.

    `body` holds only what the public may read. The folded texts (no diacritics, đ→d) are for the
    database's own search, which answers where there is no index.
    """

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("nghị quyết")
        SESSION = "session", _("kỳ họp")
        POLL = "poll", _("kết quả bỏ phiếu")
        PERSON = "person", _("người")
        ARCHIVED = "archived", _("nghị quyết trong hồ sơ lưu")

    council = models.ForeignKey(
        "council.Council", on_delete=models.CASCADE, related_name="search_entries"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.BigIntegerField()
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=600)
    summary = models.TextField(blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    title_folded = models.CharField(max_length=600)
    body_folded = models.TextField()
    dated_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    status = models.CharField(
        max_length=12, blank=True, help_text="A `resolutions.rules.standing.Standing`, or none."
    )
    status_until = models.DateField(
        null=True, help_text="The last day of this status, as far as is known."
    )

    class Meta:
        verbose_name = _("mục tìm kiếm")
        verbose_name_plural = _("mục tìm kiếm")
        indexes = [
            models.Index(fields=["council", "year"], name="portal_search_by_council"),
            models.Index(
                fields=["status_until"],
                condition=Q(status_until__isnull=False),
                name="portal_search_status_ends",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["kind", "object_id"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["resolution", "session", "poll", "person", "archived"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """Its name in the index."""
        return f"{self.kind}:{self.object_id}"


class SearchFeed(models.Model):
    """The head of the feed of changes; its row is locked while a change is appended.

    So positions are given in the order in which transactions commit, and nobody who has read up
    to a position can miss one below it. Another `epoch` means: forget what you know.
    """

    epoch = models.UUIDField(default=uuid.uuid4)
    head = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("dòng thay đổi của tìm kiếm")
        verbose_name_plural = _("dòng thay đổi của tìm kiếm")
        constraints = [
            models.CheckConstraint(name="%(app_label)s_%(class)s_only_one", condition=Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"{self.epoch} {self.head}"


class SearchChange(models.Model):
    """One entry appeared, changed or went; each node applies it to its own index."""

    position = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=SearchEntry.Kind)
    object_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thay đổi của tìm kiếm")
        verbose_name_plural = _("thay đổi của tìm kiếm")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.key}"

    @property
    def key(self) -> str:
        """The entry's name in the index."""
        return f"{self.kind}:{self.object_id}"
