"""Papers of a session: typed, numbered, dated, versioned, each with who may see it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """Types of paper (practice.md, glossary)."""

    REPORT = "report", _("Báo cáo")
    SUBMISSION = "submission", _("Tờ trình")
    VERIFICATION_REPORT = "verification_report", _("Báo cáo thẩm tra")
    RESPONSE_REPORT = "response_report", _("Báo cáo tiếp thu, giải trình")
    DRAFT_RESOLUTION = "draft_resolution", _("Dự thảo nghị quyết")
    CANDIDATE_SUMMARY = "candidate_summary", _("Tóm tắt lý lịch người được giới thiệu")
    SELF_REPORT = "self_report", _("Báo cáo của người được lấy phiếu")
    NOTICE = "notice", _("Thông báo, giấy mời")
    ANNEX = "annex", _("Phụ lục, biểu")
    OTHER = "other", _("Tài liệu khác")


class Visibility(models.TextChoices):
    """Who may read a paper: each value includes those above it."""

    STAFF = "staff", _("Văn phòng")
    DELEGATES = "delegates", _("Đại biểu")
    PUBLIC = "public", _("Công khai")


class Document(models.Model):
    """A paper of a session. Released to delegates, then perhaps to the public, by an approver."""

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="documents"
    )
    item = models.ForeignKey(
        "council_sessions.AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    kind = models.CharField(_("loại tài liệu"), max_length=20, choices=DocumentKind)
    title = models.CharField(_("trích yếu"), max_length=500)
    number = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=160, blank=True)
    visibility = models.CharField(
        _("phạm vi"), max_length=10, choices=Visibility, default=Visibility.STAFF
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=1)
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("tài liệu")
        verbose_name_plural = _("tài liệu")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=DocumentKind.values),
                violation_error_message=_("Loại tài liệu không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_released_has_sign",
                condition=Q(visibility="staff")
                | Q(released_at__isnull=False, released_by__isnull=False),
                violation_error_message=_(
                    "Tài liệu phát hành phải có người cho phép và thời điểm."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


def version_path(version: "DocumentVersion", filename: str) -> str:
    """A random name in a folder of the session; the original name is data, not a path."""
    return f"papers/{version.document.council_session_id}/{version.storage_key}"


class DocumentVersion(models.Model):
    """One uploaded file of a paper; immutable. The highest ordinal is the current one."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=version_path, max_length=200)
    storage_key = models.CharField(max_length=40, unique=True, editable=False)
    filename = models.CharField(_("tên tệp"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("kích thước (byte)"))
    sha256 = models.CharField(max_length=64)
    change_note = models.CharField(_("thay đổi"), max_length=300, blank=True)
    uploaded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("phiên bản tài liệu")
        verbose_name_plural = _("phiên bản tài liệu")
        ordering = ["-ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_ordinal",
                fields=["document", "ordinal"],
                violation_error_message=_("Phiên bản này đã có; người khác vừa tải lên."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty",
                condition=Q(size__gte=1),
                violation_error_message=_("Tệp rỗng."),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
