"""Forms for agenda items, their moves, and the council's decisions about the agenda."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from sessions.models import AgendaItem, ItemKind, OpenVote, Session, Sitting
from sessions.queries.agenda import Row
from sessions.rules.agenda import DEPTH_MAX, Step

MINUTES_MAX = 1440


class SittingChoiceField(forms.ModelChoiceField[Sitting]):
    """A sitting by its day and part."""

    def label_from_instance(self, obj: Sitting) -> str:
        return str(obj).capitalize()


class ItemForm(VersionedForm):
    """One item of the agenda."""

    title = forms.CharField(label=_("Nội dung"), max_length=500, widget=forms.Textarea({"rows": 2}))
    kind = forms.ChoiceField(label=_("Loại"), choices=ItemKind, initial=ItemKind.OTHER)
    presenter = forms.CharField(label=_("Người, cơ quan trình bày"), max_length=200, required=False)
    minutes = forms.IntegerField(
        label=_("Số phút"), min_value=0, max_value=MINUTES_MAX, required=False
    )
    sitting = SittingChoiceField(
        label=_("Phiên họp"), queryset=Sitting.objects.none(), required=False,
        help_text=_("Để trống thì theo nội dung cấp trên."),
    )  # fmt: skip
    staff_note = forms.CharField(
        label=_("Ghi chú nội bộ"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Chỉ Văn phòng thấy, không in, không công khai."),
    )  # fmt: skip

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = council_session.sittings.order_by("ordinal")  # type: ignore[attr-defined]


class ItemAddForm(ItemForm):
    """A new item, with its place."""

    parent = forms.ChoiceField(label=_("Nằm dưới"), required=False)
    position = forms.IntegerField(
        label=_("Thứ tự"), required=False, min_value=1, max_value=10_000,
        help_text=_("Để trống thì xếp cuối."),
    )  # fmt: skip
    field_order = ["title", "kind", "parent", "position", "presenter", "minutes", "sitting"]

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {
            str(row.item.pk): row.item for row in rows if row.label and row.depth + 1 < DEPTH_MAX
        }
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", _("(cấp cao nhất)")),
            *((str(row.item.pk), f"{row.label}. {row.item.title}"[:90])
              for row in rows if str(row.item.pk) in self.parents),
        ]  # fmt: skip

    def values(self) -> dict[str, Any]:
        """As ever, the parent as an item."""
        values = super().values()
        parent: AgendaItem | None = self.parents.get(values["parent"])
        return {**values, "parent": parent}


class MoveForm(forms.Form):
    """Where an item goes: by a step, or to a position under a parent."""

    direction = forms.ChoiceField(
        choices=[(step.value, step.value) for step in Step], required=False
    )
    parent = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    position = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("direction") and not cleaned.get("position"):
            raise forms.ValidationError(_("Chọn nơi chuyển đến."))
        return cleaned


class VoteChoiceField(forms.ModelChoiceField[OpenVote]):
    """An open vote by its subject and result."""

    def label_from_instance(self, obj: OpenVote) -> str:
        return f"{obj.subject} ({obj.for_count}/{obj.total_delegates})"


class AdoptForm(ClerkForm):
    """The vote by which the council adopted the agenda."""

    vote = VoteChoiceField(label=_("Theo lần biểu quyết"), queryset=OpenVote.objects.none())

    def __init__(self, *args: Any, votes: QuerySet[OpenVote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]
        self.fields["vote"].empty_label = None  # type: ignore[attr-defined]


class ChangeForm(AdoptForm):
    """The vote by which the council changed its agenda, and what it changed."""

    what = forms.CharField(
        label=_("Hội đồng quyết định điều chỉnh gì"), max_length=500,
        help_text=_("Ví dụ: đưa nội dung 7 lên trước nội dung 5."),
    )  # fmt: skip
