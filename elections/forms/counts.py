"""The sheet on which a counter types, and the recount of one cell."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm

BALLOTS_MAX = 9999


class BallotsField(forms.CharField):
    """A number of ballot papers: empty while not typed, else digits only."""

    default_error_messages = {
        "letters": _("“%(typed)s” không phải là số phiếu. Chỉ ghi chữ số, ví dụ 57."),
        "negative": _("Số phiếu không thể âm."),
        "big": _("Số phiếu lớn nhất ghi được là %(max)d. Kiểm tra lại số vừa gõ."),
        "required": _("Ghi số phiếu."),
    }

    def clean(self, value: Any) -> int | None:
        typed = str(value or "").strip()
        if not typed:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], "required")
            return None
        digits = typed.lstrip("-−")
        if not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(
                self.error_messages["letters"], "letters", params={"typed": typed[:20]}
            )
        if digits != typed:
            raise forms.ValidationError(self.error_messages["negative"], "negative")
        if len(digits.lstrip("0")) > len(str(BALLOTS_MAX)):
            raise forms.ValidationError(
                self.error_messages["big"], "big", params={"max": BALLOTS_MAX}
            )
        return int(digits)


def total_name(name: str) -> str:
    """The form field of a total: ``t-valid``."""
    return f"t-{name}"


def cell_name(code: str, option: str) -> str:
    """The form field of a cell: ``v-c03-low``."""
    return f"v-{code}-{option}"


class CountEnterForm(VersionedForm):
    """All cells of one count. Shape only; the sums are the business of `elections.rules.tally`."""

    remarks = forms.CharField(
        label=_("Ý kiến, khiếu nại (nếu có)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )

    def __init__(
        self,
        *args: Any,
        totals: Sequence[str],
        codes: Sequence[str],
        options: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.total_names = tuple(totals)
        self.cells = tuple((code, option) for code in codes for option in options)
        for name in self.total_names:
            self.fields[total_name(name)] = BallotsField(required=False)
        for code, option in self.cells:
            self.fields[cell_name(code, option)] = BallotsField(required=False)

    def totals(self) -> dict[str, int | None]:
        """The totals that are numbers; None where empty or not a number."""
        return {name: self.cleaned_data.get(total_name(name)) for name in self.total_names}

    def lines(self) -> dict[tuple[str, str], int | None]:
        """The cells that are numbers; None where empty or not a number."""
        return {cell: self.cleaned_data.get(cell_name(*cell)) for cell in self.cells}


class RecountForm(ClerkForm):
    """What the recount of one cell gave, and how."""

    cell = forms.CharField(max_length=24, widget=forms.HiddenInput)
    agreed = BallotsField(label=_("Kết quả đếm lại"))
    reason = forms.CharField(
        label=_("Cách giải quyết"),
        max_length=300,
        help_text=_("Ví dụ: đếm lại trước mặt cả Ban, lần đầu đọc nhầm một phiếu."),
    )
