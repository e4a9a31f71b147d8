"""The portal's only table: what can be searched. Derived; `reindex` makes it anew."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One published page as the search sees it; texts are folded (no diacritics, đ→d)."""

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
    title_folded = models.CharField(max_length=600)
    body_folded = models.TextField()
    dated_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("mục tìm kiếm")
        verbose_name_plural = _("mục tìm kiếm")
        indexes = [models.Index(fields=["council", "year"], name="portal_search_by_council")]
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
