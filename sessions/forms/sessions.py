"""Forms for a session: new, edited, sent back, convened; and the sentences of its story."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.forms.people import DateInput
from council.models import Council, Term
from sessions.models import SessionKind, SessionNote

NUMBER_MAX = 200
KINDS = [(value, capfirst(label)) for value, label in SessionKind.choices]


class SessionFrameForm(VersionedForm):
    """Number, kind, days, place."""

    kind = forms.ChoiceField(label=_("Loại kỳ họp"), choices=KINDS)
    number = forms.IntegerField(label=_("Kỳ họp thứ"), min_value=1, max_value=NUMBER_MAX)
    opens_on = forms.DateField(label=_("Khai mạc"), widget=DateInput())
    closes_on = forms.DateField(label=_("Bế mạc"), widget=DateInput())
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    summary = forms.CharField(
        label=_("Giới thiệu"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Đoạn mở đầu trên trang công khai; để trống cũng được."),
    )  # fmt: skip


class SessionAddForm(SessionFrameForm):
    """A new session: the template decides the draft agenda."""

    field_order = [
        "term", "kind", "has_confidence_vote", "has_election", "number", "opens_on", "closes_on",
        "place",
    ]  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Mẫu kỳ họp"), choices=KINDS, widget=forms.RadioSelect,
        initial=SessionKind.YEAR_END, help_text=_("Chương trình dự kiến được soạn sẵn theo mẫu."),
    )  # fmt: skip
    term = forms.ModelChoiceField(label=_("Nhiệm kỳ"), queryset=Term.objects.none())
    has_confidence_vote = forms.BooleanField(label=_("Có lấy phiếu tín nhiệm"), required=False)
    has_election = forms.BooleanField(label=_("Có bầu, bầu bổ sung chức vụ"), required=False)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("term", council.terms.order_by("-starts_on"))


class StoryForm(VersionedForm):
    """The paragraph that opens the public page, and the word that figures are made up."""

    summary = forms.CharField(
        label=_("Giới thiệu"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Đoạn mở đầu trên trang công khai."),
    )  # fmt: skip
    illustrative_note = forms.CharField(
        label=_("Ghi chú số liệu minh họa"), required=False, max_length=300,
        help_text=_("Hiện trên mọi trang của kỳ họp; để trống nếu mọi số liệu là thật."),
    )  # fmt: skip


class SendBackForm(ClerkForm):
    """Why the draft goes back."""

    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class ConveneForm(ClerkForm):
    """The number of the convening notice."""

    notice_number = forms.CharField(
        label=_("Số giấy triệu tập"), max_length=40, help_text=_("Ví dụ: 15/GM-HĐND.")
    )


class NoteForm(ClerkForm):
    """One sentence of the session's story."""

    kind = forms.ChoiceField(label=_("Phần"), choices=SessionNote.Kind)
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class PositionForm(forms.Form):
    """A position among siblings, from 1; what lies beyond the last means the last."""

    position = forms.IntegerField(min_value=1, max_value=10_000)
