"""Personal data in a paper's file: what was found, what the clerk decided, the masked copy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.papers import DocumentVersion


def masked_path(copy: "MaskedCopy", filename: str) -> str:
    """A random name beside the papers of the session."""
    return f"papers/{copy.version.document.council_session_id}/{copy.storage_key}"


class PersonalDataCheck(models.Model):
    """One look at one version; its finds must all be decided before the version is published."""

    version = models.OneToOneField(
        DocumentVersion, on_delete=models.PROTECT, primary_key=True, related_name="personal_data"
    )
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần rà dữ liệu cá nhân")
        verbose_name_plural = _("lần rà dữ liệu cá nhân")

    def __str__(self) -> str:
        return str(self.version)


class PersonalDataFind(models.Model):
    """A number, an address, a birthday that stands in the file, once however often it stands there.

    A file or page whose words the machine cannot read is a find too: somebody must look at it.
    """

    class Kind(models.TextChoices):
        CITIZEN_ID = "citizen_id", _("Số căn cước, CMND, hộ chiếu")
        PHONE = "phone", _("Số điện thoại")
        EMAIL = "email", _("Địa chỉ thư điện tử")
        BIRTH = "birth", _("Ngày, năm sinh")
        ADDRESS = "address", _("Nơi ở")
        BANK_ACCOUNT = "bank_account", _("Số tài khoản")
        PICTURE_PAGE = "picture_page", _("Trang ảnh, máy không đọc được chữ")
        UNREADABLE = "unreadable", _("Tệp mà máy không đọc được chữ")

    class Decision(models.TextChoices):
        OPEN = "", _("chưa quyết định")
        MASK = "mask", _("Che đi")
        KEEP = "keep", _("Để nguyên")

    check_row = models.ForeignKey(
        PersonalDataCheck, on_delete=models.PROTECT, related_name="finds", db_column="check_id"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(_("nội dung"), max_length=300, blank=True)
    context = models.CharField(_("đoạn xung quanh"), max_length=600, blank=True)
    pages = models.JSONField(
        default=list, blank=True, help_text=_("0 là thuộc tính, ghi chú của tệp.")
    )
    count = models.PositiveIntegerField(default=1)
    decision = models.CharField(
        _("quyết định"), max_length=4, choices=Decision, blank=True, default=Decision.OPEN
    )
    reason = models.CharField(_("lý do để nguyên"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dữ liệu cá nhân tìm thấy")
        verbose_name_plural = _("dữ liệu cá nhân tìm thấy")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_has_sign",
                condition=Q(decision="", decided_by=None, decided_at=None)
                | Q(
                    decision__in=["mask", "keep"], decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                violation_error_message=_("Quyết định phải có người và thời điểm."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kept_has_reason",
                condition=~Q(decision="keep") | ~Q(reason=""),
                violation_error_message=_("Ghi lý do để nguyên."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_unreadable_is_kept",
                condition=~Q(kind="unreadable", decision="mask"),
                violation_error_message=_("Không che được tệp mà máy không đọc được."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"


class MaskedCopy(models.Model):
    """What the public gets instead of a version: made of it and of exactly these decisions."""

    version = models.OneToOneField(
        DocumentVersion, on_delete=models.PROTECT, primary_key=True, related_name="masked"
    )
    digest = models.CharField(max_length=64, help_text=_("Của các quyết định đã che theo."))
    file = models.FileField(upload_to=masked_path, max_length=200)
    storage_key = models.CharField(max_length=40, unique=True, editable=False)
    filename = models.CharField(_("tên tệp"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("kích thước (byte)"))
    sha256 = models.CharField(max_length=64)
    texts = models.JSONField(
        default=dict, blank=True, help_text=_("Chữ của các trang đã thành ảnh.")
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản công khai đã che")
        verbose_name_plural = _("bản công khai đã che")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty", condition=Q(size__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.filename
