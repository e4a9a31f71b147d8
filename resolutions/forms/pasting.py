"""What is pasted: from the clipboard as a script sends it, typed or pasted by hand, or a file."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from resolutions.rules.pasting import PASTED_MAX

REPLACE: Final = "replace"
INSERT: Final = "insert"


class PasteForm(ClerkForm):
    """One of three sources; `html` comes only from a script."""

    file = forms.FileField(
        label=_("Tệp .docx"), required=False,
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".docx,application/vnd.openxmlformats-officedocument"
                ".wordprocessingml.document"
            }
        ),
    )  # fmt: skip
    plain = forms.CharField(
        label=_("Hoặc dán văn bản vào đây"), required=False, max_length=PASTED_MAX, strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Giữ nguyên “Điều 1.”, “1.”, “a)”, “-” ở đầu dòng; bảng chép từ Excel được giữ thành "
            "bảng."
        ),
    )  # fmt: skip
    html = forms.CharField(
        required=False, max_length=PASTED_MAX, strip=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        # Pasted text is cleaned by `rules.pasting`, which drops what other forms refuse.
        if not any(self.cleaned_data.get(name) for name in ("file", "plain", "html")):
            self.add_error(None, _("Chọn tệp hoặc dán văn bản trước."))
        return self.cleaned_data
