"""Forms of the import: the file, then the confirmation of what was understood."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Council, Term

SALT = "council.roster"


class RosterUploadForm(ClerkForm):
    """The table of people, and the term in which they sit."""

    file = forms.FileField(
        label=_("Tệp Excel hoặc CSV"),
        allow_empty_file=True,
        help_text=_("Dòng đầu là tên cột như trong tệp mẫu. Chưa có gì được ghi ở bước này."),
    )
    term = forms.ModelChoiceField(
        label=_("Nhiệm kỳ"), queryset=Term.objects.none(), empty_label=None
    )
    starts_on = forms.DateField(label=_("Là đại biểu từ ngày"), widget=DateInput())

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("term", council.terms.order_by("-starts_on"))


class RosterConfirmForm(ClerkForm):
    """The table again, signed by us so that what is imported is what was shown."""

    signed_table = forms.CharField(widget=forms.HiddenInput, max_length=4_000_000)
    term = forms.ModelChoiceField(queryset=Term.objects.none(), widget=forms.HiddenInput)
    starts_on = forms.DateField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("term", council.terms.all())

    def clean_signed_table(self) -> list[list[object]]:
        try:
            table: list[list[object]] = signing.loads(
                self.cleaned_data["signed_table"], salt=SALT, max_age=3600
            )
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("Bản xem trước đã quá một giờ hoặc bị sửa. Tải tệp lên lại.")
            ) from error
        return table
