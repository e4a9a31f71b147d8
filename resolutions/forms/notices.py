"""Forms of notices on resolutions: head, slips, and the small verbs of who signs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.forms.people import DateInput
from resolutions.queries.relations import PieceChoice
from resolutions.rules.notices import Correction


class NoticeForm(VersionedForm):
    """The head of a notice; what only a withdrawal can do is left out of a correction."""

    symbol = forms.CharField(
        label=_("Số, ký hiệu"), max_length=40,
        help_text=_("Theo sổ công văn đi của Thường trực, Văn phòng. Ví dụ 15/HĐND-VP."),
    )  # fmt: skip
    dated = forms.DateField(label=_("Ngày"), widget=DateInput())
    reason = forms.CharField(
        label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In trên văn bản và hiện trên cổng công khai. Không ghi điều cần giữ kín."),
    )  # fmt: skip
    hides_text = forms.BooleanField(
        label=_("Ẩn toàn văn nghị quyết bị thu hồi"), required=False,
        help_text=_(
            "Chọn khi văn bản lộ bí mật hoặc thông tin cá nhân: mọi bản (trang, PDF, Word…) thôi "
            "hiện, địa chỉ cũ dẫn đến thông báo thu hồi."
        ),
    )  # fmt: skip
    signatory_post = forms.CharField(
        label=_("Chức vụ người ký"), max_length=120,
        help_text=_("Mỗi dòng in cách nhau bằng dấu gạch chéo."),
    )  # fmt: skip
    signatory_name = forms.CharField(label=_("Họ tên người ký"), max_length=120)

    def __init__(self, *args: Any, is_withdrawal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_withdrawal:
            del self.fields["hides_text"]


class SlipForm(ClerkForm):
    """One slip; a row that was left empty says nothing."""

    target_key = forms.ChoiceField(label=_("Ở điều, khoản"), required=False)
    old_words = forms.CharField(
        label=_("Đã in"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Chép đúng từng chữ, đủ dài để chỉ đúng một chỗ."),
    )  # fmt: skip
    new_words = forms.CharField(
        label=_("Sửa thành"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Để trống: bỏ cụm từ đó."),
    )  # fmt: skip

    def __init__(self, *args: Any, pieces: Sequence[PieceChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(one.key, f"{one.words}: {one.start}") for one in pieces]
        self.offer("target_key", [("", _("toàn văn")), *rows])

    @property
    def is_empty(self) -> bool:
        """Nothing was typed into it."""
        return not any(self.cleaned_data.get(name) for name in ("old_words", "new_words"))

    def correction(self) -> Correction:
        """The slip as the rules take it."""
        return Correction(**self.cleaned_data)


class NoticeSendBackForm(ClerkForm):
    """Why the notice goes back to its authors."""

    reason = forms.CharField(label=_("Lý do trả lại"), max_length=280)


class NoticeSignForm(ClerkForm):
    """The file that was read, and the password once more."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label=_("Mật khẩu của bạn"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
