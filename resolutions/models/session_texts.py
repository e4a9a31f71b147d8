"""Texts that grow from a session's books: its minutes, its press summary."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SessionTextKind(models.TextChoices):
    """What the text is."""

    MINUTES = "minutes", _("biên bản kỳ họp")
    PRESS = "press", _("bản tin kỳ họp")


class SessionTextState(models.TextChoices):
    """draft → submitted → approved, and minutes → signed; an approved summary is public."""

    DRAFT = "draft", _("đang soạn")
    SUBMITTED = "submitted", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    SIGNED = "signed", _("đã ký")


class SessionTextQuerySet(models.QuerySet["SessionText"]):
    """The vocabulary of filters."""

    def minutes(self) -> Self:
        """Minutes only."""
        return self.filter(kind=SessionTextKind.MINUTES)

    def press(self) -> Self:
        """Press summaries only."""
        return self.filter(kind=SessionTextKind.PRESS)


class SessionText(models.Model):
    """The minutes or the press summary of one session.

    `content` is the text by paragraph (`resolutions.rules.grown_text.as_data`). While it is a
    draft it is only a part of what stands on the page: the rest follows the books. From the
    submission on it is the whole text, and `digest` is its fingerprint.
    """

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="texts"
    )
    kind = models.CharField(max_length=8, choices=SessionTextKind)
    state = models.CharField(
        max_length=10, choices=SessionTextState, default=SessionTextState.DRAFT
    )
    content = models.JSONField(default=list)
    number = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    presiding = models.TextField(
        _("chủ tọa kỳ họp"),
        blank=True,
        help_text=_("Mỗi người một dòng: họ tên, chức vụ. Người ở dòng đầu ký biên bản."),
    )
    secretaries = models.TextField(
        _("thư ký kỳ họp"),
        blank=True,
        help_text=_("Mỗi người một dòng: họ tên, chức vụ. Người ở dòng đầu ký biên bản."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    facts_digest = models.CharField(
        max_length=64, blank=True, help_text=_("SHA-256 của số liệu mà văn bản đã trình dựa vào.")
    )
    checked_seq = models.BigIntegerField(
        default=0, help_text=_("Dòng nhật ký cuối cùng đã được đối chiếu với văn bản.")
    )
    public_text = models.TextField(
        blank=True, help_text=_("Bản tin đã duyệt, mỗi đoạn một dòng; dòng đầu là tiêu đề.")
    )
    sent_back_reason = models.CharField(_("lý do trả lại"), max_length=300, blank=True)
    sent_back_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    signed_presiding = models.CharField(_("chủ tọa đã ký"), max_length=160, blank=True)
    signed_secretary = models.CharField(_("thư ký đã ký"), max_length=160, blank=True)
    signature_recorded_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signature_recorded_at = models.DateTimeField(null=True, blank=True)

    objects = SessionTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("biên bản, bản tin kỳ họp")
        verbose_name_plural = _("biên bản, bản tin kỳ họp")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_of_a_kind",
                fields=["council_session", "kind"],
                violation_error_message=_("Kỳ họp đã có văn bản này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=SessionTextKind.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_fields",
                condition=Q(state="draft", digest="", facts_digest="")
                | (
                    Q(
                        state__in=["submitted", "approved", "signed"],
                        submitted_by__isnull=False,
                        submitted_at__isnull=False,
                    )
                    & ~Q(digest="")
                    & ~Q(facts_digest="")
                ),
                violation_error_message=_("Trạng thái văn bản không khớp với người trình."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_signed_says_who",
                condition=Q(state__in=["draft", "submitted", "approved"], signed_on=None)
                | (
                    Q(
                        kind="minutes",
                        state="signed",
                        signed_on__isnull=False,
                        signature_recorded_by__isnull=False,
                        signature_recorded_at__isnull=False,
                    )
                    & ~Q(signed_presiding="")
                    & ~Q(signed_secretary="")
                ),
                violation_error_message=_(
                    "Biên bản đã ký phải có ngày ký, chủ tọa và thư ký đã ký."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_public_when_approved",
                condition=Q(public_text="") | Q(kind="press", state="approved"),
                violation_error_message=_("Chỉ bản tin đã duyệt mới được công khai."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_minutes(self) -> bool:
        """Whether these are minutes."""
        return self.kind == SessionTextKind.MINUTES


class SessionTextVersion(models.Model):
    """The text as somebody saved it; never changed. `ordinal` is the text's version."""

    text = models.ForeignKey(SessionText, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.PositiveIntegerField()
    content = models.JSONField(default=list)
    what = models.CharField(_("việc"), max_length=200)
    saved_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản đã lưu")
        verbose_name_plural = _("bản đã lưu")
        ordering = ["-ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_ordinal", fields=["text", "ordinal"]
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_says_what", condition=~Q(what="")),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.ordinal}"


class SessionTextApproval(models.Model):
    """A second person's approval of exactly these words; void as soon as they or the facts move."""

    text = models.ForeignKey(SessionText, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    submitted_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("phê duyệt văn bản kỳ họp")
        verbose_name_plural = _("phê duyệt văn bản kỳ họp")
        ordering = ["-approved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_standing",
                fields=["text"],
                condition=Q(voided_at=None),
                violation_error_message=_("Văn bản đã được duyệt."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_by_another",
                condition=~Q(approved_by=F("submitted_by")),
                violation_error_message=_("Người duyệt phải khác người trình."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_void_says_why",
                condition=Q(voided_at=None, voided_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.approved_by_id}"


class SessionTextFile(models.Model):
    """The minutes as a file, made by the worker from the words that `digest` names."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    text = models.ForeignKey(SessionText, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind)
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="session-texts/", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp biên bản kỳ họp")
        verbose_name_plural = _("tệp biên bản kỳ họp")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["text", "kind", "digest"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known", condition=Q(kind__in=["pdf", "docx"])
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty", condition=Q(size__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.kind}"
