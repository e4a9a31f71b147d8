"""Which bundle of a session is asked for."""

from django import forms

from council.forms.base import ClerkForm
from sessions.models import Bundle, Visibility


class BundleForm(ClerkForm):
    """Whose papers, and as what; sent by buttons."""

    readers = forms.ChoiceField(choices=Visibility)
    kind = forms.ChoiceField(choices=Bundle.Kind)
