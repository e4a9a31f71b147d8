"""Forms of the archives: hand in a list with its files, decide about one row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.models import Council
from sessions.models import Session


class ArchiveHandInForm(ClerkForm):
    """The list and the ZIP."""

    title = forms.CharField(
        label=_("Tên đợt nhập"), max_length=160, help_text=_("Ví dụ: Nghị quyết năm 2016 – 2020.")
    )
    table = forms.FileField(
        label=_("Bảng kê (Excel hoặc CSV)"), allow_empty_file=True,
        help_text=_(
            "Dòng đầu là tên cột: Số, ký hiệu · Ngày ban hành · Trích yếu · Loại · Kỳ họp · "
            "Người ký · Hiệu lực · Sửa đổi, thay thế · Tệp. Ba cột đầu phải có."
        ),
    )  # fmt: skip
    session_table = forms.FileField(
        label=_("Bảng kê kỳ họp đã qua (Excel hoặc CSV, không bắt buộc)"), allow_empty_file=True,
        required=False,
        help_text=_(
            "Dòng đầu là tên cột: Nhiệm kỳ · Kỳ họp · Loại · Khai mạc · Bế mạc · Địa điểm. "
            "Nhiệm kỳ phải có sẵn trong hệ thống."
        ),
    )  # fmt: skip
    bundle = forms.FileField(
        label=_("Thư mục hồ sơ nén thành tệp ZIP"), allow_empty_file=True,
        help_text=_("Tệp được ghép với dòng theo cột Tệp, hoặc theo số trong tên tệp."),
    )  # fmt: skip


class ArchiveRowForm(ClerkForm):
    """What happens to one row."""

    keep = forms.TypedChoiceField(
        label=_("Dòng này"), coerce=lambda value: value == "1", widget=forms.RadioSelect,
        choices=[("1", _("Nhập vào hệ thống")), ("0", _("Bỏ qua"))],
    )  # fmt: skip
    path = forms.CharField(
        label=_("Tệp"), max_length=300, required=False,
        help_text=_("Tên tệp như trong hồ sơ; các tệp chưa dùng liệt kê bên dưới."),
    )  # fmt: skip
    council_session = forms.ModelChoiceField(
        label=_("Kỳ họp"), queryset=Session.objects.none(), required=False,
        empty_label=_("(không gắn với kỳ họp nào trong hệ thống)"),
    )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Session.objects.filter(term__council=council).select_related("term")
        self.offer_rows("council_session", known.order_by("-opens_on"))
