"""What the council's own regulation says, one thing at a time."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.rules import licences
from council.rules.regulation import ITEMS, Item, Tie, ValueKind

YES_NO = [("1", _("có")), ("0", _("không"))]
TIES = [
    (
        Tie.NEXT_ROUND.value,
        _("không ai trong số bằng phiếu trúng cử, bầu vòng tiếp theo"),
    ),
    (
        Tie.RENOMINATE.value,
        _("không ai trong số bằng phiếu trúng cử, giới thiệu lại từ đầu"),
    ),
]
LICENCES: list[tuple[str, Any]] = [
    (licences.NONE, _("chưa quyết định giấy phép")),
    *((code, one.name) for code, one in licences.LICENCES.items()),
]
CHOICES: dict[ValueKind, list[tuple[str, Any]]] = {
    ValueKind.YES_NO: YES_NO, ValueKind.TIE: TIES, ValueKind.LICENCE: LICENCES,
}  # fmt: skip
SHARE = RegexValidator(r"^[1-9][0-9]{0,2}/[1-9][0-9]{0,2}$", _("Ghi phân số, ví dụ 2/3."))


def value_field(item: Item) -> forms.Field:
    """The field in which a value of this kind is typed or chosen."""
    match item.kind:
        case ValueKind.SHARE:
            return forms.CharField(
                label=_("Tỷ lệ trên tổng số đại biểu"), max_length=7, validators=[SHARE],
                help_text=_("Ghi phân số, ví dụ 2/3."),
            )  # fmt: skip
        case ValueKind.DAYS:
            return forms.IntegerField(label=_("Số ngày"), min_value=item.least, max_value=item.most)
        case ValueKind.COUNT:
            return forms.IntegerField(label=_("Số"), min_value=item.least, max_value=item.most)
        case ValueKind.YES_NO | ValueKind.TIE | ValueKind.LICENCE:
            return forms.ChoiceField(
                label=_("Quy chế quy định"), choices=CHOICES[item.kind], widget=forms.RadioSelect
            )


class RegulationForm(ClerkForm):
    """The value that holds from a day on, and where the regulation says so."""

    effective_from = forms.DateField(label=_("Áp dụng từ"), widget=DateInput())
    effective_to = forms.DateField(
        label=_("Đến hết"), widget=DateInput(), required=False,
        help_text=_("Để trống khi chưa có ngày kết thúc."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Căn cứ"), max_length=200, help_text=_("Điều, khoản của quy chế làm việc.")
    )

    def __init__(self, *args: Any, setting: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": value_field(ITEMS[setting]), **self.fields}
        if "invalid" in self.fields["value"].error_messages and isinstance(
            self.fields["value"], forms.IntegerField
        ):
            self.fields["value"].error_messages["invalid"] = _("Nhập một số nguyên.")

    def values(self) -> dict[str, Any]:
        """The value as text, as it is stored."""
        return {**super().values(), "value": str(self.cleaned_data["value"])}


class RegulationEndForm(ClerkForm):
    """The last day of a value; afterwards the default holds."""

    effective_to = forms.DateField(label=_("Đến hết"), widget=DateInput())
