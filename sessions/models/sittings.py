"""Sittings (phiên họp, buổi họp) and who was in the hall when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Sitting(models.Model):
    """A half day or a day of a session."""

    class Part(models.TextChoices):
        MORNING = "morning", _("buổi sáng")
        AFTERNOON = "afternoon", _("buổi chiều")
        DAY = "day", _("cả ngày")
        EVENING = "evening", _("buổi tối")

    class State(models.TextChoices):
        PLANNED = "planned", _("chưa họp")
        OPEN = "open", _("đang họp")
        SUSPENDED = "suspended", _("tạm nghỉ")
        CLOSED = "closed", _("đã kết thúc")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="sittings"
    )
    ordinal = models.PositiveSmallIntegerField()
    held_on = models.DateField(_("ngày"))
    part = models.CharField(_("buổi"), max_length=10, choices=Part, default=Part.MORNING)
    starts_at = models.TimeField(_("giờ bắt đầu"))
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("phiên họp")
        verbose_name_plural = _("phiên họp")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_ordinal",
                fields=["council_session", "ordinal"],
                violation_error_message=_("Kỳ họp đã có phiên mang số này."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_part_a_day",
                fields=["council_session", "held_on", "part"],
                violation_error_message=_("Buổi này của kỳ họp đã có."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_running",
                fields=["council_session"],
                condition=Q(state__in=["open", "suspended"]),
                violation_error_message=_("Kỳ họp đang có một phiên khác."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_times",
                condition=Q(state="planned", opened_at=None, closed_at=None)
                | Q(state__in=["open", "suspended"], opened_at__isnull=False, closed_at=None)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                violation_error_message=_(
                    "Thời điểm mở, kết thúc không khớp với trạng thái phiên họp."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.held_on:%d/%m/%Y}"


class Presence(models.Model):
    """An interval during which a delegate was in the hall; still there while `left_at` is empty."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="presences")
    mandate = models.ForeignKey(
        "council.Mandate", on_delete=models.PROTECT, related_name="presences"
    )
    arrived_at = models.DateTimeField(_("đến lúc"))
    left_at = models.DateTimeField(_("về lúc"), null=True, blank=True)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("có mặt")
        verbose_name_plural = _("có mặt")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_at_a_time",
                fields=["sitting", "mandate"],
                condition=Q(left_at=None),
                violation_error_message=_("Đại biểu đang được ghi có mặt."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                violation_error_message=_("Giờ về phải sau giờ đến."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.arrived_at}"


class Excuse(models.Model):
    """A reported absence with its reason (Law 72/2025 Art. 33(2)), for one sitting."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="excuses")
    mandate = models.ForeignKey("council.Mandate", on_delete=models.PROTECT, related_name="excuses")
    reason = models.CharField(_("lý do"), max_length=300)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("vắng có lý do")
        verbose_name_plural = _("vắng có lý do")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_sitting",
                fields=["sitting", "mandate"],
                violation_error_message=_("Đã ghi lý do vắng của đại biểu này."),
            )
        ]

    def __str__(self) -> str:
        return self.reason
