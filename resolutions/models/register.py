"""The register of numbers (sổ đăng ký): each number of a series, what became of it, and why."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number used in one council, year and kind; locked while the next is taken."""

    council = models.ForeignKey("council.Council", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    opened_after = models.PositiveIntegerField(
        default=0, help_text=_("Số cuối cùng đã dùng trên sổ giấy trước khi cấp số ở đây.")
    )
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sổ đăng ký số")
        verbose_name_plural = _("sổ đăng ký số")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_series", fields=["council", "year", "kind"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_never_back",
                condition=Q(last__gte=F("opened_after")),
                violation_error_message=_("Số đã cấp không thể nhỏ hơn số mở sổ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind}: {self.last}"


class NumberEntry(models.Model):
    """One number of a series. Never removed: a number once given is never given again."""

    class State(models.TextChoices):
        RESERVED = "reserved", _("giữ số")
        USED = "used", _("đã dùng")
        VOID = "void", _("đã hủy")

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.RESERVED)
    resolution = models.ForeignKey(
        "resolutions.Resolution", on_delete=models.PROTECT, null=True, blank=True,
        related_name="number_entries",
    )  # fmt: skip
    title = models.CharField(_("trích yếu"), max_length=500, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    taken_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    issued_on = models.DateField(
        _("ngày văn bản"), null=True, blank=True,
        help_text=_("Chỉ của văn bản giấy; nghị quyết làm trên hệ thống có ngày của mình."),
    )  # fmt: skip
    signatory = models.CharField(_("người ký"), max_length=120, blank=True)
    recipients = models.CharField(_("nơi nhận"), max_length=300, blank=True)
    voided_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("số trong sổ đăng ký")
        verbose_name_plural = _("số trong sổ đăng ký")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["series", "number"],
                violation_error_message=_("Số này đã có trong sổ."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_standing",
                fields=["resolution"],
                condition=~Q(state="void") & Q(resolution__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_counts_from_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_complete",
                condition=Q(state="reserved", used_at=None, voided_at=None)
                | Q(state="used", used_at__isnull=False, voided_at=None)
                | (
                    Q(state="void", used_at=None, voided_at__isnull=False, voided_by__isnull=False)
                    & ~Q(reason="")
                ),
                violation_error_message=_("Số đã hủy phải có người hủy và lý do."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_for_something",
                condition=Q(resolution__isnull=False) | ~Q(title=""),
                violation_error_message=_("Ghi số này giữ cho văn bản nào."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_on_paper_has_a_day",
                condition=Q(issued_on=None, signatory="", recipients="")
                & (~Q(state="used") | Q(resolution__isnull=False))
                | Q(state="used", resolution=None, issued_on__isnull=False),
                violation_error_message=_("Số dùng cho văn bản giấy phải có ngày của văn bản."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.get_state_display()})"


class RegisterPrint(models.Model):
    """The register of one series as a PDF; the same content is made once."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="prints")
    content_digest = models.CharField(
        max_length=64, help_text=_("SHA-256 của dữ liệu đã dàn trang.")
    )
    file = models.FileField(upload_to="register/", max_length=200)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("số trang"))
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản in sổ đăng ký")
        verbose_name_plural = _("bản in sổ đăng ký")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_made_once", fields=["series", "content_digest"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_pages", condition=Q(pages__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.content_digest[:8]}"
