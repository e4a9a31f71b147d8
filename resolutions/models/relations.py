"""What one act does to a resolution: relations between resolutions, and notices of the office.

A relation belongs to the draft that acts and freezes with it. A notice (công văn đính chính, thông
báo thu hồi) is no resolution: nobody votes on it, it says that a published text has a slip or that
it is taken back. Neither changes a published row: what follows from them is computed.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ONE_TARGET = (
    Q(target__isnull=False, archived=None, outside="")
    | Q(target=None, archived__isnull=False, outside="")
    | (Q(target=None, archived=None) & ~Q(outside=""))
)


class Relation(models.Model):
    """One thing that a resolution does to another: the whole of it, or one piece."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("sửa đổi")
        SUPPLEMENTS = "supplements", _("bổ sung")
        REWORDS = "rewords", _("thay cụm từ")
        REPEALS = "repeals", _("bãi bỏ")
        REPLACES = "replaces", _("thay thế")
        IMPLEMENTS = "implements", _("triển khai thi hành")
        CORRECTS = "corrects", _("đính chính")
        WITHDRAWS = "withdraws", _("thu hồi")

    resolution = models.ForeignKey(
        "resolutions.Resolution", on_delete=models.PROTECT, related_name="relations"
    )
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("quan hệ"), max_length=11, choices=Kind)
    target = models.ForeignKey(
        "resolutions.Resolution", on_delete=models.PROTECT, null=True, blank=True,
        related_name="acted_on_by",
    )  # fmt: skip
    archived = models.ForeignKey(
        "resolutions.ArchivedResolution", on_delete=models.PROTECT, null=True, blank=True,
        related_name="acted_on_by",
    )  # fmt: skip
    outside = models.CharField(_("văn bản ngoài hệ thống"), max_length=300, blank=True)
    target_key = models.CharField(max_length=40, blank=True)
    target_words = models.CharField(_("điều, khoản được nêu"), max_length=120, blank=True)
    source_key = models.CharField(max_length=12, blank=True)
    old_words = models.CharField(_("cụm từ cũ"), max_length=2000, blank=True)
    new_words = models.CharField(_("cụm từ mới"), max_length=2000, blank=True)
    effective_on = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("quan hệ văn bản")
        verbose_name_plural = _("quan hệ văn bản")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_target",
                condition=ONE_TARGET,
                violation_error_message=_("Chọn đúng một văn bản liên quan."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_of_another",
                condition=Q(target=None) | ~Q(target=F("resolution")),
                violation_error_message=_("Nghị quyết không thể sửa đổi, bãi bỏ chính nó."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_has_words",
                condition=Q(kind__in=["rewords", "corrects"]) & ~Q(old_words="")
                | ~Q(kind__in=["rewords", "corrects"]) & Q(old_words="", new_words=""),
                violation_error_message=_("Ghi cụm từ được thay."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_whole_has_no_piece",
                condition=~Q(kind__in=["implements", "withdraws"])
                | Q(target_key="", target_words=""),
                violation_error_message=_("Quan hệ này là với cả văn bản."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_piece_has_words",
                condition=Q(target_key="") | (Q(target__isnull=False) & ~Q(target_words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_words}".strip()


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters in the words of the domain."""

    def published(self) -> Self:
        """Notices that the public may see."""
        return self.filter(state=Notice.State.PUBLISHED)


class Notice(models.Model):
    """A letter of the council's standing committee that corrects or takes back a published text.

    `number` and `symbol` come from the office's own register of letters: they are typed.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("đính chính")
        WITHDRAWAL = "withdrawal", _("thu hồi")

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SUBMITTED = "submitted", _("chờ ký")
        PUBLISHED = "published", _("đã ban hành")

    council = models.ForeignKey("council.Council", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    target = models.ForeignKey(
        "resolutions.Resolution", on_delete=models.PROTECT, related_name="notices"
    )
    symbol = models.CharField(
        _("số, ký hiệu"), max_length=40, help_text=_("Theo sổ công văn, ví dụ 15/HĐND-VP.")
    )
    dated = models.DateField(_("ngày"))
    slug = models.CharField(max_length=60)
    reason = models.TextField(_("lý do"), max_length=2000)
    hides_text = models.BooleanField(
        _("ẩn toàn văn nghị quyết bị thu hồi"),
        default=False,
        help_text=_("Chọn khi văn bản lộ bí mật hoặc thông tin cá nhân."),
    )
    signatory_post = models.CharField(_("chức vụ người ký"), max_length=120)
    signatory_name = models.CharField(_("người ký"), max_length=120)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.CharField(_("lý do trả lại"), max_length=300, blank=True)
    signed_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="notices/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản đính chính, thu hồi")
        verbose_name_plural = _("văn bản đính chính, thu hồi")
        ordering = ["dated", "id"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_address",
                fields=["target", "slug"],
                violation_error_message=_("Số, ký hiệu này đã dùng cho nghị quyết này."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_withdrawn_once",
                fields=["target"],
                condition=Q(kind="withdrawal"),
                violation_error_message=_("Đã có văn bản thu hồi nghị quyết này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_whole",
                condition=~Q(symbol="") & ~Q(slug="") & ~Q(reason="") & ~Q(signatory_name=""),
                violation_error_message=_("Ghi đủ số, ký hiệu, lý do và người ký."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["correction", "withdrawal"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_only_a_withdrawal_hides",
                condition=Q(hides_text=False) | Q(kind="withdrawal"),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_complete",
                condition=Q(state="draft", submitted_by=None, signed_by=None, published_at=None)
                | Q(
                    state="submitted", submitted_by__isnull=False, submitted_at__isnull=False,
                    signed_by=None, published_at=None,
                )
                | (
                    Q(state="published", submitted_by__isnull=False, signed_by__isnull=False)
                    & Q(published_at__isnull=False)
                    & ~Q(file="")
                    & ~Q(sha256="")
                ),
                violation_error_message=_("Trạng thái không khớp với người trình, người ký."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_signed_by_another",
                condition=Q(signed_by=None)
                | (~Q(signed_by=F("submitted_by")) & ~Q(signed_by=F("created_by"))),
                violation_error_message=_("Người ký phải khác người soạn, người trình."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        target = self.target
        return reverse(
            "portal:notice", args=[target.council.slug, target.year, target.slug, self.slug]
        )


class NoticeLine(models.Model):
    """One slip that a notice corrects: the words as printed, and as they have to read."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(default=1)
    target_key = models.CharField(max_length=40, blank=True)
    target_words = models.CharField(_("điều, khoản"), max_length=120, blank=True)
    old_words = models.CharField(_("đã in"), max_length=2000)
    new_words = models.CharField(_("sửa thành"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("chỗ đính chính")
        verbose_name_plural = _("chỗ đính chính")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_what",
                condition=~Q(old_words="") & ~Q(old_words=F("new_words")),
                violation_error_message=_("Ghi cụm từ đã in sai và cụm từ đúng."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["notice", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_words} {self.old_words}"[:80]
