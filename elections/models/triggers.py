"""What obliges the Standing Committee to submit a no-confidence vote, as recorded data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TriggerKind(models.TextChoices):
    """The same words as `elections.rules.triggers.TriggerKind`."""

    DELEGATES = "delegates", _("kiến nghị của đại biểu")
    FRONT = "front", _("kiến nghị của Ủy ban Mặt trận Tổ quốc")
    LOW_RESULT = "low_result", _("kết quả lấy phiếu tín nhiệm")


class Trigger(models.Model):
    """One petition or low result concerning one person; `is_met` says whether it obliges.

    A petition of fewer delegates than `needed` is kept as the proposal that it is (Law 72/2025
    Art. 33(5)). `entry` is the line of the ballot paper that rests on it.
    """

    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, related_name="vote_triggers"
    )
    kind = models.CharField(_("căn cứ"), max_length=12, choices=TriggerKind)
    person = models.ForeignKey(
        "council.Person", on_delete=models.PROTECT, related_name="vote_triggers"
    )
    received_on = models.DateField(_("ngày nhận"))
    document = models.CharField(_("văn bản"), max_length=200, blank=True)
    petitioner_count = models.PositiveSmallIntegerField(_("số đại biểu kiến nghị"), default=0)
    total_delegates = models.PositiveSmallIntegerField(_("tổng số đại biểu"), default=0)
    needed = models.PositiveSmallIntegerField(_("số đại biểu cần có"), default=0)
    line = models.ForeignKey(
        "elections.OutcomeLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="triggers",
    )
    is_met = models.BooleanField(_("buộc phải trình"))
    rule_id = models.CharField(max_length=60)
    article = models.CharField(max_length=200)
    entry = models.OneToOneField(
        "elections.PollEntry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="trigger",
    )
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("căn cứ bỏ phiếu tín nhiệm")
        verbose_name_plural = _("căn cứ bỏ phiếu tín nhiệm")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=TriggerKind.values),
                violation_error_message=_("Căn cứ này không có trong luật."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_petition_counted",
                condition=~Q(kind="delegates")
                | Q(petitioner_count__gte=1, petitioner_count__lte=F("total_delegates")),
                violation_error_message=_(
                    "Kiến nghị phải có từ một đại biểu và không quá tổng số đại biểu."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_met_by_the_number",
                condition=~Q(kind="delegates", is_met=True)
                | Q(needed__gte=1, petitioner_count__gte=F("needed")),
                violation_error_message=_("Chưa đủ số đại biểu kiến nghị theo luật."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_front_has_document",
                condition=~Q(kind="front") | ~Q(document=""),
                violation_error_message=_("Ghi số, ngày văn bản của Ủy ban Mặt trận Tổ quốc."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_result_has_line",
                condition=Q(kind="low_result", line__isnull=False)
                | (~Q(kind="low_result") & Q(line=None)),
                violation_error_message=_("Nêu kết quả lấy phiếu tín nhiệm làm căn cứ."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_used_only_if_met",
                condition=Q(entry=None) | Q(is_met=True),
                violation_error_message=_("Căn cứ chưa đủ thì không trình bỏ phiếu được."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_line",
                fields=["line"],
                condition=Q(line__isnull=False),
                violation_error_message=_("Kết quả này đã là căn cứ của một cuộc bỏ phiếu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Petitioner(models.Model):
    """A delegate who joined a petition."""

    trigger = models.ForeignKey(Trigger, on_delete=models.PROTECT, related_name="petitioners")
    mandate = models.ForeignKey("council.Mandate", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("đại biểu kiến nghị")
        verbose_name_plural = _("đại biểu kiến nghị")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["trigger", "mandate"],
                violation_error_message=_("Đại biểu này đã có trong kiến nghị."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id}"
