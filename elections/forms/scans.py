"""Forms around a scanned pile: begin it, put files in, deal with what the machine refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from elections.models import ScanSheet


class ScanStartForm(ClerkForm):
    """How careful the reader is."""

    is_strict = forms.BooleanField(
        label=_("Dòng nhiều dấu, dòng trống mà có mực: luôn để hai người xem"), required=False
    )


class ManyFilesInput(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; an empty one is let through to the service, whose sentence is better."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]


class ScanUploadForm(ClerkForm):
    """What came out of the scanner."""

    scans = ManyFilesField(
        label=_("Tệp quét"),
        allow_empty_file=True,
        widget=ManyFilesInput({"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff", "multiple": True}),
        help_text=_("PDF, TIFF, PNG hoặc JPEG; chọn được nhiều tệp một lần."),
        error_messages={"required": _("Chọn ít nhất một tệp.")},
    )


class ScanTreatForm(ClerkForm):
    """What became of pictures that the machine did not read."""

    keys = forms.MultipleChoiceField(
        label=_("Ảnh"), error_messages={"required": _("Chọn ít nhất một ảnh.")}
    )
    treatment = forms.ChoiceField(
        label=_("Xử lý"), choices=[pair for pair in ScanSheet.Treatment.choices if pair[0]]
    )

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["keys"]
        field.choices = [(key, key) for key in keys]


class SampleForm(ClerkForm):
    """A number thrown in front of everybody, and how many rows to draw."""

    seed = forms.CharField(
        label=_("Số bốc thăm"),
        max_length=40,
        help_text=_("Gieo xúc xắc hoặc bốc số trước mặt cả Ban, ghi đúng các chữ số."),
    )
    size = forms.IntegerField(label=_("Số dòng trong mẫu"), min_value=1, max_value=9999)
