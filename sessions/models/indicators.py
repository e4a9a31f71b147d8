"""Socio-economic indicators of the year (chỉ tiêu kinh tế – xã hội), practice.md section 5."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Indicator(models.Model):
    """One row of the usual table. Amounts are in `unit`; stated percentages are the report's own.

    A plan is a point (lower = upper), a range, or one-sided (only one bound). Figures may be
    missing: a source often states only percentages.
    """

    class Direction(models.TextChoices):
        HIGHER = "higher", _("càng cao càng tốt")
        LOWER = "lower", _("càng thấp càng tốt")
        RANGE = "range", _("trong khoảng")

    class Group(models.TextChoices):
        ECONOMY = "economy", _("Kinh tế")
        SOCIETY = "society", _("Xã hội")
        ENVIRONMENT = "environment", _("Môi trường")
        SECURITY = "security", _("Quốc phòng – an ninh")

    class Assessment(models.TextChoices):
        EXCEEDED = "exceeded", _("Vượt")
        MET = "met", _("Đạt")
        ON_TRACK = "on_track", _("Theo tiến độ")
        MISSED = "missed", _("Chưa đạt")

    class PriorForm(models.TextChoices):
        GROWTH = "growth", _("tăng, giảm so với cùng kỳ (%)")
        RATIO = "ratio", _("bằng bao nhiêu phần trăm cùng kỳ")

    class PlanForm(models.TextChoices):
        RATIO = "ratio", _("bằng bao nhiêu phần trăm kế hoạch")
        EXCESS = "excess", _("vượt, hụt so với kế hoạch (%)")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="indicators"
    )
    position = models.PositiveSmallIntegerField()
    group = models.CharField(_("nhóm"), max_length=12, choices=Group, default=Group.ECONOMY)
    name = models.CharField(_("chỉ tiêu"), max_length=300)
    unit = models.CharField(_("đơn vị tính"), max_length=60)
    period = models.CharField(
        _("kỳ báo cáo"), max_length=60, help_text=_("Ví dụ: 11 tháng năm 2023.")
    )
    is_whole_year = models.BooleanField(_("số cả năm"), default=True)
    is_rate = models.BooleanField(_("là tỷ lệ phần trăm"), default=False)
    direction = models.CharField(
        _("chiều"), max_length=6, choices=Direction, default=Direction.HIGHER
    )
    plan_lower = models.DecimalField(
        _("kế hoạch từ"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    plan_upper = models.DecimalField(
        _("kế hoạch đến"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    result = models.DecimalField(
        _("thực hiện"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    prior = models.DecimalField(
        _("cùng kỳ"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    stated_plan = models.DecimalField(
        _("báo cáo nêu so kế hoạch (%)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    stated_plan_form = models.CharField(max_length=6, choices=PlanForm, default=PlanForm.RATIO)
    stated_prior = models.DecimalField(
        _("báo cáo nêu so cùng kỳ (%)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    stated_prior_form = models.CharField(max_length=6, choices=PriorForm, default=PriorForm.GROWTH)
    assessment = models.CharField(_("đánh giá"), max_length=8, choices=Assessment, blank=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place",
                fields=["council_session", "position"],
                violation_error_message=_("Vị trí này đã có chỉ tiêu khác."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_plan_in_order",
                condition=Q(plan_lower=None)
                | Q(plan_upper=None)
                | Q(plan_lower__lte=F("plan_upper")),
                violation_error_message=_("Kế hoạch: số đầu phải nhỏ hơn hoặc bằng số cuối."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
