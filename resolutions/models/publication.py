"""Signature and the steps of publication, each done at most once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

METHODS = ["password", "pkcs12", "token", "upload"]


class Signature(models.Model):
    """The chair's signature: the password given again, over the exact bytes approved."""

    resolution = models.OneToOneField(
        "resolutions.Resolution", on_delete=models.PROTECT, related_name="signature"
    )
    signed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    text_digest = models.CharField(max_length=64)
    method = models.CharField(max_length=10, default="password")

    class Meta:
        verbose_name = _("chữ ký")
        verbose_name_plural = _("chữ ký")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_method_known",
                condition=Q(method__in=METHODS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.signed_by_id}"


class PublicationStep(models.TextChoices):
    """In this order. FEED makes everything visible in one transaction; before it, nothing is.

    What only follows from visibility (search, stored pages, mail) comes after it; mail is last,
    since it alone depends on the world outside.
    """

    FREEZE = "freeze", _("chốt nội dung")
    RENDER = "render", _("lấy bản đã ký")
    FILES = "files", _("kết xuất DOCX và XML")
    HASH = "hash", _("đối chiếu mã kiểm tra")
    FEED = "feed", _("công khai")
    INDEX = "index", _("đưa vào tìm kiếm")
    PURGE = "purge", _("làm mới trang đã lưu")
    MAIL = "mail", _("báo cho đại biểu")


class Publication(models.Model):
    """The publication of one resolution; the frozen text is JSON, canonical, hashed."""

    resolution = models.OneToOneField(
        "resolutions.Resolution", on_delete=models.PROTECT, related_name="publication"
    )
    frozen = models.TextField(blank=True)
    frozen_sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.FileField(upload_to="published/", max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ban hành")
        verbose_name_plural = _("ban hành")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_finished_is_whole",
                condition=Q(finished_at=None)
                | (Q(finished_at__gte=F("started_at")) & ~Q(frozen_sha256="") & ~Q(pdf_sha256="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id}"


class PublishedFile(models.Model):
    """The published text in another form than PDF, made once of the frozen text."""

    class Form(models.TextChoices):
        DOCX = "docx", "Word (.docx)"
        XML = "xml", "Akoma Ntoso (.xml)"
        HTML = "html", "HTML (.html)"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=Form)
    file = models.FileField(upload_to="published/", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("tệp đã ban hành")
        verbose_name_plural = _("tệp đã ban hành")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["publication", "form"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_form_known",
                condition=Q(form__in=["docx", "xml", "html"]),
            ),
        ]

    def __str__(self) -> str:
        return self.form


class StepDone(models.Model):
    """One step of one publication, done. Its row and its effect are one transaction."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=8, choices=PublicationStep)
    done_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bước ban hành")
        verbose_name_plural = _("bước ban hành")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["publication", "step"]
            )
        ]

    def __str__(self) -> str:
        return self.step


class PublicationMail(models.Model):
    """One announcement to one delegate; a retry never sends it twice.

    `claimed_at` is written before the letter leaves, `sent_at` after. A worker that dies between
    the two leaves a letter of which nobody knows whether it left: a person decides, not a retry.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="mails")
    mandate = models.ForeignKey("council.Mandate", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("lỗi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("thư báo ban hành")
        verbose_name_plural = _("thư báo ban hành")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["publication", "mandate"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_was_claimed",
                condition=Q(sent_at=None)
                | Q(claimed_at__isnull=False, sent_at__gte=F("claimed_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.email
