"""A resolution: its text as a tree, its bases, the papers and votes behind it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ResolutionState(models.TextChoices):
    """From draft, submitted, approved, signed to published; adoption is a vote beside these."""

    DRAFT = "draft", _("đang soạn")
    SUBMITTED = "submitted", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    SIGNED = "signed", _("đã ký, đang ban hành")
    PUBLISHED = "published", _("đã ban hành")


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Filters in the words of the domain."""

    def published(self) -> Self:
        """Resolutions that the public may see."""
        return self.filter(state=ResolutionState.PUBLISHED, published_at__isnull=False)


class Resolution(models.Model):
    """A resolution (nghị quyết) of a council. After signing, text and number never change."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("cá biệt")
        NORMATIVE = "normative", _("quy phạm pháp luật")

    class Purpose(models.TextChoices):
        CONFIDENCE = "confidence", _("xác nhận kết quả lấy phiếu tín nhiệm")
        ELECTION = "election", _("xác nhận kết quả bầu")
        GENERAL = "general", _("nội dung khác")

    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, related_name="resolutions"
    )
    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="resolutions"
    )
    item = models.ForeignKey(
        "council_sessions.AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
    )
    poll = models.OneToOneField(
        "elections.Poll", on_delete=models.PROTECT, null=True, blank=True, related_name="resolution"
    )
    adoption = models.OneToOneField(
        "council_sessions.OpenVote",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolution",
    )
    kind = models.CharField(_("loại"), max_length=10, choices=Kind, default=Kind.INDIVIDUAL)
    purpose = models.CharField(
        _("nội dung"), max_length=10, choices=Purpose, default=Purpose.GENERAL
    )
    title = models.CharField(_("trích yếu"), max_length=500)
    bases = models.TextField(_("căn cứ"), help_text=_("Mỗi căn cứ một dòng."))
    body = models.TextField(
        _("nội dung"), help_text="Canonical JSON of `resolutions.rules.document.Body`."
    )
    closing = models.TextField(_("đoạn kết"), blank=True)
    recipients = models.TextField(_("nơi nhận"), help_text=_("Mỗi nơi nhận một dòng."))
    signatory_post = models.CharField(
        _("chức vụ người ký"),
        max_length=120,
        default="CHỦ TỊCH",
        help_text=_("Phó Chủ tịch ký thay ghi: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."),
    )
    signatory_name = models.CharField(_("người ký"), max_length=120)
    state = models.CharField(max_length=10, choices=ResolutionState, default=ResolutionState.DRAFT)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    slug = models.CharField(max_length=40, blank=True)
    adopted_on = models.DateField(_("ngày thông qua"), null=True, blank=True)
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    adopted_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("SHA-256 của trích yếu, căn cứ và các điều đã thông qua."),
    )
    illustrative_note = models.CharField(_("ghi chú số liệu minh họa"), max_length=300, blank=True)
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.CharField(_("lý do trả lại"), max_length=300, blank=True)
    sent_back_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("nghị quyết")
        verbose_name_plural = _("nghị quyết")
        indexes = [models.Index(fields=["council", "-published_at"], name="resolutions_newest")]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_number",
                fields=["council", "year", "kind", "number"],
                condition=Q(number__isnull=False),
                violation_error_message=_("Số nghị quyết này đã dùng trong năm."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_address",
                fields=["council", "year", "slug"],
                condition=~Q(slug=""),
                violation_error_message=_("Địa chỉ của nghị quyết bị trùng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_number_complete",
                condition=Q(number=None, symbol="", slug="")
                | (Q(number__gte=1, year__isnull=False) & ~Q(symbol="") & ~Q(slug="")),
                violation_error_message=_("Số, ký hiệu và năm của nghị quyết phải đủ."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_signed_is_complete",
                condition=Q(
                    state__in=["draft", "submitted", "approved"], signed_at=None, published_at=None
                )
                | Q(
                    state__in=["signed", "published"],
                    signed_at__isnull=False,
                    number__isnull=False,
                    adoption__isnull=False,
                    adopted_on__isnull=False,
                ),
                violation_error_message=_(
                    "Nghị quyết đã ký phải có số, ngày và kết quả biểu quyết."
                ),
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_has_body", condition=~Q(body="")),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_time",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_submitted_has_author",
                condition=Q(state="draft")
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title

    def get_absolute_url(self) -> str:
        return reverse("portal:resolution", args=[self.council.slug, self.year, self.slug])


class TextVersion(models.Model):
    """The whole text as it was saved once: who, when, and everything that was printed."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.PositiveIntegerField()
    content = models.TextField(
        help_text="Canonical JSON of `resolutions.queries.texts.content_of`."
    )
    text_digest = models.CharField(max_length=64)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)
    saved_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("phiên bản văn bản")
        verbose_name_plural = _("phiên bản văn bản")
        ordering = ["-ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_ordinal", fields=["resolution", "ordinal"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_content", condition=~Q(content="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.ordinal}"


class ResolutionPaper(models.Model):
    """A typed paper behind a resolution: submission, verification or response report."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(
        "council_sessions.Document", on_delete=models.PROTECT, related_name="resolution_papers"
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("tài liệu của nghị quyết")
        verbose_name_plural = _("tài liệu của nghị quyết")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["resolution", "document"],
                violation_error_message=_("Tài liệu đã gắn với nghị quyết."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.document_id}"


class Rendering(models.Model):
    """A PDF of exactly one text: `text_digest` says which, `sha256` says which bytes."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="renderings")
    text_digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="resolutions/", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản PDF")
        verbose_name_plural = _("bản PDF")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_text", fields=["resolution", "text_digest"]
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class SigningCopy(models.Model):
    """The final paper, with number and date, that is approved, signed and published as it is.

    `paper_digest` is of everything printed on it; `code` is printed at the foot of its last page
    and answers at `/xac-minh/`.
    """

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="signing_copies"
    )
    text_digest = models.CharField(max_length=64)
    paper_digest = models.CharField(max_length=64)
    code = models.CharField(_("mã xác minh"), max_length=14, unique=True)
    frozen = models.TextField(help_text="Canonical JSON of what is printed.")
    file = models.FileField(upload_to="signing/", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản trình ký")
        verbose_name_plural = _("bản trình ký")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_paper", fields=["resolution", "paper_digest"]
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_has_code", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.code


class Approval(models.Model):
    """A second person's approval, bound to the exact bytes that he or she saw."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="approvals")
    text_digest = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("phê duyệt")
        verbose_name_plural = _("phê duyệt")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_by_another",
                condition=~Q(approved_by=F("submitted_by")),
                violation_error_message=_("Người duyệt phải khác người trình."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_standing",
                fields=["resolution"],
                condition=Q(voided_at=None),
                violation_error_message=_("Nghị quyết đã được duyệt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.approved_by_id}"
