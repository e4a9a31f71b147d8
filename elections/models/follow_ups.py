"""Steps that a result or an ended office or seat opens: each with its article, until settled."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FollowUp(models.Model):
    """One step that the law opened for one person; closed by what settles it, or by hand.

    `line` is the result that opened it; a report to the next session has the `tenure` or the seat
    (`mandate`) whose end is reported instead, or the `suspension`.
    """

    class Kind(models.TextChoices):
        RESIGN_OR_VOTE = "resign_or_vote", _("từ chức hoặc bỏ phiếu tín nhiệm")
        VOTE = "vote", _("trình bỏ phiếu tín nhiệm")
        DISMISSAL = "dismissal", _("trình miễn nhiệm")
        REPORT = "report", _("báo cáo tại kỳ họp gần nhất")

    class State(models.TextChoices):
        OPEN = "open", _("chưa làm")
        DONE = "done", _("đã làm")
        OVERTAKEN = "overtaken", _("không còn phải làm")

    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, related_name="follow_ups"
    )
    kind = models.CharField(max_length=14, choices=Kind)
    person = models.ForeignKey(
        "council.Person", on_delete=models.PROTECT, related_name="follow_ups"
    )
    line = models.OneToOneField(
        "elections.OutcomeLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_up",
    )
    tenure = models.OneToOneField(
        "council.Tenure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report",
    )
    mandate = models.OneToOneField(
        "council.Mandate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report",
    )
    suspension = models.OneToOneField(
        "council.MandateSuspension",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report",
    )
    council_session = models.ForeignKey(
        "council_sessions.Session",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        help_text=_("Kỳ họp có kết quả làm phát sinh việc này."),
    )
    opened_on = models.DateField()
    article = models.CharField(max_length=200)
    rule_id = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "elections.Poll",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="settled_follow_ups",
    )
    closed_reason = models.CharField(_("lý do"), max_length=300, blank=True)
    closed_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("việc phát sinh từ kết quả")
        verbose_name_plural = _("việc phát sinh từ kết quả")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["resign_or_vote", "vote", "dismissal", "report"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_origin",
                condition=Q(
                    kind="report", tenure__isnull=False, mandate=None, suspension=None, line=None
                )
                | Q(kind="report", tenure=None, mandate__isnull=False, suspension=None, line=None)
                | Q(kind="report", tenure=None, mandate=None, suspension__isnull=False, line=None)
                | (
                    ~Q(kind="report")
                    & Q(
                        line__isnull=False,
                        tenure=None,
                        mandate=None,
                        suspension=None,
                        council_session__isnull=False,
                    )
                ),
                violation_error_message=_(
                    "Việc phải phát sinh từ một kết quả, một chức vụ, một tư cách đại biểu hay một "
                    "lần tạm đình chỉ."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_closed_says_by_what",
                condition=Q(state="open", closed_on=None, settled_by=None, closed_reason="")
                | (
                    Q(state__in=["done", "overtaken"], closed_on__isnull=False)
                    & (Q(settled_by__isnull=False) | ~Q(closed_reason=""))
                ),
                violation_error_message=_("Việc đã đóng phải nêu ngày và lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
