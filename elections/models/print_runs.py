"""Print runs of a poll's papers: how many each time, by whom; the stock is their sum."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PrintRun(models.Model):
    """Papers printed in one go. A run that is void (lost, spoiled, an old list) is no stock."""

    poll = models.ForeignKey("elections.Poll", on_delete=models.PROTECT, related_name="print_runs")
    ordinal = models.PositiveSmallIntegerField(_("lần in"))
    number = models.PositiveSmallIntegerField(_("số phiếu in"))
    printed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text=_("Lần in đã mất hoặc hỏng mà lần này in lại."),
    )
    void_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("lý do không dùng lần in này"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lần in phiếu")
        verbose_name_plural = _("lần in phiếu")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_ordinal",
                fields=["poll", "ordinal"],
                violation_error_message=_("Lần in này đã được ghi."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_prints_something",
                condition=Q(number__gte=1),
                violation_error_message=_("Mỗi lần in phải có từ 1 phiếu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_void_says_why",
                condition=Q(void_at=None, void_reason="")
                | (Q(void_at__isnull=False) & ~Q(void_reason="")),
                violation_error_message=_("Ghi lý do không dùng lần in này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.ordinal}: {self.number}"
