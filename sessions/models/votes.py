"""Open votes (biểu quyết): by totals or by name, on the base of all delegates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    """What is decided; the majority hangs on it (`sessions.rules.open_votes`)."""

    AGENDA = "agenda", _("thông qua chương trình")
    AGENDA_CHANGE = "agenda_change", _("điều chỉnh chương trình")
    COMMITTEE = "committee", _("bầu Ban kiểm phiếu")
    SUBJECT_LIST = "subject_list", _("danh sách lấy phiếu")
    PERSONNEL_LIST = "personnel_list", _("danh sách người ứng cử")
    RESOLUTION = "resolution", _("thông qua nghị quyết")
    REMOVE_DELEGATE = "remove_delegate", _("bãi nhiệm đại biểu")
    ANNULMENT = "annulment", _("hủy kết quả bỏ phiếu")
    OTHER = "other", _("nội dung khác")


class VoteOption(models.TextChoices):
    """tán thành / không tán thành / không biểu quyết."""

    FOR = "for", _("tán thành")
    AGAINST = "against", _("không tán thành")
    NOT_VOTING = "not_voting", _("không biểu quyết")


class OpenVote(models.Model):
    """One open vote. Closed votes are final; counts, base and rule are frozen in the row.

    Counts are delegates; `for_count` etc. are empty until the vote is closed.
    """

    class Method(models.TextChoices):
        TOTALS = "totals", _("ghi tổng số")
        BY_NAME = "by_name", _("ghi theo tên")

    class State(models.TextChoices):
        OPEN = "open", _("đang biểu quyết")
        CLOSED = "closed", _("đã có kết quả")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="open_votes"
    )
    sitting = models.ForeignKey(
        "council_sessions.Sitting", on_delete=models.PROTECT, related_name="open_votes"
    )
    item = models.ForeignKey(
        "council_sessions.AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="open_votes",
    )
    matter = models.CharField(_("việc biểu quyết"), max_length=16, choices=Matter)
    subject = models.CharField(_("nội dung biểu quyết"), max_length=500)
    method = models.CharField(_("cách ghi"), max_length=8, choices=Method, default=Method.TOTALS)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    total_delegates = models.PositiveSmallIntegerField(_("tổng số đại biểu"))
    present = models.PositiveSmallIntegerField(_("có mặt"))
    for_count = models.PositiveSmallIntegerField(_("tán thành"), null=True, blank=True)
    against_count = models.PositiveSmallIntegerField(_("không tán thành"), null=True, blank=True)
    not_voting_count = models.PositiveSmallIntegerField(
        _("không biểu quyết"), null=True, blank=True
    )
    needed = models.PositiveSmallIntegerField(_("cần"), null=True, blank=True)
    passed = models.BooleanField(_("được thông qua"), null=True, blank=True)
    rule_id = models.CharField(max_length=60, blank=True)
    rule_article = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("biểu quyết")
        verbose_name_plural = _("biểu quyết")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_closed_has_counts",
                condition=Q(state="open", closed_at=None, passed=None)
                | Q(
                    state="closed",
                    closed_at__isnull=False,
                    passed__isnull=False,
                    for_count__isnull=False,
                    against_count__isnull=False,
                    not_voting_count__isnull=False,
                    needed__isnull=False,
                ),
                violation_error_message=_(
                    "Biểu quyết đã đóng phải có đủ số tán thành, không tán thành, không biểu quyết."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_adds_up",
                condition=Q(for_count=None)
                | Q(present=F("for_count") + F("against_count") + F("not_voting_count")),
                violation_error_message=_(
                    "Tán thành + không tán thành + không biểu quyết phải bằng số có mặt."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_present_within_total",
                condition=Q(present__lte=F("total_delegates"), present__gte=1),
                violation_error_message=_("Số có mặt không thể lớn hơn tổng số đại biểu."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class OpenVoteChoice(models.Model):
    """How one delegate voted in an open vote taken by name."""

    vote = models.ForeignKey(OpenVote, on_delete=models.PROTECT, related_name="choices")
    mandate = models.ForeignKey("council.Mandate", on_delete=models.PROTECT, related_name="+")
    option = models.CharField(max_length=10, choices=VoteOption)

    class Meta:
        verbose_name = _("lá phiếu biểu quyết")
        verbose_name_plural = _("lá phiếu biểu quyết")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["vote", "mandate"],
                violation_error_message=_("Đại biểu đã biểu quyết."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_option_known",
                condition=Q(option__in=VoteOption.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.option}"
