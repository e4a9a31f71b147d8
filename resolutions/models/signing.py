"""Certificates that the installation knows, and the files that were signed with them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SignedPart(models.TextChoices):
    """Whose signature: the person's first, then the council's."""

    PERSON = "person", _("người ký")
    COUNCIL = "council", _("cơ quan")


class SignatureMethod(models.TextChoices):
    """How a signature was made; `password` is no signature in the file but the account's word."""

    PASSWORD = "password", _("bản giấy, xác nhận bằng mật khẩu")
    PKCS12 = "pkcs12", _("tệp khóa ký")
    TOKEN = "token", _("thiết bị ký trên máy chủ")
    UPLOAD = "upload", _("ký bên ngoài rồi tải lên")


ELECTRONIC = ["pkcs12", "token", "upload"]


class TrustedRootQuerySet(models.QuerySet["TrustedRoot"]):
    """Filters in the words of the domain."""

    def trusted(self) -> Self:
        """Approved by a second administrator and not ended."""
        return self.filter(approved_at__isnull=False, ended_at=None)


class TrustedRoot(models.Model):
    """An issuer whose certificates the installation trusts: one proposes it, another approves."""

    certificate = models.BinaryField()
    fingerprint = models.CharField(_("vân tay SHA-256"), max_length=64)
    subject = models.CharField(_("tổ chức cấp"), max_length=200)
    valid_from = models.DateTimeField(_("có hiệu lực từ"))
    valid_to = models.DateTimeField(_("đến"))
    is_for_timestamps = models.BooleanField(_("chỉ dùng cho dấu thời gian"), default=False)
    crl = models.BinaryField(_("danh sách thu hồi"), default=bytes, blank=True)
    proposed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TrustedRootQuerySet.as_manager()

    class Meta:
        verbose_name = _("chứng thư số gốc được tin cậy")
        verbose_name_plural = _("chứng thư số gốc được tin cậy")
        ordering = ["subject", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["fingerprint"],
                condition=Q(ended_at=None),
                violation_error_message=_("Chứng thư số gốc này đã có."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_administrators",
                condition=Q(approved_by=None, approved_at=None)
                | (Q(approved_at__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                violation_error_message=_("Người duyệt phải khác người đề xuất."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ended_by_somebody",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class SigningCertificate(models.Model):
    """The certificate of a person who signs for a council, or of the council's seal."""

    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, related_name="certificates"
    )
    part = models.CharField(_("chữ ký của"), max_length=7, choices=SignedPart)
    person = models.ForeignKey(
        "council.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certificate = models.BinaryField()
    fingerprint = models.CharField(_("vân tay SHA-256"), max_length=64)
    subject = models.CharField(_("chủ thể"), max_length=200)
    issuer = models.CharField(_("tổ chức cấp"), max_length=200)
    valid_from = models.DateTimeField(_("có hiệu lực từ"))
    valid_to = models.DateTimeField(_("đến"))
    picture = models.BinaryField(_("ảnh chữ ký hoặc con dấu"), default=bytes, blank=True)
    seal_mm = models.PositiveSmallIntegerField(_("đường kính con dấu (mm)"), default=36)
    key_label = models.CharField(
        _("nhãn khóa trên thiết bị ký của máy chủ"), max_length=100, blank=True
    )
    added_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("chứng thư số")
        verbose_name_plural = _("chứng thư số")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["fingerprint"],
                condition=Q(ended_at=None),
                violation_error_message=_("Chứng thư số này đã được đăng ký."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_a_person_signs_as_one",
                condition=Q(part="person", person__isnull=False)
                | Q(part="council", person__isnull=True),
                violation_error_message=_(
                    "Chọn người có chữ ký; chứng thư số của cơ quan thì để trống."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_seal_size",
                condition=Q(seal_mm__gte=20, seal_mm__lte=42),
                violation_error_message=_("Đường kính con dấu từ 20 đến 42 mm."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ended_by_somebody",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the moment lies in its validity."""
        return self.valid_from <= moment <= self.valid_to


class SignedFile(models.Model):
    """The signing copy with one more signature in it; the earlier bytes stay its beginning."""

    resolution = models.ForeignKey(
        "resolutions.Resolution", on_delete=models.PROTECT, related_name="signed_files"
    )
    part = models.CharField(max_length=7, choices=SignedPart)
    certificate = models.ForeignKey(
        SigningCertificate, on_delete=models.PROTECT, related_name="signed_files"
    )
    method = models.CharField(_("cách ký"), max_length=8, choices=SignatureMethod)
    file = models.FileField(upload_to="signing/", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    signed_at = models.DateTimeField(_("thời điểm ký"))
    is_stamped = models.BooleanField(_("có dấu thời gian"), default=False)
    signed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp đã ký")
        verbose_name_plural = _("tệp đã ký")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["resolution", "part"],
                violation_error_message=_("Nghị quyết đã có chữ ký này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_method_known", condition=Q(method__in=ELECTRONIC)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_bytes",
                condition=Q(size__gte=1) & ~Q(sha256="") & ~Q(file=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.part}"
