"""Forms for a delegate who asks to leave the council."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Council, Mandate
from elections.models import SeatRelease
from elections.queries import seat_releases as queries


class DelegateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A delegate with the group."""

    def label_from_instance(self, obj: Mandate) -> str:
        return f"{obj.person} ({obj.group})" if obj.group else str(obj.person)


class SeatReleaseForm(ClerkForm):
    """What was asked, by which paper, and why."""

    mandate = DelegateField(
        label=_("Đại biểu"), queryset=Mandate.objects.none(), empty_label=_("Chọn đại biểu")
    )
    ground = forms.ChoiceField(
        label=_("Trường hợp"), choices=SeatRelease.Ground, widget=forms.RadioSelect
    )
    document = forms.CharField(
        label=_("Đơn, văn bản đề nghị"),
        max_length=200,
        help_text=_("Ví dụ: Đơn ngày 01/11/2028; Tờ trình số 5/TTr-UBMTTQ."),
    )
    requested_on = forms.DateField(label=_("Ngày đơn, văn bản"), widget=DateInput())
    reason = forms.CharField(label=_("Lý do"), max_length=400)

    def __init__(self, *args: Any, council: Council, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("mandate", queries.delegates_who_may_ask(council, day))


class SeatDecisionForm(ClerkForm):
    """Who decided, which way, when and by which paper."""

    verdict = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[
            (SeatRelease.State.GRANTED, _("Chấp thuận cho thôi làm nhiệm vụ đại biểu")),
            (SeatRelease.State.REFUSED, _("Không chấp thuận: đại biểu tiếp tục làm nhiệm vụ")),
        ],
    )
    body = forms.ChoiceField(
        label=_("Cơ quan quyết định"),
        choices=Mandate.EndBody,
        help_text=_("Trong kỳ họp là Hội đồng nhân dân; giữa hai kỳ họp là Thường trực."),
    )
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=DateInput())
    decision = forms.CharField(
        label=_("Số văn bản quyết định"),
        max_length=160,
        help_text=_("Ví dụ: Nghị quyết số 12/NQ-HĐND."),
    )
