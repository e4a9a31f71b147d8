"""Forms for agenda items, their moves, and the council's decisions about the agenda."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from sessions.models import AgendaItem, ItemKind, OpenVote, Session, Sitting
from sessions.queries.agenda import Row
from sessions.rules.agenda import DEPTH_MAX, Step

MINUTES_MAX = 1440
KINDS = [(value, capfirst(label)) for value, label in ItemKind.choices]


def choose_among(field: forms.Field, rows: Iterable[Row], nothing: str | Promise) -> None:
    """Let a field choose one of the agenda's live items, shown with its number, or nothing."""
    live = [row for row in rows if row.label]
    field.queryset = AgendaItem.objects.filter(pk__in=[row.item.pk for row in live])  # type: ignore[attr-defined]
    field.choices = [  # type: ignore[attr-defined]
        ("", nothing),
        *((row.item.pk, f"{row.label}. {row.item.title}"[:90]) for row in live),
    ]


class SittingChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A sitting by its day and part."""

    def label_from_instance(self, obj: Sitting) -> str:
        return str(obj).capitalize()


class ItemForm(VersionedForm):
    """One item of the agenda."""

    title = forms.CharField(label=_("Nội dung"), max_length=500, widget=forms.Textarea({"rows": 2}))
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS, initial=ItemKind.OTHER)
    presenter = forms.CharField(label=_("Người, cơ quan trình bày"), max_length=200, required=False)
    minutes = forms.IntegerField(
        label=_("Số phút"), min_value=0, max_value=MINUTES_MAX, required=False
    )
    sitting = SittingChoiceField(
        label=_("Phiên họp"), queryset=Sitting.objects.none(), required=False,
        help_text=_("Để trống thì theo nội dung đứng trước."),
    )  # fmt: skip
    staff_note = forms.CharField(
        label=_("Ghi chú nội bộ"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Chỉ Văn phòng thấy, không in, không công khai."),
    )  # fmt: skip

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("sitting", council_session.sittings.order_by("ordinal"))


class ItemAddForm(ItemForm):
    """A new item, with its place."""

    parent = forms.ModelChoiceField(
        label=_("Nằm dưới"), queryset=AgendaItem.objects.none(), required=False
    )
    position = forms.IntegerField(
        label=_("Thứ tự"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Để trống thì xếp cuối."),
    )
    field_order = ["title", "kind", "parent", "position", "presenter", "minutes", "sitting"]

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [row for row in rows if row.depth + 1 < DEPTH_MAX]
        choose_among(self.fields["parent"], above, _("(cấp cao nhất)"))


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


class VoteChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An open vote by its subject and result."""

    def label_from_instance(self, obj: OpenVote) -> str:
        return f"{obj.subject} ({obj.for_count}/{obj.total_delegates})"


class AdoptForm(ClerkForm):
    """The vote by which the council adopted the agenda."""

    vote = VoteChoiceField(label=_("Theo lần biểu quyết"), queryset=OpenVote.objects.none())

    def __init__(self, *args: Any, votes: QuerySet[OpenVote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("vote", votes)
        self.fields["vote"].empty_label = None  # type: ignore[attr-defined]


class ChangeForm(AdoptForm):
    """The vote by which the council changed its agenda, and what it changed."""

    what = forms.CharField(
        label=_("Hội đồng quyết định điều chỉnh gì"), max_length=500,
        help_text=_("Ví dụ: đưa nội dung 7 lên trước nội dung 5."),
    )  # fmt: skip


class DecideForm(ClerkForm):
    """The council's vote on its agenda, by totals, and what it decided."""

    what = forms.CharField(label=_("Nội dung biểu quyết"), max_length=500)
    for_count = forms.IntegerField(label=_("Tán thành"), min_value=0, max_value=999)
    against_count = forms.IntegerField(
        label=_("Không tán thành"), min_value=0, max_value=999, initial=0
    )
    not_voting_count = forms.IntegerField(
        label=_("Không biểu quyết"), min_value=0, max_value=999, initial=0
    )
    newest_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def counts(self) -> dict[str, int | None]:
        """The totals, and the newest vote that the form knew of."""
        names = ("for_count", "against_count", "not_voting_count", "newest_seen")
        return {name: self.cleaned_data[name] for name in names}
