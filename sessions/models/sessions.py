"""A session (kỳ họp) of a council, and the sentences that tell its story to the public."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    """Kinds of session; the template of the agenda hangs on it."""

    YEAR_END = "year_end", _("thường lệ cuối năm")
    MID_YEAR = "mid_year", _("thường lệ giữa năm")
    THEMATIC = "thematic", _("chuyên đề")
    URGENT = "urgent", _("giải quyết công việc phát sinh đột xuất")
    ORGANISING = "organising", _("thứ nhất của nhiệm kỳ")


class SessionState(models.TextChoices):
    """draft → submitted → approved → convened → in_progress → closed."""

    DRAFT = "draft", _("đang soạn")
    SUBMITTED = "submitted", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    CONVENED = "convened", _("đã triệu tập")
    IN_PROGRESS = "in_progress", _("đang họp")
    CLOSED = "closed", _("đã bế mạc")


PUBLIC_STATES = (SessionState.CONVENED, SessionState.IN_PROGRESS, SessionState.CLOSED)


class SessionQuerySet(models.QuerySet["Session"]):
    """The vocabulary of filters."""

    def published(self) -> Self:
        """Sessions that the public may see: those that were convened."""
        return self.filter(state__in=PUBLIC_STATES)


class Session(models.Model):
    """One numbered session within a term. Public from the moment it is convened."""

    term = models.ForeignKey("council.Term", on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("kỳ họp thứ"))
    kind = models.CharField(_("loại kỳ họp"), max_length=12, choices=SessionKind)
    opens_on = models.DateField(_("khai mạc"))
    closes_on = models.DateField(_("bế mạc"))
    place = models.CharField(_("địa điểm"), max_length=200)
    summary = models.TextField(
        _("giới thiệu"), blank=True, help_text=_("Đoạn mở đầu trên trang công khai.")
    )
    state = models.CharField(max_length=12, choices=SessionState, default=SessionState.DRAFT)
    illustrative_note = models.CharField(
        _("ghi chú số liệu minh họa"),
        max_length=300,
        blank=True,
        help_text=_("Hiện trên mọi trang có số liệu minh họa."),
    )
    is_from_archive = models.BooleanField(
        default=False,
        help_text=_("Kỳ họp đã qua, nhập từ hồ sơ lưu: hệ thống không biết phiên họp, điểm danh."),
    )
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    send_back_reason = models.CharField(
        _("lý do trả lại"),
        max_length=500,
        blank=True,
        help_text=_("Người duyệt ghi; xóa khi trình lại."),
    )
    convened_at = models.DateTimeField(null=True, blank=True)
    notice_number = models.CharField(_("số giấy triệu tập"), max_length=40, blank=True)
    agenda_adopted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ họp")
        verbose_name_plural = _("kỳ họp")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_number",
                fields=["term", "number"],
                violation_error_message=_("Nhiệm kỳ đã có kỳ họp mang số này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_number_positive",
                condition=Q(number__gte=1, number__lte=200),
                violation_error_message=_("Số kỳ họp phải từ 1 đến 200."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("Ngày bế mạc không được trước ngày khai mạc."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=SessionKind.values),
                violation_error_message=_("Loại kỳ họp không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_signs",
                condition=Q(state="draft", approved_by=None)
                | Q(state="submitted", submitted_by__isnull=False, approved_by=None)
                | Q(state="approved", approved_by__isnull=False, convened_at=None)
                | Q(
                    state__in=["convened", "in_progress", "closed"],
                    approved_by__isnull=False,
                    convened_at__isnull=False,
                ),
                violation_error_message=_(
                    "Trạng thái kỳ họp không khớp với người duyệt, ngày triệu tập."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_from_archive_is_over",
                condition=Q(is_from_archive=False) | Q(state="closed"),
                violation_error_message=_("Kỳ họp nhập từ hồ sơ lưu phải đã bế mạc."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                violation_error_message=_("Người duyệt phải khác người trình."),
            ),
        ]

    def __str__(self) -> str:
        return f"Kỳ họp thứ {self.number}"

    def get_absolute_url(self) -> str:
        return reverse(
            "portal:session", args=[self.term.council.slug, self.term.label, self.number]
        )

    @property
    def is_public(self) -> bool:
        """Whether the public may see the session."""
        return self.state in PUBLIC_STATES


class SessionNote(models.Model):
    """A sentence of the session's public story: achieved, fallen short, or next."""

    class Kind(models.TextChoices):
        ACHIEVED = "achieved", _("Kết quả nổi bật")
        SHORTCOMING = "shortcoming", _("Hạn chế được nêu")
        DIRECTION = "direction", _("Nhiệm vụ, phương hướng")

    council_session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("nội dung"))

    class Meta:
        verbose_name = _("nội dung tóm tắt")
        verbose_name_plural = _("nội dung tóm tắt")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place",
                fields=["council_session", "kind", "position"],
                violation_error_message=_("Vị trí này đã có nội dung."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class NoticeDelivery(models.Model):
    """One delegate's copy of the convening notice; a retry never sends it twice.

    `claimed_at` is written before the letter leaves, `sent_at` after. A worker that dies between
    the two leaves a letter of which nobody knows whether it left: a person decides, not a retry.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        NO_ADDRESS = "no_address", _("không có địa chỉ thư")
        FAILED = "failed", _("không gửi được")

    council_session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="deliveries"
    )
    mandate = models.ForeignKey("council.Mandate", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("giấy triệu tập đã gửi")
        verbose_name_plural = _("giấy triệu tập đã gửi")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_delegate", fields=["council_session", "mandate"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_has_time",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.state}"
