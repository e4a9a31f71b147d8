"""The form of one indicator: figures typed the Vietnamese way, a plan with one or two bounds."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.forms.base import VersionedForm
from sessions.forms.numbers import ViDecimalField
from sessions.models import Indicator

AMOUNT = {"max_digits": 20, "decimal_places": 4, "required": False}
PERCENT = {"max_digits": 9, "decimal_places": 3, "required": False}


class IndicatorForm(VersionedForm):
    """One row of the table."""

    name = forms.CharField(label=gettext_lazy("Chỉ tiêu"), max_length=300)
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị tính"),
        max_length=60,
        help_text=gettext_lazy("Ví dụ: triệu đồng, %, người."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Nhóm"), choices=Indicator.Group)
    period = forms.CharField(
        label=gettext_lazy("Kỳ báo cáo"),
        max_length=60,
        help_text=gettext_lazy("Ví dụ: 11 tháng năm 2026."),
    )
    is_whole_year = forms.BooleanField(
        label=gettext_lazy("Số cả năm"), required=False, initial=True
    )
    is_rate = forms.BooleanField(
        label=gettext_lazy("Là tỷ lệ phần trăm"),
        required=False,
        help_text=gettext_lazy("So sánh bằng điểm phần trăm, không bằng phần trăm của phần trăm."),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Chiều"), choices=Indicator.Direction)
    plan_lower = ViDecimalField(label=gettext_lazy("Kế hoạch từ"), **AMOUNT)
    plan_upper = ViDecimalField(
        label=gettext_lazy("Kế hoạch đến"),
        **AMOUNT,
        help_text=gettext_lazy(
            "Một mức: nhập hai ô như nhau. “Từ … trở lên”: chỉ nhập ô đầu. “Không quá …”: chỉ "
            "nhập ô này."
        ),
    )
    result = ViDecimalField(label=gettext_lazy("Thực hiện"), **AMOUNT)
    prior = ViDecimalField(label=gettext_lazy("Cùng kỳ năm trước"), **AMOUNT)
    stated_plan = ViDecimalField(label=gettext_lazy("Báo cáo nêu so kế hoạch"), **PERCENT)
    stated_plan_form = forms.ChoiceField(
        label=gettext_lazy("Cách nêu"), choices=Indicator.PlanForm, initial="ratio"
    )
    stated_prior = ViDecimalField(label=gettext_lazy("Báo cáo nêu so cùng kỳ"), **PERCENT)
    stated_prior_form = forms.ChoiceField(
        label=gettext_lazy("Cách nêu"), choices=Indicator.PriorForm, initial="growth"
    )
    assessment = forms.ChoiceField(
        label=gettext_lazy("Đánh giá của báo cáo"),
        required=False,
        choices=[("", gettext_lazy("chưa đánh giá")), *Indicator.Assessment.choices],
    )
    source = forms.CharField(label=gettext_lazy("Nguồn"), max_length=300, required=False)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)

    def __init__(
        self, *args: Any, warnings: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        """`warnings` are sentences by field, shown beside it; they do not stop the saving."""
        super().__init__(*args, **kwargs)
        for name, sentence in (warnings or {}).items():
            self.fields[name].help_text = format_html('<span class="err">{}</span>', sentence)
        for name in ("plan_lower", "plan_upper", "result", "prior", "stated_plan", "stated_prior"):
            self.fields[name].widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})
        self.helper.layout = Layout(
            "version", "name",
            pair("unit", "group"), pair("period", "direction"), pair("is_whole_year", "is_rate"),
            Fieldset(
                _("Số liệu"), pair("plan_lower", "plan_upper"), pair("result", "prior"),
            ),
            Fieldset(
                _("Tỷ lệ do báo cáo nêu (%)"), pair("stated_plan", "stated_plan_form"),
                pair("stated_prior", "stated_prior_form"), "assessment",
            ),
            pair("source", "note"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lower, upper = cleaned.get("plan_lower"), cleaned.get("plan_upper")
        if lower is not None and upper is not None and lower > upper:
            self.add_error("plan_upper", _("Kế hoạch: số đầu phải nhỏ hơn hoặc bằng số cuối."))
        return cleaned


def pair(first: str, second: str) -> Row:
    """Two fields beside each other where there is room."""
    return Row(Column(first, css_class="col-md-6"), Column(second, css_class="col-md-6"))
