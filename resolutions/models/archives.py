"""Past resolutions: the import of a folder with its list, and what was published from it.

An archived resolution is a published document of its own sort: its text is the original file, kept
byte for byte. It has no vote, approval or signature here, because nothing of them is known here.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ArchiveImport(models.Model):
    """One folder of files with its spreadsheet, from upload to report."""

    class State(models.TextChoices):
        READING = "reading", _("đang đọc hồ sơ")
        REVIEW = "review", _("đang xem lại")
        SUBMITTED = "submitted", _("chờ duyệt")
        RUNNING = "running", _("đang nhập")
        PAUSED = "paused", _("tạm dừng")
        DONE = "done", _("đã nhập xong")

    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, related_name="archive_imports"
    )
    title = models.CharField(_("tên đợt nhập"), max_length=160)
    table = models.FileField(_("bảng kê"), upload_to="archive/", max_length=200)
    session_table = models.FileField(
        _("bảng kê kỳ họp"), upload_to="archive/", max_length=200, blank=True
    )
    bundle = models.FileField(_("tệp ZIP"), upload_to="archive/", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    ignored = models.CharField(_("cột không dùng"), max_length=500, blank=True)
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("đợt nhập hồ sơ lưu")
        verbose_name_plural = _("đợt nhập hồ sơ lưu")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_signs",
                condition=Q(state__in=["reading", "review"], approved_by=None, finished_at=None)
                | Q(
                    state="submitted", submitted_by__isnull=False, approved_by=None,
                    finished_at=None,
                )
                | Q(state__in=["running", "paused"], approved_by__isnull=False, finished_at=None)
                | Q(state="done", approved_by__isnull=False, finished_at__isnull=False),
                violation_error_message=_("Trạng thái đợt nhập không khớp với người duyệt."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                violation_error_message=_("Người duyệt phải khác người trình."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portal:archived-list", args=[self.council.slug])

    @property
    def published_at(self) -> datetime | None:
        """When what it brought became public."""
        return self.finished_at


class ArchiveFile(models.Model):
    """One file of the folder; `refusal` says why it cannot be taken."""

    archive = models.ForeignKey(ArchiveImport, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(_("tên tệp"), max_length=300)
    file = models.FileField(upload_to="archive/", max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("chữ trong tệp, để tìm kiếm"), blank=True)
    refusal = models.CharField(_("lý do không nhận"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tệp của hồ sơ lưu")
        verbose_name_plural = _("tệp của hồ sơ lưu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_path", fields=["archive", "path"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kept_or_refused",
                condition=(Q(refusal="") & ~Q(file="") & ~Q(sha256=""))
                | (~Q(refusal="") & Q(file="")),
            ),
        ]

    def __str__(self) -> str:
        return self.path


class ArchiveRow(models.Model):
    """One row of the list: what it says, which file, what the clerk decided, what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("sẽ nhập")
        SKIPPED = "skipped", _("bỏ qua")
        IMPORTED = "imported", _("đã nhập")
        REFUSED = "refused", _("không nhập được")

    archive = models.ForeignKey(ArchiveImport, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField(_("dòng"))
    key = models.CharField(max_length=40, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    kind = models.CharField(_("loại"), max_length=10)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(_("trích yếu"), max_length=500, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    signatory = models.CharField(_("người ký"), max_length=120, blank=True)
    relations = models.CharField(_("sửa đổi, thay thế"), max_length=500, blank=True)
    session_label = models.CharField(_("kỳ họp ghi trong bảng"), max_length=120, blank=True)
    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    file = models.ForeignKey(
        ArchiveFile, on_delete=models.PROTECT, null=True, blank=True, related_name="rows"
    )
    error = models.CharField(_("lỗi"), max_length=600, blank=True)
    doubt = models.CharField(_("cần xem lại"), max_length=600, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    outcome = models.CharField(_("kết quả"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("dòng của hồ sơ lưu")
        verbose_name_plural = _("dòng của hồ sơ lưu")
        ordering = ["line"]
        indexes = [models.Index(fields=["archive", "state", "line"], name="resolutions_arch_row")]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_line", fields=["archive", "line"]
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_file",
                fields=["file"],
                condition=Q(file__isnull=False) & ~Q(state="skipped"),
                violation_error_message=_("Tệp này đã gắn với dòng khác."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_imported_is_whole",
                condition=~Q(state="imported")
                | (
                    Q(number__isnull=False, issued_on__isnull=False, file__isnull=False, error="")
                    & ~Q(title="")
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_refused_says_why",
                condition=~Q(state="refused") | ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or f"dòng {self.line}"


class ArchiveSession(models.Model):
    """A past session of the list: what it says, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("sẽ nhập")
        IMPORTED = "imported", _("đã nhập")
        REFUSED = "refused", _("không nhập được")

    archive = models.ForeignKey(ArchiveImport, on_delete=models.PROTECT, related_name="sessions")
    line = models.PositiveIntegerField(_("dòng"))
    term = models.ForeignKey(
        "council.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    term_label = models.CharField(_("nhiệm kỳ ghi trong bảng"), max_length=60, blank=True)
    number = models.PositiveSmallIntegerField(_("kỳ họp thứ"), null=True, blank=True)
    kind = models.CharField(_("loại kỳ họp"), max_length=12)
    opens_on = models.DateField(_("khai mạc"), null=True, blank=True)
    closes_on = models.DateField(_("bế mạc"), null=True, blank=True)
    place = models.CharField(_("địa điểm"), max_length=200)
    error = models.CharField(_("lỗi"), max_length=600, blank=True)
    doubt = models.CharField(_("cần xem lại"), max_length=600, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    outcome = models.CharField(_("kết quả"), max_length=300, blank=True)
    council_session = models.OneToOneField(
        "council_sessions.Session", on_delete=models.PROTECT, null=True, blank=True,
        related_name="archive_row",
    )  # fmt: skip

    class Meta:
        verbose_name = _("kỳ họp của hồ sơ lưu")
        verbose_name_plural = _("kỳ họp của hồ sơ lưu")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_line", fields=["archive", "line"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_imported_is_whole",
                condition=~Q(state="imported")
                | Q(
                    council_session__isnull=False, term__isnull=False, number__isnull=False,
                    opens_on__isnull=False, closes_on__isnull=False, error="",
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_refused_says_why",
                condition=~Q(state="refused") | ~Q(outcome=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number or '?'}, {self.term_label}"


class ArchivedResolution(models.Model):
    """A resolution of the past, published as the file that it is. Never changed after import."""

    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, related_name="archived_resolutions"
    )
    row = models.OneToOneField(ArchiveRow, on_delete=models.PROTECT, related_name="made")
    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, null=True, blank=True,
        related_name="archived_resolutions",
    )  # fmt: skip
    session_label = models.CharField(_("kỳ họp"), max_length=120, blank=True)
    kind = models.CharField(_("loại"), max_length=10)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    symbol = models.CharField(_("số, ký hiệu"), max_length=60)
    slug = models.CharField(max_length=40)
    title = models.CharField(_("trích yếu"), max_length=500)
    issued_on = models.DateField(_("ngày ban hành"))
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    signatory = models.CharField(_("người ký"), max_length=120, blank=True)
    relations = models.CharField(_("sửa đổi, thay thế"), max_length=500, blank=True)
    file = models.FileField(upload_to="archive/", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(_("chữ trong tệp, để tìm kiếm"), blank=True)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("nghị quyết trong hồ sơ lưu")
        verbose_name_plural = _("nghị quyết trong hồ sơ lưu")
        indexes = [
            models.Index(fields=["council", "-issued_on"], name="resolutions_archived_newest")
        ]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_number",
                fields=["council", "year", "kind", "number"],
                violation_error_message=_("Số nghị quyết này đã dùng trong năm."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_address", fields=["council", "year", "slug"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["individual", "normative"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_whole",
                condition=Q(number__gte=1)
                & ~Q(symbol="")
                & ~Q(slug="")
                & ~Q(title="")
                & ~Q(file="")
                & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        return reverse("portal:archived", args=[self.council.slug, self.year, self.slug])
