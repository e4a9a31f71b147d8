"""Forms for papers: uploaded, described, released, withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.forms.people import DateInput
from sessions.forms.agenda import choose_among
from sessions.models import AgendaItem, DocumentKind, Visibility
from sessions.queries.agenda import Row
from sessions.rules import uploads


def file_field(**options: Any) -> forms.FileField:
    """A paper's file. An empty one is let through to the service, whose sentence is better."""
    return forms.FileField(
        label=_("Tệp"), allow_empty_file=True, max_length=None,
        widget=forms.ClearableFileInput({"accept": uploads.ACCEPT}),
        help_text=_("PDF, Word, Excel, PowerPoint, PNG hoặc JPEG."), **options,
    )  # fmt: skip


class PaperForm(VersionedForm):
    """What is said about a paper."""

    kind = forms.ChoiceField(label=_("Loại tài liệu"), choices=DocumentKind)
    title = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=40, required=False, help_text=_("Ví dụ: 394/BC-UBND.")
    )
    issued_on = forms.DateField(label=_("Ngày ban hành"), required=False, widget=DateInput())
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=160, required=False)
    item = forms.ModelChoiceField(
        label=_("Thuộc nội dung"), queryset=AgendaItem.objects.none(), required=False
    )

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self.fields["item"], rows, _("(chung của kỳ họp)"))


class VersionForm(ClerkForm):
    """A newer version of a paper."""

    file = file_field()
    change_note = forms.CharField(
        label=_("Thay đổi so với bản trước"), max_length=300, required=False
    )


class ReleaseForm(ClerkForm):
    """Who may read the paper from now on."""

    visibility = forms.ChoiceField(
        label=_("Phát hành cho"),
        choices=[choice for choice in Visibility.choices if choice[0] != Visibility.STAFF],
    )


class WithdrawForm(ClerkForm):
    """Why a paper is taken back."""

    reason = forms.CharField(label=_("Lý do rút"), max_length=300)
