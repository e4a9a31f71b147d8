"""What came in and went out about each person before a confidence vote, with its day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SubjectPaper(models.Model):
    """One step done for one person on the list (NQ 96/2023 Art. 11): the day, never the content.

    Voters' opinions are sent where there are any; that there are none is written down like a step.
    """

    class Step(models.TextChoices):
        ASKED = "asked", _("đã yêu cầu gửi báo cáo, bản kê khai")
        REPORT = "report", _("đã nhận báo cáo")
        DECLARATION = "declaration", _("đã nhận bản kê khai tài sản, thu nhập")
        OPINION = "opinion", _("đã nhận ý kiến cử tri do Mặt trận Tổ quốc tổng hợp")
        NO_OPINION = "no_opinion", _("Mặt trận Tổ quốc báo không có ý kiến cử tri")
        SENT = "sent", _("đã gửi đại biểu")

    entry = models.ForeignKey(
        "elections.PollEntry", on_delete=models.PROTECT, related_name="subject_papers"
    )
    step = models.CharField(_("việc"), max_length=12, choices=Step)
    done_on = models.DateField(_("ngày"))
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hồ sơ lấy phiếu tín nhiệm")
        verbose_name_plural = _("hồ sơ lấy phiếu tín nhiệm")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["entry", "step"],
                violation_error_message=_("Việc này đã được ghi."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_step_known",
                condition=Q(
                    step__in=["asked", "report", "declaration", "opinion", "no_opinion", "sent"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.step}"
