"""What a draft does to another text: first which text, then what and where."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Council
from resolutions.models import Relation
from resolutions.queries.relations import PieceChoice
from resolutions.rules import amending
from resolutions.rules.amending import Change, Deed
from resolutions.rules.relations import RelationKind
from sessions.models import Session

EARLIEST: Final = date(1945, 9, 2)
PIECE_VERBS: Final = [
    ("", "—"),
    (RelationKind.AMENDS, _("Sửa đổi")),
    (RelationKind.SUPPLEMENTS, _("Bổ sung sau mục này")),
    (RelationKind.REPEALS, _("Bãi bỏ")),
]
KINDS_OF_NAMED: Final = ("implements", "replaces", "repeals")
"""What can be said of a text of which the system knows only the name."""


class RelationForm(ClerkForm):
    """One relation to a text that was chosen before."""

    kind = forms.ChoiceField(label=_("Quan hệ"), choices=Relation.Kind.choices)
    target_key = forms.ChoiceField(
        label=_("Điều, khoản, điểm của văn bản kia"), required=False,
        help_text=_("Để trống: cả văn bản."),
    )  # fmt: skip
    target_words = forms.CharField(
        label=_("Điều, khoản, điểm của văn bản kia"), max_length=120, required=False,
        help_text=_("Ví dụ: khoản 2 Điều 3. Để trống: cả văn bản."),
    )  # fmt: skip
    source_key = forms.ChoiceField(
        label=_("Nơi quy định trong dự thảo này"), required=False,
        help_text=_("Sửa đổi, bổ sung: chọn chỗ có “Nội dung sửa đổi” trong ngoặc kép."),
    )  # fmt: skip
    old_words = forms.CharField(
        label=_("Cụm từ đang có"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Chỉ ghi khi thay cụm từ hoặc đính chính."),
    )  # fmt: skip
    new_words = forms.CharField(
        label=_("Cụm từ mới"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    effective_on = forms.DateField(
        label=_("Có hiệu lực từ ngày"), required=False, widget=DateInput(),
        help_text=_("Để trống: cùng ngày với nghị quyết này."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        pieces: Sequence[PieceChoice] | None,
        sources: Sequence[tuple[str, str, bool]],
        is_named_only: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_named_only:
            kinds = [row for row in Relation.Kind.choices if row[0] in KINDS_OF_NAMED]
            self.offer("kind", kinds)
        if pieces is None:
            del self.fields["target_key"]
        else:
            del self.fields["target_words"]
            rows = [(one.key, f"{one.words}: {one.start}") for one in pieces]
            self.offer("target_key", [("", _("cả văn bản")), *rows])
        marked = [
            (key, _("%(words)s (có nội dung sửa đổi)") % {"words": words} if quotes else words)
            for key, words, quotes in sources
        ]
        self.offer("source_key", [("", "—"), *marked])

    def clean_effective_on(self) -> date | None:
        """No act of a council is older than the state."""
        day: date | None = self.cleaned_data["effective_on"]
        if day is not None and day < EARLIEST:
            raise forms.ValidationError(_("Ngày này không đúng."))
        return day


class AmendForm(ClerkForm):
    """Begin a resolution that acts on another: in which session, what, and on which pieces."""

    council_session = forms.ModelChoiceField(
        label=_("Trình tại kỳ họp"), queryset=Session.objects.none()
    )
    deed = forms.ChoiceField(
        label=_("Việc cần làm"), widget=forms.RadioSelect, initial=Deed.AMEND,
        choices=[(deed, _(sentence)) for deed, sentence in amending.CHOICES],
    )  # fmt: skip

    def __init__(
        self, *args: Any, council: Council, pieces: Sequence[PieceChoice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(term__council=council).order_by("-opens_on", "-pk")
        self.offer_rows("council_session", sessions)
        self.pieces = pieces
        self.verbs = {one.key: self.data.get(f"viec-{one.key}", "") for one in pieces}

    def rows(self) -> list[tuple[PieceChoice, str]]:
        """Each piece with what was chosen for it."""
        return [(one, self.verbs[one.key]) for one in self.pieces]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["changes"] = [
            Change(RelationKind(verb), key)
            for key, verb in self.verbs.items()
            if verb in (RelationKind.AMENDS, RelationKind.SUPPLEMENTS, RelationKind.REPEALS)
        ]
        return cleaned
