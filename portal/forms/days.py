"""A day to look at."""

from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.people import DateInput

EARLIEST: Final = date(1945, 9, 2)
LATEST: Final = date(2200, 1, 1)


class DayForm(forms.Form):
    """On which day the text is to be read."""

    ngay = forms.DateField(label=_("Đọc theo ngày"), required=False, widget=DateInput())

    def clean_ngay(self) -> date | None:
        """No council is older than the state, and no act works centuries ahead."""
        day: date | None = self.cleaned_data["ngay"]
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Ngày này không đúng."))
        return day
