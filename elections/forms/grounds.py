"""Forms for petitions, written requests, offices that end without a vote, and open steps."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.forms.people import DateInput
from council.models import Council, Mandate, Person, Tenure
from elections.models import FollowUp
from elections.queries import grounds as queries


class DelegatesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Delegates with their group."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Mandate) -> str:
        return f"{obj.person} ({obj.group})" if obj.group else str(obj.person)


class TenureField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An office with its holder."""

    def label_from_instance(self, obj: Tenure) -> str:
        return f"{obj.person}, {obj.office.title}"


class HolderForm(ClerkForm):
    """Something about a person who holds an office now."""

    person = forms.ModelChoiceField(
        label=_("Đối với"), queryset=Person.objects.none(), empty_label=_("Chọn người giữ chức vụ")
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("person", queries.holders_of(council))


class PetitionForm(HolderForm):
    """Delegates who ask for a no-confidence vote."""

    received_on = forms.DateField(label=_("Ngày nhận kiến nghị"), widget=DateInput())
    document = forms.CharField(
        label=_("Văn bản"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Đơn kiến nghị ngày 01/11/2028."),
    )
    petitioners = DelegatesField(
        label=_("Đại biểu kiến nghị"), queryset=Mandate.objects.none(), required=False
    )

    def __init__(self, *args: Any, council: Council, day: date, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        self.offer_rows("petitioners", queries.delegates_of(council, day))

    def values(self) -> dict[str, Any]:
        """The cleaned values; who signed as a list."""
        return {**super().values(), "petitioners": list(self.cleaned_data["petitioners"])}


class JoinForm(ClerkForm):
    """More delegates sign a petition."""

    received_on = forms.DateField(label=_("Ngày nhận thêm"), widget=DateInput())
    petitioners = DelegatesField(
        label=_("Đại biểu kiến nghị thêm"), queryset=Mandate.objects.none(), required=False
    )

    def __init__(self, *args: Any, council: Council, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("petitioners", queries.delegates_of(council, day))

    def values(self) -> dict[str, Any]:
        """The cleaned values; who signed as a list."""
        return {**super().values(), "petitioners": list(self.cleaned_data["petitioners"])}


class FrontForm(HolderForm):
    """The Fatherland Front's petition, with its document."""

    received_on = forms.DateField(label=_("Ngày nhận"), widget=DateInput())
    document = forms.CharField(
        label=_("Số, ngày văn bản của Ủy ban Mặt trận Tổ quốc"), max_length=200
    )


class ResignationForm(ClerkForm):
    """A written request to leave an office."""

    tenure = TenureField(
        label=_("Người gửi đơn"),
        queryset=Tenure.objects.none(),
        empty_label=_("Chọn người giữ chức vụ"),
    )
    requested_on = forms.DateField(label=_("Ngày gửi đơn"), widget=DateInput())
    reason = forms.CharField(label=_("Lý do nêu trong đơn"), max_length=400)
    consent = forms.CharField(
        label=_("Văn bản đồng ý của cơ quan quản lý cán bộ"),
        max_length=200,
        required=False,
        help_text=_("Có thể ghi sau; phải có trước khi quyết định."),
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("tenure", queries.running_tenures(council))


class ConsentForm(VersionedForm):
    """The consent came."""

    consent = forms.CharField(label=_("Văn bản đồng ý của cơ quan quản lý cán bộ"), max_length=200)


class GrantForm(ClerkForm):
    """The Standing Committee approved between sessions."""

    decided_on = forms.DateField(label=_("Ngày chấp thuận"), widget=DateInput())
    decision = forms.CharField(label=_("Văn bản của Thường trực Hội đồng nhân dân"), max_length=200)


class WithdrawForm(ClerkForm):
    """The request is taken back."""

    decided_on = forms.DateField(label=_("Ngày rút đơn"), widget=DateInput())


class DepartureForm(ClerkForm):
    """An office ends without a vote."""

    reason = forms.ChoiceField(
        label=_("Lý do"),
        choices=[
            (Tenure.EndReason.RETIRED, _("nghỉ hưu")),
            (Tenure.EndReason.DIED, _("qua đời")),
        ],
    )
    ends_on = forms.DateField(label=_("Ngày cuối cùng giữ chức vụ"), widget=DateInput())


class FollowUpForm(ClerkForm):
    """A step is closed by hand."""

    state = forms.ChoiceField(
        label=_("Việc này"),
        choices=[
            (FollowUp.State.DONE, _("đã làm")),
            (FollowUp.State.OVERTAKEN, _("không còn phải làm")),
        ],
    )
    reason = forms.CharField(
        label=_("Căn cứ, lý do"),
        max_length=300,
        help_text=_("Ví dụ: Báo cáo số 12/BC-TTHĐND tại kỳ họp thứ 9."),
    )
