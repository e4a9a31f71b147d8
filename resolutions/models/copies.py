"""What a person is typing and has not saved: kept for that person alone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WorkingCopy(models.Model):
    """The text as one person typed it so far. It is nobody else's business and never approved.

    `base` is the text from which the typing began, `base_version` the resolution's version then;
    `revision` counts the times it was kept, so that two windows of one person do not overwrite
    each other.
    """

    resolution = models.ForeignKey(
        "resolutions.Resolution", on_delete=models.PROTECT, related_name="working_copies"
    )
    user = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    base_version = models.PositiveIntegerField()
    base = models.TextField(help_text="Canonical JSON of `resolutions.rules.content.Content`.")
    content = models.TextField(_("nội dung đang gõ"))
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản gõ dở")
        verbose_name_plural = _("bản gõ dở")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_person",
                fields=["resolution", "user"],
                violation_error_message=_("Bạn đang gõ văn bản này ở một cửa sổ khác."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_content",
                condition=~Q(content="") & ~Q(base=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_revision_counts",
                condition=Q(revision__gte=1, base_version__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.user_id}"
