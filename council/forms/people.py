"""Forms for persons, seats, offices and tenures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.models import Committee, DelegateGroup, Mandate, Office, Person, Tenure, Term
from council.models.offices import OfficeKind


class DateInput(forms.DateInput):
    """The browser's own date field; ISO inside, so that nothing is ambiguous."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class PersonForm(VersionedForm):
    """A person's particulars; name parts may be left empty, the full name is then split."""

    honorific = forms.ChoiceField(label=_("Xưng hô"), choices=Person.Honorific)
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    family_name = forms.CharField(label=_("Họ"), max_length=40, required=False)
    middle_name = forms.CharField(label=_("Tên đệm"), max_length=60, required=False)
    given_name = forms.CharField(
        label=_("Tên"),
        max_length=60,
        required=False,
        help_text=_("Để trống thì tên là chữ cuối. Nhập riêng với tên như Y Thanh Hà Niê Kđăm."),
    )
    occupation = forms.CharField(label=_("Chức vụ, nơi công tác"), max_length=200, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    born_on = forms.DateField(label=_("Ngày sinh"), required=False, widget=DateInput())


class SeatForm(ClerkForm):
    """A seat in the council for a person."""

    term = forms.ModelChoiceField(
        label=_("Nhiệm kỳ"), queryset=Term.objects.none(), empty_label=None
    )
    group = forms.ModelChoiceField(
        label=_("Tổ đại biểu"), queryset=DelegateGroup.objects.none(), required=False
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DateInput())
    is_full_time = forms.BooleanField(label=_("Đại biểu chuyên trách"), required=False)
    is_group_head = forms.BooleanField(label=_("Tổ trưởng"), required=False)

    def __init__(self, *args: Any, council: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = council.terms.order_by("-starts_on")
        self.offer_rows("term", terms)
        self.offer_rows(
            "group",
            DelegateGroup.objects.filter(term__in=terms).order_by("-term__starts_on", "number"),
        )


class EndForm(ClerkForm):
    """The last day of a seat or an office, and why."""

    ends_on = forms.DateField(label=_("Ngày cuối cùng"), widget=DateInput())
    reason = forms.ChoiceField(label=_("Lý do"))

    def __init__(self, *args: Any, reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reason", reasons)


class MandateEndForm(EndForm):
    """The end of a seat."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reasons=Mandate.EndReason.choices, **kwargs)


class TenureEndForm(EndForm):
    """The end of a tenure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reasons=Tenure.EndReason.choices, **kwargs)


class SuspendForm(ClerkForm):
    """Suspension of a delegate's duties."""

    starts_on = forms.DateField(label=_("Tạm đình chỉ từ ngày"), widget=DateInput())
    reason = forms.CharField(label=_("Lý do, văn bản"), max_length=300)


class OfficeForm(ClerkForm):
    """A new office."""

    kind = forms.ChoiceField(label=_("Loại chức vụ"), choices=OfficeKind)
    title = forms.CharField(label=_("Tên chức vụ"), max_length=160)
    committee = forms.ModelChoiceField(
        label=_("Ban"),
        queryset=Committee.objects.none(),
        required=False,
        help_text=_("Chỉ với Trưởng Ban."),
    )
    seats = forms.IntegerField(label=_("Số người tối đa"), min_value=1, max_value=60, initial=1)
    position = forms.IntegerField(label=_("Thứ tự"), min_value=1, max_value=200, initial=1)

    def __init__(self, *args: Any, council: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("committee", Committee.objects.filter(term__council=council))


class TenureForm(ClerkForm):
    """Somebody takes an office."""

    office = forms.ModelChoiceField(label=_("Chức vụ"), queryset=Office.objects.none())
    person = forms.ModelChoiceField(label=_("Người giữ chức vụ"), queryset=Person.objects.none())
    term = forms.ModelChoiceField(
        label=_("Nhiệm kỳ"), queryset=Term.objects.none(), empty_label=None
    )
    basis = forms.ChoiceField(label=_("Hình thức"), choices=Tenure.Basis)
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DateInput())

    def __init__(self, *args: Any, council: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("office", council.offices.order_by("position"))
        self.offer_rows("person", council.people.order_by("sort_key"))
        self.offer_rows("term", council.terms.order_by("-starts_on"))


class RetirementForm(ClerkForm):
    """The day on which leave pending retirement was announced to the holder."""

    announced_on = forms.DateField(
        label=_("Ngày thông báo nghỉ công tác chờ nghỉ hưu"), widget=DateInput()
    )


class SentForm(ClerkForm):
    """The result went to the approving body."""

    sent_on = forms.DateField(label=_("Ngày gửi phê chuẩn"), widget=DateInput())


class ReceivedForm(ClerkForm):
    """When the approving body had the result."""

    received_on = forms.DateField(label=_("Ngày nhận"), widget=DateInput())


class DecisionForm(ClerkForm):
    """What the approving body decided."""

    verdict = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[("approved", _("Phê chuẩn")), ("refused", _("Không phê chuẩn, yêu cầu bầu lại"))],
    )
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=DateInput())
    decision = forms.CharField(label=_("Số quyết định"), max_length=160)


class AppointmentForm(ClerkForm):
    """Somebody was appointed to an office during the mergers of 2025."""

    office = forms.ModelChoiceField(label=_("Chức vụ"), queryset=Office.objects.none())
    person = forms.ModelChoiceField(label=_("Người được chỉ định"), queryset=Person.objects.none())
    term = forms.ModelChoiceField(
        label=_("Nhiệm kỳ"), queryset=Term.objects.none(), empty_label=None
    )
    starts_on = forms.DateField(label=_("Giữ chức vụ từ ngày"), widget=DateInput())
    body = forms.CharField(
        label=_("Cơ quan chỉ định"),
        max_length=160,
        help_text=_("Ví dụ: Ủy ban Thường vụ Quốc hội."),
    )
    decision = forms.CharField(label=_("Số quyết định, nghị quyết"), max_length=160)
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=DateInput())

    def __init__(self, *args: Any, council: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("office", council.offices.order_by("position"))
        self.offer_rows("person", council.people.order_by("sort_key"))
        self.offer_rows("term", council.terms.order_by("-starts_on"))


class EndDecisionForm(ClerkForm):
    """What the approving body decided about a dismissal."""

    verdict = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[
            ("approved", _("Phê chuẩn")),
            ("refused", _("Không phê chuẩn: người này tiếp tục giữ chức vụ")),
        ],
    )
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=DateInput())
    decision = forms.CharField(label=_("Số văn bản"), max_length=160)
