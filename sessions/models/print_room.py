"""What the print room keeps: guests of a session, what invitations say, the files made."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Guest(models.Model):
    """A guest of a session (khách mời): a person, an organisation, or a person of one.

    `position` is the order of the list, which is protocol; `key` is the folded name and
    organisation, so that nobody is invited twice.
    """

    class Honorific(models.TextChoices):
        """Part of how a person is named: Vietnamese in every language."""

        NONE = "", "–"
        ONG = "ong", "ông"
        BA = "ba", "bà"
        DONG_CHI = "dong_chi", "đồng chí"

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="guests"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    honorific = models.CharField(_("xưng hô"), max_length=8, choices=Honorific, blank=True)
    full_name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    post = models.CharField(_("chức vụ"), max_length=200, blank=True)
    organisation = models.CharField(_("cơ quan, đơn vị"), max_length=200, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=240, blank=True)
    key = models.CharField(max_length=330, editable=False)

    class Meta:
        verbose_name = _("khách mời")
        verbose_name_plural = _("khách mời")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_invited_once",
                fields=["council_session", "key"],
                violation_error_message=_("Khách này đã có trong danh sách."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_a_name",
                condition=~Q(full_name="") | ~Q(organisation=""),
                violation_error_message=_("Ghi họ tên, hoặc ít nhất tên cơ quan, đơn vị."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_honorific_known",
                condition=Q(honorific__in=["", "ong", "ba", "dong_chi"]),
                violation_error_message=_("Chọn ông, bà hoặc đồng chí."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_position_positive",
                condition=Q(position__gte=1),
                violation_error_message=_("Thứ tự tính từ 1."),
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.get_honorific_display() if self.honorific else ''} {self.full_name}".strip()
        return ", ".join(part for part in (name, self.organisation) if part)


class PrintChoices(models.Model):
    """What the clerk chose for the papers of one session."""

    class Cards(models.IntegerChoices):
        FOUR = 4, _("4 thẻ một tờ A4 (khổ A6)")
        EIGHT = 8, _("8 thẻ một tờ A4 (khổ A7)")

    council_session = models.OneToOneField(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="print_choices"
    )
    invitation_number = models.CharField(_("số giấy mời"), max_length=40, blank=True)
    invited_on = models.DateField(_("ngày ký giấy mời"), null=True, blank=True)
    contact = models.CharField(_("đầu mối liên hệ"), max_length=200, blank=True)
    sender_address = models.CharField(_("địa chỉ nơi gửi"), max_length=200, blank=True)
    cards_a_sheet = models.PositiveSmallIntegerField(
        _("thẻ biểu quyết"), choices=Cards, default=Cards.FOUR
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("lựa chọn in")
        verbose_name_plural = _("lựa chọn in")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_cards_known",
                condition=Q(cards_a_sheet__in=[4, 8]),
                violation_error_message=_("Chọn 4 hoặc 8 thẻ một tờ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_session_id}: {self.invitation_number}"


class PrintedSheet(models.Model):
    """A file made for printing. The same content is made once and printed from there for ever."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Giấy triệu tập (một bản chung)")
        NOTICE_EACH = "notice_each", _("Giấy triệu tập ghi tên từng đại biểu")
        NOTICE_EACH_DOCX = "notice_each_docx", _("Giấy triệu tập ghi tên từng đại biểu (Word)")
        AGENDA = "agenda", _("Chương trình kỳ họp")
        ATTENDANCE = "attendance", _("Danh sách ký tên theo tổ")
        SEATING = "seating", _("Danh sách chỗ ngồi")
        PLATES = "plates", _("Biển tên đại biểu")
        CARDS = "cards", _("Thẻ biểu quyết")
        INVITATIONS = "invitations", _("Giấy mời")
        INVITATIONS_DOCX = "invitations_docx", _("Giấy mời (Word)")
        GUEST_PLATES = "guest_plates", _("Biển tên khách mời")
        LABELS = "labels", _("Nhãn địa chỉ khách mời (A4, 14 nhãn)")
        ENVELOPES_DL = "envelopes_dl", _("Bì thư khách mời, khổ DL (110 × 220 mm)")
        ENVELOPES_C5 = "envelopes_c5", _("Bì thư khách mời, khổ C5 (162 × 229 mm)")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="printed_sheets"
    )
    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    content_digest = models.CharField(
        max_length=64, help_text=_("SHA-256 của dữ liệu đã dàn trang.")
    )
    file = models.FileField(upload_to="print/", max_length=200)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("số trang"), null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bản in")
        verbose_name_plural = _("bản in")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_made_once",
                fields=["council_session", "kind", "content_digest"],
                violation_error_message=_("Bản in này đã có."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(
                    kind__in=[
                        "notice", "notice_each", "notice_each_docx", "agenda", "attendance",
                        "seating", "plates", "cards", "invitations", "invitations_docx",
                        "guest_plates", "labels", "envelopes_dl", "envelopes_c5",
                    ]
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.council_session_id} {self.kind}"

    @property
    def is_word(self) -> bool:
        """Whether it is a file for a word processor."""
        return self.kind in {self.Kind.NOTICE_EACH_DOCX, self.Kind.INVITATIONS_DOCX}
