"""Ticking off what came in and went out before a confidence vote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from elections.models import Poll, PollEntry, SubjectPaper
from elections.queries import polls as queries


class EntriesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Persons on the list."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: PollEntry) -> str:
        return f"{obj.person}, {obj.post}"


class SubjectPapersForm(ClerkForm):
    """One step, its day, and for whom it was done."""

    step = forms.ChoiceField(label=_("Việc đã làm"), choices=SubjectPaper.Step)
    done_on = forms.DateField(label=_("Ngày"), widget=DateInput())
    persons = EntriesField(label=_("Đối với"), queryset=PollEntry.objects.none(), required=False)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("persons", queries.standing_entries(poll))

    def values(self) -> dict[str, Any]:
        """The cleaned values; the persons as a list."""
        return {**super().values(), "persons": list(self.cleaned_data["persons"])}
