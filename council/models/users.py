"""Accounts, and which role an account has in which council."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """One human's account. What it may do in a council is said by its `Role` rows, never here."""

    honorific = models.CharField(
        _("xưng hô"), max_length=4, choices=[("ong", _("ông")), ("ba", _("bà"))], blank=True
    )
    full_name = models.CharField(_("họ và tên"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def __str__(self) -> str:
        return self.full_name or self.username


class RoleKind(models.TextChoices):
    """The columns of the permission table (product.md section 5)."""

    CLERK = "clerk", _("Thư ký")
    APPROVER = "approver", _("Người duyệt (Văn phòng)")
    CHAIR = "chair", _("Chủ tọa")
    BALLOT_COMMITTEE = "ballot_committee", _("Ban kiểm phiếu")
    DELEGATE = "delegate", _("Đại biểu")
    ADMINISTRATOR = "administrator", _("Quản trị")


class Role(models.Model):
    """A role that an account holds, or held, in one council.

    `person` says who the account's holder is in that council's books, so that a ballot
    committee member's account is tied to the delegate whom the council elected.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    council = models.ForeignKey("council.Council", on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind)
    person = models.ForeignKey(
        "council.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="roles"
    )
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("vai trò")
        verbose_name_plural = _("vai trò")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=RoleKind.values),
                violation_error_message=_("Vai trò này không có trong bảng phân quyền."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_revoked_after_granted",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("granted_at")),
                violation_error_message=_("Thu hồi vai trò phải sau khi giao."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_current",
                fields=["user", "council", "kind"],
                condition=Q(revoked_at=None),
                violation_error_message=_("Tài khoản đã có vai trò này trong hội đồng."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.get_kind_display()}"
