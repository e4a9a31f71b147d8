"""The base of all forms: text is NFC at the door, and a stale form says so."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from council.rules import text
from council.rules.refusals import Refusal


class ClerkForm(forms.Form):
    """A crispy form without its own <form> tag; all text is NFC and without stray blanks.

    After a stale edit, `stale` lists the differences and `stale_version` is the version to save
    over, on purpose, with the next click.
    """

    stale: list[dict[str, object]] = []
    stale_version: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            if type(field) is forms.IntegerField:  # Django's own sentence is no Vietnamese
                field.error_messages["invalid"] = _("Nhập một số nguyên.")

    def offer_rows(self, name: str, rows: QuerySet[Any]) -> None:
        """The rows among which the field lets choose; those of this council, this session."""
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            message = f"{name} does not choose among rows"
            raise TypeError(message)
        field.queryset = rows

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """The choices that the field lets choose from: value and words."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            message = f"{name} has no choices"
            raise TypeError(message)
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(self.fields[name].widget, forms.PasswordInput):
                continue  # a password is what was typed, blanks included
            try:
                cleaned[name] = normal(value)
            except Refusal as refusal:
                self.add_error(
                    name,
                    _(refusal.sentence) % refusal.params if refusal.params else _(refusal.sentence),
                )
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The cleaned values without `version`, ready for a service's keyword arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class VersionedForm(ClerkForm):
    """A form that edits a row with a `version`: who saves second is told, nothing is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def normal(value: Any) -> Any:
    """NFC for text, line by line; everything else as it is."""
    if not isinstance(value, str):
        return value
    return text.nfc_lines(value) if "\n" in value else text.nfc(value)
