"""Decide find by find: cover it, or leave it and say why."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from sessions.models import PersonalDataFind

Decision = PersonalDataFind.Decision
NO_MASK = (PersonalDataFind.Kind.UNREADABLE,)


class FindsForm(ClerkForm):
    """A choice and a reason for each find, and one reason for all that are still open."""

    rest_reason = forms.CharField(
        label=_("Để nguyên mọi mục chưa quyết định, lý do"), max_length=300, required=False,
        help_text=_("Để trống nếu muốn quyết định từng mục."),
    )  # fmt: skip

    def __init__(self, *args: Any, finds: list[PersonalDataFind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finds = finds
        for find in finds:
            choices = [
                (value, label)
                for value, label in Decision.choices
                if value and not (value == Decision.MASK and find.kind in NO_MASK)
            ]
            self.fields[f"decision_{find.pk}"] = forms.ChoiceField(
                label=_("Quyết định"),
                choices=choices,
                required=False,
                initial=find.decision,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{find.pk}"] = forms.CharField(
                label=_("Lý do để nguyên"), max_length=300, required=False, initial=find.reason
            )  # fmt: skip

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each find with its two fields."""
        for find in self.finds:
            yield {
                "find": find,
                "decision": self[f"decision_{find.pk}"],
                "reason": self[f"reason_{find.pk}"],
            }

    def choices_made(self) -> dict[int, tuple[str, str]]:
        """Decision and reason of every find that has one now."""
        rest = self.cleaned_data["rest_reason"]
        made = {}
        for find in self.finds:
            decision = self.cleaned_data[f"decision_{find.pk}"]
            reason = self.cleaned_data[f"reason_{find.pk}"]
            if not decision and rest:
                decision, reason = Decision.KEEP.value, rest
            if (decision, reason) != (find.decision, find.reason):
                made[find.pk] = (decision, reason)
        return made
