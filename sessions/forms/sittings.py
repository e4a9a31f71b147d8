"""Forms for sittings and for one delegate's attendance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from sessions.models import Session, Sitting


class TimeInput(forms.TimeInput):
    """The browser's own field for a time of day, to the minute."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class SittingForm(ClerkForm):
    """A sitting to come."""

    held_on = forms.DateField(label=_("Ngày"), widget=DateInput())
    part = forms.ChoiceField(label=_("Buổi"), choices=Sitting.Part)
    starts_at = forms.TimeField(label=_("Giờ bắt đầu"), widget=TimeInput())

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = council_session.opens_on, council_session.closes_on
        self.fields["held_on"].widget.attrs.update(
            {"min": first.isoformat(), "max": last.isoformat()}
        )


class MomentForm(ClerkForm):
    """When a delegate came or left; empty means now."""

    at = forms.TimeField(label=_("Lúc"), widget=TimeInput(), required=False)


class ExcuseForm(ClerkForm):
    """Why a delegate is absent."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
