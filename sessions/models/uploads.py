"""Files on their way in, and the words that were read of the papers' files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PaperUpload(models.Model):
    """A file that is not a paper yet: received piece by piece, kept apart, looked through.

    Nobody can download it. It becomes a version of a paper, and this row goes; or it is refused,
    its file goes, and the row keeps the sentence until somebody takes it off the list.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", _("đang nhận")
        WAITING = "waiting", _("đang kiểm tra")
        PASSED = "passed", _("chờ điền thông tin")
        REFUSED = "refused", _("không nhận")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="uploads"
    )
    item = models.ForeignKey(
        "council_sessions.AgendaItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    document = models.ForeignKey(
        "council_sessions.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uploads",
        help_text=_("Tài liệu nhận tệp này làm phiên bản mới; trống là tài liệu mới."),
    )
    change_note = models.CharField(_("thay đổi"), max_length=300, blank=True)
    key = models.CharField(max_length=40, unique=True, editable=False)
    filename = models.CharField(_("tên tệp"), max_length=200)
    mark = models.CharField(max_length=80, blank=True, help_text=_("Dấu của tệp ở máy người gửi."))
    size = models.PositiveBigIntegerField(_("kích thước (byte)"))
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVING)
    guess = models.JSONField(default=dict, blank=True)
    refusal_code = models.CharField(max_length=40, blank=True)
    refusal_sentence = models.CharField(max_length=400, blank=True)
    refusal_params = models.JSONField(default=dict, blank=True)
    uploaded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp đang nhận")
        verbose_name_plural = _("tệp đang nhận")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="council_upload_by_age")]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_known",
                condition=Q(state__in=["receiving", "waiting", "passed", "refused"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_received_in_bounds",
                condition=Q(received__lte=F("size")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_whole_is_hashed",
                condition=Q(state__in=["receiving", "refused"])
                | Q(received=F("size")) & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_refused_has_reason",
                condition=Q(state="refused") & ~Q(refusal_code="") & ~Q(refusal_sentence="")
                | ~Q(state="refused") & Q(refusal_code="", refusal_sentence=""),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def percent(self) -> int:
        """How much has been received, in whole percent."""
        return 100 * self.received // self.size if self.size else 0


class VersionText(models.Model):
    """The words of a paper's version, for search and for comparing versions.

    ``pages`` holds a text for each page, slide or sheet, null where it is not read yet.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chưa đọc")
        READING = "reading", _("đang đọc chữ")
        DONE = "done", _("đã đọc chữ")
        FAILED = "failed", _("không đọc được chữ")

    class Note(models.TextChoices):
        NONE = "", ""
        OCR = "ocr", _("Chữ do máy nhận dạng từ bản quét, có thể sai vài chữ.")
        NO_OCR = "no_ocr", _("Bản quét: máy chủ chưa cài bộ nhận dạng chữ nên chưa tìm được chữ.")
        TOO_LONG = "too_long", _("Tài liệu quá dài, chỉ đọc phần đầu.")
        UNREADABLE = "unreadable", _("Không đọc được chữ trong tệp này.")

    version = models.OneToOneField(
        "council_sessions.DocumentVersion",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="text",
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    note = models.CharField(max_length=10, choices=Note, blank=True)
    pages = models.JSONField(default=list)
    page_count = models.PositiveIntegerField(_("số trang"), default=0)
    read_count = models.PositiveIntegerField(_("số trang đã đọc"), default=0)
    folded = models.TextField(blank=True, help_text=_("Chữ thường, không dấu, để tìm kiếm."))
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("chữ của tài liệu")
        verbose_name_plural = _("chữ của tài liệu")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_known",
                condition=Q(state__in=["waiting", "reading", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_failed_says_why",
                condition=~Q(state="failed") | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_read_in_bounds",
                condition=Q(read_count__lte=F("page_count")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)
