"""Forms for open votes: by totals in one step, or opened and then written down by name."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.forms.base import ClerkForm
from sessions.models import AgendaItem, Matter, OpenVote, Session, VoteOption

COUNTS = ("for_count", "against_count", "not_voting_count")
COUNT_MAX = 999
"""No council has as many delegates; a slip of the finger does not reach the database."""


def count_field(label: Any) -> forms.IntegerField:
    """A number of delegates, required only where the vote is by totals."""
    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "data-sum-cell": ""}
    )
    return forms.IntegerField(
        label=label, min_value=0, max_value=COUNT_MAX, required=False, widget=widget
    )


class VoteForm(ClerkForm):
    """What is voted on and, by totals, how many voted which way."""

    matter = forms.ChoiceField(
        label=gettext_lazy("Việc biểu quyết"),
        choices=[("", gettext_lazy("chọn việc biểu quyết")), *Matter.choices],
    )
    subject = forms.CharField(label=gettext_lazy("Nội dung biểu quyết"), max_length=500)
    item = forms.ModelChoiceField(
        label=gettext_lazy("Thuộc nội dung chương trình"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=gettext_lazy("không gắn với nội dung nào"),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Cách ghi"),
        choices=OpenVote.Method,
        widget=forms.RadioSelect,
        initial=OpenVote.Method.TOTALS,
    )
    for_count = count_field(gettext_lazy("Tán thành"))
    against_count = count_field(gettext_lazy("Không tán thành"))
    not_voting_count = count_field(gettext_lazy("Không biểu quyết"))
    newest_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows(
            "item",
            council_session.items.exclude(state=AgendaItem.State.DROPPED).order_by(
                "parent__position", "position"
            ),
        )

    @property
    def is_by_name(self) -> bool:
        """Whether the choices follow by name."""
        return bool(self.cleaned_data.get("method") == OpenVote.Method.BY_NAME)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("method") == OpenVote.Method.TOTALS:
            for name in COUNTS:
                if name not in self.errors and cleaned.get(name) is None:
                    self.add_error(name, _("Nhập số đại biểu, không có ai thì nhập 0."))
        return cleaned

    def what(self) -> dict[str, Any]:
        """Item, matter and subject, as both ways of voting take them."""
        return {name: self.cleaned_data[name] for name in ("item", "matter", "subject")}

    def counts(self) -> dict[str, int]:
        """The three totals."""
        return {name: self.cleaned_data[name] for name in COUNTS}


class NamesForm(forms.Form):
    """The choices of a vote by name, one group of radio buttons a delegate."""

    def __init__(self, *args: Any, voters: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk in voters:
            self.fields[f"choice-{pk}"] = forms.ChoiceField(
                choices=VoteOption,
                error_messages={"required": _("Chưa chọn."), "invalid_choice": _("Chọn lại.")},
            )

    def choices(self) -> dict[int, str]:
        """Option by mandate."""
        return {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}

    def ticked(self) -> dict[int, str]:
        """What was ticked so far, however incomplete, to keep it on the screen."""
        typed = {int(name.partition("-")[2]): self.data.get(name, "") for name in self.fields}
        return {pk: value for pk, value in typed.items() if value in VoteOption.values}
