"""A delegate asks to leave the council, or lives and works in the unit no longer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from council.models import Mandate


class SeatRelease(models.Model):
    """The request that a delegate's duties end, and who consented to it.

    Source: Law 72/2025 Art. 38(3): the council, while it does not meet its Standing Committee.
    """

    class Ground(models.TextChoices):
        REQUEST = "request", _("theo đề nghị của đại biểu vì lý do sức khỏe hoặc lý do khác")
        MOVED = "moved", _("không còn công tác và không cư trú tại đơn vị hành chính")

    class State(models.TextChoices):
        PENDING = "pending", _("chờ quyết định")
        GRANTED = "granted", _("được chấp thuận")
        REFUSED = "refused", _("không được chấp thuận")
        WITHDRAWN = "withdrawn", _("đã rút")

    mandate = models.ForeignKey(
        "council.Mandate", on_delete=models.PROTECT, related_name="release_requests"
    )
    ground = models.CharField(_("trường hợp"), max_length=8, choices=Ground)
    document = models.CharField(_("đơn, văn bản đề nghị"), max_length=200)
    requested_on = models.DateField(_("ngày đơn, văn bản"))
    reason = models.CharField(_("lý do"), max_length=400)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    body = models.CharField(
        _("cơ quan quyết định"), max_length=18, choices=Mandate.EndBody, blank=True
    )
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision = models.CharField(_("số văn bản quyết định"), max_length=160, blank=True)
    article = models.CharField(max_length=200)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("đề nghị thôi làm nhiệm vụ đại biểu")
        verbose_name_plural = _("đề nghị thôi làm nhiệm vụ đại biểu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_pending",
                fields=["mandate"],
                condition=Q(state="pending"),
                violation_error_message=_("Đề nghị trước của đại biểu này còn chờ quyết định."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ground_known",
                condition=Q(ground__in=["request", "moved"]),
                violation_error_message=_("Chọn trường hợp thôi làm nhiệm vụ đại biểu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_paper",
                condition=~Q(document="") & ~Q(reason=""),
                violation_error_message=_("Ghi đơn hoặc văn bản đề nghị, và lý do."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_by_whom",
                condition=Q(state="pending", decided_on=None, body="", decision="")
                | Q(state="withdrawn", decided_on__isnull=False, body="", decision="")
                | (
                    Q(
                        state__in=["granted", "refused"],
                        decided_on__isnull=False,
                        body__in=["council", "standing_committee"],
                    )
                    & ~Q(decision="")
                ),
                violation_error_message=_("Ghi cơ quan, ngày và số văn bản quyết định."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(decided_on=None) | Q(decided_on__gte=F("requested_on")),
                violation_error_message=_("Ngày quyết định không thể trước ngày đề nghị."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} · {self.requested_on}"
