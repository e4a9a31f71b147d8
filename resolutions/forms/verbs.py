"""Small forms of the resolution's page: approve, send back, vote, sign."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm


class ApproveForm(ClerkForm):
    """The digests of what the approver has before the eyes."""

    text_digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    pdf_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SendBackForm(ClerkForm):
    """Why the text goes back to its authors."""

    reason = forms.CharField(label=_("Lý do trả lại"), max_length=280)


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=500,
        widget=forms.NumberInput(attrs={"data-sum-cell": "", "inputmode": "numeric"}),
    )  # fmt: skip


class AdoptForm(ClerkForm):
    """The totals of the open vote, as announced in the hall."""

    for_count = _votes(_("Tán thành"))
    against_count = _votes(_("Không tán thành"))
    not_voting_count = _votes(_("Không biểu quyết"))


class SignForm(ClerkForm):
    """The password once more."""

    password = forms.CharField(
        label=_("Mật khẩu của bạn"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """A password is taken as typed: no NFC, no trimming."""
        return self.cleaned_data
