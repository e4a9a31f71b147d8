"""What is made of a paper's file for reading: its pages as pictures with their text, and a PDF.

Kept by content (SHA-256), so that the same file is never rendered twice.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

WIDTHS = (720, 1440)
"""Pixels: a phone of 390 at twice its points, and a desktop."""


class Rendition(models.Model):
    """The readable form of one file, or why there is none."""

    class Problem(models.TextChoices):
        """Why a file has no pages to show."""

        NONE = "", _("không có")
        ENCRYPTED = "encrypted", _("Tệp đặt mật khẩu nên không xem trước được.")
        UNREADABLE = "unreadable", _("Không đọc được trang nào của tệp này.")
        TOO_HEAVY = "too_heavy", _("Tệp quá nặng để xem trước.")
        NO_CONVERTER = "no_converter", _("Máy chủ chưa có LibreOffice để chuyển tệp sang PDF.")

    sha256 = models.CharField(max_length=64, unique=True)
    pdf = models.FileField(max_length=200, blank=True, help_text=_("Nếu tệp gốc không phải PDF."))
    page_count = models.PositiveIntegerField(_("số trang"), default=0)
    shown_count = models.PositiveIntegerField(_("số trang xem trước được"), default=0)
    problem = models.CharField(max_length=12, choices=Problem, blank=True, default=Problem.NONE)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản xem trước")
        verbose_name_plural = _("bản xem trước")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_pages_or_problem",
                condition=Q(problem="", shown_count__gte=1, shown_count__lte=F("page_count"))
                | (~Q(problem="") & Q(shown_count=0)),
                violation_error_message=_("Bản xem trước phải có trang hoặc có lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.page_count})"

    @property
    def folder(self) -> str:
        """Where its pictures lie in the private storage."""
        return f"renditions/{self.sha256[:2]}/{self.sha256}"


class RenditionPage(models.Model):
    """One page: its text; its pictures lie in the rendition's folder."""

    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    shape = models.PositiveIntegerField(help_text=_("Chiều cao trên 1000 đơn vị chiều rộng."))

    class Meta:
        verbose_name = _("trang xem trước")
        verbose_name_plural = _("trang xem trước")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["rendition", "number"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
