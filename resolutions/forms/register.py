"""Forms of the register of numbers: keep a number, strike it out, use it on paper, open a year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from resolutions.models import Resolution
from resolutions.rules.numbering import NUMBER_MAX


def _kind() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Loại nghị quyết"), choices=Resolution.Kind, widget=forms.RadioSelect,
        initial=Resolution.Kind.INDIVIDUAL,
    )  # fmt: skip


class ReserveForm(ClerkForm):
    """A number for a resolution that is written outside the program."""

    kind = _kind()
    title = forms.CharField(
        label=_("Trích yếu của văn bản"), max_length=500,
        help_text=_("Ví dụ: Về việc thông qua Đề án đặt tên đường."),
    )  # fmt: skip


class VoidForm(ClerkForm):
    """Why a kept number will not be used."""

    reason = forms.CharField(
        label=_("Lý do hủy số"), max_length=300,
        help_text=_("Lý do được in trong sổ. Số đã hủy không bao giờ cấp lại."),
    )  # fmt: skip


class UseOnPaperForm(ClerkForm):
    """What the paper register asks for."""

    issued_on = forms.DateField(label=_("Ngày văn bản"), widget=DateInput())
    signatory = forms.CharField(label=_("Người ký"), max_length=120)
    recipients = forms.CharField(label=_("Nơi nhận"), max_length=300, required=False)


class StartSeriesForm(ClerkForm):
    """Where the paper register of a year stopped."""

    year = forms.IntegerField(label=_("Năm"), min_value=1945, max_value=2100)
    kind = _kind()
    last = forms.IntegerField(
        label=_("Số cuối cùng trên sổ giấy"), min_value=0, max_value=NUMBER_MAX,
        help_text=_("Số đầu tiên cấp ở đây là số kế tiếp. Chưa cấp số nào thì ghi 0."),
    )  # fmt: skip
