"""Forms of files that come in: many at once, or one announced before its pieces."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.forms.base import ClerkForm
from sessions.forms.agenda import choose_among
from sessions.models import AgendaItem
from sessions.queries.agenda import Row
from sessions.rules import uploads

SIZE_MAX = 2**53  # the largest whole number that browsers count exactly
FILES_MAX = 100


class ManyFilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; each is judged by the service, so that one bad file loses no other."""

    def __init__(self, **options: Any) -> None:
        widget = ManyFilesInput({"accept": uploads.ACCEPT, "multiple": True})
        super().__init__(widget=widget, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, also of one."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(_("Chọn ít nhất một tệp."), code="required")
        if len(files) > FILES_MAX:
            raise forms.ValidationError(
                _("Mỗi lần chọn nhiều nhất %(limit)d tệp."), params={"limit": FILES_MAX}
            )
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class AboutItemForm(ClerkForm):
    """A form that may say to which item of the agenda its files belong."""

    item = forms.ModelChoiceField(queryset=AgendaItem.objects.none(), required=False)

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self.fields["item"], rows, "")
        self.fields["item"].widget = forms.HiddenInput()


class UploadsForm(AboutItemForm):
    """Files that come whole."""

    file = ManyFilesField(
        label=gettext_lazy("Tệp"),
        help_text=gettext_lazy("PDF, Word, Excel, PowerPoint, PNG hoặc JPEG; chọn được nhiều tệp."),
    )


class BeginForm(AboutItemForm):
    """A file announced: its name (as JSON text, so that nothing in it is lost) and its size."""

    filename = forms.CharField(max_length=20_000, strip=False)
    size = forms.IntegerField(min_value=0, max_value=SIZE_MAX)
    mark = forms.CharField(max_length=80, required=False)

    def clean_filename(self) -> str:
        """JSON text of a text."""
        typed: str = self.cleaned_data["filename"]
        try:
            is_text = isinstance(json.loads(typed), str)
        except ValueError:
            is_text = False
        if not is_text:
            raise forms.ValidationError(_("Tên tệp không đọc được."))
        return typed

    def sentence(self) -> str:
        """The first complaint."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors[:1])
