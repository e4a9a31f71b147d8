"""All papers of a session in one file, for one kind of reader."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.papers import Visibility


class Bundle(models.Model):
    """One ZIP or one bookmarked PDF of what these readers may read, made of exactly these files.

    `digest` names the content: which papers, in which order, under which words.
    """

    class Kind(models.TextChoices):
        """The two forms."""

        ZIP = "zip", _("Tệp ZIP")
        PDF = "pdf", _("Một tệp PDF có mục lục")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="bundles"
    )
    readers = models.CharField(_("người đọc"), max_length=10, choices=Visibility)
    kind = models.CharField(max_length=3, choices=Kind)
    digest = models.CharField(max_length=64)
    included = models.JSONField(default=list, help_text=_("[tài liệu, SHA-256] của mỗi tệp."))
    attached_count = models.PositiveIntegerField(
        default=0, help_text=_("Số tệp chỉ được nêu tên, không gộp vào.")
    )
    page_count = models.PositiveIntegerField(default=0)
    file = models.FileField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bộ tài liệu kỳ họp")
        verbose_name_plural = _("bộ tài liệu kỳ họp")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_of_its_content",
                fields=["council_session", "readers", "kind", "digest"],
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty", condition=Q(size__gte=1)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_readers_known",
                condition=Q(readers__in=Visibility.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.readers}"
