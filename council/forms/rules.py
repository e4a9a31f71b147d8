"""A new version of a rule, its end, and the decision on them."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import RuleVersion
from council.rules import amendments
from council.rules.law import Level, Mark, Provision, Rulebook
from council.rules.majorities import Base, Threshold

LEVELS = [
    (Level.PROVINCE.value, _("cấp tỉnh")),
    (Level.DISTRICT.value, _("cấp huyện")),
    (Level.COMMUNE.value, _("cấp xã")),
    (Level.NATIONAL.value, _("Quốc hội")),
]
SHARE = RegexValidator(r"^[1-9]\d?/[1-9]\d{0,2}$", _("Ghi phân số, ví dụ 2/3."))


class RuleVersionForm(ClerkForm):
    """A version of a rule; only the fields of the rule's own shape are shown."""

    article = forms.CharField(
        label=_("Điều, khoản, tên văn bản"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Điều 12 khoản 3 Nghị quyết 96/2023/QH15."),
    )
    text_vi = forms.CharField(
        label=_("Nội dung và hệ quả, một câu"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    text_en = forms.CharField(
        label=_("Nội dung bằng tiếng Anh"), max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
    share = forms.CharField(label=_("Tỷ lệ"), max_length=7, validators=[SHARE])
    is_strict = forms.TypedChoiceField(
        label=_("So sánh"),
        choices=[("1", _("quá, trên: phải nhiều hơn")), ("0", _("từ … trở lên: bằng là đủ"))],
        coerce=lambda value: value == "1",
    )
    base = forms.ChoiceField(label=_("Tính trên"))
    days = forms.IntegerField(
        label=_("Số ngày"), min_value=0, max_value=amendments.DAYS_MAX,
        help_text=_("Đơn vị (ngày, ngày làm việc) như ghi trong nội dung."),
    )  # fmt: skip
    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=amendments.NUMBER_MAX)
    effective_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateInput())
    effective_to = forms.DateField(
        label=_("Đến hết ngày"), widget=DateInput(), required=False,
        help_text=_("Để trống khi chưa biết ngày hết áp dụng."),
    )  # fmt: skip
    levels = forms.MultipleChoiceField(
        label=_("Cấp"), choices=LEVELS, widget=forms.CheckboxSelectMultiple
    )
    mark = forms.ChoiceField(label=_("Mức chắc chắn"), choices=RuleVersion.MARKS)
    source = forms.CharField(
        label=_("Nguồn"), max_length=300, help_text=_("Nơi đã đọc nguyên văn, để kiểm tra lại.")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    setting = forms.BooleanField(
        label=_("Do quy chế của hội đồng quyết định; đây chỉ là giá trị mặc định"), required=False
    )

    def __init__(self, *args: Any, like: Provision, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(like), **kwargs)
        bases = sorted(amendments.bases_of(book, like.subject))
        self.offer("base", [(base.value, base.words) for base in bases])
        shown = {
            "share": like.threshold is not None,
            "is_strict": like.threshold is not None,
            "base": like.threshold is not None or like.base is not None,
            "days": like.days is not None,
            "number": like.number is not None,
        }
        for name, is_shown in shown.items():
            if not is_shown:
                del self.fields[name]
        self.like = like

    def row(self) -> Provision:
        """The version as typed."""
        typed = self.cleaned_data
        base = Base(typed["base"]) if "base" in typed else None
        threshold = (
            Threshold(Fraction(typed["share"]), base, typed["is_strict"])
            if base is not None and "share" in typed
            else None
        )
        return replace(
            self.like,
            article=typed["article"],
            text_vi=typed["text_vi"],
            text_en=typed["text_en"],
            effective_from=typed["effective_from"],
            effective_to=typed["effective_to"],
            levels=frozenset(Level(level) for level in typed["levels"]),
            mark=Mark(typed["mark"]),
            source=typed["source"],
            note=typed["note"],
            threshold=threshold,
            base=None if threshold else base,
            days=typed.get("days"),
            number=typed.get("number"),
            setting=typed["setting"],
        )


def initial_of(like: Provision) -> dict[str, object]:
    """The rule as it stands, to be changed; the days are left to be typed."""
    threshold = like.threshold
    base = threshold.base if threshold else like.base
    return {
        "article": like.article,
        "text_vi": like.text_vi,
        "text_en": like.text_en,
        "levels": [level.value for level in like.levels],
        "mark": like.mark.value,
        "source": like.source,
        "note": like.note,
        "setting": like.setting,
        "share": str(threshold.share) if threshold else "",
        "is_strict": "1" if threshold and threshold.strict else "0",
        "base": base.value if base else "",
        "days": like.days,
        "number": like.number,
    }


class RuleEndingForm(ClerkForm):
    """The last day of a rule after which none takes its place."""

    effective_to = forms.DateField(label=_("Hết áp dụng sau ngày"), widget=DateInput())
    source = forms.CharField(
        label=_("Nguồn"), max_length=300, help_text=_("Văn bản nào chấm dứt quy định này.")
    )


class RuleApproveForm(ClerkForm):
    """The decision to make a proposal law, against the rulebook as it was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)


class RuleRejectForm(ClerkForm):
    """The decision to send a proposal back."""

    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
