"""Forms of a session's minutes and press summary: the head, the paragraphs, small verbs."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.forms.base import ClerkForm, normal
from council.rules.refusals import Refusal
from resolutions.models import SessionText
from resolutions.rules.grown_text import Edit, fingerprint

WORDS, SHOWN, AFTER = "words:", "shown:", "after:"
NEW: Final = "new-"
ONE_A_LINE = gettext_lazy("Mỗi người một dòng: họ tên, chức vụ. Người ở dòng đầu ký biên bản.")
LONGEST: Final = 20_000
MOST_NEW: Final = 100


class SessionTextHeadForm(ClerkForm):
    """Number and people of the minutes; a press summary has no such head."""

    number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=40, required=False,
        help_text=gettext_lazy("Ví dụ: 05/BB-HĐND."),
    )  # fmt: skip
    presiding = forms.CharField(
        label=gettext_lazy("Chủ tọa kỳ họp"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=ONE_A_LINE,
    )  # fmt: skip
    secretaries = forms.CharField(
        label=gettext_lazy("Thư ký kỳ họp"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=ONE_A_LINE,
    )  # fmt: skip

    def head(self, posted: QueryDict) -> dict[str, tuple[str, str]]:
        """What was typed of each field, and the fingerprint of what the page had shown."""
        return {
            name: (str(typed or ""), posted.get(f"{SHOWN}{name}", ""))
            for name, typed in self.cleaned_data.items()
        }


class ParagraphForm(ClerkForm):
    """Which paragraph a button belongs to."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


class TextSendBackForm(ClerkForm):
    """Why the text goes back."""

    reason = forms.CharField(label=gettext_lazy("Lý do trả lại"), max_length=250)


class TextApproveForm(ClerkForm):
    """The fingerprint of the words that the approver has before the eyes."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class MinutesSignatureForm(ClerkForm):
    """When the printed minutes were signed, and by whom."""

    signed_on = forms.DateField(
        label=gettext_lazy("Ngày ký"), widget=forms.DateInput(attrs={"type": "date"})
    )
    presiding = forms.CharField(label=gettext_lazy("Chủ tọa đã ký"), max_length=160)
    secretary = forms.CharField(label=gettext_lazy("Thư ký đã ký"), max_length=160)


def initial_of(text: SessionText) -> dict[str, Any]:
    """What stands in the head."""
    return {name: getattr(text, name) for name in ("number", "presiding", "secretaries")}


def fingerprints(text: SessionText) -> dict[str, str]:
    """Fingerprint of each field of the head as it stands."""
    return {name: fingerprint(value) for name, value in initial_of(text).items()}


def read_edits(posted: QueryDict) -> tuple[list[Edit], dict[str, str]]:
    """Every paragraph that the page sent back, and by its name on the page what is wrong with it.

    What cannot be stored (a control character, too long) is kept as typed beside its sentence.
    """
    edits, wrong = [], {}
    for name in posted:
        if not name.startswith(WORDS):
            continue
        key = name.removeprefix(WORDS)
        typed = str(posted[name])
        try:
            words = str(normal(typed.strip()))
        except Refusal as refusal:
            words, wrong[key] = typed, _(refusal.sentence)
        if len(words) > LONGEST:
            wrong[key] = _("Đoạn này dài quá %(most)d chữ cái. Hãy tách thành nhiều đoạn.") % {
                "most": LONGEST
            }
        is_new = key.startswith(NEW)
        after = posted.get(f"{AFTER}{key}", "")
        edits.append(Edit("" if is_new else key, words, posted.get(f"{SHOWN}{key}", ""), after))
    return edits, wrong


def added(edits: Sequence[Edit], action: str) -> list[Edit] | None:
    """The edits with one more empty paragraph behind the one that the button names.

    None where the button was another one.
    """
    verb, _colon, key = action.partition("=")
    if verb != "add" or sum(not edit.key for edit in edits) >= MOST_NEW:
        return None
    return [*edits, Edit("", "", "", key)]


def by_key(edits: Sequence[Edit]) -> Mapping[str, Edit]:
    """Edits of paragraphs that exist."""
    return {edit.key: edit for edit in edits if edit.key}
