"""Councils, their terms, and what their own regulation sets."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CouncilLevel(models.TextChoices):
    """Levels of local government; the district level ended on 1 July 2025 (Law 72/2025 Art. 51)."""

    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class UnitKind(models.TextChoices):
    """Kind of administrative unit, part of the council's name: Vietnamese in every language."""

    TINH = "tinh", "tỉnh"
    THANH_PHO = "thanh_pho", "thành phố"
    QUAN = "quan", "quận"
    HUYEN = "huyen", "huyện"
    THI_XA = "thi_xa", "thị xã"
    XA = "xa", "xã"
    PHUONG = "phuong", "phường"
    DAC_KHU = "dac_khu", "đặc khu"


class CouncilQuerySet(models.QuerySet["Council"]):
    """The vocabulary of filters."""

    def existing_on(self, day: object) -> Self:
        """Councils that existed on the day."""
        return self.filter(existed_from__lte=day).filter(
            Q(existed_to=None) | Q(existed_to__gte=day)
        )


class Council(models.Model):
    """A People's Council (Hội đồng nhân dân) of one administrative unit."""

    slug = models.SlugField(max_length=60, unique=True)
    unit_kind = models.CharField(_("loại đơn vị hành chính"), max_length=12, choices=UnitKind)
    unit_name = models.CharField(_("tên đơn vị hành chính"), max_length=100)
    level = models.CharField(_("cấp"), max_length=10, choices=CouncilLevel)
    seat = models.CharField(
        _("địa danh trong văn bản"), max_length=100, help_text=_("Ví dụ: Hà Đông.")
    )
    existed_from = models.DateField(_("thành lập"))
    existed_to = models.DateField(_("kết thúc hoạt động"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    parent_name = models.CharField(_("đơn vị cấp trên"), max_length=120, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    is_sample = models.BooleanField(_("hội đồng mẫu"), default=False)
    notice = models.CharField(
        _("lời nhắc hiện trên mọi trang"),
        max_length=300,
        blank=True,
        help_text=_("Ví dụ: hội đồng mẫu, mọi số liệu là minh họa."),
    )
    contact_email = models.EmailField(_("thư điện tử"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("hội đồng nhân dân")
        verbose_name_plural = _("hội đồng nhân dân")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_level_known",
                condition=Q(level__in=CouncilLevel.values),
                violation_error_message=_("Cấp của hội đồng không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_existed_in_order",
                condition=Q(existed_to=None) | Q(existed_to__gte=F("existed_from")),
                violation_error_message=_("Ngày kết thúc phải sau ngày thành lập."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_own_parent",
                condition=~Q(parent=F("id")) & ~Q(successor=F("id")),
                violation_error_message=_(
                    "Hội đồng không thể là cấp trên hay kế thừa của chính nó."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Hội đồng nhân dân {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("portal:council", args=[self.slug])

    @property
    def unit(self) -> str:
        """The administrative unit as written in running text: "quận Hà Đông"."""
        return f"{UnitKind(self.unit_kind).label} {self.unit_name}"

    @property
    def short_name(self) -> str:
        """The council's usual short name: "HĐND quận Hà Đông"."""
        return f"HĐND {self.unit}"


class Term(models.Model):
    """A council's term (khóa, nhiệm kỳ): five years, Law 72/2025 Art. 5(4)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("khóa"))
    label = models.CharField(
        _("nhiệm kỳ"), max_length=9, help_text=_("Hai năm nối bằng gạch, ví dụ 2021-2026.")
    )
    starts_on = models.DateField(_("bắt đầu"))
    ends_on = models.DateField(_("kết thúc"))
    statutory_delegates = models.PositiveSmallIntegerField(_("số đại biểu theo luật định"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("nhiệm kỳ")
        verbose_name_plural = _("nhiệm kỳ")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_number",
                fields=["council", "number"],
                violation_error_message=_("Hội đồng đã có khóa mang số này."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_label",
                fields=["council", "label"],
                violation_error_message=_("Hội đồng đã có nhiệm kỳ này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Ngày kết thúc nhiệm kỳ phải sau ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_delegates",
                condition=Q(statutory_delegates__gte=1, statutory_delegates__lte=200),
                violation_error_message=_("Số đại biểu theo luật định phải từ 1 đến 200."),
            ),
        ]

    def __str__(self) -> str:
        return f"nhiệm kỳ {self.label.replace('-', ' – ')}"


class SettingKey(models.TextChoices):
    """What the law leaves to the council's own working regulation (Quy chế)."""

    QUORUM = "quorum", _("Tỷ lệ đại biểu có mặt để họp")
    CONVENE_DAYS_ORDINARY = "convene_days_ordinary", _("Số ngày triệu tập kỳ họp thường lệ")
    CONVENE_DAYS_OTHER = "convene_days_other", _("Số ngày triệu tập kỳ họp khác")
    PAPERS_DAYS = "papers_days", _("Số ngày gửi tài liệu trước kỳ họp")
    BALLOT_COMMITTEE_SIZE = "ballot_committee_size", _("Số thành viên Ban kiểm phiếu tối thiểu")
    ELECTION_MAX_ROUNDS = "election_max_rounds", _("Số vòng bầu tối đa")
    ELECTION_TIE = "election_tie", _("Khi bằng phiếu ở vị trí cuối cùng")
    WITHDRAWAL_VOTE = "withdrawal_vote", _("Biểu quyết khi người ứng cử rút")
    CONFIDENCE_AT_COMMUNE = "confidence_at_commune", _("Lấy phiếu tín nhiệm ở cấp xã")
    SUSPENDED_IN_TOTAL = "suspended_in_total", _("Đại biểu bị tạm đình chỉ tính vào tổng số")
    SEND_UP_DAYS = "send_up_days", _("Số ngày gửi nghị quyết lên cấp trên")
    SCAN_SAMPLE = "scan_sample", _("Số dòng tối thiểu của mẫu kiểm tra khi quét")
    PAPER_SIGNATURE = "paper_signature", _("Nghị quyết được ký trên giấy")
    DATA_LICENCE = "data_licence", _("Giấy phép của dữ liệu mở")


class CouncilSetting(models.Model):
    """A dated setting of the council's own regulation; the interface says that it is one."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="settings")
    key = models.CharField(max_length=30, choices=SettingKey)
    value = models.CharField(_("giá trị"), max_length=20)
    effective_from = models.DateField(_("áp dụng từ"))
    effective_to = models.DateField(_("đến hết"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=200)

    class Meta:
        verbose_name = _("thiết lập theo quy chế")
        verbose_name_plural = _("thiết lập theo quy chế")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_key_known",
                condition=Q(key__in=SettingKey.values),
                violation_error_message=_("Thiết lập này không có."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                violation_error_message=_("Ngày hết áp dụng phải sau ngày bắt đầu."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_start",
                fields=["council", "key", "effective_from"],
                violation_error_message=_("Đã có giá trị áp dụng từ ngày này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"
