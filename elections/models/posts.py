"""The posts on one election's paper, each with its seats."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PollPost(models.Model):
    """One post of an election: how many are to be elected to it; its candidates name it.

    The poll's own office is that of its first post, the poll's seats are the sum of all.
    """

    poll = models.ForeignKey("elections.Poll", on_delete=models.PROTECT, related_name="posts")
    office = models.ForeignKey(
        "council.Office", on_delete=models.PROTECT, related_name="poll_posts"
    )
    seats = models.PositiveSmallIntegerField(_("số người cần bầu"), default=1)
    position = models.PositiveSmallIntegerField(_("thứ tự trên phiếu"), default=1)

    class Meta:
        verbose_name = _("chức vụ trên phiếu bầu")
        verbose_name_plural = _("chức vụ trên phiếu bầu")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_office_once",
                fields=["poll", "office"],
                violation_error_message=_("Chức vụ này đã có trên phiếu."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place",
                fields=["poll", "position"],
                violation_error_message=_("Thứ tự của chức vụ trên phiếu bị trùng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_elects_somebody",
                condition=Q(seats__gte=1),
                violation_error_message=_("Số người cần bầu phải từ 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.office_id} × {self.seats}"
