"""What follows from the agreed count: frozen, with the rule that made it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from elections.models.polls import CountingWay


class Outcome(models.Model):
    """The frozen result of a poll: agreed by two members, under the rule in force that day."""

    poll = models.OneToOneField("elections.Poll", on_delete=models.PROTECT, related_name="outcome")
    count = models.OneToOneField(
        "elections.Count", on_delete=models.PROTECT, related_name="outcome"
    )
    rule_id = models.CharField(max_length=60)
    rule_article = models.CharField(max_length=200)
    rule_mark = models.CharField(max_length=10)
    rules = models.JSONField(
        default=dict,
        help_text=_("Quy định nào đã trả lời từng câu hỏi khi kết quả được chốt."),
    )
    rule_text = models.TextField(help_text=_("Quy định được áp dụng, theo lời của ngày đó."))
    rule_from = models.DateField(help_text=_("Ngày đầu quy định có hiệu lực."))
    rule_to = models.DateField(
        null=True, blank=True, help_text=_("Ngày cuối, để trống nếu lúc đó còn hiệu lực.")
    )
    way = models.CharField(max_length=8, choices=CountingWay, default=CountingWay.TOTALS)
    records_digest = models.CharField(
        max_length=64, help_text=_("SHA-256 của các bản ghi kiểm phiếu, kể cả phiếu quét.")
    )
    base = models.CharField(max_length=10)
    base_value = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Số phiếu cần để trúng cử hoặc được thông qua.")
    )
    digest = models.CharField(max_length=64, help_text=_("SHA-256 của số liệu và kết luận."))
    agreed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kết quả")
        verbose_name_plural = _("kết quả")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_rule_in_force",
                condition=Q(rule_to=None) | Q(rule_to__gte=F("rule_from")),
                violation_error_message=_("Thời hạn hiệu lực của quy định không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_members",
                condition=~Q(agreed_by=F("confirmed_by")),
                violation_error_message=_("Kết quả phải do hai thành viên khác nhau xác nhận."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.rule_id}"


class OutcomeLine(models.Model):
    """The verdict on one entry. `votes` is option → count; void = valid − their sum."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="lines")
    entry = models.OneToOneField(
        "elections.PollEntry", on_delete=models.PROTECT, related_name="outcome_line"
    )
    votes = models.JSONField()
    void = models.PositiveSmallIntegerField()
    percent = models.JSONField(help_text=_("Tỷ lệ, hai số lẻ, dấu chấm."))
    verdict = models.CharField(max_length=40, blank=True)
    consequence = models.CharField(max_length=600)
    article = models.CharField(max_length=200, blank=True)
    tenure = models.OneToOneField(
        "council.Tenure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outcome_line",
        help_text=_("Nhiệm kỳ giữ chức vụ bắt đầu từ kết quả này."),
    )

    class Meta:
        verbose_name = _("kết quả từng người")
        verbose_name_plural = _("kết quả từng người")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.verdict}"


class PollFile(models.Model):
    """A file made for a poll by the worker: the ballot paper, the counting minutes."""

    class Kind(models.TextChoices):
        BALLOT = "ballot", _("phiếu")
        MINUTES = "minutes", _("biên bản kiểm phiếu")
        READING = "reading", _("bản đọc kết quả")
        MINUTES_DOCX = "minutes_docx", _("biên bản kiểm phiếu (DOCX)")

    poll = models.ForeignKey("elections.Poll", on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind)
    content_digest = models.CharField(
        max_length=64, help_text=_("SHA-256 của dữ liệu đã dàn trang.")
    )
    file = models.FileField(upload_to="polls/", max_length=200)
    sha256 = models.CharField(max_length=64)
    box_map = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp in")
        verbose_name_plural = _("tệp in")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["poll", "kind", "content_digest"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["ballot", "minutes", "minutes_docx", "reading"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.kind}"
