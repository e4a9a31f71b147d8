"""Numbers as Vietnamese clerks type them: ``34.550.889`` and ``90,35``."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from council.rules import figures
from council.rules.refusals import Refusal


class ViDecimalField(forms.Field):
    """A decimal typed the Vietnamese way; an ambiguous figure is refused, never guessed.

    Args:
        max_digits: digits in all that the column keeps.
        decimal_places: digits after the comma that it keeps.
    """

    widget = forms.TextInput

    def __init__(self, *, max_digits: int, decimal_places: int, **kwargs: Any) -> None:
        self.max_digits, self.decimal_places = max_digits, decimal_places
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: figures from the database in Vietnamese, typed text untouched."""
        if isinstance(value, Decimal):
            return figures.decimal_vi(value, self.decimal_places)
        return value

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or not str(value).strip():
            return None
        try:
            number = figures.parse_decimal_vi(str(value))
        except Refusal as refusal:
            raise ValidationError(
                _(refusal.sentence) % refusal.params, code=refusal.code
            ) from refusal
        self.check_size(number)
        return number

    def check_size(self, number: Decimal) -> None:
        """Refuse what the column cannot keep exactly."""
        exponent = number.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        if places > self.decimal_places:
            raise ValidationError(
                _("Chỉ nhập tối đa %(places)d chữ số sau dấu phẩy."),
                code="places",
                params={"places": self.decimal_places},
            )
        whole = self.max_digits - self.decimal_places
        if abs(number) >= Decimal(10) ** whole:
            raise ValidationError(
                _(
                    "Số này quá lớn: tối đa %(digits)d chữ số trước dấu phẩy. Kiểm tra lại đơn "
                    "vị tính."
                ),
                code="too_large",
                params={"digits": whole},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
