"""Forms of the print room: what invitations say, one guest, a list of guests."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.forms.people import DateInput
from sessions.models import Guest, PrintChoices

SALT = "sessions.guests"
PASTED_MAX = 200_000


class PrintChoicesForm(VersionedForm):
    """What the clerk chooses for the papers of a session."""

    invitation_number = forms.CharField(
        label=_("Số giấy mời"), max_length=40, required=False, help_text=_("Ví dụ: 16/GM-HĐND.")
    )
    invited_on = forms.DateField(label=_("Ngày ký giấy mời"), required=False, widget=DateInput())
    contact = forms.CharField(
        label=_("Đầu mối liên hệ"), max_length=200, required=False,
        help_text=_("Tên, số điện thoại in ở cuối giấy mời."),
    )  # fmt: skip
    sender_address = forms.CharField(
        label=_("Địa chỉ nơi gửi"), max_length=200, required=False, help_text=_("In trên bì thư.")
    )
    cards_a_sheet = forms.TypedChoiceField(
        label=_("Thẻ biểu quyết"), choices=PrintChoices.Cards.choices, coerce=int,
        widget=forms.RadioSelect, initial=4,
    )  # fmt: skip


class GuestForm(ClerkForm):
    """One guest: a person, an organisation, or both."""

    honorific = forms.ChoiceField(label=_("Xưng hô"), choices=Guest.Honorific, required=False)
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=120, required=False,
        help_text=_("Để trống khi mời cả cơ quan."),
    )  # fmt: skip
    post = forms.CharField(label=_("Chức vụ"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Cơ quan, đơn vị"), max_length=200, required=False)
    address = forms.CharField(
        label=_("Địa chỉ"), max_length=240, required=False, help_text=_("In trên bì thư và nhãn.")
    )
    position = forms.IntegerField(
        label=_("Thứ tự"), min_value=1, max_value=10_000, required=False,
        help_text=_("Để trống thì giữ chỗ cũ; khách mới xuống cuối danh sách."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("full_name") or cleaned.get("organisation")) and not self.errors:
            self.add_error("full_name", _("Ghi họ tên, hoặc ít nhất tên cơ quan, đơn vị."))
        return cleaned


class GuestImportForm(ClerkForm):
    """A table of guests: a file, or cells copied from Excel."""

    file = forms.FileField(
        label=_("Tệp Excel hoặc CSV"), required=False, allow_empty_file=True,
        help_text=_("Dòng đầu là tên cột như trong tệp mẫu. Chưa có gì được ghi ở bước này."),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Hoặc dán bảng chép từ Excel"), required=False, max_length=PASTED_MAX, strip=False,
        widget=forms.Textarea({"rows": 6}), help_text=_("Chép cả dòng tên cột."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        pasted = self.cleaned_data.get("pasted", "")
        cleaned = super().clean()
        cleaned["pasted"] = pasted  # tabs are the columns; each cell is cleaned when it is read
        if "file" not in self.errors and not cleaned.get("file") and not pasted.strip():
            self.add_error("file", _now("Chọn tệp, hoặc dán bảng vào ô bên dưới."))
        return cleaned


class GuestConfirmForm(ClerkForm):
    """The table again, signed by us so that what is written is what was shown."""

    signed_table = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_signed_table(self) -> list[list[object]]:
        try:
            table: list[list[object]] = signing.loads(
                self.cleaned_data["signed_table"], salt=SALT, max_age=3600
            )
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("Bản xem trước đã quá một giờ hoặc bị sửa. Nhập bảng lại.")
            ) from error
        return table
