"""What to follow, how often, and where the letters go."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from portal.models import Frequency
from portal.queries import following as queries
from portal.rules.asking import LENGTH_MAX, understand
from portal.rules.following import Topic

EMAIL_MAX = 200


class FollowForm(ClerkForm):
    """A council, words, a kind: at least one of the first two."""

    council = forms.ChoiceField(label=_("Hội đồng"), required=False)
    q = forms.CharField(
        label=_("Từ cần theo dõi"),
        max_length=LENGTH_MAX,
        required=False,
        help_text=_(
            "Ví dụ: đất đai, học phí. Chỉ báo những gì có đủ các từ này; để trống là báo tất cả."
        ),
    )
    type = forms.ChoiceField(label=_("Loại"), required=False)
    frequency = forms.ChoiceField(
        label=_("Gửi thư"), choices=Frequency.choices, initial=Frequency.DAILY
    )
    email = forms.EmailField(
        label=_("Thư điện tử của bạn"),
        validators=[MaxLengthValidator(EMAIL_MAX)],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("council", [("", _("Mọi hội đồng")), *queries.councils()])
        self.offer("type", [("", _("Mọi loại")), *queries.kinds()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("council") and not understand(cleaned.get("q", "")).words:
            self.add_error("council", _("Chọn một hội đồng, hoặc ghi từ cần theo dõi."))
        return cleaned

    @property
    def topic(self) -> Topic:
        """What is to be followed."""
        told = self.cleaned_data
        return Topic(asked=told["q"], council=told["council"], kind=told["type"])
