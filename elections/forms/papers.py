"""Papers read one by one: the account, a batch, one paper without a script, what both saw again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from council.forms.base import ClerkForm, VersionedForm
from elections.forms.counts import BallotsField, total_name
from elections.models import BATCH_SIZE, CountingWay, PaperBatch
from elections.queries.figures import TOTAL_CELL_LABELS
from elections.rules import keying, readings
from elections.services.paper_accounts import FIELDS


class CountChooseForm(ClerkForm):
    """One of the ways to count."""

    way = forms.ChoiceField(choices=CountingWay.choices)


class PaperAccountForm(VersionedForm):
    """Where the papers are. Shape only; the sums are the business of `elections.rules.tally`."""

    remarks = forms.CharField(
        label=_("Ý kiến, khiếu nại (nếu có)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[total_name(name)] = BallotsField(label=TOTAL_CELL_LABELS[name])

    def numbers(self) -> dict[str, int]:
        """All of them, where the form is valid."""
        return {name: self.cleaned_data[total_name(name)] for name in FIELDS}

    def typed(self) -> dict[str, int | None]:
        """Those that are numbers; None where empty or not a number."""
        return {name: self.cleaned_data.get(total_name(name)) for name in FIELDS}


class BatchOpenForm(ClerkForm):
    """The next batch."""

    source = forms.ChoiceField(
        choices=PaperBatch.Source, initial=PaperBatch.Source.BOX, widget=forms.HiddenInput
    )
    size = forms.IntegerField(label=_("Số phiếu trong tập"), min_value=1, max_value=BATCH_SIZE)


class PaperForm(VersionedForm):
    """One paper with a radio button a mark: the page without a script, and its ground with one."""

    place = forms.IntegerField(min_value=1, max_value=BATCH_SIZE, widget=forms.HiddenInput)
    whole = forms.BooleanField(
        label=_("Cả lá phiếu không hợp lệ"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self, *args: Any, codes: Sequence[str], options: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = tuple(codes)
        keys = [(key, key) for key in keying.marks_of(options)]
        for code in self.codes:
            self.fields[mark_name(code)] = forms.ChoiceField(choices=keys, required=False)

    def clean(self) -> dict[str, Any]:
        """A paper is invalid as a whole, or has a mark for every row."""
        cleaned = super().clean()
        left = [code for code in self.codes if not cleaned.get(mark_name(code))]
        if left and not cleaned.get("whole"):
            sentence = ngettext_lazy(
                "Còn %(left)d dòng chưa chọn. Dòng để trống trên phiếu thì chọn “Trống”.",
                "Còn %(left)d dòng chưa chọn. Dòng để trống trên phiếu thì chọn “Trống”.",
                "left",
            )
            self.add_error(None, sentence % {"left": len(left)})
        return cleaned

    def keys(self) -> str:
        """The paper as keys, where the form is valid."""
        if self.cleaned_data["whole"]:
            return keying.INVALID_KEY
        return "".join(self.cleaned_data[mark_name(code)] for code in self.codes)


def mark_name(code: str) -> str:
    """The form field of a row: ``m-c03``."""
    return f"m-{code}"


class BatchSettleForm(ClerkForm):
    """For every row that two members read differently: what both saw on the paper, and how."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[readings.Difference],
        marks: Sequence[tuple[str, object]],
        whole: Sequence[tuple[str, object]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = tuple(rows)
        for row in self.rows:
            choices = whole if row.code == readings.WHOLE else marks
            self.fields[f"agreed-{row.place}-{row.code}"] = forms.ChoiceField(
                choices=[("", _("Chọn")), *choices],
                error_messages={"required": _("Chọn dấu mà hai người cùng thấy.")},
            )
            self.fields[f"reason-{row.place}-{row.code}"] = forms.CharField(
                max_length=300, error_messages={"required": _("Ghi cách giải quyết.")}
            )

    def decisions(self) -> dict[tuple[int, str], readings.Decision]:
        """What was decided, by place and row."""
        return {
            (row.place, row.code): readings.Decision(
                self.cleaned_data[f"agreed-{row.place}-{row.code}"],
                self.cleaned_data[f"reason-{row.place}-{row.code}"],
            )
            for row in self.rows
        }
